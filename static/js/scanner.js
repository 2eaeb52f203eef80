/* A USB scanner types like a very fast person and ends with Enter. Such a burst becomes one event on the page:
   "card-scan" (identity card) or "code-scan" (receipt, ticket, poster), detail {payload, source}.
   What the burst left in a field is taken out again, unless the field asks for it with data-scan-input.
   Away from fields, letters are held for a moment: a code that begins with "S" must not press the key for signing.
   A form with data-on-scan="card" or "code" gets the payload in its field named "payload" and is sent.
   A slow scanner is allowed for with data-scan-pace-ms on the body (milliseconds a key, on average). */
const FAST_MS = Number(document.body.dataset.scanPaceMs) || 45;
const HICCUP = 3;
const SHORTEST = 6;
const CARD = /^\d{12}\|/;
const FIELD = "input:not([type='checkbox'], [type='radio'], [type='button'], [type='submit'], [type='file']), textarea, select, [contenteditable='true']";
const PRESSABLE = "a[href], button, summary";
const SILENT = ["Shift", "CapsLock", "AltGraph", "Alt"];

let keys = "";
let first = 0;
let last = -Infinity;
let field = null;
let before = "";
let held = [];
let timer = 0;

function begin(event) {
  keys = "";
  first = event.timeStamp;
  field = event.target.closest?.(FIELD) ?? null;
  before = field?.value ?? "";
}

function isScan(event, gap) {
  return gap < FAST_MS * HICCUP && keys.length >= SHORTEST && (event.timeStamp - first) / keys.length < FAST_MS;
}

function block(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/* Gives a held key back to the page, as if pressed now. */
function replay(event, target) {
  const { key, code, shiftKey } = event;
  return target.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }));
}

function release() {
  clearTimeout(timer);
  const waiting = held;
  held = [];
  waiting.forEach((event) => replay(event, document.activeElement ?? document.body));
}

function hold(event) {
  if (event.key === " " && event.target.closest?.(`${PRESSABLE}, input`) && !held.length) return;
  block(event);
  held.push(event);
  clearTimeout(timer);
  timer = setTimeout(release, FAST_MS * (held.length >= SHORTEST ? HICCUP : 1));
}

function pressEnter(event, gap) {
  last = -Infinity;
  if (isScan(event, gap)) return finish(event);
  if (!held.length) return;
  block(event);
  release();
  const target = document.activeElement ?? document.body;
  if (replay(event, target) && target.matches(PRESSABLE)) target.click();
}

document.addEventListener("keydown", (event) => {
  if (!event.isTrusted || event.repeat || SILENT.includes(event.key)) return;
  const gap = event.timeStamp - last;
  last = event.timeStamp;
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) return pressEnter(event, gap);
  if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) {
    // Tab, Escape and the like move the cursor: the next letter begins anew, in the field it is typed into.
    last = -Infinity;
    return release();
  }
  if (gap > FAST_MS * HICCUP) begin(event);
  keys += event.key;
  if (!field) hold(event);
}, true);

function typedSince() {
  // A field also holds what an input method or Alt-codes composed, which single keys do not show.
  if (field && field.value.startsWith(before) && field.value.length > before.length) return field.value.slice(before.length);
  return keys;
}

function finish(event) {
  clearTimeout(timer);
  held = [];
  if (field?.hasAttribute("data-scan-input")) return;
  const payload = typedSince().trim();
  block(event);
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
