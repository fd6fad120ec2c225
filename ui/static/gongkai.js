// Makes pages quicker to use; none needs it to be read. One rule each:
// the summary of errors takes the focus; a form is sent once; a filter that is
// chosen is applied; lists are walked with j and k, opened with enter, searched
// with /; a dialog asks before what is marked data-confirm; what is marked
// data-copy is copied; pages marked data-print are printed.
"use strict";

const summary = document.querySelector(".summary");
if (summary) summary.focus();

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.sent) return e.preventDefault();
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  for (const b of form.querySelectorAll("button")) b.classList.add("busy");
});
addEventListener("pageshow", () => {
  for (const f of document.querySelectorAll("form[data-sent]")) {
    delete f.dataset.sent;
    for (const b of f.querySelectorAll("button.busy")) b.classList.remove("busy");
  }
});

for (const select of document.querySelectorAll(".list-tools select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

const rows = [...document.querySelectorAll(".list tbody tr")];
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
  const search = document.querySelector(".list-tools input[type=search]");
  if (e.key === "j") choose(at + 1);
  else if (e.key === "k") choose(at - 1);
  else if (e.key === "/" && search) {
    e.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", (e) => {
  const copy = e.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
  if (e.target.closest("[data-print]")) print();
});
for (const b of document.querySelectorAll("[data-print], [data-copy]")) b.hidden = false;

for (const b of document.querySelectorAll("[data-opens]")) {
  b.addEventListener("click", () => document.getElementById(b.dataset.opens).showModal());
}
