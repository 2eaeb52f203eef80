/* The call list by keyboard. On the current row: Enter shows the number and dials, 1 and 2 record the outcome, 3 goes to
   the promised day. After an outcome the next row is current. */
const TYPING = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable='true']";
const list = document.querySelector("[data-calls]");

const rowsOf = () => [...list.querySelectorAll("[data-row]:not([data-done])")];
const rowOf = (element) => element.closest?.("[data-row]") ?? list.querySelector("[data-row].is-current");

function focusRow(row) {
  list.querySelector(".is-current")?.classList.remove("is-current");
  if (!row) return;
  row.classList.add("is-current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// Before rows.js, which would open the row's first link.
document.addEventListener("keydown", (event) => {
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.(TYPING)) return;
  const row = rowOf(event.target);
  if (!row) return;
  const onRow = event.target === row || event.target === document.body;
  const target = event.key === "Enter" && onRow ? row.querySelector("[data-dial], [data-call]") : row.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches(TYPING)) target.focus(); else target.click();
}, true);

document.addEventListener("htmx:afterSwap", (event) => {
  const row = event.detail.elt?.closest?.("[data-row]");
  if (!list || !row) return;
  if (row.hasAttribute("data-done")) {
    window.portal?.say(row.textContent.trim());
    const after = rowsOf().find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    focusRow(after ?? row);
    return;
  }
  const dial = row.querySelector("[data-dial]");
  if (dial) { focusRow(row); dial.click(); }
});
