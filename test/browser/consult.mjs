// A consultation in Chromium, from its draft to the front page, opinions from a telephone,
// answers, and the feedback that everybody reads:
// node consult.mjs < {"base", "clock", "shots", "life", "facts"}.
import { act, as, at, base, facts, fill, live, on, refused, sees, send, shot } from "./steps.mjs";

const title = "关于《青川旗政务服务预约办理规定（征求意见稿）》公开征求意见的公告";
const telephone = { width: 390, height: 844 };

// missing expects that a page of the portal does not say a text.
async function missing(path, text) {
  const visitor = await as("");
  await visitor.goto(`${base}${path}`);
  if ((await visitor.locator("main").innerText()).includes(text)) throw new Error(`${path} says “${text}”`);
  await visitor.close();
}

// draft writes the consultation and gives its page on the desk.
async function draft() {
  const page = await as("jingban");
  await page.goto(`${base}/desk/consultations/new`);
  await fill(page, { title, kind: "normative", from: "2026-03-10", until: "2026-03-19", draft: "第一条　预约可以通过电话、网上和窗口进行。\n第二条　预约成功的，按预约时间优先办理。" });
  await shot(page, "draft");
  await send(page);
  await sees(page, title);
  const path = new URL(page.url()).pathname;
  await page.close();
  await refused("jingban", path, "submit", null, "起草说明");
  const again = await as("jingban");
  await again.goto(`${base}${path}/edit`);
  await fill(again, { explanation: "一、起草的背景。大厅排队时间长，群众希望预约。\n二、主要内容。预约方式、优先办理和取消。", contact: "政务服务局办公室", phone: "0478-0000012", email: "zqyj@example.cn" });
  await again.locator('main [name="draft-files"]').setInputFiles(facts.file);
  await send(again);
  await again.close();
  return path;
}

// give gives an opinion from a telephone, without a name, and gives its number.
async function give(one, text, giver = "person") {
  const visitor = await as("", telephone);
  await visitor.goto(`${base}/`);
  await visitor.locator(`.asked a[href="${one}"]`).click();
  await sees(visitor, title, "还有");
  await visitor.locator(`main a[href="${one}/opinion"]`).first().click();
  await visitor.waitForURL(`**${one}/opinion`);
  await fill(visitor, { text, giver });
  await shot(visitor, "opinion");
  await send(visitor);
  const number = (await visitor.locator("main .receipt .no").innerText()).trim();
  if (!number) throw new Error("there is no receipt");
  await shot(visitor, "receipt");
  await visitor.close();
  return number;
}

// answer answers the opinions that say a word.
async function answer(path, word, outcome, gist, reason = "") {
  const page = await as("jingban");
  await page.goto(`${base}${path}/handle`);
  await page.locator("main label", { hasText: word }).first().click();
  await fill(page, { outcome, gist, reason });
  await shot(page, "answer");
  const form = page.locator('main form.form:has([name="outcome"])'); // the other one narrows the list
  await Promise.all([page.waitForNavigation(), form.locator("button:not([type=button])").last().click()]);
  await sees(page, "办理了1条");
  await page.close();
}

await live(async () => {
  await on("2026-03-05");
  const desk = await draft();
  const one = desk.replace("/desk", "");
  const submitting = await as("jingban");
  await submitting.goto(`${base}${desk}/submit`);
  if (await submitting.locator('main [name="excuse"]').count()) await fill(submitting, { excuse: "电话和邮箱是本机关对外公布的办公联系方式。" });
  await send(submitting);
  await submitting.close();
  await act("fuzeren", desk, "approve");
  await missing("/", title);
  await missing("/consultations", title);

  await on("2026-03-10", "00:01"); // the day alone opens it
  const visitor = await as("", telephone);
  await visitor.goto(`${base}/`);
  await sees(visitor, "正在征集的意见", title, "还有10天");
  await shot(visitor, "front");
  await visitor.goto(`${base}/search?q=${encodeURIComponent("预约成功的")}`);
  await sees(visitor, title);
  await visitor.goto(`${base}/search?q=${encodeURIComponent(facts.says)}`); // a file says it
  await sees(visitor, title);
  await shot(visitor, "found");
  await visitor.close();

  await at("2026-03-12", "10:00");
  const first = await give(one, "电话预约应当有人工座席，老年人不会上网。");
  await give(one, "预约电话请设专人接听。");
  await give(one, "周日也应当可以预约办理。", "business");

  await on("2026-03-19", "16:00");
  const last = await as("");
  await last.goto(`${base}/`);
  await sees(last, "今天截止");
  await last.close();
  await on("2026-03-20");
  await missing("/", title);
  const late = await as("");
  await late.goto(`${base}${one}`);
  await sees(late, "已截止");
  if (await late.locator(`main a[href="${one}/opinion"]`).count()) throw new Error("opinions are asked for after the last day");
  await late.close();

  await answer(desk, "人工座席", "adopted", "电话预约设人工座席");
  await answer(desk, "专人接听", "adopted", "电话预约设人工座席");
  await refused("jingban", desk, "feedback", null, "还有1条意见没有办理");
  await answer(desk, "周日也应当", "declined", "周日开放预约办理", "周日办件需求少，先在周六试行。");
  const writing = await as("jingban");
  await writing.goto(`${base}${desk}/feedback`);
  await shot(writing, "feedback");
  await send(writing);
  await writing.close();
  const submit = await as("jingban");
  await submit.goto(`${base}${desk}/submit-feedback`);
  if (await submit.locator('main [name="excuse"]').count()) await fill(submit, { excuse: "没有个人信息。" });
  await send(submit);
  await submit.close();
  await missing(one, "电话预约设人工座席");
  await act("fuzeren", desk, "publish");

  const reader = await as("", telephone);
  await reader.goto(`${base}${one}`);
  await sees(reader, "电话预约设人工座席", "周日办件需求少，先在周六试行。", "3", "2");
  await shot(reader, "told");
  if ((await reader.locator("main").innerText()).includes("老年人不会上网")) throw new Error("what somebody wrote is public");
  await reader.goto(`${base}/consultations/opinion?number=${first}`);
  await sees(reader, "采纳");
  await shot(reader, "followed");
  await reader.close();
});
