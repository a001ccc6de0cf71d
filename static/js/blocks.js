// A block that can't be loaded says so in its own place, where it is tried again; others are not disturbed by it.
(() => {
  "use strict";
  const lose = (event) => {
    const block = event.target.closest(".block");
    const [building, lost] = ["[data-building]", "[data-lost]"].map((part) => block?.querySelector(part));
    if (!building || !lost) return;
    event.stopPropagation();
    block.removeAttribute("aria-busy");
    building.hidden = true;
    lost.hidden = false;
  };
  const grid = document.querySelector(".canvas-grid");
  for (const type of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) grid?.addEventListener(type, lose);
})();
