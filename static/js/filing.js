// Filing from home: fields shown when needed, files too large refused before they travel, words while they travel.
const MB = 1024 * 1024;
const FILE_MAX_BYTES = Number(document.querySelector("[data-file-max]")?.dataset.fileMax ?? 25 * MB);

/* "name", "name=value", or several of them joined by "+": all must hold. */
function holds(conditions) {
  return conditions.split("+").every(chosen);
}

function chosen(condition) {
  const [name, value] = condition.split("=");
  const field = document.querySelector(`[name="${name}"]${value ? `[value="${value}"]` : ""}`);
  return Boolean(field?.checked);
}

function unfold() {
  document.querySelectorAll("[data-when]").forEach((block) => { block.hidden = !holds(block.dataset.when); });
}

function note(form, text) {
  const line = form.querySelector("[data-upload-note]");
  if (line) line.textContent = text;
}

/* A phone's film would travel for minutes only to be refused. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-upload]");
  const large = form && [...event.target.files].find((file) => file.size > FILE_MAX_BYTES);
  if (!large) return;
  event.stopImmediatePropagation();
  event.target.value = "";
  note(form, `Tệp “${large.name}” lớn hơn ${Math.floor(FILE_MAX_BYTES / MB)} MB nên chưa gửi. Xin chọn tệp nhỏ hơn. Mã: filing.too_large`);
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form) note(form, "Đang tải lên…");
});

document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form) note(form, "Chưa tải lên được. Xin thử lại.");
});

document.addEventListener("change", unfold);
unfold();
