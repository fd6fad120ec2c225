// Plays what hangs in a hall: slide by slide, a long text page by page. It asks for what
// is new, plays on when nobody answers, and takes off by itself what has had its last day.
// Space stops it, the arrows turn pages, F fills the screen.
"use strict";

(() => {
  const slides = document.getElementById("slides");
  if (!slides) return;
  const leastSeconds = 10, readsPerSecond = 7; // characters that one reads in a hall
  const askEvery = 30_000, patience = 20_000;
  const now = document.querySelector(".screen-now"), foot = document.querySelector(".screen-foot"), place = document.querySelector(".screen-page");
  let at = 0, page = 0, timer = 0, paused = false, ahead = 0; // ahead: how far the server's clock is, in milliseconds

  document.body.classList.add("playing");
  foot.hidden = false;

  const time = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "Asia/Shanghai", ...options }).format(new Date(Date.now() + ahead));
  const today = () => new Intl.DateTimeFormat("sv", { timeZone: "Asia/Shanghai" }).format(new Date(Date.now() + ahead));
  const all = () => [...slides.querySelectorAll(".slide")];
  const textOf = (slide) => slide.querySelector(".slide-text");

  // pagesOf counts the columns that a text has run into.
  function pagesOf(slide) {
    const text = textOf(slide);
    if (!text) return 1;
    const gap = parseFloat(getComputedStyle(text).columnGap) || 0;
    return Math.max(1, Math.round((text.scrollWidth + gap) / (text.clientWidth + gap)));
  }

  function show() {
    clearTimeout(timer);
    for (const one of all()) if (one.dataset.last && one.dataset.last < today() && all().length > 1) one.remove();
    const list = all();
    at = (at + list.length) % list.length;
    list.forEach((one, i) => { one.hidden = i !== at; });
    const slide = list[at], text = textOf(slide), pages = pagesOf(slide);
    page = Math.min(page, pages - 1);
    if (text) text.scrollLeft = page * (text.clientWidth + (parseFloat(getComputedStyle(text).columnGap) || 0));
    place.textContent = `${at + 1} / ${list.length}` + (pages > 1 ? `　（${page + 1} / ${pages}）` : "");
    const seconds = Math.max(leastSeconds, (text ? text.textContent.length : 0) / pages / readsPerSecond);
    if (!paused) timer = setTimeout(() => turn(1), seconds * 1000);
  }

  function turn(by) {
    const next = page + by;
    if (next >= 0 && next < pagesOf(all()[at])) {
      page = next;
    } else {
      at += by;
      page = by > 0 ? 0 : Infinity;
    }
    show();
  }

  // ask looks for what is new. What stands there still goes on where it was; what was
  // taken off is gone at once.
  async function ask() {
    try {
      const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(patience) });
      if (!answer.ok) return;
      const told = Date.parse(answer.headers.get("Date"));
      if (told) ahead = told - Date.now();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html"), next = fresh.getElementById("slides");
      if (!next) return;
      const script = (page) => page.querySelector("script[src]").getAttribute("src");
      if (script(fresh) !== script(document)) return location.reload();
      if (next.dataset.mark === slides.dataset.mark) return;
      const key = all()[at].dataset.key;
      slides.replaceChildren(...next.children);
      slides.dataset.mark = next.dataset.mark;
      const still = all().findIndex((one) => one.dataset.key === key);
      if (still < 0) page = 0;
      at = Math.max(still, 0);
      show();
    } catch {
      // The network is cut: what is here plays on.
    }
  }

  function pause() {
    paused = !paused;
    document.querySelector('[data-do="pause"]').setAttribute("aria-pressed", String(paused));
    show();
  }

  const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
  const does = { back: () => turn(-1), next: () => turn(1), pause, full };
  const keys = { ArrowLeft: "back", ArrowRight: "next", PageUp: "back", PageDown: "next", " ": "pause", f: "full", F: "full" };
  document.addEventListener("click", (event) => does[event.target.dataset?.do]?.());
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button") && event.key === " ") return; // the button does it
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does[keys[event.key]]();
  });

  // The buttons come with the mouse, and go.
  let resting = 0;
  const touched = () => {
    document.body.classList.add("touched");
    clearTimeout(resting);
    resting = setTimeout(() => document.body.classList.remove("touched"), 4000);
  };
  for (const kind of ["mousemove", "touchstart", "keydown"]) document.addEventListener(kind, touched, { passive: true });

  const awake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", awake);
  addEventListener("resize", show);
  const tick = () => { now.textContent = time({ month: "long", day: "numeric", weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }); };

  awake();
  tick();
  show();
  document.fonts?.ready.then(show);
  setInterval(tick, 1000);
  setInterval(ask, askEvery);
})();
