/* The verification page: a code that the camera or a scanner read is sent at once. */
const form = document.querySelector("[data-verify-code]");

document.addEventListener("code-scan", (event) => {
  form.elements.code.value = event.detail.payload;
  form.requestSubmit();
});
