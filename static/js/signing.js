/* The signing desk: one procedure at a time. Ticking in another group clears the first; "a" ticks the group of the
   current row, space ticks the row, the box in a group's heading ticks its lines. */
const form = document.querySelector("[data-signing]");
const groups = form ? [...form.querySelectorAll("[data-group]")] : [];
const boxesOf = (group) => [...group.querySelectorAll("[data-row] input[type='checkbox']")];

function tick(box, checked) {
  if (box.checked === checked) return;
  box.checked = checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function tickGroup(group, checked) {
  boxesOf(group).forEach((box) => tick(box, checked));
}

function showWhole(group) {
  const whole = group.querySelector("[data-select-group]");
  if (!whole) return;
  const boxes = boxesOf(group);
  const ticked = boxes.filter((box) => box.checked).length;
  whole.checked = ticked > 0 && ticked === boxes.length;
  whole.indeterminate = ticked > 0 && ticked < boxes.length;
}

form?.addEventListener("change", (event) => {
  const group = event.target.closest("[data-group]");
  if (!group) return;
  if (event.target.matches("[data-select-group]")) tickGroup(group, event.target.checked);
  if (event.target.checked) groups.filter((other) => other !== group).forEach((other) => tickGroup(other, false));
  groups.forEach(showWhole);
});

document.addEventListener("keydown", (event) => {
  if (!form || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input:not([type='checkbox']), textarea, select, button, a")) return;
  const row = form.querySelector("[data-row].is-current");
  const group = row?.closest("[data-group]") ?? groups[0];
  if (event.key === "a" && group) {
    event.preventDefault();
    const boxes = boxesOf(group);
    tickGroup(group, !boxes.every((box) => box.checked));
  } else if (event.key === " " && event.target.matches("[data-row]")) {
    event.preventDefault();
    event.target.querySelector("input[type='checkbox']")?.click();
  }
});
