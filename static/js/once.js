/* form[data-once]: pressing twice sends once. The hidden idempotency key makes the server sure of it as well. */
function lock(form, locked) {
  if (locked) form.dataset.sent = ""; else delete form.dataset.sent;
  form.querySelectorAll("button[type='submit'], button:not([type])").forEach((button) => {
    button.classList.toggle("is-busy", locked);
    if (locked) button.setAttribute("aria-disabled", "true"); else button.removeAttribute("aria-disabled");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  lock(form, true);
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  // Only the answer to the sending itself: a form may also save what is typed.
  const form = event.detail.elt.closest?.("form[data-once]");
  if (form && event.detail.requestConfig?.triggeringEvent?.type === "submit") lock(form, false);
});
// A page brought back by the browser's Back button may be sent again: the key is still the same.
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-once]").forEach((form) => lock(form, false)); });
