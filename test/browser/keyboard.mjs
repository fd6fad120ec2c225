// Goes through the demo with the keyboard alone: node keyboard.mjs < {"base"}.
// A clerk enters, opens the most urgent item of the desk, then the own account with
// the navigation, and signs out; a visitor reckons a last day. Exits with 1 and
// says why where the keyboard does not reach.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { base } = JSON.parse(readFileSync(0, "utf8"));
const problems = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", locale: "zh-CN" });
const tab = await context.newPage();

// to presses Tab until the focus is on what a selector names, and looks whether
// the focus can be seen there.
async function to(selector, most = 120) {
  for (let i = 0; i < most; i++) {
    await tab.keyboard.press("Tab");
    const [here, seen] = await tab.evaluate((s) => {
      const e = document.activeElement;
      return [e?.matches(s), e && getComputedStyle(e).outlineStyle !== "none"];
    }, selector);
    if (here) {
      if (!seen) problems.push(`${selector}: the focus cannot be seen`);
      return;
    }
  }
  throw new Error(`${tab.url()}: Tab does not reach ${selector}`);
}

async function enter(expected) {
  await Promise.all([tab.waitForURL((u) => expected(u)), tab.keyboard.press("Enter")]);
}

try {
  await tab.goto(`${base}/demo`);
  await to('button[data-login="jingban"]');
  await enter((u) => u.pathname.startsWith("/desk"));
  await tab.keyboard.press("j");
  await tab.keyboard.press("j");
  if ((await tab.locator(".list tbody tr").nth(1).getAttribute("class"))?.includes("chosen") !== true) problems.push("/desk: j j does not choose the second item");
  const next = await tab.locator("a[data-next]").getAttribute("href");
  await Promise.all([tab.waitForURL((u) => u.pathname === next), tab.keyboard.press("n")]);
  await to('nav.main a[href="/desk/me"]');
  await enter((u) => u.pathname === "/desk/me");
  await to(".tools form button");
  await enter((u) => u.pathname === "/login");

  await tab.goto(`${base}/deadline`);
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter"); // the skip link
  await to("#f-limit", 4);
  await to("#f-from");
  await to("form.form button");
  await enter((u) => u.searchParams.has("limit"));
  if (!(await tab.locator("#answer").isVisible())) problems.push("/deadline: no answer");

  // Whatever Tab reaches on the page of all parts shows that it is reached, and
  // is not hidden below something else.
  await tab.goto(`${base}/demo/components`);
  for (let i = 0; i < 400; i++) {
    await tab.keyboard.press("Tab");
    const wrong = await tab.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return "the end";
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `${e.outerHTML.slice(0, 120)}: the focus cannot be seen`;
      if (box.bottom < 0 || box.top > innerHeight) return `${e.outerHTML.slice(0, 120)}: the focus is off the screen`;
    });
    if (wrong === "the end") break;
    if (wrong) problems.push(`/demo/components: ${wrong}`);
  }

  await tab.goto(`${base}/demo/components`);
  await tab.keyboard.press("j");
  await tab.keyboard.press("j");
  const chosen = await tab.evaluate(() => [...document.querySelectorAll(".list tbody tr")].findIndex((r) => r.classList.contains("chosen")));
  if (chosen !== 1) problems.push(`/demo/components: j j chooses row ${chosen}`);
  await tab.keyboard.press("/");
  if (!(await tab.evaluate(() => document.activeElement?.matches("input[type=search]")))) problems.push("/demo/components: / does not reach the search");
  await to('button[data-opens="ask"]', 400);
  await tab.keyboard.press("Enter");
  if (!(await tab.locator("#ask").isVisible())) problems.push("/demo/components: the dialog does not open");
  await tab.keyboard.press("Escape");
  if (await tab.locator("#ask").isVisible()) problems.push("/demo/components: Escape does not close the dialog");
} catch (e) {
  problems.push(e.message);
}
await browser.close();
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
