// Steps of a life in Chromium: who comes on which day and does what. The question
// is {"base", "clock", "shots", "life", "facts"} on the standard input. "clock" is an
// address that sets the day of the site: the weeks of a life pass in seconds.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const { base, clock, shots, life, facts } = JSON.parse(readFileSync(0, "utf8"));
if (shots) mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const entered = new Map(); // contexts of those who have signed in today
let taken = 0;

// at lets the site's clock show a day and an hour, and what it does by itself be done.
export async function at(day, hour) {
  const answer = await fetch(`${clock}?at=${day}T${hour}:00%2B08:00`);
  if (!answer.ok) throw new Error(`the clock does not go to ${day}: ${await answer.text()}`);
}

// on begins a day: people sign in anew.
export async function on(day, hour = "09:30") {
  await at(day, hour);
  for (const context of entered.values()) await context.close(); // the night is longer than a session
  entered.clear();
}

// as gives a page of somebody who has signed in; "" for a visitor who comes anew.
export async function as(login, viewport = { width: 1440, height: 900 }) {
  const known = login && entered.get(login);
  const context = known || (await browser.newContext({ viewport, locale: "zh-CN", acceptDownloads: true }));
  const page = await context.newPage();
  page.on("pageerror", (e) => { throw e; });
  if (login && !known) {
    await page.goto(`${base}/demo`);
    await Promise.all([page.waitForNavigation(), page.locator(`button[data-login="${login}"]`).first().click()]);
    entered.set(login, context);
  }
  return page;
}

export async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${life}-${String(++taken).padStart(2, "0")}-${name}.png`), fullPage: true });
}

// sees expects a text on the page.
export async function sees(page, ...texts) {
  const all = (await page.locator("main").innerText()).replace(/\s+/g, "");
  for (const text of texts) {
    if (!all.includes(text.replace(/\s+/g, ""))) throw new Error(`${page.url()} does not say “${text}”: ${all.slice(0, 1500)}`);
  }
}

// fill answers the fields of the page's form by their names.
export async function fill(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`main [name="${name}"]`);
    if ((await field.count()) === 0) throw new Error(`${page.url()} has no field ${name}`);
    const [tag, type] = await field.first().evaluate((f) => [f.tagName, f.type]);
    if (type === "radio") await page.locator(`main [name="${name}"][value="${value}"]`).check();
    else if (type === "checkbox") await field.first().setChecked(value);
    else if (type === "file") await field.first().setInputFiles(value);
    else if (tag === "SELECT") await choose(page, field.first(), value);
    else await field.first().fill(value);
  }
}

// choose chooses from a list; some lists ask further questions at once.
export async function choose(page, field, value) {
  if ((await field.inputValue()) === value) return;
  const asks = (await field.getAttribute("data-updates")) !== null;
  await Promise.all([asks ? page.waitForNavigation() : undefined, field.selectOption(value)]);
}

// send sends the page's form, by its first button or the one with a value.
export async function send(page, value) {
  const button = value ? `main form.form button[value="${value}"]` : "main form.form button[type=submit], main form.form button:not([type]):not([name]):not([aria-hidden])";
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

// act does an act of the state table on its form, as somebody.
export async function act(login, path, slug, answers = {}, ...says) {
  const page = await as(login);
  await page.goto(`${base}${path}`);
  await page.locator(`main a[href^="${path}/${slug}"]`).first().waitFor({ timeout: 10_000 });
  await page.goto(`${base}${path}/${slug}`);
  await fill(page, answers);
  await shot(page, slug);
  await send(page);
  if (new URL(page.url()).pathname !== path) {
    await shot(page, `${slug}-refused`);
    throw new Error(`${slug} was refused: ${(await page.locator("main").innerText()).slice(0, 1500)}`);
  }
  await sees(page, ...says);
  await shot(page, `after-${slug}`);
  await page.close();
}

// refused expects that an act does not go through, and why.
export async function refused(login, path, slug, answers, why) {
  const page = await as(login);
  await page.goto(`${base}${path}/${slug}`);
  if (answers) {
    await fill(page, answers);
    await send(page);
  }
  await sees(page, why);
  await shot(page, `no-${slug}`);
  await page.close();
}

// live goes through a life. The program ends with 1 and says why where something is
// not as it should be.
export async function live(through) {
  let wrong;
  try {
    await through();
  } catch (e) {
    wrong = e;
  }
  await browser.close();
  if (wrong) {
    console.error(wrong.stack);
    process.exit(1);
  }
}
