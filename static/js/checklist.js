// The intake checklist by keyboard: arrows move, Space = paper, C = copy, D = already electronic, M = waived, X = none.
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
    setState(row, KEYS[key]);
    if (key === " ") move(row, 1);
  }
});

document.addEventListener("change", (event) => {
  const row = event.target.closest?.("[data-paper]");
  if (row && event.target.matches("select[data-paper-state]")) show(row);
});
