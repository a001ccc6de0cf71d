// A list whose rows are worked through by keyboard: <table data-rows>. Everything has a plain way without it.
// The keys hold only while the focus is on a row or in it, never in a field, and can be turned off (WCAG 2.1.4).
(() => {
  "use strict";
  const OFF = "keys-off";
  const table = document.querySelector("table[data-rows]");
  const note = document.querySelector("[data-keys-note]");
  const toggle = document.querySelector("[data-toggles-keys]");
  const ticks = (selector) => [...document.querySelectorAll(selector)];

  // ---- Select all on this page, and how many are selected
  const every = document.querySelector("[data-ticks]");
  const told = document.querySelector("[data-ticked]");
  const count = () => {
    const boxes = told ? ticks(told.dataset.ticked) : [];
    const chosen = boxes.filter((box) => box.checked);
    const number = chosen.length;
    const talks = chosen.reduce((sum, box) => sum + Number(box.dataset.conversations), 0);
    const moved = told && "alone" in told.dataset ? "" : ` · ${talks.toLocaleString("en")} ${talks === 1 ? "conversation" : "conversations"}`;
    if (told) told.textContent = `${number} selected${moved}`;
    if (every) every.checked = number > 0 && number === boxes.length;
  };
  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => {
      for (const box of ticks(every.dataset.ticks)) box.checked = every.checked;
    });
  }
  document.addEventListener("change", count);
  count();

  if (!table || !note) return;
  const stored = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const show = () => { toggle.textContent = stored() ? "Turn shortcuts on" : "Turn shortcuts off"; };
  toggle.addEventListener("click", () => {
    try { localStorage.setItem(OFF, stored() ? "0" : "1"); } catch { return; }
    show();
  });
  note.hidden = false;
  show();

  const rows = () => [...table.tBodies[0].rows];
  const move = (row, by) => {
    const next = rows()[rows().indexOf(row) + by];
    if (!next) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const press = (row, key) => row.querySelector(`[data-key="${key}"]`)?.click();
  const acts = {
    arrowdown: (row) => move(row, 1), j: (row) => move(row, 1),
    arrowup: (row) => move(row, -1), k: (row) => move(row, -1),
    enter: (row) => row.querySelector("a.name")?.click(),
    l: (row) => press(row, "l"), n: (row) => press(row, "n"), c: (row) => press(row, "c"), i: (row) => press(row, "i"),
    x: (row) => row.querySelector(".checkbox")?.click(),
    "?": () => document.querySelector("[data-dialog='keys']")?.click(),
  };
  table.addEventListener("keydown", (event) => {
    if (stored() || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest("tbody tr");
    const key = event.key.toLowerCase();
    const onRow = event.target === row;
    if (!row || !acts[key] || (key === "enter" && !onRow)) return;
    event.preventDefault();
    acts[key](row);
  });
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted && wanted.parentElement === table.tBodies[0]) {
    for (const row of rows()) row.tabIndex = row === wanted ? 0 : -1;
    wanted.focus();
  } else if (location.hash === "#rows") rows()[0]?.focus();
})();
