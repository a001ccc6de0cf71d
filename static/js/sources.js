// The source of a citation beside the answer or the block. Without scripts each citation is a link to the message itself.
(() => {
  "use strict";
  const on = (type, handle) => document.addEventListener(type, handle);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const place = () => document.getElementById("source");
  const current = () => document.querySelector(".answer [aria-current]");
  const markers = () => [...(current()?.closest(".answer").querySelectorAll("[data-source]") ?? [])];

  const show = (marker) => {
    if (!marker?.dataset.source) return;
    current()?.removeAttribute("aria-current");
    marker.setAttribute("aria-current", "true");
    window.htmx.ajax("GET", marker.dataset.source, { source: marker, target: "#source", swap: "innerHTML" });
  };
  const close = () => {
    const marker = current();
    place().replaceChildren();
    marker?.removeAttribute("aria-current");
    marker?.focus();
  };
  const step = (by) => {
    const all = markers();
    show(all[(all.indexOf(current()) + by + all.length) % all.length]);
  };

  on("click", (event) => {
    const marker = closest(event, "a[data-source]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (marker && plain && place()) {
      event.preventDefault();
      show(document.getElementById(marker.dataset.marker) ?? marker);
    }
    const stepper = closest(event, "[data-source-step]");
    if (stepper) step(Number(stepper.dataset.sourceStep));
    if (closest(event, "[data-source-closes]")) close();
  });
  // Esc closes the source; where a preview is in the way, that first
  on("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("details.pop[open]")) return;
    const cite = document.querySelector(".cite:hover, .cite:focus-within");
    if (place()?.childElementCount) close();
    else cite?.classList.add("is-quiet");
  });
  for (const type of ["mouseout", "focusout"]) on(type, (event) => closest(event, ".cite.is-quiet")?.classList.remove("is-quiet"));
  // A source that is gone comes with words of its own and strikes its marker
  on("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "source" || event.detail.xhr.status !== 404) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
})();
