// Looks at finding pages in Chromium: node finding.mjs SHOTS PAGE.html…
// Exits with 1 and says why if something is wrong. SHOTS is a folder for
// pictures, or "" for none.
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [shots, ...pages] = process.argv.slice(2);
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const screens = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const problems = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function look(page, screen, viewport) {
  const name = basename(page, ".html");
  const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
  const tab = await context.newPage();
  tab.on("request", (r) => {
    if (!r.url().startsWith("file:")) problems.push(`${name} ${screen}: loads ${r.url()}`);
  });
  tab.on("console", (m) => {
    if (m.type() === "error") problems.push(`${name} ${screen}: ${m.text()}`);
  });
  await tab.goto(pathToFileURL(resolve(page)).href);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await tab.screenshot({ path: join(shots, `${name}-${screen}.png`) });
    await tab.screenshot({ path: join(shots, `${name}-${screen}-full.png`), fullPage: true });
  }

  await tab.addScriptTag({ path: axePath });
  const { violations } = await tab.evaluate(() => window.axe.run());
  for (const v of violations) {
    problems.push(`${name} ${screen}: axe ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n    ")}`);
  }

  const wider = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) problems.push(`${name} ${screen}: the page is ${wider} px wider than the screen`);

  const mark = tab.locator("a.mark").first();
  await mark.focus();
  await tab.keyboard.press("Enter");
  await tab.waitForURL((u) => u.hash !== "");
  const finding = new URL(tab.url()).hash;
  const back = tab.locator(`${finding} .back a`);
  if (!(await tab.locator(finding).isVisible())) problems.push(`${name} ${screen}: the mark does not lead to a finding`);
  if (shots) await tab.screenshot({ path: join(shots, `${name}-${screen}-finding.png`) });
  await back.focus();
  await tab.keyboard.press("Enter");
  await tab.waitForURL((u) => u.hash !== finding);
  const cell = tab.locator(new URL(tab.url()).hash);
  if (!(await cell.locator("a.mark").first().isVisible())) problems.push(`${name} ${screen}: the finding does not lead back to its cell`);
  await context.close();
}

async function print(page) {
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(resolve(page)).href);
  await tab.pdf({
    path: join(shots, `${basename(page, ".html")}.pdf`),
    format: "A4",
    printBackground: true,
    margin: { top: "15mm", bottom: "15mm", left: "12mm", right: "12mm" },
  });
  await tab.close();
}

for (const page of pages) {
  for (const [screen, viewport] of Object.entries(screens)) await look(page, screen, viewport);
  if (shots) await print(page);
}
await browser.close();

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
