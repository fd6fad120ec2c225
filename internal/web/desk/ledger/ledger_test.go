package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	docs "gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/housetest"
	"gongkai/internal/job"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/takeover"
	"gongkai/internal/web"
	"gongkai/internal/web/desk/ledger"
	"gongkai/internal/web/webtest"
)

// site is the pages about many requests on Monday, 23 November 2026.
type site struct {
	*webtest.Browser
	home   *housetest.House
	t      *testing.T
	desk   *foi.Desk
	now    *clock.Manual
	people webtest.People
	runner *job.Runner
}

func readSheet(ctx context.Context, name string, data []byte) ([][]string, error) {
	opener := docs.New(docs.Options{})
	defer opener.Close()
	rows, err := opener.Rows(ctx, name, data)
	if err != nil {
		err = errs.Wrap(err, errs.Invalid, "%s", errs.Public(err))
	}
	return rows, err
}

func open(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-11-23")
	people := webtest.People(home.People(map[string]account.Grant{
		"lina": {Organ: storetest.BureauID, Role: account.Clerk}, "wang": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head},
		"signer": {Organ: storetest.BureauID, Role: account.Signer}, "watcher": {Organ: storetest.CountyID, Role: account.Supervisor}, "other": {Organ: storetest.OtherID, Role: account.Clerk},
	}))
	desk := home.Requests()
	desk.Scribe = nil // letters have tests of their own
	kit := webtest.Kit(t, home.Now, people)
	queue := job.Queue{Store: store.Jobs{DB: db}, Clock: home.Now, IDs: home.IDs}
	taking := takeover.Office{Store: store.Ledgers{DB: db}, Desk: desk, Trees: home.Trees, Queue: queue, Seals: home.Keys, Read: readSheet, People: store.People{DB: db}, Clock: home.Now, IDs: home.IDs}
	runner := &job.Runner{Queue: queue, Handlers: taking.Handlers(), Log: slog.New(slog.DiscardHandler)}
	pages := ledger.Pages{Kit: kit, Desk: desk, Trees: home.Trees, Names: store.People{DB: db}, Opens: home.Vault, Takeover: taking}
	list := web.Route{Method: "GET", Path: "/desk/requests", Frame: web.Desk, Rule: web.SignedIn(), Handle: func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(http.StatusOK); return nil }}
	return &site{webtest.Open(t, kit, append(pages.Routes(), list)), home, t, desk, home.Now, people, runner}
}

func (s *site) register(text, kind string) foi.Request {
	s.t.Helper()
	in := foi.Intake{Organ: storetest.BureauID, Receive: foi.Receive{Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: kind}}, Ask: foi.Ask{Text: text, Form: "paper", Way: "post"}}}
	if kind == "C1" {
		in.Facts = []foi.Facts{{personal.Name: "张三", personal.IDNumber: "11010519491231002X", personal.Phone: "13800131234"}}
	} else {
		in.Receive.Parties[0].Organisation = "青川建材有限公司"
	}
	r, err := s.desk.Register(s.t.Context(), s.people["lina"], in)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *site) do(person string, r foi.Request, deeds ...foi.Deed) {
	s.t.Helper()
	for _, d := range deeds {
		if err := s.desk.Do(s.t.Context(), s.people[person], r.ID, d); err != nil {
			s.t.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (s *site) answer(r foi.Request) {
	s.t.Helper()
	s.do("lina", r, foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "D1b", Facts: map[string]string{"reasons": "属于民政局职责"}}}}})
	s.do("head", r, foi.Approve{})
	s.do("signer", r, foi.Sign{})
	s.do("lina", r, foi.Serve{Way: foi.Direct})
}

func texts(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

// rows gives the rows of tables, their cells parted by blanks.
func rows(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string {
		return strings.Join(s.Children().Map(func(_ int, c *goquery.Selection) string { return strings.Join(strings.Fields(c.Text()), " ") }), " ")
	})
}

func TestFiguresAsTheFormPrintsThem(t *testing.T) {
	s := open(t)
	s.home.On("2025-12-22")
	s.register("上年的", "C1")
	s.home.On("2026-11-02")
	done := s.register("本年的", "C2")
	s.answer(done)
	s.do("lina", done, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府"})
	a := s.As("lina").Get("/desk/requests/figures")
	if a.Status != http.StatusOK || a.Find(".notice.green").Length() != 1 || a.Find(".notice.red").Length() != 0 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	tables := a.Find("table.prescribed")
	if n := tables.Length(); n != 2 {
		t.Fatalf("%d tables", n)
	}
	line := func(label string) string {
		var got string
		tables.First().Find("tbody tr").Each(func(_ int, tr *goquery.Selection) {
			if strings.Contains(tr.Find("th").Last().Text(), label) {
				got = strings.Join(tr.Find("td").Map(func(_ int, c *goquery.Selection) string { return c.Text() }), " ")
			}
		})
		return got
	}
	for label, want := range map[string]string{
		"本年新收": "0 1 0 0 0 0 1", "上年结转": "1 0 0 0 0 0 1", "本机关不掌握": "0 1 0 0 0 0 1", "总计": "0 1 0 0 0 0 1", "结转下年度": "1 0 0 0 0 0 1",
	} {
		if got := line(label); got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
	// Every figure leads to exactly the cases that it counts.
	links := 0
	a.Find("table.prescribed td a").Each(func(_ int, link *goquery.Selection) {
		links++
		to, err := url.Parse(link.AttrOr("href", ""))
		if err != nil {
			t.Errorf("%s, %v", to, err)
			return
		}
		q := paging.Query{Filters: map[string]string{}}
		for _, name := range foi.Filters() {
			q.Filters[name] = to.Query().Get(name)
		}
		total := -1
		switch to.Path {
		case "/desk/requests":
			page, wrong := s.desk.List(t.Context(), s.people["lina"], q)
			total, err = page.Total, wrong
		case "/desk/disputes":
			page, wrong := s.desk.Disputes(t.Context(), s.people["lina"], q)
			total, err = page.Total, wrong
		}
		if err != nil || fmt.Sprint(total) != link.Text() {
			t.Errorf("%s counts %s, the list has %d (%v): %s", link.AttrOr("aria-label", ""), link.Text(), total, err, to)
		}
	})
	if links != 12 {
		t.Errorf("%d figures lead to cases", links)
	}
	for format, media := range map[string]string{"docx": "wordprocessingml", "xlsx": "spreadsheetml", "json": "application/json"} {
		if a := s.Get("/desk/requests/figures?format=" + format); a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Content-Type"), media) || len(a.Body) < 500 {
			t.Errorf("%s: %d, %d bytes of %s", format, a.Status, len(a.Body), a.Header.Get("Content-Type"))
		}
	}
	if a := s.Get("/desk/requests/figures?format=pdf"); a.Status != http.StatusUnsupportedMediaType && a.Status != http.StatusBadRequest && a.Status != http.StatusUnprocessableEntity {
		t.Errorf("pdf: %d", a.Status)
	}
	if a := s.As("watcher").Get("/desk/requests/figures"); !strings.Contains(a.Find("h2").Text(), "青川旗人民政府") || line("本年新收") == "" {
		t.Errorf("the county: %s", a.Find("h2").Text())
	}
	if a := s.As("other").Get("/desk/requests/figures?organ=" + storetest.BureauID); a.Status != http.StatusForbidden {
		t.Errorf("a stranger: %d", a.Status)
	}
	if a := s.As("lina").Get("/desk/requests/figures?year=2020"); !strings.Contains(a.Body, "国办公开办函〔2019〕60号") || a.Find(".empty").Length() != 1 {
		t.Error("2020 has another form, and no requests here")
	}
}

func TestTheHeadSeesTheOfficeAndReassigns(t *testing.T) {
	s := open(t)
	s.home.On("2026-10-19")
	late, soon := s.register("迟了的", "C1"), s.register("快了的", "C2")
	s.do("head", soon, foi.Reassign{To: "lina"})
	s.home.On("2026-11-02")
	s.answer(s.register("办结的", "C2"))
	s.home.On("2026-11-12")
	a := s.As("head").Get("/desk/office")
	if got := strings.Join(texts(a, ".figures strong"), " "); a.Status != http.StatusOK || got != "0 2 2 2" {
		t.Fatalf("%d: %s", a.Status, got)
	}
	if got := texts(a, ".facts dd"); len(got) != 3 || got[0] != "1" || got[1] != "100%" || got[2] != "0.0" {
		t.Errorf("%q", got)
	}
	s.home.On("2026-11-18")
	if got := strings.Join(texts(s.Get("/desk/office"), ".figures strong"), " "); got != "2 0 0 2" {
		t.Errorf("overdue: %s", got)
	}
	a = s.Submit("/desk/office", url.Values{"to": {"wang"}})
	if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "请选择要改派的申请") {
		t.Errorf("nothing chosen: %d", a.Status)
	}
	a = s.Submit("/desk/office", url.Values{"to": {"wang"}, "request": {late.ID, soon.ID}})
	if a.Status != http.StatusOK || !strings.Contains(a.Body, "已改派2件申请") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	for _, r := range []foi.Request{late, soon} {
		if r, err := s.desk.Store.Request(t.Context(), r.ID); err != nil || r.Handler != "wang" {
			t.Errorf("%s is with %q, %v", r.Number, r.Handler, err)
		}
	}
	if a := s.As("lina").Get("/desk/office"); a.Status != http.StatusForbidden {
		t.Errorf("a clerk: %d", a.Status)
	}
	if a := s.As("head").Get("/desk/office?organ=" + storetest.OtherID); a.Status != http.StatusForbidden {
		t.Errorf("another office: %d", a.Status)
	}
	if a := s.Get("/desk/office?format=xlsx"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("export: %d", a.Status)
	}
}

func TestTheSupervisorSeesTheMatrix(t *testing.T) {
	s := open(t)
	s.home.On("2026-10-19")
	s.register("迟了的", "C1")
	s.home.On("2026-11-18")
	a := s.As("watcher").Get("/desk/office")
	lines := rows(a, ".list tbody tr")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "青川旗政务服务局 有超期 1 1") {
		t.Fatalf("%q", lines)
	}
	for query, want := range map[string]string{"light=red": "政务服务局", "light=green&sort=name": "人民政府", "q=" + url.QueryEscape("民政局"): "民政局", "sort=open": "民"} {
		if got := rows(s.Get("/desk/office?"+query), ".list tbody tr"); len(got) == 0 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", query, got)
		}
	}
	if a := s.Get("/desk/office?format=xlsx"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("export: %d", a.Status)
	}
	if a := s.Get("/desk/office?organ=" + storetest.BureauID); a.Status != http.StatusOK || len(rows(a, "tbody tr")) != 2 {
		t.Errorf("one office: %d, %q", a.Status, rows(a, "tbody tr"))
	}
}

// spreadsheet makes an xlsx file.
func spreadsheet(t *testing.T, rows [][]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		for j, text := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil {
				err = book.SetCellStr("Sheet1", at, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ledgerRows() [][]string {
	return [][]string{
		{"2024年台账"},
		{"登记编号", "申请方式", "申请日期", "申请人类型", "申请人", "手机", "申请内容", "答复类型", "答复日期"},
		{"2024-1", "邮寄", "2024-03-05", "自然人", "张三", "13800131234", "低保发放明细", "信息不存在", "2024-03-20"},
		{"2024-2", "当面", "2024-12-20", "企业", "青川建材有限公司", "", "采购合同", "公开", "2025-01-08"},
		{"2024-3", "当面", "2024-12-23", "自然人", "李四", "", "验收报告"},
	}
}

// send uploads a ledger and lets it be looked at.
func (s *site) send(name string, data []byte) webtest.Answer {
	s.t.Helper()
	waits := s.Upload("/desk/requests/import", "sheet", name, data, url.Values{"organ": {storetest.BureauID}})
	if waits.Status != http.StatusOK || waits.Header.Get("Refresh") == "" || !strings.Contains(waits.Find("[role=status]").Text(), "等待") {
		s.t.Fatalf("while it waits: %d at %s: %s", waits.Status, waits.Path, waits.Find("main").Text())
	}
	s.runner.Pass(s.t.Context())
	return s.Get(waits.Path)
}

// press fills the form of a page as it stands, and sends it, without doing what it asks
// for.
func (s *site) press(a webtest.Answer, change map[string]string) webtest.Answer {
	s.t.Helper()
	values := url.Values{}
	a.Find("main form[method=post]").First().Find("select, input[type=hidden]").Each(func(_ int, f *goquery.Selection) {
		if f.Is("select") {
			values.Set(f.AttrOr("name", ""), f.Find("option[selected]").AttrOr("value", ""))
		} else {
			values.Set(f.AttrOr("name", ""), f.AttrOr("value", ""))
		}
	})
	for name, value := range change {
		values.Set(name, value)
	}
	return s.Post(a.Path, values)
}

func TestImport(t *testing.T) {
	s := open(t)
	page := s.As("lina").Get("/desk/requests/import")
	if page.Status != http.StatusOK || page.Find("details tbody tr").Length() != len(sheet.Columns()) {
		t.Fatalf("%d", page.Status)
	}
	if a := s.Get("/desk/requests/import/sheet"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("template: %d", a.Status)
	}
	bad := ledgerRows()
	bad[2][1], bad[3][7], bad[4][2] = "飞鸽", "不予公开", "2024-13-01"
	a := s.send("台账.xlsx", spreadsheet(t, bad))
	if got := rows(a, "main table tbody tr"); a.Status != http.StatusOK || len(got) != 3 || !strings.HasPrefix(got[0], "3 收到方式 “飞鸽”") || !strings.HasPrefix(got[1], "4 办理结果") || !strings.HasPrefix(got[2], "5 到达日期") {
		t.Errorf("%d: %q", a.Status, got)
	}
	if a = s.press(a, map[string]string{"do": "keep"}); len(rows(a, "main table tbody tr")) != 3 {
		t.Errorf("a ledger with problems was kept: %s", a.Find("main").Text())
	}
	nameless := ledgerRows()
	nameless[1][0] = "甲乙丙"
	if a = s.send("台账.xlsx", spreadsheet(t, nameless)); !strings.Contains(a.Body, "没有“申请编号”这一列") {
		t.Fatalf("a column that is not known: %d %s", a.Status, a.Find("main").Text())
	}
	if strings.Contains(a.Body, "张三") {
		t.Error("names stand in the page")
	}
	s.press(a, map[string]string{"column-number": "1"})
	s.runner.Pass(t.Context())
	if a = s.Get(a.Path); a.Status != http.StatusOK || !strings.Contains(a.Body, "3件申请没有问题") {
		t.Fatalf("with what the column means: %d %s", a.Status, a.Find("main").Text())
	}
	if got := rows(a, "main table tbody tr"); strings.Join(got, ",") != "2024 3 1 2,2025 0 1 1" {
		t.Errorf("what it adds: %q", got)
	}
	if numbers, _ := s.desk.Store.Numbers(t.Context(), storetest.BureauID); len(numbers) != 0 {
		t.Fatal("looking took it in")
	}
	if other := s.As("wang").Get(a.Path); other.Status != http.StatusNotFound {
		t.Errorf("what another has brought: %d", other.Status)
	}
	a = s.As("lina").Get(a.Path)
	for range 2 { // pressed twice
		if waits := s.press(a, nil); waits.Header.Get("Refresh") == "" || !strings.Contains(waits.Body, "正在导入") {
			t.Errorf("while it is kept: %s", waits.Find("main").Text())
		}
	}
	s.runner.Pass(t.Context())
	if a = s.Get(a.Path); !strings.Contains(a.Body, "已导入3件申请") || a.Header.Get("Refresh") != "" {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, a.Find("main").Text())
	}
	t3, _, err := s.desk.Store.Count(t.Context(), account.Place{Organ: storetest.BureauID}, 2024, foi.Conventions{})
	if err != nil || t3[foi.Cell{Row: "R4", Column: "C2"}] != 1 || t3[foi.Cell{Row: "R4", Column: "C1"}] != 1 {
		t.Errorf("%v, %v", t3, err)
	}
	if a = s.send("again.xlsx", spreadsheet(t, ledgerRows())); !strings.Contains(a.Body, "已经登记过") {
		t.Errorf("the same ledger again: %s", a.Find("main").Text())
	}
	if a := s.Get("/desk/requests/import"); !strings.Contains(a.Find("main table").First().Text(), "已导入") {
		t.Errorf("those before are not listed: %s", a.Find("main").Text())
	}
	for name, data := range map[string][]byte{"no sheet": []byte("%PDF-1.7"), "a bomb": bytes.Repeat([]byte("PK\x03\x04"), 1000), "people": spreadsheet(t, [][]string{{"姓名", "部门"}, {"张三", "办公室"}})} {
		if a := s.send(name+".xlsx", data); !strings.Contains(a.Body, "这份文件不能导入") || a.Find("main .notice.red").Length() == 0 {
			t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
		}
	}
	if a := s.Upload("/desk/requests/import", "sheet", "a.xlsx", nil, url.Values{"organ": {storetest.BureauID}}); a.Status != http.StatusUnprocessableEntity || a.Find(".field.wrong").Length() == 0 {
		t.Errorf("an empty file: %d", a.Status)
	}
	if a := s.Upload("/desk/requests/import", "sheet", "a.xlsx", spreadsheet(t, ledgerRows()), url.Values{"organ": {storetest.OtherID}}); a.Status != http.StatusForbidden {
		t.Errorf("into another organ: %d", a.Status)
	}
}

// A ledger that could not be looked at is tried again, or given up.
func TestImportThatFails(t *testing.T) {
	s := open(t)
	broken := true
	pages := s.runner.Handlers[takeover.LookKind]
	s.runner.Handlers[takeover.LookKind] = func(ctx context.Context, j *job.Active) error {
		if broken {
			return errs.New(errs.Unavailable, "磁盘满了。")
		}
		return pages(ctx, j)
	}
	s.As("lina")
	waits := s.Upload("/desk/requests/import", "sheet", "a.xlsx", spreadsheet(t, ledgerRows()), url.Values{"organ": {storetest.BureauID}})
	for range job.Attempts {
		s.runner.Pass(t.Context())
		s.now.Advance(2 * time.Hour)
	}
	a := s.Get(waits.Path)
	if !strings.Contains(a.Body, "磁盘满了") || !strings.Contains(a.Body, "再试一次") || a.Header.Get("Refresh") != "" {
		t.Fatalf("given up: %s", a.Find("main").Text())
	}
	broken = false
	s.press(a, nil)
	s.runner.Pass(t.Context())
	if a = s.Get(waits.Path); !strings.Contains(a.Body, "3件申请没有问题") {
		t.Errorf("tried again: %s", a.Find("main").Text())
	}
	if a := s.press(a, map[string]string{"do": "give-up"}); a.Path != "/desk/requests/import" {
		t.Errorf("given up: %s", a.Path)
	}
	if a := s.Get(waits.Path); a.Status != http.StatusNotFound {
		t.Errorf("it is still there: %d", a.Status)
	}
}

func TestExport(t *testing.T) {
	s := open(t)
	s.register("低保发放明细", "C1")
	a := s.As("lina").Submit("/desk/requests/ledger", url.Values{"organ": {storetest.BureauID}, "year": {"2026"}})
	read := func(a webtest.Answer) [][]string {
		t.Helper()
		book, err := excelize.OpenReader(strings.NewReader(a.Body))
		if err != nil {
			t.Fatal(err)
		}
		all, err := book.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if got := read(a); len(got) != 2 || got[1][7] != "张*" || got[1][12] != "低保发放明细" {
		t.Errorf("%q", got)
	}
	if a := s.Submit("/desk/requests/ledger", url.Values{"organ": {storetest.BureauID}, "year": {"2026"}, "whole": {"yes"}}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", a.Status)
	}
	if got := read(s.Submit("/desk/requests/ledger", url.Values{"organ": {storetest.BureauID}, "year": {"0"}, "whole": {"yes"}, "reason": {"移交给档案部门核对"}})); got[1][7] != "张三" {
		t.Errorf("%q", got)
	}
	if a := s.As("watcher").Get("/desk/requests/ledger"); a.Find("input[name=whole]").Length() != 0 {
		t.Error("a supervisor is offered whole names")
	}
}

func TestFeesAndDisputes(t *testing.T) {
	s := open(t)
	if a := s.As("lina").Get("/desk/fees"); a.Find(".empty h2").Text() != "没有收费通知" {
		t.Errorf("%s", a.Find("main").Text())
	}
	var last foi.Request
	for n := range 12 {
		last = s.register(fmt.Sprintf("第%d村补贴发放明细", n), "C1")
	}
	s.do("head", last, foi.DemandFee{Method: foi.ByPieces, Rank: 12, Account: "财政专户"})
	s.do("lina", last, foi.ReceiveDemand{})
	a := s.Get("/desk/fees")
	if got := rows(a, ".list tbody tr"); len(got) != 1 || !strings.Contains(got[0], "按件，当月第12件 100 2026-11-23 2026-11-23 2026-12-21") {
		t.Errorf("%q", got)
	}
	if got := strings.Join(texts(a, ".figures strong"), " "); got != "100 0 100 0" {
		t.Errorf("sums %s", got)
	}
	if got := rows(s.Get("/desk/fees?fee=paid"), ".list tbody tr"); len(got) != 0 {
		t.Errorf("paid: %q", got)
	}
	a = s.Get("/desk/fees/months")
	if got := rows(a, ".list tbody tr"); len(got) != 1 || !strings.HasPrefix(got[0], "张*自然人 12 200") || !strings.HasSuffix(got[0], "100 0 100") {
		t.Errorf("%q", got)
	}
	a = s.Get(a.Find(".list tbody a").First().AttrOr("href", ""))
	if got := rows(a, "tbody tr"); len(got) != 12 || !strings.HasSuffix(got[11], "100") || !strings.HasSuffix(got[9], " 0") {
		t.Errorf("%q", got)
	}
	if a := s.As("other").Get("/desk/fees/applicants/" + last.ID); a.Status != http.StatusForbidden {
		t.Errorf("a stranger: %d", a.Status)
	}
	if got := rows(s.Get("/desk/fees"), ".list tbody tr"); len(got) != 0 {
		t.Errorf("another organ sees %q", got)
	}

	s.do("lina", last, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府", Number: "青复议〔2026〕3号"})
	a = s.As("lina").Get("/desk/disputes?case=owed")
	if got := rows(a, ".list tbody tr"); len(got) != 1 || !strings.Contains(got[0], "2026-12-07") || a.Find("tr.amber").Length() != 1 {
		t.Errorf("%q", got)
	}
	s.home.On("2026-12-08")
	if a := s.Get("/desk/disputes?case=late"); a.Find("tr.red").Length() != 1 || !strings.Contains(a.Find("tr.red").Text(), "已超期") {
		t.Errorf("late: %q", rows(a, ".list tbody tr"))
	}
	s.do("lina", last, foi.AnswerDispute{Ref: "d1"}, foi.DecideDispute{Ref: "d1", Result: foi.Upheld})
	if a := s.Get("/desk/disputes?case=decided"); !strings.Contains(a.Find(".list tbody").Text(), "结果维持") {
		t.Errorf("decided: %q", rows(a, ".list tbody tr"))
	}
	for _, path := range []string{"/desk/fees", "/desk/fees/months", "/desk/disputes"} {
		if a := s.Get(path + "?format=xlsx"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheetml") {
			t.Errorf("%s as xlsx: %d", path, a.Status)
		}
	}
}
