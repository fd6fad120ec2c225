// Lives of three requests in Chromium, from the first page to the figure in the
// annual report: node lives.mjs < {"base", "clock", "shots", "life", "facts"}.
import { act, as, base, facts, fill, life, live, on, refused, sees, send, shot } from "./steps.mjs";

// ask goes through the wizard of the portal as a visitor and gives the number.
async function ask(page, who, text) {
  await page.goto(`${base}/request`);
  await Promise.all([page.waitForNavigation(), page.locator("main form button").first().click()]);
  for (let steps = 0; steps < 20; steps++) {
    const path = new URL(page.url()).pathname;
    const step = path.split("/").at(-1);
    if (path === "/request/receipt") break;
    if (step === "organ" && (await page.locator('main [name="q"]').count())) {
      await page.locator('main [name="q"]').fill("政务服务局");
      await Promise.all([page.waitForNavigation(), page.locator('main [name="q"]').press("Enter")]);
    }
    await shot(page, `ask-${step}`);
    const answers = { organ: { organ: facts.bureau }, kind: { kind: "C1" }, who: { name: who.name, "id-number": who.id }, contact: { phone: who.phone, address: who.address }, what: { text }, how: { form: "electronic", way: "web" } }[step] ?? {};
    await fill(page, answers);
    await send(page);
  }
  await shot(page, "receipt");
  const number = /\S*依申请〔\d{4}〕\d+号/.exec(await page.locator("main").innerText());
  if (!number) throw new Error(`no number on the receipt: ${await page.locator("main").innerText()}`);
  return number[0];
}

// track lets the applicant in to their request.
async function track(number, proof) {
  const page = await as("", { width: 390, height: 844 });
  await page.goto(`${base}/request/track`);
  await fill(page, { organ: facts.bureau, number, proof });
  await send(page);
  if (new URL(page.url()).pathname !== "/request/mine") throw new Error(`not let in: ${await page.locator("main").innerText()}`);
  return page;
}

// find gives the path of a request by its number, from the clerk's list.
async function find(login, number) {
  const page = await as(login);
  await page.goto(`${base}/desk/requests?q=${encodeURIComponent(number)}`);
  await shot(page, "list");
  const path = await page.locator('main .list a[href^="/desk/requests/"]').first().getAttribute("href");
  await page.close();
  return new URL(path, base).pathname;
}

// register enters what came on paper.
async function register(login, answers) {
  const page = await as(login);
  await page.goto(`${base}/desk/requests/new`);
  await fill(page, answers);
  await shot(page, "register");
  await send(page);
  for (let more = 0; more < 3 && new URL(page.url()).pathname === "/desk/requests/new"; more++) {
    await shot(page, "register-again");
    if (await page.locator("main .summary").count()) throw new Error(`not registered: ${await page.locator("main .summary").innerText()}`);
    await send(page);
  }
  const path = new URL(page.url()).pathname;
  await shot(page, "registered");
  await page.close();
  return path;
}

// reply takes a draft through the house: head, secrecy reviewer, signer.
async function reply(path, answers, parts = []) {
  const page = await as("jingban");
  await page.goto(`${base}${path}/submitted?reply=${answers["kind-0"]}`);
  for (const [i, kind] of parts.entries()) {
    await fill(page, { more: kind });
    await page.locator(`main [name="kind-${i + 1}"]`).waitFor();
  }
  await fill(page, answers);
  await shot(page, "submitted");
  await send(page);
  if (new URL(page.url()).pathname !== path) {
    await shot(page, "submitted-refused");
    throw new Error(`the reply was refused: ${(await page.locator("main").innerText()).slice(0, 2000)}`);
  }
  await page.close();
  await refused("jingban", path, "referred", null, "没有");
  await act("fuzeren", path, "referred");
  await act("baomi", path, "cleared");
  await act("qianfa", path, "signed");
}

// figure follows a figure of a year to its cases; cell names it as the address does.
async function figure(year, cell, headline) {
  const page = await as("fuzeren");
  await page.goto(`${base}/desk/requests/figures?year=${year}`);
  await shot(page, "figures");
  const named = Object.entries(cell).map(([key, value]) => `[href*="${key}=${value}"]`).join("");
  await Promise.all([page.waitForNavigation(), page.locator(`main a${named}`).first().click({ timeout: 10_000 })]);
  await sees(page, headline);
  await shot(page, "cases");
  await page.close();
}

const lives = {
  // A web request granted in part, after a third party was heard and the limit extended.
  async part() {
    const who = { name: "钱晓峰", id: "11010519491231002X", phone: "13911112222", address: "青川旗城关镇幸福路8号" };
    const text = "旗政务服务中心扩建工程（二期）的评标报告和中标人投标文件";
    await on("2026-09-01");
    const number = await ask(await as("", { width: 390, height: 844 }), who, text);
    const path = await find("jingban", number);
    await act("jingban", path, "confirmed", { how: "电话" });
    await on("2026-09-03");
    await act("jingban", path, "third-party-asked", {
      kind: "C2", organisation: "青川旗恒基建设有限责任公司", name: "王经办", phone: "13933334444", address: "青川旗青川镇工业路9号", about: "投标文件中的技术方案和分项报价是否同意公开",
    }, "暂停");
    await refused("jingban", path, "submitted", null, "征求意见");
    await on("2026-09-04");
    await act("jingban", path, "question-received");
    await on("2026-09-10");
    await act("jingban", path, "opinion-given", { agrees: "no", reasons: "技术方案和分项报价是我公司的商业秘密。" });
    await on("2026-09-11");
    await act("jingban", path, "extension-proposed", { days: "10", reason: "需要逐页区分可以公开的内容" });
    await refused("jingban", path, "extension-approved", null, "没有");
    await act("fuzeren", path, "extension-approved");
    await on("2026-09-21");
    await reply(path, {
      "kind-0": "A2", "about-0": "评标报告", "place-0": "随本答复书提供评标报告电子文件。", "files-0": facts.report,
      "about-1": "投标文件中的技术方案和分项报价", "interest-1": "商业秘密", "harm-1": "公开后竞争对手可以推知其成本构成，与其他内容不可分。",
      "interest-of-all-1": "中标总价已经公告，不公开不会对公共利益造成重大影响。", "reasons-1": "第三方不同意公开，经审查涉及商业秘密。",
    }, ["C4"]);
    const before = await track(number, "2222");
    if (await before.locator('main a[href*="/request/mine/file/"]').count()) throw new Error("a file is handed out before the reply is served");
    await act("jingban", path, "served", { way: "electronic", proof: facts.proof });
    const page = await track(number, "2222");
    await sees(page, "部分公开");
    await shot(page, "tracked");
    for (const link of ["/request/mine/letter/", "/request/mine/file/"]) {
      const href = await page.locator(`main a[href*="${link}"]`).last().getAttribute("href");
      const [answer] = await Promise.all([page.waitForEvent("download"), page.locator(`main a[href="${href}"]`).first().click()]);
      if (await answer.failure()) throw new Error(`${href} does not come: ${await answer.failure()}`);
    }
    await act("fuzeren", path, "shown", { title: "政务服务中心扩建工程（二期）评标报告" });
    const portal = await as("");
    await portal.goto(`${base}/disclosed`);
    await sees(portal, "政务服务中心扩建工程（二期）评标报告");
    await shot(portal, "disclosed");
    await figure(2026, { row: "R3.2", column: "C1" }, "评标报告");
  },

  // A letter, corrected, refused under art. 16, and corrected by the reviewing body.
  async review() {
    await on("2026-03-09");
    const path = await register("jingban", {
      channel: "signed-post", on: "2026-03-09", kind: "C1", name: "钱晓峰", "id-number": "11010519491231002X", address: "青川旗城关镇幸福路8号",
      text: "关于大厅的会议材料", form: "paper", way: "post", scan: facts.scan,
    });
    await on("2026-03-12");
    await act("jingban", path, "correction-asked", { items: "写明会议的名称、时间或者其他特征" }, "待补正");
    await refused("jingban", path, "correction-asked", null, "待补正");
    await on("2026-03-19");
    await act("jingban", path, "corrected", { text: "2026年1月大厅搬迁专题会议的会议记录", files: facts.scan }, "2026-04-17");
    await on("2026-03-27");
    await reply(path, {
      "kind-0": "C6", "process-0": "讨论记录", "reservation-0": "查阅法律、法规、规章，没有应当公开该类会议记录的规定。", "reasons-0": "会议记录反映内部讨论过程。",
    });
    await on("2026-04-03");
    await act("jingban", path, "served", { way: "post", tracking: "XA10020030015" }, "已办结");
    await on("2026-04-24");
    await act("jingban", path, "dispute-filed", { kind: "review", body: "青川旗人民政府", number: "青复议〔2026〕21号" });
    await on("2026-04-28");
    await act("jingban", path, "dispute-answered");
    await on("2026-06-10");
    await act("jingban", path, "dispute-decided", { result: "corrected", order: true, until: "2026-07-08" });
    await act("jingban", path, "reopened", {}, "2026-07-08");
    await on("2026-06-22");
    await reply(path, { "kind-0": "A2", "place-0": "随本答复书提供会议记录复印件，共6页。" });
    await on("2026-06-26");
    await act("jingban", path, "served", { way: "direct" }, "已办结");
    await refused("jingban", path, "withdrawn", null, "不能");
    await figure(2026, { row: "R3.3.6", column: "C1" }, "会议记录");
    await figure(2026, { dispute: "review", result: "corrected" }, "会议记录");
  },

  // Forty-one requests in a month: a fee that is not paid.
  async fee() {
    await on("2026-05-20");
    const path = await register("jingban", {
      channel: "in-person", on: "2026-05-20", kind: "C1", name: "钱晓峰", "id-number": "11010519491231002X", phone: "13911112222", address: "青川旗城关镇幸福路8号",
      text: "2026年5月20日大厅值班表", form: "paper", way: "post",
    });
    const page = await as("jingban");
    await page.goto(`${base}${path}`);
    await sees(page, "41");
    await shot(page, "forty-first");
    await act("fuzeren", path, "fee-notified", { method: "pieces", account: "青川旗财政局非税收入专户" }, "待缴费");
    await on("2026-05-22");
    await act("jingban", path, "fee-notice-received");
    await on("2026-06-01");
    await refused("jingban", path, "fee-lapsed", null, "届满");
    await on("2026-06-24");
    await act("jingban", path, "fee-lapsed", {}, "视为放弃");
    await reply(path, { "kind-0": "F2" });
    await act("jingban", path, "served", { way: "post", tracking: "XA10020030115" }, "已办结");
    await refused("jingban", path, "fee-paid", null, "不能");
    const ledger = await as("jingban");
    await ledger.goto(`${base}/desk/fees?q=`);
    await sees(ledger, "41");
    await shot(ledger, "fees");
    await figure(2026, { row: "R3.6.2", column: "C1" }, "值班表");
  },
};

await live(lives[life]);
