/* data-hotkey="F2" | "ctrl+enter" | "/" | "g": presses the button or link, or puts the cursor into the field.
   Plain letters wait while someone types; function keys and Ctrl/Alt combinations always work. */
const TYPING = "input:not([type='checkbox'], [type='radio'], [type='button'], [type='submit']), textarea, select, [contenteditable='true']";

function combination(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && event.key.length > 1) parts.push("shift");
  return [...parts, event.key.toLowerCase()].join("+");
}

function isVisible(element) {
  return element.getClientRects().length > 0 && !element.disabled && element.getAttribute("aria-disabled") !== "true";
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const pressed = combination(event);
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && event.target.closest?.(TYPING)) return;
  const wanted = [...document.querySelectorAll("[data-hotkey]")].filter((element) => element.dataset.hotkey.toLowerCase() === pressed && isVisible(element));
  // The form one is in wins over the same key elsewhere on the page.
  const target = wanted.find((element) => element.form && element.form === event.target.form) ?? wanted[0];
  if (!target) return;
  event.preventDefault();
  if (target.matches(TYPING)) { target.focus(); target.select?.(); } else target.click();
});

const NAMES = { ctrl: "Control", alt: "Alt", shift: "Shift", enter: "Enter" };
function announceKeys(root) {
  root.querySelectorAll?.("[data-hotkey]").forEach((element) => {
    const keys = element.dataset.hotkey.toLowerCase().split("+").map((key) => NAMES[key] ?? (key.length > 1 ? key.toUpperCase() : key));
    element.setAttribute("aria-keyshortcuts", keys.join("+"));
  });
}
announceKeys(document);
document.addEventListener("htmx:load", (event) => announceKeys(event.detail.elt));
