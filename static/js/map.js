// A map of people: [data-map] around one drawing or several, and the card of whoever was chosen. Without this each person is
// a link to the same page with their card, and the same people follow as tables.
(() => {
  "use strict";
  const STEP = 1.25, LEAST = 0.5, MOST = 4; // of the zoom: factor, smallest, largest
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const drawing = (node) => node.closest("svg");
  const stops = (svg) => [...svg.querySelectorAll(".map-node, .map-cluster")];
  const card = () => document.getElementById("card");

  // ---- Each drawing is one stop for Tab; arrows walk on from there over people and clusters, in the order of the tables
  const stopAt = (node) => {
    for (const one of stops(drawing(node))) one.setAttribute("tabindex", one === node ? "0" : "-1");
  };
  const centring = new ResizeObserver((seen) => {
    for (const { target: frame } of seen) {
      if (!frame.clientWidth) continue; // a phone shows a map when it is asked for: until then it has no width
      frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
      centring.unobserve(frame);
    }
  });
  const prepare = () => {
    for (const hidden of document.querySelectorAll("[data-map] [data-needs-script]")) hidden.hidden = false;
    for (const svg of document.querySelectorAll("[data-map] svg:has(.map-node, .map-cluster)")) {
      stopAt(svg.querySelector(".map-node[aria-current]") ?? stops(svg)[0]);
    }
    for (const frame of document.querySelectorAll(".map-frame:not([data-centred])")) {
      frame.dataset.centred = "";
      centring.observe(frame);
    }
  };
  const walk = (node, key) => {
    const all = stops(drawing(node)), place = all.indexOf(node), last = all.length - 1;
    const to = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: last }[key];
    if (to === undefined) return false;
    const next = all[Math.max(0, Math.min(last, to))];
    stopAt(next);
    next.focus();
    return true;
  };

  // ---- Enter or a click opens the card, Esc or its cross closes it and leads back
  const mark = (node) => {
    for (const one of document.querySelectorAll("[data-map] .map-node[aria-current]")) one.removeAttribute("aria-current");
    node?.setAttribute("aria-current", "true");
  };
  const keep = (address) => history.replaceState(history.state, "", address);
  const open = async (node) => {
    const address = new URL(node.getAttribute("href"), location.href);
    await window.htmx.ajax("GET", `${address.pathname}${address.search}`, { target: "#card", swap: "outerHTML" });
    if (address.searchParams.get("who") !== card().dataset.of) return;
    stopAt(node);
    mark(node);
    keep(`${address.pathname}${address.search}`);
    card().querySelector("section").focus();
  };
  const close = () => {
    const node = document.querySelector("[data-map] .map-node[aria-current]");
    keep(card().querySelector("[data-closes-card]").href);
    delete card().dataset.of;
    card().replaceChildren();
    mark(null);
    node?.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const node = closest(event, "[data-map] .map-node");
    const closer = closest(event, "[data-map] [data-closes-card]");
    if (!node && !closer) return;
    event.preventDefault();
    if (node) open(node); else close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stop = closest(event, "[data-map] :is(.map-node, .map-cluster)");
    if (event.key === "Escape" && card()?.dataset.of && (stop || closest(event, "#card"))) close();
    else if (stop && walk(stop, event.key)) event.preventDefault();
  });

  // ---- Zoom: the drawing grows inside its frame, which scrolls; no dragging, nothing moves by itself
  const told = (svg) => svg.closest(".map-card").querySelector("[data-zoom-told]");
  const scale = (svg) => svg.clientWidth / svg.viewBox.baseVal.width;
  const fitting = (svg, frame) => Math.min(frame.clientWidth / svg.viewBox.baseVal.width, frame.clientHeight / svg.viewBox.baseVal.height);
  const zoom = (svg, to) => {
    const frame = svg.closest(".map-frame"), size = svg.viewBox.baseVal, by = Math.max(LEAST, Math.min(MOST, to));
    const across = (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth;
    const down = (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight;
    svg.dataset.zoomed = "";
    svg.setAttribute("width", Math.round(size.width * by));
    svg.setAttribute("height", Math.round(size.height * by));
    frame.scrollLeft = across * frame.scrollWidth - frame.clientWidth / 2;
    frame.scrollTop = down * frame.scrollHeight - frame.clientHeight / 2;
    told(svg).textContent = `${Math.round(by * 100)} %`;
  };
  // A browser doesn't scroll to what gets the focus inside a drawing
  document.addEventListener("focusin", (event) => {
    const node = closest(event, ".map-frame :is(.map-node, .map-cluster)"), frame = node?.closest(".map-frame");
    if (!frame) return;
    const box = node.getBoundingClientRect(), sight = frame.getBoundingClientRect();
    if (box.left < sight.left || box.right > sight.right) frame.scrollLeft += (box.left + box.right - sight.left - sight.right) / 2;
    if (box.top < sight.top || box.bottom > sight.bottom) frame.scrollTop += (box.top + box.bottom - sight.top - sight.bottom) / 2;
  });
  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-zoom]");
    const svg = button?.closest(".map-card").querySelector(".map");
    if (!svg) return;
    const now = scale(svg), frame = svg.closest(".map-frame");
    zoom(svg, { in: now * STEP, out: now / STEP, fit: fitting(svg, frame), reset: 1 }[button.dataset.zoom]);
  });

  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();
