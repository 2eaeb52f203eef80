/* Small manners of every page: copy, share, print, toasts, menus, file drops, filters that send themselves, htmx errors.
   window.portal.toast(text, tone) and window.portal.say(text) serve the other modules. */
const toasts = document.getElementById("toasts");
const live = document.getElementById("live");
const STAYS = ["danger", "warn"];
const SHOWN_MS = 8000;
const SPRITE = document.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? "";
const GLYPHS = { info: "info-circle", ok: "circle-check", warn: "alert-triangle", danger: "alert-circle" };

function glyph(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

function toast(text, tone = "info") {
  const box = document.createElement("div");
  box.className = `toast toast-${tone}`;
  box.dataset.toast = "";
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "copy-btn";
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", "Đóng");
  close.append(glyph("x"));
  box.append(glyph(GLYPHS[tone] ?? GLYPHS.info), words, close);
  toasts?.append(box);
  expire(box);
}

function expire(box) {
  if (!STAYS.some((tone) => box.classList.contains(`toast-${tone}`))) setTimeout(() => box.remove(), SHOWN_MS);
}

function say(text) {
  if (!live) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 50);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Đã sao chép.", "ok");
  } catch {
    copyBySelection(text);
  }
}

function copyBySelection(text) {
  // Without a secure context there is no clipboard object; a selected field still copies.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  toast(done ? "Đã sao chép." : `Chưa sao chép được. Xin ghi lại: ${text}`, done ? "ok" : "warn");
}

async function share(button) {
  const url = new URL(button.dataset.shareUrl || location.href, location.href).href;
  if (!navigator.share) return copy(url);
  try {
    await navigator.share({ title: button.dataset.shareTitle || document.title, url });
  } catch (error) {
    if (error.name !== "AbortError") copy(url);
  }
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-copy]")) copy(on("[data-copy]").dataset.copy);
  if (on("[data-share]")) share(on("[data-share]"));
  if (on("[data-print]")) print();
  if (on("[data-back]")) history.back();
  if (on("[data-toast-close]")) on("[data-toast]")?.remove();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open], details.confirm[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
  const drop = event.target.closest("[data-drop]");
  if (drop) nameFiles(drop, event.target.files);
});

function nameFiles(drop, files) {
  const name = drop.querySelector("[data-drop-name]");
  if (name && files?.length) name.textContent = Array.from(files, (file) => file.name).join(", ");
}

for (const [kind, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.toggle("is-over", over));
}

/* On paper every fold is open. */
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.fold:not([open])")];
  folded.forEach((fold) => { fold.open = true; });
});
addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));

/* A refusal comes as a fragment with its toast; a whole error page must not land inside a fragment's place. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400 || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
  toast(`Máy chủ chưa thực hiện được (mã HTTP ${xhr.status}). Những gì đã nhập vẫn còn trên màn hình.`, "danger");
});
document.addEventListener("htmx:sendError", () => toast("Không kết nối được máy chủ. Những gì đã nhập vẫn còn trên màn hình; xin thử lại.", "danger"));
document.addEventListener("htmx:oobAfterSwap", () => toasts?.querySelectorAll("[data-toast]:not([data-timed])").forEach((box) => { box.dataset.timed = ""; expire(box); }));
document.addEventListener("htmx:load", (event) => event.detail.elt.querySelector?.("[data-autofocus]")?.focus());
document.querySelector("main [data-autofocus]")?.focus();

window.portal = { toast, say };
