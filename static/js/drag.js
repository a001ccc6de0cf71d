// Blocks of a canvas are dragged by their heads: one takes the place of the block that it is dropped on.
// The menu of each block moves it without a mouse, and without scripts.
(() => {
  "use strict";
  let held = null;
  const blockAt = (event) => (event.target instanceof Element ? event.target.closest(".canvas-grid > .block") : null);
  const mark = (target) => {
    for (const block of document.querySelectorAll(".block-target")) block.classList.remove("block-target");
    target?.classList.add("block-target");
  };
  document.addEventListener("dragstart", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(".card-head[draggable]")) return;
    held = blockAt(event);
    held?.classList.add("block-held");
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const block = held && blockAt(event);
    if (block) event.preventDefault();
    mark(block === held ? null : block);
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("block-held");
    mark(null);
    held = null;
  });
  document.addEventListener("drop", (event) => {
    const block = held && blockAt(event);
    const form = held?.querySelector("form.moves");
    if (!block || !form || block === held) return;
    event.preventDefault();
    const over = Object.assign(document.createElement("input"), { type: "hidden", name: "over", value: block.id.replace("block-", "") });
    form.elements.act.value = "put";
    form.append(over);
    form.submit();
  });
})();
