// Looks at pages of a running demo in Chromium: node pages.mjs < visits.json
// Visits: {"base", "shots", "visits": [{"name", "as", "path", …}]}; "as" is
// the login of somebody of the demo county, "" for a visitor; "status" and "most"
// are what a page must answer, and how many bytes it may have; "print" is
// whether it is printed as well. Each is seen at the width of a desk, of a
// telephone, and of a desk where everything is twice as large. Exits with 1 and
// says why if something is wrong: a violation of axe-core, a page wider than the
// screen, something loaded from elsewhere or against the policy, a script error.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const { base, shots, visits } = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const screens = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
// What does not depend on the width is judged once.
const rules = { phone: ["scrollable-region-focusable", "target-size", "aria-hidden-focus", "region", "label", "link-name", "button-name", "empty-table-header", "td-headers-attr", "th-has-data-cells"] };
const small = { width: 1280, height: 800 }; // from here on the navigation of the portal is one line
const twice = { width: 720, height: 450 };
const problems = [];
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// enter signs in as somebody by the button with the person's login.
async function enter(context, login) {
  const tab = await context.newPage();
  await tab.goto(`${base}/demo`);
  await tab.locator(`button[data-login="${login}"]`).first().click();
  await tab.waitForLoadState();
  if (new URL(tab.url()).pathname === "/demo") problems.push(`${login}: is not let in`);
  await tab.close();
}

async function look(context, visit) {
  const tab = await context.newPage();
  tab.on("request", (r) => {
    if (!r.url().startsWith(base) && !r.url().startsWith("data:")) problems.push(`${visit.name}: loads ${r.url()}`);
  });
  tab.on("console", (m) => {
    if (m.type() === "error" && !m.text().includes("status of 4")) problems.push(`${visit.name}: ${m.text()}`);
  });
  await tab.setViewportSize(screens.desk);
  const answer = await tab.goto(base + visit.path);
  const want = visit.status ?? 200;
  if (answer.status() !== want) problems.push(`${visit.name}: status ${answer.status()} instead of ${want}`);
  const size = (await answer.body()).length;
  if (visit.most && size > visit.most) problems.push(`${visit.name}: ${size} bytes, at most ${visit.most}`);
  await firstTab(tab, visit);
  await tab.evaluate(axe); // by the debugger: the page's own policy stays in force
  for (const [screen, viewport] of Object.entries(screens)) {
    await resize(tab, viewport);
    await judge(tab, `${visit.name} ${screen}`, rules[screen]);
    if (shots) await tab.screenshot({ path: join(shots, `${visit.name}-${screen}.png`), fullPage: true });
  }
  await resize(tab, small);
  const lines = await tab.evaluate(() => (document.querySelector("html.elder") ? 1 : new Set([...document.querySelectorAll(".portal nav.main a")].map((a) => a.offsetTop)).size));
  if (lines > 1) problems.push(`${visit.name}: the navigation has ${lines} lines at ${small.width}`);
  await resize(tab, twice);
  await fits(tab, `${visit.name} at 200 %`);
  if (shots && visit.print) await tab.pdf({ path: join(shots, `${visit.name}.pdf`), format: "A4", printBackground: true });
  await tab.close();
}

// resize waits until the page has taken in its new size.
async function resize(tab, viewport) {
  await tab.setViewportSize(viewport);
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function judge(tab, where, only) {
  const options = only ? { runOnly: { type: "rule", values: only } } : {};
  const { violations } = await tab.evaluate((o) => window.axe.run(o), options);
  for (const v of violations) {
    problems.push(`${where}: axe ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join("\n    ")}`);
  }
  await fits(tab, where);
}

async function fits(tab, where) {
  const wider = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) problems.push(`${where}: the page is ${wider} px wider than the screen`);
}

// firstTab expects the skip link, or the summary of what is wrong.
async function firstTab(tab, visit) {
  await tab.keyboard.press("Tab");
  const first = await tab.evaluate(() => {
    const e = document.activeElement;
    return e?.getAttribute("href") === "#main" || e?.closest(".summary, form") !== null;
  });
  if (!first) problems.push(`${visit.name}: the first Tab does not reach the skip link`);
}

// Two at a time look at their pages; who has the most begins.
const people = [...new Set(visits.map((v) => v.as ?? ""))];
const waiting = people.map((login) => [login, visits.filter((v) => (v.as ?? "") === login)]).sort(([, a], [, b]) => b.length - a.length);
async function visitor() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [login, theirs] = next;
    const context = await browser.newContext({ reducedMotion: "reduce", locale: "zh-CN" });
    if (login) await enter(context, login);
    for (const visit of theirs) await look(context, visit);
    await context.close();
  }
}
await Promise.all([visitor(), visitor()]);
await browser.close();

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
