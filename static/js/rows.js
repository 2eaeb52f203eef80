/* Work lists by keyboard: inside [data-rows], rows are [data-row]. j/k or arrows move, Enter opens data-href (or the
   row's first link), x ticks the row's checkbox. [data-bulk] appears while something is ticked; [data-selected-count] tells how many. */
const TYPING = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable='true']";

const rowsOf = (list) => [...list.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length > 0);
const listOf = (element) => element?.closest?.("[data-rows]") ?? document.querySelector("[data-rows]");
const currentOf = (list) => list.querySelector("[data-row].is-current");

function moveTo(list, row) {
  currentOf(list)?.classList.remove("is-current");
  row.classList.add("is-current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(list, by) {
  const rows = rowsOf(list);
  if (!rows.length) return;
  const now = rows.indexOf(currentOf(list));
  moveTo(list, rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, now + by))]);
}

function open(row) {
  const link = row?.dataset.href ? null : row?.querySelector("a[href]");
  if (link) link.click(); else if (row?.dataset.href) location.assign(row.dataset.href);
}

function tick(row) {
  const box = row?.querySelector("input[type='checkbox']");
  if (box) box.click();
}

function countTicked(list) {
  const ticked = list.querySelectorAll("[data-row] input[type='checkbox']:checked").length;
  const frame = list.closest("[data-rows-frame]") ?? document;
  frame.querySelectorAll("[data-selected-count]").forEach((element) => { element.textContent = String(ticked); });
  frame.querySelectorAll("[data-bulk]").forEach((element) => { element.hidden = ticked === 0; });
}

document.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || event.target.type !== "checkbox") return;
  row.classList.toggle("is-selected", event.target.checked);
  countTicked(listOf(row));
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  const list = listOf(event.target);
  if (!list) return;
  const inside = list.contains(event.target);
  const acts = {
    j: () => step(list, 1),
    k: () => step(list, -1),
    x: () => tick(currentOf(list)),
    ...(inside ? { ArrowDown: () => step(list, 1), ArrowUp: () => step(list, -1) } : {}),
    ...(event.target.matches("[data-row]") ? { Enter: () => open(event.target) } : {}),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
