/* Locks the screen after 15 minutes without a touch, and when the server says the session is locked. The page and
   everything typed stay beneath the dialog. While somebody works without sending anything, the server is told. */
const dialog = document.getElementById("lock-dialog");
const LOCK_AFTER_MS = 15 * 60 * 1000;
const TELL_EVERY_MS = 4 * 60 * 1000;
const CHECK_EVERY_MS = 10 * 1000;
let touchedAt = Date.now();
let toldAt = Date.now();

function post(url, body = new FormData()) {
  body.set("csrfmiddlewaretoken", dialog.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(url, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", redirect: "manual" });
}

function show() {
  if (dialog.open) return;
  document.title = `🔒 ${document.title.replace(/^🔒 /, "")}`;
  dialog.showModal();
  dialog.querySelector("[name=password]").focus();
}

async function check() {
  const now = Date.now();
  if (dialog.open) return;
  if (now - touchedAt >= LOCK_AFTER_MS) {
    show();
    await post(dialog.dataset.lock).catch(() => {});
  } else if (touchedAt > toldAt && now - toldAt >= TELL_EVERY_MS) {
    toldAt = now;
    await post(dialog.dataset.alive).catch(() => {});
  }
}

async function unlock(event) {
  event.preventDefault();
  const error = dialog.querySelector("[data-lock-error]");
  const answer = await post(dialog.dataset.unlock, new FormData(event.target)).catch(() => null);
  if (answer?.status === 204) {
    error.hidden = true;
    event.target.reset();
    touchedAt = toldAt = Date.now();
    document.title = document.title.replace(/^🔒 /, "");
    dialog.close();
    return;
  }
  // The session itself has ended, or the account is locked out: the server's own page explains.
  if (answer && answer.status !== 422) return location.reload();
  error.textContent = answer ? (await answer.json()).message : "Không kết nối được máy chủ. Xin thử lại.";
  error.hidden = false;
  dialog.querySelector("[name=password]").select();
}

if (dialog) {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(kind, () => { if (!dialog.open) touchedAt = Date.now(); }, { passive: true, capture: true });
  }
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("form").addEventListener("submit", unlock);
  document.addEventListener("portal:locked", show);
  document.querySelectorAll("[data-lock-now]").forEach((button) => button.addEventListener("click", () => { show(); post(dialog.dataset.lock); }));
  setInterval(check, CHECK_EVERY_MS);
  addEventListener("visibilitychange", check);
}
