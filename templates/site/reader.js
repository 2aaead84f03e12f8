// Remembers the reading settings on this device, and turns pages by the arrow keys. The page works without it.
(function () {
  "use strict";
  const root = document.documentElement;
  const names = ["size", "theme"];

  names.forEach(function (name) {
    try {
      const kept = localStorage.getItem(name);
      if (kept) root.dataset[name] = kept;
    } catch (refused) { /* the settings hold for this page */ }
  });

  document.addEventListener("DOMContentLoaded", function () {
    names.forEach(function (name) {
      document.getElementsByName(name).forEach(function (choice) {
        if (root.dataset[name]) choice.checked = choice.value === root.dataset[name];
      });
    });
  });

  document.addEventListener("change", function (event) {
    const name = event.target.name;
    if (!names.includes(name)) return;
    root.dataset[name] = event.target.value;
    try { localStorage.setItem(name, event.target.value); } catch (refused) { /* as above */ }
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, textarea, select")) return;
    const onward = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const way = event.key === onward ? "next" : /^Arrow(Left|Right)$/.test(event.key) ? "prev" : "";
    const link = way && document.querySelector("link[rel=" + way + "]");
    if (link) location.href = link.href;
  });
})();
