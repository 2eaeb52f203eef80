// The intake page by keyboard: arrows and Enter in the matches, Enter in the scan box, fields shown when needed.
// Saving, choosing and scanning go one after the other (hx-sync), and none of them is dropped for another.
const form = document.querySelector("#intake");
const askProcedure = document.querySelector("#ask-procedure");
const askPerson = document.querySelector("#ask-person");
const body = document.querySelector("#intake-body");
const search = document.querySelector("#procedure-search");
const matches = document.querySelector("[data-matches]");
let picking = false;
let awaited = "";

function ask(source, values) {
  // No target here: it is looked up when the request leaves, which may be after the page was swapped.
  htmx.ajax("POST", source.dataset.url, { source, values });
}

/* The matches. */
function options() {
  return [...matches.querySelectorAll("[data-match]")];
}

function mark(index) {
  const all = options();
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  search.setAttribute("aria-activedescendant", all[index]?.id ?? "");
  all[index]?.scrollIntoView({ block: "nearest" });
}

function current() {
  return options().findIndex((option) => option.getAttribute("aria-selected") === "true");
}

function close() {
  htmx.trigger(search, "htmx:abort");
  matches.replaceChildren();
  search.setAttribute("aria-expanded", "false");
  search.setAttribute("aria-activedescendant", "");
}

function pick(option) {
  if (picking) return;
  picking = true;
  htmx.trigger(search, "htmx:abort");
  matches.setAttribute("aria-busy", "true");
  mark(options().indexOf(option));
  ask(askProcedure, { choose: option.dataset.match });
}

function picked(successful) {
  picking = false;
  matches.removeAttribute("aria-busy");
  if (!successful) return;
  search.value = "";
  close();
}

function pressEnter() {
  const marked = options()[current()];
  if (marked) return pick(marked);
  awaited = search.value.trim();
  htmx.trigger(search, "search-now");
}

function showMatches() {
  const all = options();
  search.setAttribute("aria-expanded", String(all.length > 0));
  if (all.length) mark(0);
  // Enter came before the matches: a code names its procedure, any other word is left for the clerk to see.
  if (awaited && all[0]?.dataset.match === awaited && search.value.trim() === awaited) pick(all[0]);
  awaited = "";
}

search?.addEventListener("keydown", (event) => {
  const count = options().length;
  if (event.key === "Enter") {
    event.preventDefault();
    pressEnter();
  } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    if (!picking) mark((current() + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  } else if (count && event.key === "Escape") {
    event.preventDefault(); // the browser itself would empty the box
    if (!picking) close();
  }
});

matches?.addEventListener("click", (event) => {
  const option = event.target.closest("[data-match]");
  if (option) pick(option);
});

/* What is searched or scanned is no content: it starts no saving. */
for (const kind of ["input", "change"]) {
  search?.addEventListener(kind, (event) => event.stopPropagation());
  body?.addEventListener(kind, (event) => { if (event.target.id === "card-payload") event.stopPropagation(); });
}

/* Another case brings its own papers. */
body?.addEventListener("change", (event) => {
  const code = event.target.dataset.caseOf;
  if (!code) return;
  event.stopPropagation();
  ask(askProcedure, { choose: code, case: event.target.value });
});

/* The person. */
function readCard(payload) {
  if (payload.trim()) ask(askPerson, { payload });
}

document.addEventListener("card-scan", (event) => {
  event.preventDefault();
  readCard(event.detail.payload);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.id === "card-payload") {
    event.preventDefault();
    readCard(event.target.value);
    return;
  }
  // Enter in a box moves on; only Ctrl+Enter or the button receives the dossier.
  if (event.key === "Enter" && !event.ctrlKey && event.target.matches("#intake input")) event.preventDefault();
});

/* What is typed while an answer is awaited is newer than the answer. */
const FIELDS = "input[name]:not([type='hidden']), select[name], textarea[name]";
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const fieldsOf = (root) => [...root.querySelectorAll(FIELDS)];
const valuesOf = (root) => new Map(fieldsOf(root).map((field) => [keyOf(field), ticks(field) ? field.checked : field.value]));
let sent = new Map();
let newer = new Map();

function ofThePage(event) {
  return [form, askProcedure, askPerson].includes(event.detail.requestConfig?.elt);
}

function putBack() {
  fieldsOf(form).filter((field) => newer.has(keyOf(field))).forEach((field) => {
    if (ticks(field)) field.checked = newer.get(keyOf(field)); else field.value = newer.get(keyOf(field));
  });
  newer = new Map();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === search && picking) event.preventDefault();
  if (ofThePage(event)) sent = valuesOf(form);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!ofThePage(event) || !event.detail.shouldSwap) return;
  newer = new Map([...valuesOf(event.detail.target)].filter(([key, value]) => sent.has(key) && sent.get(key) !== value));
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (picking && event.detail.requestConfig?.elt === askProcedure) picked(event.detail.successful);
});

/* Where the cursor goes next, unless the clerk has moved it. */
function unfoldNeeded() {
  document.querySelectorAll("[data-when]").forEach((block) => {
    const box = document.querySelector(`[name="${block.dataset.when}"]`);
    block.hidden = !box?.checked;
  });
}

function cursorIsFree() {
  return [document.body, search, document.querySelector("#card-payload")].includes(document.activeElement);
}

function moveOn(target) {
  if (target.id === "intake-body") document.querySelector("#card-payload")?.focus();
  if (target.id === "person") {
    const empty = ["#id_full_name", "#id_personal_id", "#id_phone"].map((id) => document.querySelector(id));
    (empty.find((box) => box && !box.value) ?? document.querySelector("[data-paper]"))?.focus();
  }
}

document.addEventListener("change", unfoldNeeded);
document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target !== matches) putBack(); });
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target === matches) showMatches();
  else if (cursorIsFree()) moveOn(event.detail.target);
  unfoldNeeded();
});

unfoldNeeded();
document.querySelector("[aria-invalid='true'], [data-refused]")?.focus();
