/* [data-camera]: opens the camera, reads QR codes with zxing-wasm (served from here) and hands them on as portal:scan.
   Phones give the camera to secure pages only; elsewhere the page says so and typing goes on. */
const LOOK_EVERY_MS = 150;
const WIDTH = 960;
const NOTES = {
  insecure: "Camera chỉ dùng được khi trang mở bằng HTTPS. Xin nhập mã bằng bàn phím, kết quả như nhau.",
  refused: "Trình duyệt chưa cho phép dùng camera. Xin cho phép trong cài đặt, hoặc nhập mã bằng bàn phím.",
  missing: "Không tìm thấy camera trên thiết bị này. Xin nhập mã bằng bàn phím.",
  broken: "Chưa mở được bộ đọc mã. Xin nhập mã bằng bàn phím.",
};

let reader = null;

function loadReader(box) {
  reader ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = box.dataset.reader;
    script.onload = () => {
      const zxing = window.ZXingWASM;
      zxing.prepareZXingModule({ overrides: { locateFile: () => box.dataset.wasm } });
      resolve(zxing);
    };
    script.onerror = () => reject(new Error("broken"));
    document.head.append(script);
  });
  return reader;
}

function noteFor(error) {
  if (error.name === "NotAllowedError") return NOTES.refused;
  if (["NotFoundError", "OverconstrainedError", "NotReadableError"].includes(error.name)) return NOTES.missing;
  return NOTES.broken;
}

class CameraBox {
  constructor(box) {
    this.box = box;
    this.part = (name) => box.querySelector(`[data-camera-${name}]`);
    this.video = box.querySelector("video");
    this.canvas = document.createElement("canvas");
    this.stream = null;
  }

  show(open, note = "") {
    this.part("view").hidden = !open;
    this.part("hint").hidden = !open;
    this.part("note").textContent = note;
    this.part("toggle").setAttribute("aria-expanded", String(open));
  }

  async start() {
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) return this.show(false, NOTES.insecure);
    try {
      const zxing = await loadReader(this.box);
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
      this.show(true, "Đang tìm mã…");
      this.look(zxing);
    } catch (error) {
      this.stop(noteFor(error));
    }
  }

  async look(zxing) {
    while (this.stream) {
      const payload = await this.readFrame(zxing);
      if (payload) {
        this.stop("Đã đọc được mã.");
        this.box.dispatchEvent(new CustomEvent("portal:scan", { bubbles: true, detail: { payload, source: "camera" } }));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async readFrame(zxing) {
    if (!this.video.videoWidth) return "";
    const scale = Math.min(1, WIDTH / this.video.videoWidth);
    this.canvas.width = Math.round(this.video.videoWidth * scale);
    this.canvas.height = Math.round(this.video.videoHeight * scale);
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const picture = pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const found = await zxing.readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true });
    return found.find((result) => result.isValid)?.text ?? "";
  }

  stop(note = "") {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.show(false, note);
  }
}

const boxes = new WeakMap();
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-camera-toggle]")?.closest("[data-camera]");
  if (!box) return;
  if (!boxes.has(box)) boxes.set(box, new CameraBox(box));
  const camera = boxes.get(box);
  if (camera.stream) camera.stop(); else camera.start();
});
addEventListener("pagehide", () => document.querySelectorAll("[data-camera]").forEach((box) => boxes.get(box)?.stop()));
