// Names that are picked while a question is typed: # tags, @ customers and people, / questions to begin with.
// The focus stays in the text: arrows walk through the list, Enter and Tab take what is marked, Esc closes it.
// Without scripts names are typed out.
(() => {
  "use strict";
  const WAIT = 120;  // milliseconds without a key, until the list is asked for
  const TYPED = /(^|\s)([#@/])([^\n#@/"“«]{0,60})$/;
  const list = () => document.getElementById("picks");
  const field = () => document.querySelector("textarea[data-picks]");
  const options = () => [...(list()?.querySelectorAll("[data-words]") ?? [])];
  const marked = () => list()?.querySelector("[aria-selected='true']");
  let start = -1;  // where in the text the sign is
  let timer = 0;
  let given = "";  // up to here Esc closed the list: it stays closed until another sign is typed

  const typed = () => {
    const text = field().value.slice(0, field().selectionEnd);
    const found = TYPED.exec(text);
    return found && { sign: found[2], find: found[3], start: found.index + found[1].length };
  };
  const close = () => {
    clearTimeout(timer);
    list()?.replaceChildren();
    field()?.removeAttribute("aria-activedescendant");
    tell("");
  };
  const tell = (words) => { const told = document.getElementById("picks-told"); if (told) told.textContent = words; };
  const mark = (option) => {
    marked()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field().setAttribute("aria-activedescendant", option.id);
  };
  const look = () => {
    const now = typed();
    clearTimeout(timer);
    if (!now || `${now.start}${now.sign}` === given) return close();
    start = now.start;
    timer = setTimeout(() => {
      const address = `${field().dataset.picks}?${new URLSearchParams({ sign: now.sign, find: now.find })}`;
      window.htmx.ajax("GET", address, { source: list(), target: list(), swap: "innerHTML" });
    }, WAIT);
  };
  const take = (option) => {
    const text = field();
    text.setRangeText(`${option.dataset.words.trimEnd()} `, start, text.selectionEnd, "end");
    if (option.dataset.picked) remember(text.form, option.dataset.picked);
    close();
    text.focus();
  };
  const remember = (form, picked) => {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "picked", value: picked });
    form.append(input);
  };

  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    if (event.data && "#@/".includes(event.data)) given = "";
    look();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list()) return;
    if (!typed() || document.activeElement !== field()) return close();
    mark(options()[0]);
    tell(options().length ? `${options().length} in the list. Arrows walk, Enter takes one.` : "");
  });
  // before the keys of the page: Enter takes a name instead of asking, Esc closes this list alone
  document.addEventListener("keydown", (event) => {
    if (event.target !== field() || !options().length || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = options();
    if (step) mark(all[(all.indexOf(marked()) + step + all.length) % all.length]);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take(marked() ?? all[0]);
    else if (event.key === "Escape") { given = `${typed()?.start}${typed()?.sign}`; close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest("#picks > [data-words]") : null;
    if (!option) return;
    event.preventDefault();  // the focus stays in the text
    take(option);
  });
  document.addEventListener("focusout", (event) => { if (event.target === field()) close(); });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-sign]") : null;
    if (!button) return;
    const text = field();
    const before = text.value.slice(0, text.selectionEnd);
    text.focus();
    text.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}${button.dataset.sign}`, text.selectionEnd, text.selectionEnd, "end");
    given = "";
    look();
  });
})();
