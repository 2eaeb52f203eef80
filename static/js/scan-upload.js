/* Pages on their way: dropped, chosen or photographed files go up one after the other, each with its progress. What has
   arrived is kept by the server; a refused file says why and the others go on. window.portal.sendScan(file, options). */
const TYPES = ["image/jpeg", "image/png", "application/pdf"];
const waiting = [];
let running = false;
let list = null;

const desk = () => document.querySelector("[data-scan]");
const token = () => document.querySelector("input[name='csrfmiddlewaretoken']")?.value ?? "";

function queueList() {
  if (list?.isConnected) return list;
  list = document.createElement("ol");
  list.className = "scan-queue";
  list.setAttribute("aria-label", "Tệp đang tải lên");
  document.getElementById("scan")?.before(list);
  return list;
}

function line(name) {
  const row = document.createElement("li");
  const words = document.createElement("span");
  words.textContent = name;
  const state = document.createElement("span");
  state.className = "small muted";
  state.textContent = "chờ";
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Tải lên ${name}`);
  row.append(words, state, bar);
  queueList().append(row);
  return { row, words, state, bar };
}

function changed() {
  document.body.dispatchEvent(new CustomEvent("scan-changed"));
}

function refuse(job, text, again) {
  job.shown.bar.remove();
  job.shown.words.className = "is-refused";
  job.shown.words.textContent = text;
  job.shown.state.textContent = "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = again ? "Gửi lại" : "Đã biết";
  button.addEventListener("click", () => {
    job.shown.row.remove();
    if (again) add(job.file, job.options);
  });
  job.shown.row.append(button);
  window.portal?.say(text);
}

function send(job) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", job.file, job.file.name ?? "trang.jpg");
    if (job.options.camera) body.append("camera", "1");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      job.shown.bar.value = event.loaded / event.total;
      job.shown.state.textContent = event.loaded < event.total ? `${Math.round((100 * event.loaded) / event.total)}%` : "đang kiểm tra";
    });
    request.addEventListener("loadend", () => resolve(request));
    request.open("POST", job.url);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

async function run() {
  if (running) return;
  running = true;
  while (waiting.length) {
    const job = waiting.shift();
    job.shown.state.textContent = "đang gửi";
    const request = await send(job);
    const answer = answerOf(request);
    if (request.status === 200 && answer) {
      job.shown.row.remove();
      job.options.sent?.();
      changed();
    } else if (answer?.code) {
      refuse(job, `${answer.message} Mã: ${answer.code}`, false);
    } else {
      refuse(job, `Chưa gửi được “${job.file.name ?? "trang vừa chụp"}”; tệp còn ở đây, xin gửi lại.`, true);
    }
  }
  running = false;
}

function add(file, options = {}) {
  const url = desk()?.dataset.upload ?? options.url;
  if (!url) return;
  waiting.push({ file, options: { ...options, url }, url, shown: line(file.name ?? "Trang vừa chụp") });
  run();
}

function addAll(files) {
  const known = [...files].filter((file) => TYPES.includes(file.type) || !file.type);
  const others = files.length - known.length;
  if (others) window.portal?.toast(`Bỏ qua ${others} tệp không phải ảnh JPEG, PNG hoặc PDF.`, "warn");
  known.sort((one, two) => (one.webkitRelativePath || one.name).localeCompare(two.webkitRelativePath || two.name, "vi", { numeric: true }));
  known.forEach((file) => add(file));
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-scan-files]")) return;
  addAll(event.target.files);
  event.target.value = "";
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-scan-pick]")) document.getElementById("scan-file")?.click();
});

/* Anywhere on the page is a place to drop: nobody aims while holding a stack of paper. */
document.addEventListener("dragover", (event) => {
  if (!desk() || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.querySelector("[data-scan-drop]")?.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.querySelector("[data-scan-drop]")?.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  document.querySelector("[data-scan-drop]")?.classList.remove("is-over");
  if (!desk() || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  addAll(event.dataTransfer.files);
});

addEventListener("beforeunload", (event) => {
  if (running || waiting.length) event.preventDefault();
});

window.portal = { ...window.portal, sendScan: add };
