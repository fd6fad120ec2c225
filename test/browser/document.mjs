// The life of a document in Chromium, from the draft to the portal and its feed:
// node document.mjs < {"base", "clock", "shots", "life", "facts"}.
import { act, as, base, facts, fill, live, on, refused, sees, send, shot } from "./steps.mjs";

const title = "关于公布2026年第三季度窗口办件情况的通知";

// draft writes a document on its form and gives its path.
async function draft(login, answers) {
  const page = await as(login);
  await page.goto(`${base}/desk/documents/new`);
  await fill(page, answers);
  await shot(page, "draft");
  await send(page);
  const path = new URL(page.url()).pathname;
  if (path === "/desk/documents/new") throw new Error(`not drafted: ${await page.locator("main").innerText()}`);
  await page.close();
  return path;
}

// clear judges every part of the document by itself.
async function clear(path) {
  const page = await as("baomi");
  await page.goto(`${base}${path}/cleared`);
  const parts = await page.locator('main [name^="part-"][value="open"]').all();
  if (parts.length < 2) throw new Error(`${parts.length} parts are to be reviewed, not text and attachment`);
  for (const part of parts) await part.check();
  await shot(page, "cleared");
  await send(page);
  if (new URL(page.url()).pathname !== path) throw new Error(`not cleared: ${await page.locator("main").innerText()}`);
  await page.close();
}

// chain takes the draft through the house: section, secrecy reviewer, office, signer.
async function chain(path, signed, submitted = {}) {
  await act("lianluo", path, "submitted", submitted);
  await refused("lianluo", path, "cleared", null, "没有");
  await act("guzhang", path, "passed");
  await clear(path);
  await act("fuzeren", path, "checked");
  await act("qianfa", path, "signed", signed);
}

// reads gives the body of an address as a program gets it.
async function reads(path, type) {
  const answer = await fetch(base + path);
  if (!answer.ok || !answer.headers.get("content-type").includes(type)) throw new Error(`${path}: ${answer.status} ${answer.headers.get("content-type")}`);
  return answer.text();
}

// mend takes the attachment out of the draft and puts the clean one in.
async function mend(path) {
  const page = await as("lianluo");
  await page.goto(`${base}${path}/edited`);
  await page.locator('main [name="kept-files"]').uncheck();
  await fill(page, { files: facts.mended });
  await shot(page, "mend");
  await send(page);
  if (new URL(page.url()).pathname !== path) throw new Error(`not mended: ${await page.locator("main").innerText()}`);
  await page.close();
}

// nothing expects that a visitor does not find the document.
async function nothing(why, address) {
  const page = await as("");
  await page.goto(base + address);
  if ((await page.locator("main").innerText()).includes(title)) throw new Error(`${why}: ${address}`);
  await page.close();
}

// visit finds the document as a visitor with a phone, and gives its address and
// that of its attachment.
async function visit() {
  const page = await as("", { width: 390, height: 844 });
  await page.goto(`${base}/search?q=${encodeURIComponent("第三季度窗口办件")}`);
  await shot(page, "found");
  await Promise.all([page.waitForNavigation(), page.locator("main a", { hasText: title }).first().click()]);
  await sees(page, title, "青政服发〔2026〕31号", "按时办结率99.6%", "2026-10-15");
  await shot(page, "public");
  const file = await page.locator('main a[href$=".xlsx"], #files ~ ul a').first().getAttribute("href");
  return [page.url(), new URL(file, base).pathname];
}

// post sends the document to the official account.
async function post(path) {
  const page = await as("jingban");
  await page.goto(`${base}${path.replace("/documents/", "/channels/")}/send`);
  await fill(page, { mode: "public" });
  await shot(page, "send");
  await send(page);
  if (!/\/posts\/p\d+$/.test(new URL(page.url()).pathname)) throw new Error(`not sent: ${await page.locator("main").innerText()}`);
  await page.close();
}

// hang puts the document on the screens of the hall, under words of its own, which the
// secrecy reviewer passes, and gives the address of the screen.
async function hang(path) {
  const page = await as("jingban");
  await page.goto(`${base}${path.replace("/documents/", "/channels/")}/send?channel=board`);
  await fill(page, { title: "第三季度，您的事办得怎么样", text: "# 按时办结率99.6%\n全季度受理2,416件，办结2,398件。" });
  await shot(page, "hang");
  await send(page);
  const text = new URL(page.url()).pathname;
  await sees(page, "待保密审查");
  const reviewer = await as("baomi");
  await reviewer.goto(`${base}${text}/review`);
  await fill(reviewer, { verdict: "open" });
  await send(reviewer);
  await on("2026-10-16", "10:30");
  const again = await as("jingban");
  await again.goto(base + text);
  await sees(again, "正在发布");
  await shot(again, "hangs");
  return new URL(await again.getByText("打开电子屏").getAttribute("href")).pathname;
}

// watch looks at the screen for as long as the document stands there: it plays, keeps
// playing while the network is cut, and asks for what is new by itself.
async function watch(screen) {
  const page = await as("", { width: 1920, height: 1080 });
  await page.clock.install();
  await page.goto(base + screen);
  const wanted = page.locator(".slide", { hasText: "您的事办得怎么样" });
  const seen = new Set();
  for (let n = 0; n < 20 && !seen.has(await wanted.evaluate((s) => s.dataset.key)); n++) {
    seen.add(await page.locator(".slide:not([hidden])").evaluate((s) => s.dataset.key));
    if (!(await wanted.isVisible())) await page.keyboard.press("ArrowRight");
  }
  await sees(page, "按时办结率99.6%");
  const least = await page.evaluate(() => Math.min(...[...document.querySelectorAll(".slide:not([hidden]) *, .screen-top *, .screen-page")].filter((e) => e.checkVisibility() && e.textContent.trim()).map((e) => parseFloat(getComputedStyle(e).fontSize))));
  if (least < 1080 / 24) throw new Error(`type of ${least}px on a screen of 1080`);
  await shot(page, "screen");
  await page.context().setOffline(true);
  for (let n = 0; n < 3; n++) await page.clock.runFor(60_000);
  if ((await page.locator(".slide:not([hidden])").count()) !== 1) throw new Error("cut off, it shows nothing");
  await page.context().setOffline(false);
  return {
    async off() {
      await page.clock.runFor(31_000);
      await wanted.waitFor({ state: "detached" });
      await shot(page, "screen-without");
    },
  };
}

// stood expects that the ledger tells from when to when the article stood.
async function stood() {
  const page = await as("jingban");
  await page.goto(`${base}/desk/channels?q=${encodeURIComponent("第三季度窗口")}`);
  await sees(page, "微信公众号", "公告栏、电子屏", "2026-10-16", "2026-10-21");
  await shot(page, "ledger");
  await page.close();
}

await live(async () => {
  await on("2026-10-12");
  const content = {
    title, formed: "2026-10-12", to: "各股室", kind: "notice", subject: "", summary: "第三季度各窗口受理、办结数量和按时办结率。", keywords: "办件 窗口",
    text: "现将2026年第三季度政务服务大厅各窗口办件情况予以公布。\n全季度受理2,416件，办结2,398件，按时办结率99.6%。\n各窗口的数据见附件。", files: facts.hidden,
  };
  const path = await draft("lianluo", content);
  await refused("lianluo", path, "submitted", null, "还没有认定公开属性");
  await act("lianluo", path, "edited", { openness: "public" }, "主动公开");

  // The guard finds the sheet that nobody sees, and tells the drafter; who goes on all
  // the same gets no further than the last door.
  await refused("lianluo", path, "submitted", {}, "工作表“评价人”被隐藏");
  await chain(path, { number: "青政服发〔2026〕31号" }, { seen: true });
  await refused("jingban", path, "issued", null, "工作表“评价人”被隐藏");
  await nothing("的通知没有公开", `/search?q=${encodeURIComponent("第三季度窗口办件")}`);
  await act("jingban", path, "returned-by-publisher", { reasons: "附件里有隐藏的工作表，含评价人的电话，请删除后重新上传。" });

  // Mended, it goes through the house again: the review was of other bytes.
  await on("2026-10-15");
  await mend(path);
  await chain(path, {});
  await act("jingban", path, "issued", {}, "已公开");
  const [address, file] = await visit();
  await reads(file, "spreadsheetml");
  for (const [feed, type] of [["/open/feed", "atom"], ["/open/feed.rss", "rss"], ["/open/feed.json", "json"], ["/sitemap.xml", "xml"], ["/data/catalogue.csv", "csv"]]) {
    const text = await reads(feed, type);
    if (!text.includes(feed === "/sitemap.xml" ? new URL(address).pathname : title)) throw new Error(`${feed} does not tell of it`);
  }

  // The official account has it as well, by the interface of its platform.
  await post(path);
  await on("2026-10-16");
  const article = await as("");
  await article.goto(`${base}/demo/wechat`);
  await sees(article, title);
  await shot(article, "wechat");

  // So do the screens in the hall.
  const screen = await watch(await hang(path));

  // Taken down at once by one, decided by another; the note stays, the article goes.
  await on("2026-10-20");
  await act("jingban", path, "taken-down", { reasons: "医疗保险窗口的办结数有误。", note: "数据正在核对，暂时撤下。" });
  const gone = await as("");
  await gone.goto(address);
  await sees(gone, "数据正在核对，暂时撤下。");
  await shot(gone, "gone");
  await screen.off();
  await on("2026-10-21");
  await stood();
  await refused("fuzeren", path, "issued", null, "没有");
  await act("fuzeren", path, "restored", { note: "数据已经核对无误。" });
  await gone.goto(address);
  await sees(gone, "按时办结率99.6%", "数据已经核对无误。");
});
