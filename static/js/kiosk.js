/* Kiosk: the clock, and the way home when nobody touches the screen any more. */
function showTime() {
  const text = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  document.querySelectorAll("[data-clock]").forEach((element) => { element.textContent = text; });
}
showTime();
setInterval(showTime, 10_000);

const main = document.querySelector("[data-idle-home]");
if (main) {
  let timer = 0;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign(main.dataset.idleHome), Number(main.dataset.idleSeconds) * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "card-scan", "code-scan"]) document.addEventListener(kind, restart, true);
  restart();
}
