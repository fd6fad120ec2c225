// A table into which numbers are typed (web.Table): Enter and the arrows go from cell to
// cell, a sum that nobody typed is added up, and what the checker says marks its cell.
"use strict";
for (const grid of document.querySelectorAll("table[data-grid]")) {
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const where = (input) => {
    const r = rows.findIndex((row) => row.includes(input));
    return [r, r < 0 ? -1 : rows[r].indexOf(input)];
  };
  const go = (r, c) => {
    const to = rows[r] && rows[r][Math.min(c, rows[r].length - 1)];
    if (!to) return false;
    to.focus();
    to.select();
    return true;
  };
  grid.addEventListener("keydown", (e) => {
    const [r, c] = where(e.target);
    if (r < 0 || e.ctrlKey || e.metaKey || e.altKey) return;
    const { selectionStart: from, selectionEnd: to, value } = e.target;
    const all = from === 0 && to === value.length;
    const ways = {
      Enter: [e.shiftKey ? r - 1 : r + 1, c], ArrowDown: [r + 1, c], ArrowUp: [r - 1, c],
      ArrowRight: all || from === value.length ? [r, c + 1] : null, ArrowLeft: all || to === 0 ? [r, c - 1] : null,
    };
    const way = ways[e.key];
    if (!way) return;
    if (way[1] < 0 || way[1] >= rows[r].length) return;
    if (go(...way) || e.key === "Enter") e.preventDefault(); // Enter in the last row does not send a half-filled table
  });

  const sums = [...grid.querySelectorAll("input[data-sum]")];
  const named = (name) => grid.querySelector('[name="' + CSS.escape(name) + '"]');
  const made = new Set(sums.filter((input) => input.value === ""));
  const add = () => {
    for (let pass = 0; pass < 2; pass++) { // a sum may be part of another
      for (const input of sums) {
        if (!made.has(input)) continue;
        const parts = input.dataset.sum.split(" ").map((name) => named(name).value.trim());
        const whole = parts.every((part) => /^[0-9]+$/.test(part));
        input.value = whole ? parts.reduce((n, part) => n + BigInt(part), 0n).toString() : "";
      }
    }
  };
  grid.addEventListener("input", (e) => {
    if (e.target.dataset.sum) made[e.target.value.trim() === "" ? "add" : "delete"](e.target);
    add();
  });
  add();

  const told = document.getElementById("preview");
  if (told) {
    new MutationObserver(() => {
      for (const cell of grid.querySelectorAll("td.wrong")) cell.classList.remove("wrong");
      for (const link of told.querySelectorAll('a[href*="#f-"]')) {
        const input = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (input && grid.contains(input)) input.closest("td").classList.add("wrong");
      }
    }).observe(told, { childList: true, subtree: true });
  }
}
