// The small conveniences of every page. Each works on attributes, so a fragment that htmx brings needs no set-up,
// and each has a plain way without it: menus are <details>, dialogs are also links, searches are forms.
(() => {
  "use strict";
  const TOAST_SECONDS = 12;
  const on = (type, handle) => document.addEventListener(type, handle);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

  // ---- Menus and popovers: one open at a time, Esc and a click elsewhere close, focus returns to the trigger
  const openPops = () => document.querySelectorAll("details.pop[open]");
  on("click", (event) => {
    for (const pop of openPops()) if (!pop.contains(event.target)) pop.open = false;
    const closer = closest(event, "[data-closes-pop]");
    if (closer) shut(closer.closest("details.pop"));
  });
  on("focusin", (event) => {
    for (const pop of openPops()) if (!pop.contains(event.target)) pop.open = false;
  });
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pop of openPops()) shut(pop);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.pop[open]")) event.target.querySelector("[data-first-focus]")?.focus();
  }, true);
  const shut = (pop) => {
    if (!pop) return;
    const had = pop.contains(document.activeElement);
    pop.open = false;
    if (had) pop.querySelector("summary")?.focus();
  };

  // ---- Dialogs: <a href="/page" data-dialog="id"> opens <dialog id="id">, the browser traps and returns the focus
  on("click", (event) => {
    const opener = closest(event, "[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
      dialog.addEventListener("close", () => returnFocus(opener), { once: true });
    }
    const closer = closest(event, "[data-closes-dialog]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog")?.close();
    }
    if (event.target instanceof HTMLDialogElement && outside(event, event.target)) event.target.close();
  });
  const returnFocus = (opener) => {
    // A dialog that was opened from a menu finds its opener hidden: the menu's own trigger takes the focus then.
    const menu = opener.closest("details.pop:not([open])");
    (menu?.querySelector("summary") ?? opener).focus();
  };
  const outside = (event, dialog) => {
    const box = dialog.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  };

  // ---- Search: Ctrl+K or ⌘K from anywhere
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const searchField = () => document.querySelector("[data-shortcut='k']");
  for (const cap of document.querySelectorAll("[data-shortcut-cap]")) {
    cap.textContent = isMac ? "⌘K" : "Ctrl K";
    cap.hidden = false;
  }
  const openSearch = (event) => {
    const field = searchField();
    if (!field) return;
    event.preventDefault();
    field.form.classList.add("is-open");
    field.focus();
    field.select();
  };
  // What was found goes when the focus leaves the search; the arrows walk through it, Esc leads back to the field
  const leaveSearch = () => {
    const form = searchField()?.form;
    form?.classList.remove("is-open");
    form?.querySelector("[data-walks]")?.replaceChildren();
  };
  on("focusout", (event) => {
    const form = closest(event, "#sitesearch");
    if (form && !form.contains(event.relatedTarget)) setTimeout(() => { if (!form.contains(document.activeElement)) leaveSearch(); }, 150);
  });
  on("keydown", (event) => {
    const form = closest(event, "#sitesearch");
    if (!form) return;
    const stops = [searchField(), ...form.querySelectorAll("[data-walks] a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && stops.length > 1) {
      event.preventDefault();
      form.querySelector("[data-walks]").replaceChildren();
      stops[0].focus();
    } else if (step && stops.length > 1) {
      event.preventDefault();
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    }
  });
  on("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") openSearch(event);
  });
  on("click", (event) => { if (closest(event, "[data-opens-search]")) openSearch(event); });

  // ---- Copy: data-copy="#element" copies its text or value, data-copy-text="words" the words
  on("click", async (event) => {
    const button = closest(event, "[data-copy], [data-copy-text]");
    if (!button) return;
    const source = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
    try {
      await navigator.clipboard.writeText(button.dataset.copyText ?? source?.value ?? source?.textContent.trim() ?? "");
      toast("Copied.");
    } catch {
      toast("Your browser didn't allow copying. Select the text and copy it.");
    }
  });

  // ---- A secret field: data-reveal="id of the input"; the button is a toggle with its state
  on("click", (event) => {
    const button = closest(event, "[data-reveal]");
    const field = button && document.getElementById(button.dataset.reveal);
    if (!field) return;
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });

  // ---- A choice that fills a field: data-fill="id of the field" data-fill-with="its new value"
  on("change", (event) => {
    const choice = closest(event, "[data-fill]");
    const field = choice && document.getElementById(choice.dataset.fill);
    if (!field) return;
    field.value = choice.dataset.fillWith;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // and the other way: what is typed there is the choice that would fill it in, or none of them
  on("input", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !event.target.id) return;
    for (const choice of document.querySelectorAll(`[data-fill="${CSS.escape(event.target.id)}"]`)) {
      choice.checked = choice.dataset.fillWith === event.target.value.trim();
    }
  });

  // ---- A list narrowed while typing: data-narrows="#list" on the search field
  on("input", (event) => {
    const field = closest(event, "[data-narrows]");
    const list = field && document.querySelector(field.dataset.narrows);
    if (!list) return;
    const wanted = field.value.trim().toLowerCase();
    for (const option of list.querySelectorAll(".option:has(input)")) option.hidden = !option.textContent.toLowerCase().includes(wanted);
    for (const fold of list.querySelectorAll("details")) {
      fold.hidden = !fold.querySelector(".option:has(input):not([hidden])");
      fold.open = wanted !== "" && !fold.hidden;
    }
  });

  // ---- Options whose counts arrive late: what was ticked, and where the focus was, stays as it was
  let options = null;
  on("htmx:beforeSwap", (event) => {
    const list = event.detail.target;
    if (!list?.matches?.(".options")) return;
    options = { ticks: new Map([...list.querySelectorAll("input")].map((one) => [one.value, one.checked])), focus: null };
    if (list.contains(document.activeElement)) options.focus = document.activeElement.value;
  });
  on("htmx:afterSwap", (event) => {
    if (!options || !event.detail.target?.matches?.(".options")) return;
    for (const one of event.detail.target.querySelectorAll("input")) {
      if (options.ticks.has(one.value)) one.checked = options.ticks.get(one.value);
      if (options.focus !== null && one.value === options.focus) one.focus();
    }
    options = null;
  });

  // ---- Times stay true while the page is open; the same steps as the server's words
  const unit = (seconds) => {
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
    const days = Math.floor(seconds / 86400);
    return days === 1 ? "1 day" : `${days} days`;
  };
  const refreshTimes = () => {
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const gone = (Date.now() - Date.parse(time.dateTime)) / 1000;
      const seconds = Math.floor(Math.abs(gone));
      if (seconds >= 604800) continue;
      const words = unit(seconds);
      if (time.dataset.relative === "age") time.textContent = words;
      else if (seconds < 5) time.textContent = "just now";
      else time.textContent = gone >= 0 ? `${words} ago` : `in ${words}`;
    }
  };
  setInterval(refreshTimes, 15000);

  // ---- Toasts: dismissed by hand, or by themselves unless they tell of a problem or are being read
  on("click", (event) => {
    const button = closest(event, "[data-dismiss]");
    button?.closest(button.dataset.dismiss)?.remove();
  });
  const fade = (element) => {
    if (element.dataset.timed || "stays" in element.dataset) return;
    element.dataset.timed = "1";
    const leave = () => element.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : element.remove();
    setTimeout(leave, TOAST_SECONDS * 1000);
  };
  const fadeAll = () => { for (const element of document.querySelectorAll(".toasts > .toast")) fade(element); };
  const toast = (words, stays = false) => {
    const blank = document.getElementById("toast-blank");
    const place = document.getElementById("toasts");
    if (!blank || !place) return;
    const element = blank.content.firstElementChild.cloneNode(true);
    element.querySelector("p").textContent = words;
    if (stays) element.dataset.stays = "";
    place.replaceChildren(element);
    fade(element);
  };
  fadeAll();
  // F8 goes to the toast, where Undo is
  on("keydown", (event) => { if (event.key === "F8") document.querySelector(".toasts :is([data-undo], button)")?.focus(); });

  // ---- A question: Enter sends, Shift+Enter begins a line; Stop leaves the text where it is
  on("keydown", (event) => {
    const form = event.key === "Enter" && !event.shiftKey && !event.isComposing ? closest(event, "form[data-submits-on-enter]") : null;
    if (!form || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  on("click", (event) => { const form = closest(event, "[data-stops]")?.closest("form"); if (form) window.htmx?.trigger(form, "htmx:abort"); });

  // ---- htmx: what came in joins the above; what failed is said in words
  on("htmx:afterSettle", () => { fadeAll(); refreshTimes(); });
  on("toast", (event) => toast(event.detail?.value ?? String(event.detail)));
  on("htmx:sendError", () => toast(navigator.onLine ? "We couldn't reach Sonora. Try again in a moment." : "You're offline. Showing what was loaded.", true));
  on("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 403) toast("You don't have access to this. Reload the page or ask an admin.", true);
    else toast("Sonora couldn't do that. Nothing was changed. Try again in a moment.", true);
  });

  for (const dialog of document.querySelectorAll("dialog[data-opens]")) dialog.showModal();
})();
