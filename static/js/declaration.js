// The one declaration: fields that apply to what was typed are shown, the others hidden. The server reads the same
// conditions, so that the page is right without this file. Scans go to the section the cursor is in.
const form = document.querySelector("#declaration");
const NAME = (key) => key.replaceAll(".", "__");

function boxes(name) {
  return [...form.elements].filter((field) => field.name === name);
}

function factOf(name) {
  const [field] = boxes(name);
  if (!field) return "";
  if (field.type === "checkbox") return field.checked ? "yes" : "";
  if (field.type === "radio") return boxes(name).find((each) => each.checked)?.value ?? "";
  return field.value.trim();
}

function holds({ op, field, values, parts }, known) {
  if (op === "is") return values.includes(known(field));
  if (op === "filled") return known(field) !== "";
  if (op === "not") return !holds(parts[0], known);
  return op === "all" ? parts.every((part) => holds(part, known)) : parts.some((part) => holds(part, known));
}

const rows = () => [...form.querySelectorAll("[data-row-when]")];

/* What is hidden is no fact for another condition: it counts as empty. */
function showApplying() {
  const all = rows();
  const whenOf = new Map(all.map((row) => [row, JSON.parse(row.dataset.rowWhen)]));
  let shown = new Set(all);
  for (let turn = 0; turn <= all.length; turn += 1) {
    const hidden = new Set(all.filter((row) => !shown.has(row)).map((row) => row.dataset.key));
    const known = (key) => (hidden.has(key) ? "" : factOf(NAME(key)));
    const still = new Set(all.filter((row) => whenOf.get(row).every((when) => holds(when, known))));
    const same = still.size === shown.size && [...still].every((row) => shown.has(row));
    shown = still;
    if (same) break;
  }
  all.forEach((row) => { row.hidden = !shown.has(row); });
  document.querySelectorAll("[data-section]").forEach(markEmpty);
}

/* A section whose every field is hidden is of no use to anybody. */
function markEmpty(section) {
  const all = [...section.querySelectorAll("[data-key]")];
  section.hidden = all.length > 0 && all.every((row) => row.hidden);
}

/* A card is read into the person whose section is open under the cursor, else into the first that wants one. */
function scanBox() {
  const here = document.activeElement?.closest?.("[data-section]")?.querySelector("[data-person-payload]");
  return here ?? form.querySelector("details[open] [data-person-payload]") ?? form.querySelector("[data-person-payload]");
}

function readPerson(box, payload) {
  if (!box || !payload.trim()) return;
  box.value = payload;
  box.closest("[data-section]").querySelector("[data-person-fill]").click();
}

document.addEventListener("card-scan", (event) => {
  event.preventDefault();
  const box = scanBox();
  if (box) box.closest("details").open = true;
  readPerson(box, event.detail.payload);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.target.matches?.("[data-person-payload]")) {
    event.preventDefault();
    readPerson(event.target, event.target.value);
  } else if (!event.ctrlKey && event.target.matches?.("#declaration input")) {
    event.preventDefault(); // only Ctrl+Enter or the button sends the declaration
  }
});

/* What is scanned is no content: it starts no saving. */
for (const kind of ["input", "change"]) {
  form?.addEventListener(kind, (event) => {
    if (event.target.matches("[data-person-payload]")) event.stopImmediatePropagation();
    else showApplying();
  }, true);
}

/* Delivery by post asks for the address; by file it needs none. */
document.addEventListener("change", showApplying);
document.body.addEventListener("htmx:afterSettle", (event) => {
  showApplying();
  const empty = event.detail.target?.matches?.("[data-section-body]")
    && [...event.detail.target.querySelectorAll("input[type='text'], select")].find((field) => !field.value && !field.closest("[hidden]") && !field.matches("[data-person-payload]"));
  empty?.focus();
});

if (form) showApplying();
document.querySelector("[aria-invalid='true']")?.focus();
