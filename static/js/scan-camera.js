/* The camera of the scanning page: a frame in the shape of a sheet; what lies inside it is the page. The panel lives in
   the part that the server draws again, so the stream is kept here and put into the new panel. */
const NOTES = {
  insecure: "Camera chỉ dùng được khi trang mở bằng HTTPS. Xin dùng máy quét hoặc chọn tệp, kết quả như nhau.",
  refused: "Trình duyệt chưa cho phép dùng camera. Xin cho phép trong cài đặt của trang, hoặc chọn tệp.",
  missing: "Không tìm thấy camera trên thiết bị này. Xin dùng máy quét hoặc chọn tệp.",
};
// As many points as the camera has, uncut: small print needs them all.
const WANTED = { video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 }, resizeMode: { ideal: "none" } }, audio: false };
const AROUND = 0.02; // kept around the frame, so that an edge on the line is not cut
const QUALITY = 0.92;
let stream = null;
let last = false;
let wanted = false; // a shot that was asked for before the picture was there

const part = (name) => document.querySelector(`[data-camera${name ? `-${name}` : ""}]`);

function note(text) {
  const line = part("note");
  if (line) line.textContent = text;
}

function reasonOf(error) {
  if (["NotAllowedError", "SecurityError"].includes(error.name)) return NOTES.refused;
  return NOTES.missing;
}

async function open() {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) return note(NOTES.insecure);
  try {
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
    stream.getVideoTracks()[0]?.addEventListener("ended", close);
    await show();
    part("shoot")?.focus();
  } catch (error) {
    close();
    note(reasonOf(error));
  }
}

async function show() {
  const panel = part("");
  if (!panel) return;
  panel.hidden = !stream;
  part("open")?.setAttribute("aria-expanded", String(Boolean(stream)));
  const again = part("again");
  if (again) again.hidden = !last;
  if (!stream) return;
  note("");
  const video = panel.querySelector("video");
  if (video.srcObject === stream) return;
  video.srcObject = stream;
  video.addEventListener("loadeddata", () => { if (wanted) shoot(); }, { once: true });
  // A video that is drawn anew while it starts is not an error: the new one starts by itself.
  await video.play().catch((error) => { if (error.name !== "AbortError") throw error; });
}

function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  last = wanted = false;
  show();
}

/* The frame on the screen, in the picture's own points. */
function framed(video) {
  const shown = video.getBoundingClientRect();
  const guide = part("guide").getBoundingClientRect();
  const scale = Math.min(shown.width / video.videoWidth, shown.height / video.videoHeight);
  const left = shown.left + (shown.width - video.videoWidth * scale) / 2;
  const top = shown.top + (shown.height - video.videoHeight * scale) / 2;
  const around = guide.height * AROUND;
  const x = Math.max(0, (guide.left - left - around) / scale);
  const y = Math.max(0, (guide.top - top - around) / scale);
  const width = Math.min(video.videoWidth - x, (guide.width + 2 * around) / scale);
  const height = Math.min(video.videoHeight - y, (guide.height + 2 * around) / scale);
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function shoot() {
  const video = part("")?.querySelector("video");
  wanted = Boolean(stream) && !video?.videoWidth;
  if (!stream || wanted) return;
  const box = framed(video);
  const canvas = document.createElement("canvas");
  canvas.width = box.width;
  canvas.height = box.height;
  canvas.getContext("2d").drawImage(video, box.x, box.y, box.width, box.height, 0, 0, box.width, box.height);
  canvas.toBlob((blob) => {
    if (!blob) return;
    const name = `chup-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}.jpg`;
    window.portal.sendScan(new File([blob], name, { type: "image/jpeg" }), { camera: true, sent: () => { last = true; } });
    window.portal?.say("Đã chụp một trang.");
  }, "image/jpeg", QUALITY);
}

/* Once more: the page that was shot last goes, the next shot takes its place. */
function again() {
  const removes = document.querySelectorAll(".scan-page [value='remove']");
  removes[removes.length - 1]?.click();
  last = false;
  part("shoot")?.focus();
}

document.addEventListener("click", (event) => {
  const on = (name) => event.target.closest?.(`[data-camera-${name}]`);
  if (on("open")) stream ? close() : open();
  if (on("shoot")) shoot();
  if (on("again")) again();
  if (on("close")) close();
});

/* The part was drawn again: the stream goes on in its new place, and the cursor stays where it was. */
let held = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "scan") held = document.activeElement?.closest?.("[data-camera-shoot]") ? "shoot" : document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSwap", () => {
  show(); // opens the panel at once; the picture may follow, the cursor must not wait for it
  if (held === "shoot") part("shoot")?.focus();
  else if (held) document.getElementById(held)?.focus();
});
addEventListener("pagehide", close);
