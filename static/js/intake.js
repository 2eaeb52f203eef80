// The intake page by keyboard: arrows and Enter in the matches, Enter in the scan box, fields shown when needed.
const search = document.querySelector("#procedure-search");
const matches = document.querySelector("[data-matches]");

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

search?.addEventListener("keydown", (event) => {
  const count = options().length;
  if (event.key === "Enter") {
    event.preventDefault();
    const chosen = options()[Math.max(current(), 0)];
    if (chosen) chosen.click();
  } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    mark((current() + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  } else if (event.key === "Escape") {
    matches.replaceChildren();
  }
});

function unfoldNeeded() {
  document.querySelectorAll("[data-when]").forEach((block) => {
    const box = document.querySelector(`[name="${block.dataset.when}"]`);
    block.hidden = !box?.checked;
  });
}

document.addEventListener("change", unfoldNeeded);
function readCard(payload) {
  const box = document.querySelector("#card-payload");
  if (payload) box.value = payload;
  if (box.value.trim()) box.dispatchEvent(new CustomEvent("scan-now", { bubbles: false }));
}

document.addEventListener("card-scan", (event) => {
  event.preventDefault();
  readCard(event.detail.payload);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.id === "card-payload") {
    event.preventDefault();
    readCard("");
    return;
  }
  // Enter in a box moves on; only Ctrl+Enter or the button receives the dossier.
  if (event.key === "Enter" && !event.ctrlKey && event.target.matches("#intake input")) event.preventDefault();
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  search?.setAttribute("aria-expanded", String(options().length > 0));
  const target = event.detail.target;
  if (target.id === "intake-body") {
    matches.replaceChildren();
    search.value = "";
    document.querySelector("#card-payload")?.focus();
  }
  if (target.id === "person") {
    const empty = ["#id_full_name", "#id_personal_id", "#id_phone"].map((id) => document.querySelector(id));
    (empty.find((box) => box && !box.value) ?? document.querySelector("[data-paper]"))?.focus();
  }
  unfoldNeeded();
});

unfoldNeeded();
document.querySelector("[aria-invalid='true']")?.focus();
