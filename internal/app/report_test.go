package app

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/annual/read"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/rule"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/web/webtest"
)

// The report of a year with 300 requests in all outcomes goes from the first draft
// through the house to its files, and in what is published as docx the checker of the
// command line finds nothing.
func TestAnnualReportIsCompiled(t *testing.T) {
	c := clock.At(time.Date(2025, 12, 10, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	for _, text := range []string{"2025年大厅值班表", "2025年窗口设置方案", "2025年延时服务事项目录"} {
		s.hand(t, text)
	}
	if problems, err := s.rooms.requests.Import(t.Context(), s.people["jingban"].Actor(), s.people["jingban"].Organ, everyOutcome(300), false); err != nil || len(problems) > 0 {
		t.Fatalf("%v, %+v", err, problems)
	}
	c.Set(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai))
	clerk, head, signer := s.browse(t, "jingban"), s.browse(t, "fuzeren"), s.browse(t, "qianfa")
	path := "/desk/reports/" + s.people["jingban"].Organ + "/2025"
	does := func(b *webtest.Browser, act string, typed url.Values, says string) {
		t.Helper()
		if a := b.Submit(path+"/"+act, typed); !strings.Contains(main(a), says) {
			t.Fatalf("%s: %d %s", act, a.Status, main(a))
		}
	}
	if n, err := s.rooms.reports.Tend(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d, %v", n, err)
	}
	mine := func(b *webtest.Browser, title string) bool {
		t.Helper()
		return strings.Contains(main(b.Get("/desk/work?q="+url.QueryEscape(title))), title+"：青川旗政务服务局2025年")
	}
	if !mine(clerk, "编写并提交年度报告") || !strings.Contains(main(s.browse(t, "chengguan").Get("/desk/work?q=2025")), "编制年度报告：城关镇人民政府2025年") {
		t.Error("the reports are on nobody's list")
	}
	if a := clerk.Get("/desk/reports?year=2019"); !strings.Contains(main(a), "青川旗政务服务局未开始") {
		t.Fatal(main(a))
	}
	filed, _, err := s.rooms.filings.Totals(t.Context(), s.people["jingban"].Actor(), s.people["jingban"].Organ, 2025)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int64{}
	for _, total := range filed {
		of[total.Key] = total.N
	}
	for name, n := range map[string]int64{"opinions.collected": 12, "wechat.posts": 228, "services.items": 1650, "ratings.received": 69826, "licences.decisions": 0, "penalties.decisions": 0, "coercion.decisions": 0, "fees.amount": 0} {
		if got, there := of[name]; !there || got != n {
			t.Errorf("%s of the model report is %d, not %d", name, got, n)
		}
	}
	former := strings.TrimSuffix(path, "2025") + "2019"
	if a := clerk.Get(former + "/edit"); a.Status != 409 {
		t.Errorf("nothing is begun, and it can be written: %d", a.Status)
	}
	if a := clerk.Submit(former+"/begin", nil); !strings.Contains(main(a), "编制中") {
		t.Fatal(main(a))
	}
	if a := clerk.Get(path + "/submit"); a.Status != 409 || !strings.Contains(main(a), "个错误没有改正") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	if a := clerk.Submit(path+"/edit", url.Values{"filed-table2/licences/decisions": {"很多"}, "text-platform": {"打了字"}}); a.Status != 422 || !strings.Contains(main(a), "请填写整数") || a.Find(`[name="text-platform"]`).Text() != "打了字" {
		t.Errorf("%d %s", a.Status, main(a))
	}
	text := url.Values{
		"text-general": {"2025年，我局将政务公开与全旗政府的工作要求相结合，稳步提升公开质效。"}, "text-proactive": {"全年在政府网站首次公开文件{{documents.published}}件。"},
		"text-management": {"落实公开属性源头认定机制，起草文件时即认定公开属性。"}, "text-platform": {"以旗政府网站、政务服务大厅为主要公开平台，及时、准确、规范地发布信息。"},
		"text-supervision": {"成立由主要领导任组长的领导小组，对网上公开信息实行监测，纳入绩效考核。"},
		"text-problems":    {"政策法规培训相对偏少，公开渠道多样化有待拓宽。"}, "text-improvements": {"每季度组织一次培训；在大厅增设查询终端。"},
		"text-opening": {clerk.Get(path+"/edit").Find(`[name="text-opening"]`).Text() + "网址：http://zwgk.example.cn。"},
	}
	for _, cell := range []string{"licences/decisions", "penalties/decisions", "coercion/decisions", "fees/amount"} {
		text.Set("filed-table2/"+cell, "0")
		text.Set("source-table2/"+cell, "审批管理股年度统计")
	}
	does(clerk, "edit", text, "检查没有错误")
	form := clerk.Get(path + "/edit")
	if reads := form.Find("#reads-text-proactive .token"); reads.Length() != 1 || reads.AttrOr("title", "") != "首次公开的文件 {{documents.published}}" || reads.Text() == "" {
		t.Errorf("the token of the text reads %q", reads.Text())
	}
	if a := clerk.Post(path+"/preview", url.Values{"_form": {form.Find("main input[name=_form]").AttrOr("value", "")}, "text-proactive": {"共{{documents.published}}件、{{no.such}}项"}}); a.Find(`[data-into="reads-text-proactive"] .token`).Length() != 2 || a.Find(".token.wrong").AttrOr("title", "") != "没有这个指标： {{no.such}}" {
		t.Errorf("while typing: %s", a.Body)
	}
	page := clerk.Get(path)
	received := page.Find(`.prescribed td.sum a[href*="row=R1"]`)
	if received.Length() != 1 || received.Text() == "0" || !strings.Contains(main(page), "新收政府信息公开申请"+received.Text()+"件") {
		t.Fatalf("text and table: %q, %s", received.Text(), main(page))
	}
	if cases := clerk.Get(received.AttrOr("href", "")); !strings.Contains(main(cases), "共 "+received.Text()+" 条") {
		t.Errorf("the figure %s leads to %s", received.Text(), main(cases))
	}
	does(clerk, "submit", nil, "审核中")
	if a := signer.Get(path + "/pass"); a.Status != 403 {
		t.Errorf("the signer passes: %d", a.Status)
	}
	does(head, "return", url.Values{"reasons": {"改进情况写具体些"}}, "编制中")
	if a := clerk.Get(path); !strings.Contains(main(a), "改进情况写具体些") {
		t.Error(main(a))
	}
	does(clerk, "submit", nil, "审核中")
	if mine(clerk, "编写并提交年度报告") || !mine(head, "审核年度报告") {
		t.Error("what is to be done did not pass to the head")
	}
	does(head, "pass", nil, "待签发")
	does(signer, "sign", nil, "第1版")
	s.recordsAreFrozen(t, clerk, path, received.Text())
	does(clerk, "publish", nil, "主动公开文件")
	does(clerk, "send", url.Values{"to": {"青川旗人民政府办公室"}}, "报送日期")
	document, _ := clerk.Get(path).Find(`main a[href^="/desk/documents/0"]`).Attr("href")
	passes := func(login, act string, typed url.Values) {
		t.Helper()
		if a := s.browse(t, login).Submit(document+"/"+act, typed); a.Path != document {
			t.Fatalf("%s: %d %s", act, a.Status, main(a))
		}
	}
	passes("jingban", "submitted", nil)
	verdicts := url.Values{}
	s.browse(t, "baomi").Get(document + "/cleared").Find(`[name^="part-"]`).Each(func(_ int, f *goquery.Selection) { verdicts.Set(f.AttrOr("name", ""), "open") })
	passes("baomi", "cleared", verdicts)
	passes("fuzeren", "checked", nil)
	passes("qianfa", "signed", nil)
	passes("jingban", "issued", nil)
	if a := clerk.Get(path); !strings.Contains(main(a), "已公布") {
		t.Error(main(a))
	}
	if a := s.browse(t, "").Get("/open/reports?report=2025"); !strings.Contains(main(a), "青川旗政务服务局2025年政府信息公开工作年度报告") {
		t.Error(main(a))
	}
	published := s.browse(t, "").Get("/open/" + strings.TrimPrefix(document, "/desk/documents/"))
	for _, format := range []string{".docx", ".pdf", ".xlsx", ".json"} {
		if !strings.Contains(main(published), "政府信息公开工作年度报告"+format) {
			t.Errorf("the portal does not offer %s: %s", format, main(published))
		}
	}

	link := published.Find(`a:contains(".docx")`).First().AttrOr("href", "")
	taken := filepath.Join(t.TempDir(), "报告.docx")
	if err := os.WriteFile(taken, []byte(s.browse(t, "").Get(link).Body), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), "go", "run", "gongkai/cmd/gongkai", "--lang", "en", "report", "check", taken).CombinedOutput(); err != nil || !strings.Contains(string(said), "Errors: 0; warnings: 0") {
		t.Errorf("the command finds in what is published: %v %s", err, said)
	}
	file := clerk.Get(path + "/download?format=docx&version=1")
	d, err := s.opener.Read(t.Context(), "报告.docx", []byte(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	r, err := read.Report(d, "报告.docx")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range check.Check(&check.Input{Report: r}).Findings {
		if f.Severity != rule.Info {
			t.Errorf("%s %s: %s", f.Rule, f.Severity, f.Message)
		}
	}
	for _, format := range []string{"pdf", "xlsx", "html", "json"} {
		if a := clerk.Get(path + "/download?format=" + format); a.Status != 200 || len(bytes.TrimSpace([]byte(a.Body))) < 1000 {
			t.Errorf("%s: %d, %d bytes", format, a.Status, len(a.Body))
		}
	}
	if a := clerk.Get(path + "/download?format=exe"); a.Status != 415 && a.Status != 400 {
		t.Errorf("%d", a.Status)
	}
	if a := s.browse(t, "zhuguan").Get("/desk/reports?year=2025&status=published"); !strings.Contains(main(a), "青川旗政务服务局已公布") {
		t.Error(main(a))
	}
	watcher := s.browse(t, "zhuguan")
	sum := watcher.Get("/desk/reports/" + s.people["zhuguan"].Organ + "/2025/sum")
	total := sum.Find(`.prescribed td.sum a[href*="R1%2FC7"]`)
	if total.Length() != 1 || total.Text() == "0" || !strings.Contains(main(sum), "青川旗能源局 没有收到2025年度报告") {
		t.Fatalf("the sum: %q, %s", total.Text(), main(sum))
	}
	if a := watcher.Get(total.AttrOr("href", "")); !regexp.MustCompile(`青川旗政务服务局\D*` + received.Text()).MatchString(a.Find("#cell").Text()) {
		t.Errorf("who brings what: %s", a.Find("#cell").Text())
	}
	for _, format := range []string{"docx", "xlsx", "json"} {
		if a := watcher.Get("/desk/reports/" + s.people["zhuguan"].Organ + "/2025/sum?format=" + format); a.Status != 200 || len(a.Body) < 1000 {
			t.Errorf("%s: %d, %d bytes", format, a.Status, len(a.Body))
		}
	}
	if a := head.Get("/desk/reports/" + s.people["zhuguan"].Organ + "/2025/sum"); a.Status != 403 {
		t.Errorf("the head of a bureau sums the county: %d", a.Status)
	}
	if a := s.browse(t, "minzheng-jb").Get(path); a.Status != 403 {
		t.Errorf("another organ's clerk: %d", a.Status)
	}
}

// The demo's bureau that is like the one of the model report has the model's tables, cell by
// cell: no document in table 2, no request in table 3, no case in table 4. Another bureau
// brings the requests that pass the turn of the year.
func TestTheModelBureauHasTheTablesOfTheModelReport(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 30, 8, 30, 0, 0, clock.Shanghai)))
	const name = "2023-wulate-qianqi-政务服务局.txt"
	file, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.opener.Read(t.Context(), name, file)
	if err != nil {
		t.Fatal(err)
	}
	model, err := read.Report(d, name)
	if err != nil {
		t.Fatal(err)
	}
	clerk := s.people["jingban"]
	b, err := s.rooms.reports.Open(t.Context(), clerk.Actor(), clerk.Organ, 2025)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]int{}
	for _, ref := range model.Refs() {
		want, got := model.Cells[ref], b.Scene.Figures.Cells[ref]
		if !want.Known() || !got.Known() || got.N != want.N {
			t.Errorf("%s: %+v, the model report has %+v", ref, got, want)
		}
		tables[ref.Table]++
	}
	if tables["table2"] != 10 || tables["table3"] != 175 || tables["table4"] != 15 {
		t.Errorf("compared %v", tables)
	}
	other := s.people["ziran-jb"]
	for year, row := range map[int]string{2025: "R4", 2026: "R2"} {
		f, err := s.rooms.reports.Counted(t.Context(), other.Actor(), account.Place{Organ: other.Organ}, calendar.YearSpan(year))
		if n := f.Cells[annual.Ref{Table: "table3", Row: row, Column: "C7"}].N; err != nil || n != 2 {
			t.Errorf("%s of %d is %d, %v", row, year, n, err)
		}
	}
}

// Filed figures of a quarter count by whole periods, table 2 by the days of the documents;
// what lies across the edge is named, and the figure leads to its periods alone.
func TestFiguresOfAnyDays(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 10, 12, 8, 30, 0, 0, clock.Shanghai)))
	clerk := s.browse(t, "jingban")
	page := clerk.Get("/desk/reports/figures?from=2025-04-01&until=2025-06-30&size=100")
	if across := page.Find("#across").Text(); across != "" {
		t.Errorf("a quarter has whole months and quarters, and %s is left out", across)
	}
	figure := page.Find(`a[href*="figure=wechat.posts"]`)
	if figure.Text() != "57" || !strings.Contains(figure.AttrOr("href", ""), "days=2025-04-01..2025-06-30") && !strings.Contains(figure.AttrOr("href", ""), "days=2025-04-01") {
		t.Errorf("posts of the quarter: %q %q", figure.Text(), figure.AttrOr("href", ""))
	}
	made := main(clerk.Get(figure.AttrOr("href", "")))
	if !strings.Contains(made, "57") || !strings.Contains(made, "2025年5月") || strings.Contains(made, "2025年7月") {
		t.Errorf("the figure leads to %s", made)
	}
	page = clerk.Get("/desk/reports/figures?from=2025-04-10&until=2025-06-30&size=100")
	if across := page.Find("#across").Text(); !strings.Contains(across, "2025年4月") || !strings.Contains(across, "2025年第二季度") || strings.Contains(across, "2025年5月") {
		t.Errorf("left out: %q", across)
	}
	if n := page.Find(`a[href*="figure=wechat.posts"]`).Text(); n != "38" {
		t.Errorf("posts of two whole months: %q", n)
	}
	if n := page.Find(".prescribed").Length(); n != 3 {
		t.Errorf("%d tables of some days", n)
	}
}

// everyOutcome are requests of 2025 that ended in it, of every kind of applicant with
// every outcome.
func everyOutcome(n int) []foi.PastLine {
	kinds, outcomes := law.ApplicantKinds(), law.Outcomes()
	lines := make([]foi.PastLine, n)
	for i := range lines {
		received, kind := calendar.On(2025, 1, 6).Add(i), kinds[i/len(outcomes)%len(kinds)].ID
		p := foi.Past{
			Number: fmt.Sprintf("旧账〔2025〕%d号", i+1), Channel: foi.InPerson, Arrived: received, Party: foi.Party{Role: foi.IsApplicant, Kind: kind},
			Ask: foi.Ask{Text: fmt.Sprintf("第%d件", i+1), Form: "paper", Way: "post"}, Outcome: outcomes[i%len(outcomes)].ID, Ended: received.Add(14), Way: foi.Post,
		}
		if kind != "C1" {
			p.Party.Organisation = "青川某单位"
		}
		lines[i] = foi.PastLine{Line: i + 2, Past: p}
	}
	return lines
}

// recordsAreFrozen looks at what a signature has kept: the figures of the signed report
// lead to the records that were counted. One that is entered later stands apart, and the
// signed figures stay.
func (s *site) recordsAreFrozen(t *testing.T, clerk *webtest.Browser, path, received string) {
	t.Helper()
	counted := func() webtest.Answer {
		t.Helper()
		to := clerk.Get(path).Find(`.prescribed td.sum a[href*="R1%2FC7"]`)
		if to.Length() != 1 || to.Text() != received {
			t.Fatalf("the signed report says %q, not %s", to.Text(), received)
		}
		return clerk.Get(to.AttrOr("href", ""))
	}
	if a := counted(); !strings.Contains(main(a), "共 "+received+" 条") || !strings.Contains(main(a), "现在仍然逐条一致") {
		t.Errorf("the records: %s", main(a))
	}
	s.handOn(t, "2025年12月31日投递的申请", calendar.On(2025, 12, 31))
	late := clerk.Get(counted().Path + "?version=1&still=came&cell=table3%2FR1%2FC7")
	if text := main(late); !strings.Contains(text, "另有2条签发以后才计入") || strings.Count(late.Find("tbody").Text(), "签发后才计入") != 1 {
		t.Errorf("what came late: %s", text)
	}
	if a := clerk.Get(path); !strings.Contains(main(a), "签发以后台账有变化") {
		t.Errorf("the workbench: %s", main(a))
	}
	if a := clerk.Get(path + "/records?version=1&still=came&format=xlsx"); a.Status != 200 || len(a.Body) < 1000 {
		t.Errorf("xlsx: %d", a.Status)
	}
	if a := clerk.Get(path + "/records?version=2"); a.Status != 404 {
		t.Errorf("a version that is not there: %d", a.Status)
	}
	if err := s.db.VerifyState(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
		t.Fatal(err)
	}
	s.tamper(t, "UPDATE report_roll SET roll = '[]'")
	found := 0
	if err := s.db.VerifyState(t.Context(), func(f store.Finding) { found++ }); err != nil || found != 1 {
		t.Errorf("the roll was emptied: %d findings, %v", found, err)
	}
}

// Every finding of the workbench leads to its place: the cell, the field in which it is
// typed, the paragraph, or the list in which it is mended.
func TestFindingsJumpToTheirPlace(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai)))
	clerk := s.browse(t, "minzheng-jb")
	path := "/desk/reports/" + s.people["minzheng-jb"].Organ + "/2025"
	clerk.Submit(path+"/begin", nil)
	clerk.Submit(path+"/edit", url.Values{"text-general": {"2025年收到申请12件。"}, "text-platform": {"发布{{no.such}}条。"}, "filed-table2/licences/decisions": {"5"}})
	kinds := map[string]int{}
	for _, from := range []string{path, path + "/edit"} {
		clerk.Get(from).Find(`#findings a[href], #preview a[href]`).Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			where, anchor, found := strings.Cut(href, "#")
			if !found {
				return
			}
			if where == "" {
				where = from
			}
			if place := clerk.Get(where).Find(`[id="` + anchor + `"]`); place.Length() != 1 {
				t.Errorf("%s leads nowhere from %s: %s", href, from, a.Text())
			}
			kinds[regexp.MustCompile(`^(f-text|f-filed|c-table\d|table\d)`).FindString(anchor)]++
		})
	}
	if kinds["f-text"] == 0 || kinds["f-filed"] == 0 {
		t.Errorf("findings lead to %v", kinds)
	}
	clerk.Get(path).Find(`.report-part h2 a[href*="#"]`).Each(func(_ int, a *goquery.Selection) {
		where, anchor, _ := strings.Cut(a.AttrOr("href", ""), "#")
		if clerk.Get(where).Find(`[id="`+anchor+`"]`).Length() != 1 {
			t.Errorf("%s leads nowhere", a.AttrOr("href", ""))
		}
	})
}

// A changed convention is in force with its day on the page of conventions; a report that was
// signed before keeps its own, and the workbench says what is another now.
func TestAChangedConventionIsTold(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 27, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	organ := s.people["minzheng-jb"].Organ
	bench := "/desk/reports/" + organ + "/2025"
	clerk := s.browse(t, "minzheng-jb")
	if a := clerk.Get(bench); a.Find("#changed").Length() != 0 || !strings.Contains(a.Find("#versions details").Text(), "联合申请") {
		t.Fatalf("what was signed: %s", a.Find("#versions").Text())
	}
	if a := s.browse(t, "minzheng-xt").Submit("/admin/settings/"+setting.ReportApplicants+"?organ="+organ, url.Values{"value": {setting.ApplicantsEach}}); a.Status != 200 {
		t.Fatalf("%d %s", a.Status, main(a))
	}
	c.Set(time.Date(2026, 11, 27, 9, 5, 0, 0, clock.Shanghai))
	if text := clerk.Get(bench).Find("#changed").Text(); !strings.Contains(text, "表三中联合申请怎样计") || !strings.Contains(text, "每一名申请人各计一件") || !strings.Contains(text, "2026-11-27") {
		t.Errorf("the workbench says %q", text)
	}
	if text := main(clerk.Get("/desk/reports/conventions")); !strings.Contains(text, "青川旗民政局现在：每一名申请人各计一件") || !strings.Contains(text, "自2026-11-27起") {
		t.Error(text)
	}
	if a := s.browse(t, "minzheng-sj").Get("/admin/log?q=" + url.QueryEscape("setting.changed")); !strings.Contains(main(a), "修改设置") {
		t.Errorf("the log has no change: %s", main(a))
	}
}
