// Chat: what the composer says when no answer came.
(() => {
  "use strict";
  // A question whose answer never came stays in its box, with the way to ask it again
  const failed = (event, is) => {
    const note = event.target.matches?.("form.composer") ? event.target.querySelector(".composer-failed") : null;
    if (note) note.hidden = !is;
  };
  for (const type of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(type, (event) => failed(event, true));
  document.addEventListener("htmx:beforeRequest", (event) => failed(event, false));
})();
