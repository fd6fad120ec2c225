// Makes pages quicker to use; none needs it to be read. One rule each:
// the summary of errors takes the focus; a form is sent once, and not with files
// that are too large; a filter that is chosen is applied, a choice that calls for
// other questions shows them; lists are walked with j and k, opened with enter, searched with /, their first row opened with n; a
// dialog opens for what is marked data-opens; what is marked data-copy is copied,
// data-print printed, data-back leads back; a form marked data-preview shows what
// would come of it while it is filled in, one marked data-keeps is put aside
// meanwhile; what can be scrolled sideways is
// reached with Tab; a search box marked data-suggest proposes titles; a clock shows today first, a narrow navigation where one is.
"use strict";

const all = (selector) => document.querySelectorAll(selector);

document.querySelector(".summary")?.focus();

// tooLarge says beside the field that its files are more than the form may have.
function tooLarge(form) {
  const most = Number(form.dataset.most || 0);
  for (const field of form.querySelectorAll("input[type=file]")) {
    const size = [...field.files].reduce((sum, f) => sum + f.size, 0);
    const box = field.closest(".field");
    box.querySelector(".error[data-own]")?.remove();
    if (!most || size <= most) continue;
    const error = document.createElement("span");
    error.className = "error";
    error.dataset.own = "";
    error.setAttribute("role", "alert");
    error.textContent = form.dataset.tooLarge;
    field.before(error);
    box.classList.add("wrong");
    field.focus();
    return true;
  }
  return false;
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.sent || tooLarge(form)) return e.preventDefault();
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  for (const b of form.querySelectorAll("button")) b.classList.add("busy");
});
addEventListener("pageshow", () => {
  for (const f of all("form[data-sent]")) {
    delete f.dataset.sent;
    for (const b of f.querySelectorAll("button.busy")) b.classList.remove("busy");
  }
});

for (const select of all(".list-tools select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A choice that calls for other questions asks for them with the form's own button.
for (const choice of all("[data-updates]")) {
  const form = choice.closest("form");
  choice.addEventListener("change", () => form.requestSubmit(form.querySelector("button[name=_do][value=more]")));
}

const rows = [...all(".list tbody tr")];
let at = -1;
function choose(n) {
  if (!rows.length) return;
  rows[at]?.classList.remove("chosen");
  at = Math.max(0, Math.min(rows.length - 1, n));
  rows[at].classList.add("chosen");
  (rows[at].querySelector("a") ?? rows[at]).focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, dialog")) return;
  const search = document.querySelector("form.list-tools input[type=search], .find input");
  if (e.key === "j") choose(at + 1);
  else if (e.key === "k") choose(at - 1);
  else if (e.key === "n") document.querySelector("a[data-next]")?.click();
  else if (e.key === "/" && search) {
    e.preventDefault();
    search.focus();
  }
});

// A form marked data-preview sends what is typed there and shows the answer in the
// element named by data-shows.
for (const form of all("form[data-preview]")) {
  const box = document.getElementById(form.dataset.shows);
  let timer, asked = 0;
  const show = async () => {
    const mine = ++asked, data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(data), headers: { "X-Fragment": "1" } });
      if (answer.ok && mine === asked) {
        box.innerHTML = await answer.text();
        for (const part of box.querySelectorAll("[data-into]")) {
          document.getElementById(part.dataset.into)?.replaceChildren(...part.childNodes);
          part.remove();
        }
      }
    } catch {
      // the form works without it
    } finally {
      if (mine === asked) box.removeAttribute("aria-busy");
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  for (const b of form.querySelectorAll("[data-asks]")) b.hidden = true;
  show();
}

// A form marked data-keeps is put aside while it is filled in, without its files,
// so that a closed window or a session that ends loses nothing.
for (const form of all("form[data-keeps]")) {
  const way = new AbortController();
  let timer, changed = false;
  const keep = () => {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("_do", form.dataset.keeps);
    fetch(location.pathname, { method: "POST", body: new URLSearchParams(data), keepalive: true, signal: way.signal }).catch(() => { changed = true; });
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 5000);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    way.abort(); // what is sent now takes it away
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
}

// What is marked data-insert goes into the field it names, or where one wrote last.
let written;
document.addEventListener("focusin", (e) => e.target.matches("textarea") && (written = e.target));
for (const b of all("[data-insert]")) b.hidden = false;

document.addEventListener("click", (e) => {
  const copy = e.target.closest("[data-copy]");
  if (copy) {
    const text = document.getElementById(copy.dataset.copy).textContent.trim();
    navigator.clipboard?.writeText(text).then(() => copy.dataset.done && (copy.textContent = copy.dataset.done));
  }
  const insert = e.target.closest("[data-insert]");
  if (insert) {
    const into = document.getElementById(insert.dataset.insert) ?? written;
    const text = insert.dataset.text ?? insert.parentElement.querySelector("span").textContent;
    if (into) {
      if (insert.dataset.insert) into.value += text;
      else into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
      into.focus();
    }
  }
  if (e.target.closest("[data-print]")) print();
  if (e.target.closest("[data-back]")) history.back();
});
for (const b of all("[data-print]")) b.hidden = false;
for (const b of all("[data-copy]")) b.hidden = !navigator.clipboard;
for (const b of all("[data-back]")) b.hidden = history.length < 2;

for (const b of all("[data-opens]")) {
  b.hidden = false;
  b.addEventListener("click", () => document.getElementById(b.dataset.opens).showModal());
}

// On the picture of a page a rectangle is drawn by dragging; it fills in the next row
// that is empty. The finger scrolls, so it draws with two taps: corner and corner.
for (const svg of all("svg[data-page]")) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number), says = document.getElementById(svg.dataset.says);
  const rows = [...document.getElementById(svg.dataset.rows).querySelectorAll("fieldset")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`), empty = (row) => !field(row, "width").value;
  let from, box;
  const at = (e) => {
    const b = svg.getBoundingClientRect(), part = (v) => Math.min(1, Math.max(0, v));
    return [part((e.clientX - b.left) / b.width), part((e.clientY - b.top) / b.height)];
  };
  const show = (e) => {
    const to = at(e), [left, top] = [0, 1].map((i) => Math.min(from[i], to[i])), [wide, high] = [0, 1].map((i) => Math.abs(from[i] - to[i]));
    for (const [name, v] of Object.entries({ x: left * width, y: top * height, width: wide * width, height: high * height })) box.setAttribute(name, v);
    return { page: svg.dataset.page, left: left * 100, top: top * 100, width: wide * 100, height: high * 100 };
  };
  const begin = (e) => {
    from = at(e);
    box = svg.appendChild(document.createElementNS(svg.namespaceURI, "rect"));
    box.setAttribute("class", "marked");
  };
  const end = (e) => {
    const area = show(e), row = rows.find(empty);
    from = undefined;
    if (!row || area.width < 0.3 || area.height < 0.2) {
      box.remove();
      if (!row) says.textContent = svg.dataset.full;
      return;
    }
    for (const [name, v] of Object.entries(area)) field(row, name).value = name === "page" ? v : Math.floor(v * 10 + (name === "width" || name === "height" ? 1 : 0)) / 10;
    const whole = (a, b) => (field(row, b).value = Math.min(field(row, b).value, (100 - field(row, a).value).toFixed(1)));
    whole("left", "width");
    whole("top", "height");
    says.textContent = `${svg.dataset.done} ${rows.indexOf(row) + 1}`;
  };
  svg.classList.add("draws");
  svg.addEventListener("pointerdown", (e) => {
    if (e.pointerType === "touch" || e.button) return;
    e.preventDefault();
    svg.setPointerCapture(e.pointerId);
    begin(e);
  });
  svg.addEventListener("pointermove", (e) => from && e.pointerType !== "touch" && show(e));
  svg.addEventListener("pointerup", (e) => from && e.pointerType !== "touch" && end(e));
  svg.addEventListener("click", (e) => {
    if (e.pointerType !== "touch") return;
    if (from) end(e);
    else begin(e);
  });
}

// What can be scrolled sideways can be reached with Tab, and nothing else.
const reach = new ResizeObserver((boxes) => {
  for (const { target } of boxes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of all(".scroll")) reach.observe(box);

for (const clock of all(".clock .scroll")) {
  const today = clock.querySelector(".today");
  if (today) clock.scrollLeft = today.getBoundingClientRect().left - clock.getBoundingClientRect().left - clock.clientWidth / 2;
}
const here = document.querySelector(".side nav.main [aria-current]");
if (here && here.offsetLeft + here.offsetWidth > innerWidth) here.closest("nav").scrollLeft = here.offsetLeft - 16;

// A search box marked data-suggest proposes titles for what is typed so far.
for (const box of all("input[data-suggest]")) {
  let timer, asked = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      if (!box.value.trim()) return;
      try {
        const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(box.value));
        if (!answer.ok || mine !== asked) return;
        const [, titles] = await answer.json();
        box.list.replaceChildren(...titles.map((title) => new Option(title, title)));
      } catch {
        // the search works without it
      }
    }, 150);
  });
}
