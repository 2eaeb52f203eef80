/* The search box of the public home: arrow keys walk the suggestions, Escape closes them. Works without: the form sends. */
const box = document.querySelector("#tim-thu-tuc");
const list = document.querySelector("#goi-y");

function links() {
  return [...(list?.querySelectorAll("a") ?? [])];
}

function move(from, by) {
  const found = links();
  if (!found.length) return false;
  const at = found.indexOf(from) + by;
  (at < 0 ? box : found[Math.min(at, found.length - 1)]).focus();
  return true;
}

box?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && move(box, 1)) event.preventDefault();
  if (event.key === "Escape") list.replaceChildren();
});
list?.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && move(event.target, by)) event.preventDefault();
  if (event.key === "Escape") { list.replaceChildren(); box.focus(); }
});
