// A canvas on a wall: says what keeps its figures from being renewed, keeps the screen awake, fills it on request.
// What stands there stays; words for each problem are in the page.
(() => {
  "use strict";
  const LONGEST = 60;  // seconds without an answer
  const GONE = { 403: "closed", 404: "closed" };
  const wall = document.getElementById("main");
  const standing = () => document.getElementById("standing");
  const failed = () => [...wall.querySelectorAll(".block[data-failed]")];
  let left = "";  // why nothing is shown to this browser any more
  let silent = null;  // since when nobody answers
  htmx.config.timeout = LONGEST * 1000;

  const tell = () => {
    const problem = left || (silent ? "silent" : failed().length ? "failed" : "");
    for (const banner of wall.querySelectorAll("[data-problem]")) banner.hidden = banner.dataset.problem !== problem;
    standing().hidden = problem !== "";
    for (const place of wall.querySelectorAll("[data-since]")) place.textContent = silent?.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) ?? "";
    for (const place of wall.querySelectorAll("[data-failed-blocks]")) place.textContent = failed().map((one) => one.querySelector("h2").innerText.trim()).join(", ");
  };
  const renew = (blocks) => { for (const block of blocks) htmx.trigger(block, "again"); };
  const on = (type, handle) => wall.addEventListener(type, handle);

  // ---- Whoever is signed out keeps the figures in sight, in the place of a form to sign in
  on("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    if (xhr.getResponseHeader("HX-Redirect") === null) return;
    event.preventDefault();
    left = "signed-out";
    tell();
  });
  // ---- What fails is said above the blocks, not in a message that covers one
  on("htmx:responseError", (event) => {
    event.stopPropagation();
    const { xhr, elt } = event.detail;
    silent = null;
    if (elt === standing()) left = GONE[xhr.status] ?? left;
    else elt.dataset.failed = "";
    tell();
  });
  const wait = (event) => {
    event.stopPropagation();
    silent ??= new Date();
    tell();
  };
  on("htmx:sendError", wait);
  on("htmx:timeout", wait);
  // ---- What is renewed each minute says when all is well again: then the blocks are, too
  on("htmx:afterSettle", (event) => {
    if (event.detail.elt === standing()) {
      const blocks = left || silent ? wall.querySelectorAll(".block") : failed();
      left = "";
      silent = null;
      renew(blocks);
    }
    tell();
  });

  // ---- The screen stays awake while the page is seen
  const wake = async () => {
    const dark = wall.querySelector("[data-may-go-dark]");
    try {
      const lock = await navigator.wakeLock.request("screen");
      dark.hidden = true;
      lock.addEventListener("release", () => { if (document.visibilityState === "visible") wake(); });
    } catch {
      dark.hidden = document.visibilityState !== "visible";
    }
  };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") wake(); });
  wake();

  const filler = wall.querySelector("[data-fills-screen]");
  filler.hidden = !document.fullscreenEnabled;
  filler.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => { filler.hidden = document.fullscreenElement !== null; });
})();
