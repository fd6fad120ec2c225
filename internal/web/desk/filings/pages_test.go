package filings_test

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc/open"
	"gongkai/internal/filing"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/filings"
	"gongkai/internal/web/webtest"
)

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

type nobody struct{}

func (nobody) Holds(context.Context, string, account.Role) (bool, error) { return false, nil }

const root = "/desk/filings"

// site is the pages about filed figures, on a real database, on Monday, 2 February 2026.
type site struct {
	*webtest.Browser
	now *clock.Manual
}

func start(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 2, 2, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for id, g := range map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head}, "signer": {Organ: storetest.BureauID, Role: account.Signer},
		"liaison": {Organ: storetest.SectionID, Role: account.Liaison}, "other": {Organ: storetest.OtherID, Role: account.Clerk}, "watcher": {Organ: storetest.CountyID, Role: account.Supervisor},
	} {
		storetest.Person(t, db, id, g.Organ, string(g.Role))
		people[id] = account.Actor{ID: id, Name: "人员" + id, Organ: g.Organ, Grants: []account.Grant{g}}
	}
	trees, opener := org.Fixed(tree), open.New(open.Options{})
	t.Cleanup(func() { _ = opener.Close() })
	office := &filing.Office{
		Store: store.Filings{DB: db}, Trees: trees, Calendars: builtIn{}, Staff: nobody{}, Clock: now, IDs: &ident.Ordered{Clock: now},
		Policies: func(context.Context, string) (filing.Policy, error) {
			return filing.Policy{Day: 5, Lead: 3, Jump: 3}, nil
		},
	}
	kit := webtest.Kit(t, now, people)
	pages := filings.Pages{Kit: kit, Office: office, Trees: trees, Files: storetest.Files(t, db, now), Names: store.People{DB: db}, Reader: opener}
	s := &site{webtest.Open(t, kit, pages.Routes()), now}
	if a := s.As("clerk").Submit(root+"/figures/standard", url.Values{"from": {"2026-01-01"}, "section-liaison": {storetest.SectionID}, "section-clerk": {storetest.BureauID}, "section-hall-manager": {storetest.BureauID}}); !strings.Contains(text(a), "增加了 12 个标准指标") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	return s
}

func text(a webtest.Answer) string {
	return strings.Join(strings.Fields(a.Find("main").Text()+a.Find(".toast").Text()), " ")
}

// january is the return of the section on January.
var january = root + "/" + filing.Key{Section: storetest.SectionID, Role: account.Liaison, Period: filing.Period{Year: 2026, Every: filing.Monthly, Part: 1}}.String()

func figures(licences, penalties, coercion, fees string) url.Values {
	return url.Values{"v-licences.decisions": {licences}, "v-penalties.decisions": {penalties}, "v-coercion.decisions": {coercion}, "v-fees.amount": {fees}, "source": {"审批系统1月统计表"}}
}

// A section fills in, what cannot be is said beside its field and as one types, somebody
// else confirms, and a correction keeps both versions.
func TestAReturnGoesThroughTheHouse(t *testing.T) {
	s := start(t)
	a := s.As("liaison").Get(root)
	if a.Find(`.list a[href="`+january+`"]`).Length() != 1 || a.Find("table.filings tbody tr").Length() != 1 {
		t.Fatalf("what is to be filed is not there: %s", text(a))
	}
	a = s.Submit(january+"/edit", figures("很多", "-3", "1.5", "0.0000001"))
	for field, says := range map[string]string{"licences.decisions": "不是数", "penalties.decisions": "负数", "coercion.decisions": "不是整数", "fees.amount": "六位小数"} {
		if f := a.Find(`[id="f-v-` + field + `"]`).Closest(".field"); !strings.Contains(f.Find(".error").Text(), says) {
			t.Errorf("%s: %q", field, f.Text())
		}
	}
	if a.Status != 422 || a.Find(`[id="f-v-licences.decisions"]`).AttrOr("value", "") != "很多" {
		t.Errorf("%d, what was typed is gone", a.Status)
	}
	typed := figures("40", "2", "0", "12.5")
	typed.Set("_form", s.Get(january+"/edit").Find(`input[name="_form"]`).AttrOr("value", ""))
	typed.Set("v-coercion.decisions", "")
	if a = s.Post(january+"/preview", typed); !strings.Contains(text(a), "“行政强制处理决定”没有填写") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	s.Submit(january+"/edit", figures("40", "2", "7", "12.5"))
	if a = s.Submit(january+"/edit", figures("40", "2", "", "12.5")); !strings.Contains(text(a), "“行政强制处理决定”没有填写") {
		t.Errorf("a field that was emptied keeps its number: %s", text(a))
	}
	submitted := figures("40", "2", "0", "12.5")
	submitted.Set("_do", "submit")
	if a = s.UploadAll(january+"/edit", submitted, webtest.Upload{Field: "files", Name: "统计表.exe", Data: []byte("MZ\x90\x00\x03")}); a.Status != 422 || !strings.Contains(text(a), "不是可以接收的类型") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	a = s.UploadAll(january+"/edit", submitted, webtest.Upload{Field: "files", Name: "统计表.pdf", Data: []byte("%PDF-1.4\n%%EOF")})
	if a.Path != january || !strings.Contains(text(a), "待确认") || a.Find(`a[href^="`+january+`/files/"]`).Length() != 1 {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if paper := s.Get(a.Find(`a[href^="`+january+`/files/"]`).AttrOr("href", "")); !strings.HasPrefix(paper.Body, "%PDF") || !strings.Contains(paper.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the evidence: %v", paper.Header)
	}
	if a = s.Get(january + "/confirm"); a.Status != 403 {
		t.Errorf("the section confirms by itself: %d", a.Status)
	}
	s.As("head")
	if a = s.Submit(january+"/return", url.Values{"reasons": {""}}); a.Status != 422 {
		t.Errorf("sent back without a reason: %d", a.Status)
	}
	if a = s.Submit(january+"/return", url.Values{"reasons": {"处罚只有1件"}}); !strings.Contains(text(a), "处罚只有1件") {
		t.Error(text(a))
	}
	if a = s.Get(january + "/confirm"); a.Status != 409 || a.Find("main form").Length() != 0 {
		t.Errorf("what was sent back is confirmed: %d", a.Status)
	}
	s.As("liaison").Submit(january+"/edit", figures("40", "1", "0", "12.5"))
	s.Submit(january+"/submit", nil)
	if a = s.As("head").Submit(january+"/confirm", nil); !strings.Contains(text(a), "已确认") || a.Find("#versions .panel").Length() != 1 {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	s.As("liaison").Submit(january+"/correct", url.Values{"why": {"漏计1件许可"}})
	s.Submit(january+"/edit", figures("41", "1", "0", "12.5"))
	s.Submit(january+"/submit", nil)
	if a = s.As("signer").Get(root + "?organ=" + storetest.BureauID + "&year=2026&figure=licences.decisions"); !strings.Contains(text(a), "全年40") {
		t.Errorf("a correction counts before it is confirmed: %s", text(a))
	}
	if a = s.As("head").Submit(january+"/confirm", nil); a.Find("#versions .panel").Length() != 2 || !strings.Contains(text(a), "漏计1件许可") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	a = s.As("signer").Get(root + "?organ=" + storetest.BureauID + "&year=2026&figure=licences.decisions")
	if !strings.Contains(text(a), "全年41") || a.Find(`tbody a[href="`+january+`"]`).Length() != 1 {
		t.Errorf("%d %s", a.Status, text(a))
	}
	for who, status := range map[string]int{"other": 403, "watcher": 200, "signer": 200} {
		if a := s.As(who).Get(january); a.Status != status {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
}

// A jump wants a reason before it is submitted, and nothing is one tick.
func TestWarningsAndNothing(t *testing.T) {
	s := start(t)
	nothing := url.Values{"nil": {"1"}, "_do": {"submit"}}
	if a := s.As("liaison").Submit(january+"/edit", nothing); !strings.Contains(text(a), "零报告") || !strings.Contains(text(a), "待确认") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	s.As("head").Submit(january+"/confirm", nil)
	s.now.Set(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	february := strings.Replace(january, "2026-01", "2026-02", 1)
	typed := figures("40", "0", "0", "0")
	typed.Set("_do", "submit")
	a := s.As("liaison").Submit(february+"/edit", typed)
	reason := a.Find(`input[name^="remark-"]`)
	if a.Status != 409 || reason.Length() != 1 || a.Find(`[id="f-v-licences.decisions"]`).AttrOr("value", "") != "40" {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	typed.Set(reason.AttrOr("name", ""), "承接新下放的许可事项")
	if a = s.Submit(february+"/edit", typed); !strings.Contains(text(a), "待确认") || !strings.Contains(text(a), "承接新下放的许可事项") {
		t.Errorf("%d %s", a.Status, text(a))
	}
}

// The workbook goes out with the figures before, and comes in by its headings; one wrong
// cell is named with its place and nothing is taken.
func TestTheWorkbookGoesRound(t *testing.T) {
	s := start(t)
	out := s.As("liaison").Get(january + "/sheet")
	book, err := excelize.OpenReader(strings.NewReader(out.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 5 || rows[0][0] != "名称" || rows[1][0] != "licences.decisions" {
		t.Fatalf("%v, %v", rows, err)
	}
	for sheet, says := range map[string]string{
		"名称,数\nlicences.decisions,1\n":                           "没有找到",
		"名称,本期数\nlicences.decisions,一百\n":                        "第2行“行政许可处理决定”的“本期数”",
		"名称,本期数\nlicences.decisions,1\nno.such,2\n":              "第3行：没有名称为“no.such”",
		"名称,本期数\nlicences.decisions,1\nlicences.decisions,2\n":   "第3行：“licences.decisions”在第2行",
		"名称,本期数\nlicences.decisions,\n":                          "没有填写任何数",
		"本期数,备注,名称\n1.5,x,licences.decisions\n7,y,fees.amount\n": "不是整数",
	} {
		if a := s.Upload(january+"/upload", "sheet", "一月.csv", []byte(sheet), nil); a.Status != 422 || !strings.Contains(text(a), says) {
			t.Errorf("%q: %d %s", sheet, a.Status, text(a))
		}
	}
	if a := s.Get(january); !strings.Contains(text(a), "未填报") {
		t.Errorf("something was taken: %s", text(a))
	}
	for line, value := range []any{"本期数", 15, 0, 0, 3.25} { // numbers, as people type them into a spreadsheet
		cell, _ := excelize.CoordinatesToCellName(6, line+1)
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.InsertRows("Sheet1", 1, 1); err != nil { // a title above
		t.Fatal(err)
	}
	var in bytes.Buffer
	if err := book.Write(&in); err != nil {
		t.Fatal(err)
	}
	a := s.Upload(january+"/upload", "sheet", "一月.xlsx", in.Bytes(), url.Values{"source": {"审批系统"}})
	if a.Path != january+"/edit" || a.Find(`[id="f-v-licences.decisions"]`).AttrOr("value", "") != "15" || a.Find(`[id="f-v-fees.amount"]`).AttrOr("value", "") != "3.25" {
		t.Errorf("%d %s", a.Status, text(a))
	}
}

// The overview shows what is missing and reminds of it; the list of figures is kept.
func TestTheOfficeLooksAfterIt(t *testing.T) {
	s := start(t)
	s.now.Set(time.Date(2026, 2, 9, 9, 0, 0, 0, clock.Shanghai))
	a := s.As("clerk").Get(root)
	if left := a.Find("table.filings small").Text() + a.Find(".list").Text(); !strings.Contains(left, "已超期 2 个工作日") {
		t.Errorf("nothing says how late it is: %s", left)
	}
	if late := a.Find("table.filings a.badge.red"); late.Length() != 3 {
		t.Errorf("%d returns are late: %s", late.Length(), text(a))
	}
	token := a.Find(`form[action="`+root+`/remind"] input[name="_form"]`).AttrOr("value", "")
	if a = s.Post(root+"/remind", url.Values{"_form": {token}, "organ": {storetest.BureauID}, "year": {"2026"}}); !strings.Contains(text(a), "已催报 3 份") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	book, err := excelize.OpenReader(strings.NewReader(s.Get(root + "?format=xlsx").Body))
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := book.GetRows("Sheet1"); err != nil || len(rows) != 4 || rows[1][5] != "是" {
		t.Errorf("%v, %v", rows, err)
	}
	typed := url.Values{
		"organ": {storetest.BureauID}, "chinese": {"政策解读"}, "english": {"explanations"}, "name": {"explanations.published"}, "meaning": {"本机关制作并公开的政策解读，按篇计"}, "unit": {"count"},
		"every": {"month"}, "fold": {"sum"}, "section": {storetest.BureauID}, "role": {"clerk"}, "from": {"2026-01-01"}, "most": {"20"},
	}
	wrong := url.Values{}
	for name, v := range typed {
		wrong[name] = v
	}
	wrong.Set("name", "posts.wechat")
	if a = s.Submit(root+"/figures/new", wrong); a.Status != 422 || !strings.Contains(text(a), "由台账统计") || a.Find("#f-chinese").AttrOr("value", "") != "政策解读" {
		t.Errorf("%d %s", a.Status, text(a))
	}
	if a = s.Submit(root+"/figures/new", typed); !strings.Contains(text(a), "已保存“政策解读”") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	edit := s.Get(root+"/figures?q=explanations").Find(`tbody a`).AttrOr("href", "")
	if a = s.Submit(strings.Replace(edit, "/edit/", "/end/", 1), url.Values{"until": {"2026-01-31"}}); !strings.Contains(text(a), "填到 2026-01-31") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	if a = s.As("watcher").Get(root + "/figures?organ=" + storetest.BureauID); a.Find(`tbody a[href*="/edit/"], a[href*="/new"]`).Length() != 0 || a.Status != 200 {
		t.Errorf("the supervisor edits: %d %s", a.Status, text(a))
	}
	if a = s.As("liaison").Get(root + "/figures"); a.Status != 403 {
		t.Errorf("a section sees the whole list: %d", a.Status)
	}
}

// A whole table is filed in the grid of the form: what is wrong stands in its cell and what
// was typed is kept, sums that nobody typed are added up, and next year shows this one's
// numbers beside the cells.
func TestAWholeTableIsFiledInAGrid(t *testing.T) {
	s := start(t)
	if a := s.As("clerk").Submit(root+"/figures/new", url.Values{
		"organ": {storetest.BureauID}, "chinese": {"表三（申请在别处登记）"}, "english": {"table 3"}, "name": {"sheet.requests"}, "meaning": {"信访系统登记的全部申请"}, "unit": {"table3"},
		"every": {"year"}, "fold": {"sum"}, "section": {storetest.BureauID}, "role": {"clerk"}, "from": {"2024-01-01"},
	}); !strings.Contains(text(a), "已保存") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	of := func(year int) string {
		return root + "/" + filing.Key{Section: storetest.BureauID, Role: account.Clerk, Period: filing.Period{Year: year, Every: filing.Yearly, Part: 1}}.String()
	}
	page := s.Get(of(2024) + "/edit")
	grid := page.Find("table[data-grid]")
	if grid.Find("td input").Length() != 175 || grid.Find("thead tr").Length() != 3 || grid.Find("tbody tr").Length() != 25 || page.Find(".field.beside").Length() != 0 {
		t.Fatalf("%d cells, %d and %d rows", grid.Find("td input").Length(), grid.Find("thead tr").Length(), grid.Find("tbody tr").Length())
	}
	if sum := grid.Find(`[id="f-v-table3/R3.7/C1"]`); len(strings.Fields(sum.AttrOr("data-sum", ""))) != 21 || sum.AttrOr("aria-label", "") == "" {
		t.Errorf("the sum of %q, called %q", sum.AttrOr("data-sum", ""), sum.AttrOr("aria-label", ""))
	}
	typed := func(change map[string]string) url.Values {
		v := url.Values{"source": {"信访系统"}, "_do": {"submit"}}
		grid.Find("td input").Each(func(_ int, in *goquery.Selection) {
			if in.AttrOr("data-sum", "") == "" {
				v.Set(in.AttrOr("name", ""), "0")
			}
		})
		for cell, n := range change {
			v.Set("v-table3/"+cell, n)
		}
		return v
	}
	cell := func(a webtest.Answer, name string) *goquery.Selection {
		return a.Find(`[id="f-v-table3/` + name + `"]`)
	}
	a := s.Submit(of(2024)+"/edit", typed(map[string]string{"R1/C1": "五", "R3.1/C1": "4"}))
	if bad := cell(a, "R1/C1"); a.Status != 422 || bad.AttrOr("value", "") != "五" || !bad.Closest("td").HasClass("wrong") || !strings.Contains(bad.Closest("td").Find(".error").Text(), "不是数") || cell(a, "R3.1/C1").AttrOr("value", "") != "4" {
		t.Errorf("%d %q %q", a.Status, bad.AttrOr("value", ""), bad.Closest("td").Text())
	}
	a = s.Submit(of(2024)+"/edit", typed(map[string]string{"R1/C1": "5", "R3.1/C1": "4"}))
	if a.Status != 409 || a.Find("table[data-grid] td.wrong").Length() == 0 || cell(a, "R1/C1").AttrOr("value", "") != "5" || cell(a, "R3.7/C1").AttrOr("value", "") != "4" || cell(a, "R1/C7").AttrOr("value", "") != "5" {
		t.Errorf("5 came and 4 ended: %d, %d cells marked, sum %q", a.Status, a.Find("table[data-grid] td.wrong").Length(), cell(a, "R3.7/C1").AttrOr("value", ""))
	}
	a = s.Submit(of(2024)+"/edit", typed(map[string]string{"R1/C1": "5", "R3.1/C1": "4", "R4/C1": "1", "R1/C7": "6"}))
	if wrong := cell(a, "R1/C7").Closest("td"); a.Status != 409 || !wrong.HasClass("wrong") || wrong.Find(".error").Text() == "" || cell(a, "R1/C7").AttrOr("value", "") != "6" {
		t.Errorf("a wrong total that was typed: %d %q", a.Status, wrong.Text())
	}
	if a = s.Submit(of(2024)+"/edit", typed(map[string]string{"R1/C1": "5", "R3.1/C1": "4", "R4/C1": "1"})); !strings.Contains(text(a), "待确认") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if a = s.As("head").Submit(of(2024)+"/confirm", nil); !strings.Contains(text(a), "已确认") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if before := cell(s.As("clerk").Get(of(2025)+"/edit"), "R4/C1").Closest("td").Find("small").Text(); strings.TrimSpace(strings.ReplaceAll(before, "上期", "")) != "1" {
		t.Errorf("beside the cell of 2025 stands %q", before)
	}
	if a = s.Submit(of(2025)+"/edit", typed(map[string]string{"R2/C1": "2", "R3.1/C1": "2"})); a.Status != 409 || !cell(a, "R2/C1").Closest("td").HasClass("wrong") {
		t.Errorf("what was carried over is another: %d %s", a.Status, cell(a, "R2/C1").Closest("td").Text())
	}
}
