/* A USB scanner types like a very fast person and ends with Enter. Such a burst becomes one event on the page:
   "card-scan" (identity card) or "code-scan" (receipt, ticket, poster), detail {payload, source}.
   What the burst left in a field is taken out again, unless the field asks for it with data-scan-input.
   A form with data-on-scan="card" or "code" gets the payload in its field named "payload" and is sent. */
const FAST_MS = 45;
const SHORTEST = 6;
const CARD = /^\d{12}\|/;

let keys = "";
let last = 0;
let field = null;
let before = "";

function reset(event) {
  keys = "";
  field = event.target.closest?.("input, textarea") ?? null;
  before = field?.value ?? "";
}

function typedSince() {
  // A field also holds what an input method or Alt-codes composed, which single keys do not show.
  if (field && field.value.startsWith(before) && field.value.length > before.length) return field.value.slice(before.length);
  return keys;
}

document.addEventListener("keydown", (event) => {
  const gap = event.timeStamp - last;
  last = event.timeStamp;
  if (event.key === "Enter") {
    if (gap < FAST_MS * 2 && keys.length >= SHORTEST) finish(event);
    keys = "";
    return;
  }
  if (gap > FAST_MS) reset(event);
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) keys += event.key;
}, true);

function finish(event) {
  if (field?.hasAttribute("data-scan-input")) return;
  const payload = typedSince().trim();
  event.preventDefault();
  event.stopImmediatePropagation();
  if (field) {
    field.value = before;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  announceScan(payload, "keyboard");
}

function announceScan(payload, source) {
  const kind = CARD.test(payload) ? "card" : "code";
  document.body.dispatchEvent(new CustomEvent(`${kind}-scan`, { bubbles: true, cancelable: true, detail: { payload, source } }));
}

for (const kind of ["card", "code"]) {
  document.addEventListener(`${kind}-scan`, (event) => {
    if (event.defaultPrevented) return;
    const form = document.querySelector(`form[data-on-scan~="${kind}"]`);
    const input = form?.elements.namedItem("payload");
    if (!input) return;
    input.value = event.detail.payload;
    form.requestSubmit();
  });
}

// The camera module has a file of its own and no imports (file names carry a digest): it asks through this event.
document.addEventListener("portal:scan", (event) => announceScan(event.detail.payload, event.detail.source));
