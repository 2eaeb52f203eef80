// The intake checklist by keyboard: arrows move, Space = paper, C = copy, D = already electronic, M = waived, X = none.
// D reuses the store's paper that is chosen in the row; a paper taken although there is one asks for a reason (a digit);
// M opens the row's look-up. A row that nobody may ask for (data-never) is looked up instead.
// The truth is a native <select> in each row, so the page works without this file.
const KEYS = { " ": "paper", c: "copy", d: "electronic", m: "waived", x: "missing" };

function setState(row, state) {
  const select = row.querySelector("select[data-paper-state]");
  if (!select) return;
  select.value = state;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(row) {
  const select = row.querySelector("select[data-paper-state]");
  row.dataset.state = select.value;
  const word = row.querySelector("[data-paper-word]");
  if (word) word.textContent = select.selectedOptions[0].textContent;
}

/* What has to be said before the row is done: a reason, or how it was looked up. */
function asksMore(row) {
  const taken = ["paper", "copy"].includes(row.dataset.state);
  if (taken && row.querySelector("[data-taken]") && !row.querySelector("[data-taken] :checked")) return true;
  if (taken && row.hasAttribute("data-residence")) return true;
  return row.dataset.state === "waived" && !row.querySelector("[data-lookup-method]")?.value;
}

function askMore(row) {
  if (row.dataset.state === "waived") row.querySelector("[data-lookup-method]").focus();
  else if (row.hasAttribute("data-residence")) row.querySelector(".paper-reason select").focus();
  // otherwise the row keeps the cursor: the next digit is the reason
}

function chooseReason(row, key) {
  const reason = row.querySelector(`[data-taken-key="${CSS.escape(key)}"]`);
  if (!reason || !["paper", "copy"].includes(row.dataset.state)) return false;
  reason.checked = true;
  reason.dispatchEvent(new Event("change", { bubbles: true }));
  move(row, 1);
  return true;
}

/* A card that was just read is how identity and residence were looked up, unless the clerk says otherwise. */
function proposeMethod(row) {
  const method = row.querySelector("[data-lookup-method]");
  if (row.dataset.state !== "waived" || method.value || !document.querySelector("[name='from_card']")?.value) return;
  method.value = "card_reader";
  method.dispatchEvent(new Event("change", { bubbles: true }));
}

function press(row, state) {
  setState(row, row.hasAttribute("data-never") && ["paper", "copy"].includes(state) ? "waived" : state);
  proposeMethod(row);
  if (asksMore(row)) askMore(row);
  else if (state === "paper" || state === "electronic") move(row, 1);
}

function move(row, step) {
  const rows = [...row.closest("[data-checklist]").querySelectorAll("[data-paper]")];
  const next = rows[rows.indexOf(row) + step];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-paper]");
  if (!row || event.target !== row || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key === "arrowdown" || key === "arrowup") {
    event.preventDefault();
    move(row, key === "arrowdown" ? 1 : -1);
  } else if (key in KEYS) {
    event.preventDefault();
    press(row, KEYS[key]);
  } else if (chooseReason(row, key)) {
    event.preventDefault();
  }
});

document.addEventListener("change", (event) => {
  const row = event.target.closest?.("[data-paper]");
  if (row && event.target.matches("select[data-paper-state]")) show(row);
  if (row && event.target.matches("[data-lookup-method]")) event.target.closest("[data-lookup]").dataset.method = event.target.value;
});
