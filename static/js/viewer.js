// The place to read a dossier's papers takes room only once somebody opens one.
const frame = document.querySelector("iframe[data-viewer]");
if (frame && !frame.getAttribute("src")) frame.hidden = true;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target]");
  if (!frame || link?.target !== frame.name) return;
  frame.hidden = false;
  frame.scrollIntoView({ block: "nearest" });
});
