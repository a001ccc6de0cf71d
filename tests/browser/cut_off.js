// Text and controls, each against the boxes around it that cut off or do not hold what sticks out of them. What is cut
// with an ellipsis on purpose, what can be scrolled into sight and what only screen readers get are no complaint.
() => {
  const found = [];
  const name = (element) => element.outerHTML.slice(0, 120);
  const whole = document.documentElement.scrollWidth;
  if (whole > innerWidth + 1) found.push(`the page is ${whole} wide`);
  const boxes = (node) => {
    if (node.nodeType !== Node.TEXT_NODE) return [node.getBoundingClientRect()];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  };
  const check = (node, element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return;
    if (element.closest(".vh, .skip, svg, option, select")) return;
    const rects = boxes(node).filter((rect) => rect.width > 1 && rect.height > 1);
    let scrollsX = false, scrollsY = false, floats = false;
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === "fixed" && box !== element) scrollsY = true;
      if (box === node || style.display === "inline" || style.display === "contents") continue;
      const inner = box.getBoundingClientRect();
      if (inner.width <= 1 || inner.height <= 1) return;  // hidden from sight on purpose
      const cuts = (value) => value === "hidden" || value === "clip";
      const scrolls = (value) => value === "auto" || value === "scroll";
      scrollsX ||= scrolls(style.overflowX) || (cuts(style.overflowX) && style.textOverflow === "ellipsis");
      scrollsY ||= scrolls(style.overflowY) || style.webkitLineClamp !== "none";
      for (const rect of rects) {
        if (!scrollsX && cuts(style.overflowX) && (rect.right > inner.right + 1 || rect.left < inner.left - 1))
          return found.push(`cut off sideways by ${name(box)}: ${name(element)}`);
        if (!scrollsY && cuts(style.overflowY) && (rect.bottom > inner.bottom + 2 || rect.top < inner.top - 2))
          return found.push(`cut off below or above by ${name(box)}: ${name(element)}`);
      }
      if (!scrollsX && !floats && (box.matches("button, .btn, .pill, .tag, .chip, .card, td, th, .input"))) {
        for (const rect of rects) if (rect.right > inner.right + 1 || rect.left < inner.left - 1)
          return found.push(`sticks out of ${name(box)}: ${name(element)}`);
      }
      floats ||= style.position === "absolute" || style.position === "fixed";
    }
    if (scrollsX) return;
    if (rects.some((rect) => rect.right > innerWidth + 1 || rect.left < -1)) found.push(`beyond the window: ${name(element)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) { if (node.data.trim()) check(node, node.parentElement); }
    else if (node.matches("button, input:not([type=hidden]), select, summary, a.btn")) check(node, node);
  }
  return [...new Set(found)];
}
