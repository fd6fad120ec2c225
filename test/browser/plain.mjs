// Uses the portal in a browser without scripts: node plain.mjs < {"base", "third"}.
// A visitor searches, narrows a list, reckons a last day, sends a form with errors, makes a
// request and follows it, answers as a third party ("third": organ, number and code of a
// letter), gives an opinion on a draft, marks a fault, and changes language and size of type.
// Exits with 1 and says why where something cannot be done.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { base, third } = JSON.parse(readFileSync(0, "utf8"));
const problems = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false, locale: "zh-CN" });
const tab = await context.newPage();

// sees expects a text in what a selector names.
async function sees(selector, text) {
  const found = (await tab.locator(selector).allInnerTexts()).join(" ");
  if (!found.includes(text)) problems.push(`${tab.url()}: ${selector} says "${found.slice(0, 200)}", not "${text}"`);
}

// keeps expects that what was typed still stands in a field.
async function keeps(selector, typed) {
  const value = await tab.locator(selector).inputValue();
  if (value !== typed) problems.push(`${tab.url()}: ${selector} holds "${value}", not "${typed}"`);
}

async function press(selector) {
  await Promise.all([tab.waitForNavigation(), tab.locator(selector).first().click()]);
}

try {
  await tab.goto(`${base}/`);
  await tab.locator("#find").fill("民政");
  await press(".find button");
  await sees(".results mark", "民政");

  await tab.goto(`${base}/organs`);
  await tab.locator("#l-q").fill("教育");
  await press("form.list-tools button");
  await sees(".list tbody", "教育局");
  await press(".chips a");
  await sees(".list tbody", "民政局");

  await tab.goto(`${base}/deadline`);
  await tab.locator("#f-from").fill("2026-09-22");
  await press("form.form button");
  await sees(".verdict strong", "2026年10月27日");

  await tab.goto(`${base}/log/check`);
  await press("form.form button");
  await sees(".summary", "请选择回执文件");

  await tab.goto(`${base}/demo/components`);
  await tab.locator("#f-name").fill("张三");
  await press("form.form button");
  await sees(".summary", "电话号码的位数不对");
  await keeps("#f-name", "张三");
  const hidden = await tab.locator("button[data-print]:visible, button[data-copy]:visible, button[data-back]:visible").count();
  if (hidden > 0) problems.push(`/demo/components: ${hidden} buttons that do nothing`);

  // A request from the first page to the receipt.
  const go = () => press("form.form:last-of-type .buttons button");
  await tab.goto(`${base}/request`);
  await press("main form button");
  await tab.getByLabel("青川旗政务服务局", { exact: true }).check();
  await go();
  await tab.getByLabel("个人（自然人）").check();
  await go();
  await tab.locator("#f-name").fill("王小明");
  await tab.locator("#f-id-number").fill("110105194912310021");
  await go();
  await sees(".summary", "校验码");
  await tab.locator("#f-id-number").fill("11010519491231002X");
  await go();
  await go(); // without a picture of the paper
  await tab.locator("#f-phone").fill("13800131234");
  await go();
  await go(); // nobody else
  await go();
  await sees(".summary", "条例§29.2.2");
  await tab.locator("#f-text").fill("2025年大厅消防设施维护保养记录");
  await go();
  await tab.getByLabel("电子文件").check();
  await tab.getByLabel("网上获取").check();
  await go();
  await sees("main", "11010519491231002X");
  await go();
  await sees(".receipt", "待双方确认");
  const number = await tab.locator(".receipt .no").first().innerText();
  await tab.goto(`${base}/request/mine/confirm`);
  await go();
  await sees("main", "双方确认，收到申请");

  // Somebody comes back for it with its number: a wrong proof first.
  await tab.goto(`${base}/request`);
  await tab.goto(`${base}/request/mine`);
  await press('form[action$="/leave"] button');
  await tab.goto(`${base}/request/track`);
  await tab.locator("#f-organ").selectOption({ label: "青川旗政务服务局" });
  await tab.locator("#f-number").fill(number);
  await tab.locator("#f-proof").fill("0000");
  await go();
  await sees(".summary", "对不上");
  await keeps("#f-number", number);
  await tab.locator("#f-proof").fill("1234");
  await go();
  await sees("main", number);
  await sees("main", "2025年大厅消防设施维护保养记录");

  // A third party says what it thinks of a disclosure.
  await tab.goto(`${base}/request/opinion`);
  await tab.locator("#f-organ").selectOption(third.organ);
  await tab.locator("#f-number").fill(third.number);
  await tab.locator("#f-code").fill("AAAAAAAA");
  await go();
  await sees(".summary", "对不上");
  await tab.locator("#f-code").fill(third.code);
  await go();
  await tab.locator('input[name="agrees"][value="no"]').check();
  await press("form.form button.primary");
  await sees(".summary", "条例§32");
  await tab.locator('textarea[name="reasons"]').fill("检测数据是商业秘密");
  await press("form.form button.primary");
  await sees("main", "意见已经提交");
  await sees("main", "不同意公开");

  // An opinion on a draft, from the front page to what became of it.
  await tab.goto(`${base}/`);
  await press('main a[href^="/consultations/0"]');
  await press('a[href$="/opinion"]');
  await tab.locator("#f-name").fill("王小明");
  await go();
  await sees(".summary", "意见");
  await keeps("#f-name", "王小明");
  await tab.locator("#f-text").fill("建议周六下午也开放综合窗口。");
  await go();
  await sees(".summary", "请选择");
  await keeps("#f-text", "建议周六下午也开放综合窗口。");
  await tab.locator('input[name="giver"][value="person"]').check();
  await go();
  await sees(".receipt", "YJ");
  const opinion = await tab.locator(".receipt .no").innerText();
  await tab.goto(`${base}/consultations`);
  await press('main a[href="/consultations/opinion"]');
  await tab.locator("#f-number").fill("YJ000000000000");
  await go();
  await sees("main .error", "编号");
  await tab.locator("#f-number").fill(opinion);
  await go();
  await sees("main", "建议周六下午也开放综合窗口。");
  await sees("main .badge", "已登记");

  // A fault of a page, by the link at its foot.
  await tab.goto(`${base}/open/guide`);
  await press(".find-errors a[href^='/fault']");
  await keeps("#f-page", "/open/guide");
  await tab.locator("#f-text").fill("电话少了一位");
  await go();
  await sees(".summary", "请选择");
  await keeps("#f-text", "电话少了一位");
  await tab.locator('input[name="kind"][value="wrong"]').check();
  await go();
  await sees("main", "电话少了一位");
  const fault = await tab.locator("main dd strong").first().innerText();
  await tab.goto(`${base}/fault/follow`);
  await tab.locator("#f-number").fill(fault);
  await go();
  await sees("main", "电话少了一位");

  await tab.goto(`${base}/log`);
  await press('.tools a[hreflang="en"]');
  await sees("h1", "The log");
  await press('.tools a[href*="elder"]');
  if (!(await tab.locator("html.elder").count())) problems.push("the large type does not come");
} catch (e) {
  problems.push(`${tab.url()}: ${e.message}`);
}
await browser.close();
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
