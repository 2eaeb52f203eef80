/* Runs before the first paint: the reader's own choice of theme and rail, kept on this machine. */
(function () {
  "use strict";
  var root = document.documentElement;
  function stored(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function store(key, value) { try { localStorage.setItem(key, value); } catch (e) { /* private window: for this page only */ } }
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function show() {
    document.querySelectorAll("[data-theme-toggle]").forEach(function (button) { button.setAttribute("aria-pressed", String(isDark())); });
    document.querySelectorAll("[data-rail-toggle]").forEach(function (button) { button.setAttribute("aria-pressed", String(root.dataset.rail === "small")); });
  }
  if (stored("theme")) root.dataset.theme = stored("theme");
  if (stored("rail")) root.dataset.rail = stored("rail");
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-toggle]")) {
      root.dataset.theme = isDark() ? "light" : "dark";
      store("theme", root.dataset.theme);
      show();
    }
    if (event.target.closest("[data-rail-toggle]")) {
      root.dataset.rail = root.dataset.rail === "small" ? "wide" : "small";
      store("rail", root.dataset.rail);
      show();
    }
  });
})();
