// A January in Chromium: a bureau makes its annual report of the year before, the
// superior collects those of twelve organs:
// node january.mjs < {"base", "clock", "shots", "life", "facts"}.
import { act, as, at, base, facts, fill, live, on, refused, sees, send, shot } from "./steps.mjs";

const report = `/desk/reports/${facts.bureau}/2025`;
const text = {
  "text-general": "2025年，我局将政务公开与全旗政府的工作要求相结合，稳步提升公开质效。",
  "text-proactive": "全年在政府网站首次公开文件{{documents.published}}件。",
  "text-management": "落实公开属性源头认定机制，起草文件时即认定公开属性。",
  "text-supervision": "成立由主要领导任组长的领导小组，对网上公开信息实行监测，纳入绩效考核。",
  "text-problems": "政策法规培训相对偏少，公开渠道多样化有待拓宽。",
  "text-improvements": "已在第四季度组织两次培训；在大厅增设查询终端，每季度检查一次。",
};

// write fills in the report with a figure that is wrong, sees it found, takes a sentence
// that is offered, and mends.
async function write() {
  const page = await as("jingban");
  await page.goto(`${base}${report}/edit`);
  const filed = {};
  for (const cell of ["licences/decisions", "penalties/decisions", "coercion/decisions", "fees/amount"]) {
    if (!(await page.locator(`main [name="filed-table2/${cell}"]`).count())) continue; // sections filed it
    filed[`filed-table2/${cell}`] = "0";
    filed[`source-table2/${cell}`] = "审批管理股年度统计";
  }
  const opening = await page.locator('main [name="text-opening"]').inputValue();
  await fill(page, { ...text, ...filed, "text-opening": opening.includes("http") ? opening : `${opening}网址：http://zwgk.example.cn。`, "text-platform": "以旗政府网站、政务服务大厅为主要公开平台。" });
  const before = await page.locator('main [name="text-on-request"]').inputValue();
  await fill(page, { "text-on-request": "2025年，新收政府信息公开申请9件。" });
  await page.locator("#preview", { hasText: "9" }).first().waitFor();
  await page.locator("#preview .badge.red").first().waitFor();
  await shot(page, "wrong");
  await send(page);
  await sees(page, "个错误");
  await page.close();
  await refused("jingban", report, "submit", null, "错误没有改正");

  const again = await as("jingban");
  await again.goto(`${base}${report}/edit`);
  await fill(again, { "text-on-request": before });
  const offers = again.locator('.field:has([name="text-on-request"]) .offers');
  await offers.locator("summary").click();
  await offers.locator("button").first().click();
  const taken = await again.locator('main [name="text-on-request"]').inputValue();
  if (taken.length <= before.length || !taken.includes("{{")) throw new Error(`nothing was taken over: ${taken}`);
  await shot(again, "offers");
  await fill(again, { "text-on-request": before });
  await send(again);
  await again.goto(`${base}${report}/edit`);
  const reasons = await again.locator('main [name^="reason-"]').all();
  for (const reason of reasons) await reason.fill("已核对，与台账一致。");
  await send(again);
  await sees(again, "检查没有错误");
  await shot(again, "mended");
  await again.close();
}

// publish takes the signed report the way of every document.
async function publish() {
  await act("jingban", report, "publish");
  const page = await as("jingban");
  await page.goto(`${base}${report}`);
  const document = new URL(await page.locator('main a[href^="/desk/documents/0"]').first().getAttribute("href"), base).pathname;
  await act("jingban", document, "submitted");
  const review = await as("baomi");
  await review.goto(`${base}${document}/cleared`);
  for (const part of await review.locator('main [name^="part-"][value="open"]').all()) await part.check();
  await send(review);
  await act("fuzeren", document, "checked");
  await act("qianfa", document, "signed");
  await act("jingban", document, "issued");
  await page.goto(`${base}${report}`);
  await sees(page, "已公布");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator('#versions a[href*="format=docx"]').first().click()]);
  await file.saveAs(facts.taken);
  await page.close();
  const visitor = await as("", { width: 390, height: 844 });
  await visitor.goto(`${base}/open/reports?report=2025`);
  await sees(visitor, "青川旗政务服务局2025年政府信息公开工作年度报告");
  await shot(visitor, "public");
}

// receive takes in the three files, and lets the checks of all be done.
async function receive() {
  const page = await as("zhuguan");
  await page.goto(`${base}/desk/collected/receive`);
  await page.locator('main [name="files"]').setInputFiles([facts.townFile, facts.natureFile, facts.civilFile]);
  await send(page);
  await sees(page, "正在读取");
  await shot(page, "reading");
  await at("2026-01-28", "09:35"); // a job reads them, and the page asks again by itself
  await page.locator("main .notice[role=status]", { hasText: "接收 3 份" }).waitFor();
  await sees(page, "城关镇人民政府", "青川旗自然资源局", "青川旗民政局");
  await shot(page, "received");
  await page.close();
}

// notify sends a notice about what was found with an organ, and gives its page.
async function notify(organ) {
  const page = await as("zhuguan");
  await page.goto(`${base}/desk/collected/${organ}/2025/notice`);
  await shot(page, "notice");
  if (!(await page.locator("main form.form").count())) throw new Error(`no notice can be sent: ${(await page.locator("main").innerText()).slice(0, 600)}`);
  await send(page);
  const path = new URL(page.url()).pathname;
  if (!path.startsWith("/desk/collected/notices/")) throw new Error(`no notice: ${(await page.locator("main").innerText()).slice(0, 1500)}`);
  await page.close();
  return path;
}

// answer answers a notice, with a mended file or in words.
async function answer(login, notice, answers) {
  const page = await as(login);
  await page.goto(`${base}${notice}/answer`);
  await fill(page, answers);
  await send(page);
  await sees(page, "待复核");
  await page.close();
}

// close closes a notice; what is still found is accepted with a reason.
async function close(notice) {
  const page = await as("zhuguan");
  await page.goto(`${base}${notice}/close`);
  if (await page.locator('main [name="why"][required]').count()) await fill(page, { why: "其余各项已说明，可以采用。" });
  await shot(page, "close");
  await send(page);
  await sees(page, "已销号");
  await page.close();
}

await live(async () => {
  await on("2026-01-12");
  await write();
  await act("jingban", report, "submit", {}, "审核中");
  await act("fuzeren", report, "pass", {}, "待签发");
  await act("qianfa", report, "sign", {}, "第1版");
  await publish();
  await act("jingban", report, "send", { to: "青川旗人民政府办公室" }, "已办理：报送");

  await on("2026-01-28");
  await receive();
  await on("2026-01-29"); // the night checks what came in
  const list = await as("zhuguan");
  await list.goto(`${base}/desk/collected?year=2025&size=200`);
  await sees(list, "城关镇人民政府", ...facts.signed.split("、"));
  await shot(list, "collected");
  const town = await as("zhuguan");
  await town.goto(`${base}/desk/collected/${facts.town}/2025`);
  await shot(town, "town");
  const notices = { town: await notify(facts.town), nature: await notify(facts.nature), civil: await notify(facts.civil) };
  await refused("zhuguan", `/desk/collected/${facts.nature}/2025`, "notice", null, "整改通知"); // one is enough
  await answer("chengguan", notices.town, { text: "表四漏填总计，已经改正，重新报送。", file: facts.townMended });
  await answer("ziran-jb", notices.nature, { text: "已删去转换残留，改正编号和用词，重新报送。", file: facts.natureMended });
  await answer("minzheng-jb", notices.civil, { text: "正文按答复口径统计，不含部分终止办理的件；空白的格均为0，已在台账注明。" });
  await on("2026-01-30");
  for (const notice of Object.values(notices)) await close(notice);
  const sum = await as("zhuguan");
  await sum.goto(`${base}/desk/reports/${facts.county}/2025/sum`);
  await sees(sum, "青川旗");
  await shot(sum, "sum");
  const n = /的 (\d+) 份2025年度报告/.exec(await sum.locator("main").innerText());
  if (!n || Number(n[1]) !== 12) throw new Error(`the sum is of ${n && n[1]} reports, not of twelve: ${(await sum.locator("main").innerText()).slice(0, 600)}`);
});
