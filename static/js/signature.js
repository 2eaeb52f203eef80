// The signature pad: strokes become an SVG path in the hidden field. A pointer or a finger draws; typing is not affected.
document.querySelectorAll("[data-signature]").forEach((pad) => {
  const canvas = pad.querySelector("canvas");
  const field = pad.closest("form").querySelector("input[name$='signature_svg']");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let current = null;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [Math.round(((event.clientX - box.left) * canvas.width) / box.width), Math.round(((event.clientY - box.top) * canvas.height) / box.height)];
  };
  const path = () => strokes.map((points) => `M${points.map((point) => point.join(" ")).join("L")}`).join("");

  canvas.addEventListener("pointerdown", (event) => {
    current = [at(event)];
    strokes.push(current);
    canvas.setPointerCapture(event.pointerId);
    pen.lineWidth = 2.5;
    pen.lineCap = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.beginPath();
    pen.moveTo(...current[0]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current) return;
    const point = at(event);
    current.push(point);
    pen.lineTo(...point);
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    current = null;
    field.value = path();
  });
  // The pad and the postal proof stand there only for the way of signing that needs them.
  const proof = pad.closest("form").querySelector("input[name$='proof_note']")?.closest(".field");
  const showNeeded = () => {
    const method = pad.closest("form").querySelector("input[name$='method']:checked")?.value;
    pad.hidden = method !== "signature_pad";
    if (proof) proof.hidden = method !== "postal_proof";
  };
  pad.closest("form").addEventListener("change", showNeeded);
  showNeeded();

  pad.querySelector("[data-signature-clear]").addEventListener("click", () => {
    strokes = [];
    field.value = "";
    pen.clearRect(0, 0, canvas.width, canvas.height);
  });
});
