package app

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/annual/write"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/doc/docx"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/setting"
	"gongkai/internal/testreports"
	"gongkai/internal/web/webtest"
)

// reportOf makes the report of an organ on a year as a file; touch spoils it.
func reportOf(t *testing.T, organ string, year int, touch func(*annual.Report)) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, write.Document(madeReport(organ, year, touch))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func madeReport(organ string, year int, touch func(*annual.Report)) *annual.Report {
	r := compute.Report(organ, year, foi.Table3{
		{Row: "R1", Column: "C1"}: 7, {Row: "R3.1", Column: "C1"}: 5, {Row: "R3.2", Column: "C1"}: 1, {Row: "R4", Column: "C1"}: 1,
	}, foi.Table4{{Kind: foi.Reconsideration, Result: foi.Upheld}: 1})
	for _, ref := range r.Refs() {
		if _, known := r.Cells[ref]; !known {
			r.Cells[ref] = annual.Int(0)
		}
	}
	for part, text := range map[int]string{
		1: "（一）主动公开。全年主动公开政府信息56条。（二）依申请公开。新收申请7件，办结6件，结转下年1件。（三）政府信息管理。起草时认定公开属性。（四）平台建设。通过旗政府网站发布。（五）监督保障。开展培训，列入考核。",
		5: organ + "存在的问题是政策解读形式单一，基层查询点少；改进情况是增加图解，在" + organ + "大厅增设查询终端，每季度培训一次。",
		6: "本年度没有收取信息处理费。",
	} {
		r.Paras = append(r.Paras, annual.Para{Part: part, Kind: annual.BodyPara, Text: text})
	}
	if touch != nil {
		touch(r)
	}
	return r
}

// The superior takes files in, sets a doubtful figure beside the text, sends a notice, the
// organ answers with a mended file, and the notice is closed.
func TestReportsAreCollected(t *testing.T) {
	c := clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	watcher, clerk := s.browse(t, "zhuguan"), s.browse(t, "minzheng-jb")
	organ := s.people["minzheng-jb"].Organ
	root := s.people["zhuguan"].Organ
	bad := reportOf(t, "青川旗民政局", 2024, func(r *annual.Report) {
		r.Set("table3", "R3.7", "C7", annual.Int(9)) // does not add up
		r.Set("table3", "R1", "C1", annual.Value{State: annual.Mark, Raw: "7 7"})
	})
	files := []webtest.Upload{
		{Field: "files", Name: "民政局.docx", Data: bad},
		{Field: "files", Name: "城关镇.docx", Data: reportOf(t, "城关镇人民政府", 2024, nil)},
		{Field: "files", Name: "不知道.docx", Data: reportOf(t, "城关镇政府办", 2024, nil)},
		{Field: "files", Name: "照片.png", Data: []byte("\x89PNG\r\n\x1a\n")},
	}
	s.brings(t, watcher, root, files...)
	a := watcher.Get(s.brings(t, watcher, root, files...)) // pressed twice
	if a.Status != 200 || !strings.Contains(main(a), "接收了 3 份，共 4 个文件") || !strings.Contains(main(a), "没有接收") {
		t.Fatalf("%d %s", a.Status, main(a))
	}
	if again := watcher.UploadAll("/desk/collected/receive", url.Values{"organ": {root}}, files[1]); !strings.Contains(main(again), "已经收到过") {
		t.Errorf("%s", main(again))
	}
	check := func() {
		t.Helper()
		if _, err := s.rooms.collect.Check(t.Context(), func(int) {}); err != nil {
			t.Fatal(err)
		}
	}
	signed := reportOf(t, "青川旗民政局", 2025, nil)
	if a := watcher.UploadAll("/desk/collected/receive", url.Values{"organ": {root}}, webtest.Upload{Field: "files", Name: "民政局2025.docx", Data: signed}); !strings.Contains(main(a), "已经在本系统签发") {
		t.Errorf("a file takes the place of what was signed here: %s", main(a))
	}
	check()
	list := watcher.Get("/desk/collected?year=2024")
	if a := watcher.Get("/desk/collected?year=2025&time=missing"); !strings.Contains(main(a), "青川旗能源局") || !strings.Contains(main(a), "共 1 条") {
		t.Errorf("%s", main(a))
	}
	for _, says := range []string{"青川旗民政局文件报送", "逾期", "个错误"} {
		if !strings.Contains(main(list), says) {
			t.Errorf("the list does not say %s: %s", says, main(list))
		}
	}
	if a := watcher.Get("/desk/collected?year=2024&q=民政局&status=file"); !strings.Contains(main(a), "共 1 条") {
		t.Errorf("%s", main(a))
	}
	received, _ := a.Find(`main td a`).First().Attr("href")
	page := watcher.Get(received)
	if page.Find(`.source .wrong`).Length() == 0 || page.Find(`[name="cell-table3/R1/C1"]`).Length() != 1 {
		t.Errorf("nothing is marked beside the text: %s", main(page))
	}
	if a := watcher.Submit(received, url.Values{"cell-table3/R1/C1": {"七"}}); a.Status != 422 || !strings.Contains(main(a), "请填写整数") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	if a := watcher.Submit(received, url.Values{"cell-table3/R1/C1": {"7"}}); !strings.Contains(main(a), "王建国") || !strings.Contains(main(a), "没有存疑的数字") {
		t.Errorf("%s", main(a))
	}
	check()
	one := "/desk/collected/" + organ + "/2024"
	if a := watcher.Get(one); !strings.Contains(main(a), "本报告的问题") || a.Find(`td.wrong`).Length() == 0 {
		t.Errorf("%s", main(a))
	}
	if a := watcher.Get(one + "/page"); a.Status != 200 || !strings.Contains(a.Body, "青川旗民政局") {
		t.Errorf("%d", a.Status)
	}
	if a := watcher.Submit(one+"/notice", url.Values{"due": {"2026-02-01"}}); a.Status != 422 || !strings.Contains(main(a), "不能早于今天") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	issued := watcher.Submit(one+"/notice", url.Values{"due": {"2026-03-20"}, "remark": {"请一并核对台账。"}})
	if !strings.Contains(main(issued), "待整改") || !strings.Contains(main(issued), "请一并核对台账") {
		t.Fatalf("%d %s", issued.Status, main(issued))
	}
	notice := issued.Path
	if a := watcher.Get(one + "/notice"); a.Status != 409 || !strings.Contains(main(a), "未销号") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	if a := clerk.Get("/desk/work?q=" + url.QueryEscape("整改")); !strings.Contains(main(a), "整改年度报告并反馈：青川旗民政局2024年") {
		t.Errorf("%s", main(a))
	}
	if a := s.browse(t, "jingban").Get(notice); a.Status != 403 {
		t.Errorf("another organ reads the notice: %d", a.Status)
	}
	if a := clerk.Get(notice + "/close"); a.Status != 403 {
		t.Errorf("the organ closes its own notice: %d", a.Status)
	}
	if a := clerk.Upload(notice+"/answer", "file", "别的.docx", reportOf(t, "青川旗民政局", 2023, nil), url.Values{"text": {"已改正。"}}); a.Status != 422 || !strings.Contains(main(a), "2023年的报告") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	mended := clerk.Upload(notice+"/answer", "file", "更正.docx", reportOf(t, "青川旗民政局", 2024, nil), url.Values{"text": {"总计已改为6，第一行已写清楚。"}})
	if !strings.Contains(main(mended), "待复核") {
		t.Fatalf("%d %s", mended.Status, main(mended))
	}
	if a := watcher.Get(notice + "/close"); a.Status != 409 || !strings.Contains(main(a), "正在重新核对") {
		t.Errorf("closed before it was checked again: %d %s", a.Status, main(a))
	}
	check()
	if a := watcher.Submit(notice+"/return", url.Values{"why": {"逾期的原因没有写"}, "due": {"2026-03-25"}}); !strings.Contains(main(a), "待整改") {
		t.Fatalf("%s", main(a))
	}
	if a := clerk.Submit(notice+"/answer", url.Values{"text": {"因人员调动逾期，已经补报。"}}); !strings.Contains(main(a), "待复核") {
		t.Fatalf("%s", main(a))
	}
	if a := watcher.Submit(notice+"/close", nil); a.Status != 422 || !strings.Contains(main(a), "没有改正") {
		t.Errorf("it is late for ever, and closed without a word: %d %s", a.Status, main(a))
	}
	if a := watcher.Submit(notice+"/close", url.Values{"why": {"逾期原因属实。"}}); !strings.Contains(main(a), "已销号") {
		t.Errorf("%s", main(a))
	}
	if a := watcher.Get("/desk/collected/notices?format=xlsx"); a.Status != 200 {
		t.Errorf("%d", a.Status)
	}
	s.sameEverywhere(t, 2024, collect.FromFile, collect.Nothing)
	s.sameEverywhere(t, 2025, collect.Nothing)
	history, err := s.rooms.collect.Store.Of(t.Context(), organ, 2024)
	if err != nil || len(history) != 2 || history[0].State != collect.Counted || history[0].Version != 2 || history[1].State != collect.Replaced || len(history[1].Hands) != 1 {
		t.Errorf("%d came, %v", len(history), err)
	}
}

// sameEverywhere looks at one organ of every stage of a year: the workbench and the page of
// the superior say what the list says.
func (s *site) sameEverywhere(t *testing.T, year int, want ...collect.Stage) {
	t.Helper()
	watcher := s.browse(t, "zhuguan")
	page, err := s.rooms.collect.List(t.Context(), s.people["zhuguan"].Actor(), account.WatchReports, year, paging.Query{Size: paging.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[collect.Stage]bool{}
	for _, row := range page.Rows {
		if seen[row.Stage] {
			continue
		}
		seen[row.Stage] = true
		word := row.Stage.Words().Chinese
		for _, under := range []string{"/desk/reports/", "/desk/collected/"} {
			a := watcher.Get(under + row.Organ + "/" + strconv.Itoa(year))
			if state := a.Find(".case-state .badge").First().Text(); state != word {
				t.Errorf("%s %d: the list says %s, %s says %s", row.Name, year, word, under, state)
			}
			if otherwise := row.Stage == collect.FromFile || row.Stage == collect.FromAPI; otherwise && under == "/desk/reports/" && !strings.Contains(main(a), "不需要再编制") {
				t.Errorf("%s is asked to make a report that came: %s", row.Name, main(a))
			}
		}
	}
	for _, stage := range want {
		if !seen[stage] {
			t.Errorf("%d: no organ is %s", year, stage)
		}
	}
}

// Reports as they were really published come in one package: each is read and waits to be
// said whose it is, with a sentence; placed by hand it counts, and its errors are found.
func TestPublishedReportsAreReceived(t *testing.T) {
	folder := testreports.Published(t)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	want := 0
	for _, e := range entries {
		if e.IsDir() || e.Name() == "README.md" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		into, err := z.Create("年报/" + e.Name())
		if err == nil {
			_, err = into.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
		want++
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s := openSiteAt(t, clock.At(time.Date(2026, 2, 9, 9, 0, 0, 0, clock.Shanghai)))
	ctx, watcher := t.Context(), s.people["zhuguan"].Actor()
	all, err := s.rooms.collect.Receive(ctx, watcher, watcher.Organ, []collect.Paper{{Name: "年报.zip", Data: packed.Bytes()}, {Name: "坏.zip", Data: packed.Bytes()[:400]}})
	if err != nil || len(all) != want+1 {
		t.Fatalf("%d came of %d, %v", len(all), want, err)
	}
	if errs.KindOf(all[want].Err) != errs.Corrupt {
		t.Errorf("a broken package: %v", all[want].Err)
	}
	organs := []string{"青川旗审计局", "青川旗统计局", "青川旗信访局", "青川旗司法局", "青川旗财政局", "青川旗能源局", "青川旗水利局", "青川旗教育局"}
	tree, err := s.rooms.book.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	problems := 0
	for i, o := range all[:want] {
		if o.Err != nil || o.Report.State != collect.Waiting || o.Report.Why == "" {
			t.Errorf("%s: %v, %s %q", o.Name, o.Err, o.Report.State, o.Report.Why)
			continue
		}
		organ, _ := collect.Find(tree.Subtree(watcher.Organ), organs[i%len(organs)])
		year := 2019 + i%5 // whose they are does not matter here
		if err := s.rooms.collect.Place(ctx, watcher, o.Report.ID, organ, year); err != nil {
			t.Errorf("%s: %v", o.Name, err)
			continue
		}
		if _, err := s.rooms.collect.Check(ctx, func(int) {}); err != nil {
			t.Fatal(err)
		}
		c, err := s.rooms.collect.Open(ctx, watcher, organ, year)
		if err != nil || c.Way != collect.ByFile {
			t.Errorf("%s: %s, %v", o.Name, c.Way, err)
		}
		problems += len(c.Found.Findings)
		page := s.browse(t, "zhuguan").Get("/desk/collected/received/" + o.Report.ID)
		if page.Status != 200 || page.Find(".source p, .source td").Length() < 20 {
			t.Errorf("%s: its text does not stand beside: %d", o.Name, page.Status)
		}
	}
	if problems < want {
		t.Errorf("%d findings in %d published reports", problems, want)
	}
}

// sender registers another system for an organ.
func (s *site) sender(t *testing.T, organ string) string {
	t.Helper()
	_, key, err := note.GenerateKey(rand.Reader, "matrix.example.cn")
	if err != nil {
		t.Fatal(err)
	}
	actor := s.people["anquan"].Actor()
	if err := s.rooms.collect.AddSender(t.Context(), actor, organ, "别的系统", key); err != nil {
		t.Fatal(err)
	}
	page, err := s.rooms.collect.Senders(t.Context(), actor, paging.Query{})
	if err != nil || page.Total == 0 {
		t.Fatalf("%+v, %v", page, err)
	}
	return page.Rows[len(page.Rows)-1].ID
}

// Two gongkai: what is signed in one arrives in the other, once, and only from who is
// registered, for whom it may send, as it was signed.
func TestReportsTravelSigned(t *testing.T) {
	below := openSiteAt(t, clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai)))
	hours := clock.At(time.Date(2026, 1, 12, 10, 0, 0, 0, clock.Shanghai))
	above := openSiteAt(t, hours)
	ctx, clerk := t.Context(), below.browse(t, "jingban")
	organ := below.people["jingban"].Organ
	signed := func(touch func(*annual.Report)) {
		t.Helper()
		printed, err := madeReport("青川旗政务服务局", 2025, touch).JSON(false)
		if err != nil {
			t.Fatal(err)
		}
		err = below.rooms.reports.Store.Update(ctx, organ, 2025, func(r *compile.Report) (compile.Change, error) {
			r.ID, r.Organ, r.Year, r.Status = compile.Key(organ, 2025), organ, 2025, compile.Frozen
			r.Versions = append(r.Versions, compile.Version{Printed: string(printed), SignedOn: calendar.On(2026, 1, 10)})
			return compile.Change{Pen: event.Pen{Actor: "test", At: time.Now(), IDs: below.rooms.ids}, Agenda: compile.Agenda{Organ: organ, Year: 2025}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	signed(nil)
	path := "/desk/reports/" + organ + "/2025"
	if a := clerk.Submit(path+"/send", url.Values{"way": {"signed"}}); a.Status != 422 || !strings.Contains(main(a), "没有设置上级主管部门的系统网址") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	for login, decides := range map[string][2]string{"xitong": {setting.SuperiorName, "青川旗人民政府办公室"}, "anquan": {setting.SuperiorSite, above.URL}} {
		if err := below.rooms.setters.Change(ctx, below.people[login].Actor(), setting.Whole, decides[0], decides[1]); err != nil {
			t.Fatal(err)
		}
	}
	carries := func() {
		t.Helper()
		if _, err := below.outbox().Carry(ctx); err != nil && errs.KindOf(err) != errs.Unavailable {
			t.Fatal(err)
		}
	}
	sends := func(word, says string) {
		t.Helper()
		if a := clerk.Submit(path+"/send", url.Values{"way": {"signed"}}); !strings.Contains(main(a), "已送出") {
			t.Fatalf("%d %s", a.Status, main(a))
		}
		carries()
		if a := clerk.Get(path); !strings.Contains(main(a), says) || !strings.Contains(main(a), "报送"+word) {
			t.Errorf("it does not say %s, %s: %s", word, says, main(a))
		}
	}
	sends("失败", "发送方没有在本系统登记")
	if a := clerk.Get(path + "/send"); !strings.Contains(main(a), "上次没有报送成功") {
		t.Errorf("%s", main(a))
	}
	security := above.browse(t, "anquan")
	root := above.people["zhuguan"].Organ
	if a := security.Submit("/admin/senders/new", url.Values{"organ": {root}, "name": {"政务服务局系统"}, "key": {"x"}}); a.Status != 422 || !strings.Contains(main(a), "公钥不正确") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	if a := security.Submit("/admin/senders/new", url.Values{"organ": {root}, "name": {"政务服务局系统"}, "key": {below.keys.PublicKey()}}); !strings.Contains(main(a), "可以报送") {
		t.Fatalf("%d %s", a.Status, main(a))
	}
	sends("已签收", "回执号")
	sent, err := below.rooms.reports.Store.Report(ctx, organ, 2025)
	if err != nil || sent.Versions[0].SentTo != "青川旗人民政府办公室" || sent.Versions[0].Submission() != compile.Receipted {
		t.Errorf("the submission is not recorded: %+v, %v", sent.Versions, err)
	}
	if r, err := above.rooms.collect.Store.Received(ctx, sent.Versions[0].Receipt); err != nil || r.Organ != above.people["jingban"].Organ {
		t.Errorf("the receipt does not name what came: %+v, %v", r, err)
	}
	if a := clerk.Get(path + "/send"); a.Status != 409 || !strings.Contains(main(a), "已经在2026-01-12报送") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	watcher := above.browse(t, "zhuguan")
	if a := watcher.Get("/desk/collected?year=2025&status=api"); !strings.Contains(main(a), "青川旗政务服务局接口报送") {
		t.Errorf("%s", main(a))
	}

	signer, err := below.keys.LogSigner()
	if err != nil {
		t.Fatal(err)
	}
	report := func(organ string) []byte {
		printed, err := madeReport(organ, 2025, nil).JSON(false)
		if err != nil {
			t.Fatal(err)
		}
		return printed
	}
	at := time.Date(2026, 1, 12, 11, 0, 0, 0, clock.Shanghai)
	bundle := collect.Bundle{To: above.rooms.collect.Name, SentAt: at, Organ: "青川旗政务服务局", Year: 2025, Edition: 2, Report: report("青川旗政务服务局")}
	post := func(e collect.Envelope) (int, string) {
		t.Helper()
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.Post(above.URL+"/api/v1/reports/received", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		raw, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(raw)
	}
	seal := func(b collect.Bundle) collect.Envelope {
		t.Helper()
		e, err := b.Seal(signer)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	good := seal(bundle)
	if status, body := post(good); status != 422 || !strings.Contains(body, "请校准发送方服务器的时钟") {
		t.Errorf("sent an hour from now: %d %s", status, body)
	}
	hours.Set(at.Add(-4 * time.Minute)) // its clock runs ahead a little
	for i, again := range []string{`"again":false`, `"again":true`} {
		if status, body := post(good); status != 200 || !strings.Contains(body, again) || !strings.Contains(body, `"version":2`) {
			t.Errorf("sent for the %d. time: %d %s", i+1, status, body)
		}
	}
	older, elsewhere, stranger, touched := bundle, bundle, bundle, good
	older.SentAt = at.Add(-time.Hour)
	elsewhere.To = "another.example.cn+00000000"
	stranger.Organ, stranger.SentAt = "白云市教育局", at.Add(time.Hour)
	touched.Payload = bytes.Replace(good.Payload, []byte(`"edition":2`), []byte(`"edition":3`), 1)
	for says, e := range map[string]collect.Envelope{
		"已经收到更新的一份": seal(older), "不是发给本系统的": seal(elsewhere), "不能报送“白云市教育局”": seal(stranger), "签名与内容不符": touched,
	} {
		if status, body := post(e); status < 400 || status >= 500 || !strings.Contains(body, says) || !strings.Contains(body, `"detail"`) {
			t.Errorf("%s: %d %s", says, status, body)
		}
	}
	mended := bundle // its clock was set right: by it this left before the one that has come
	mended.SentAt, mended.Edition = at.Add(-3*time.Minute), 3
	hours.Set(mended.SentAt)
	if status, body := post(seal(mended)); status != 200 || !strings.Contains(body, `"version":3`) {
		t.Errorf("what came before from a clock ahead keeps the correction out: %d %s", status, body)
	}
	all, err := above.rooms.collect.Store.Of(ctx, above.people["jingban"].Organ, 2025)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].State != collect.Counted || all[1].State != collect.Replaced {
		t.Errorf("%d came", len(all))
	}
}

// collected takes in a report of an organ and sends a notice about it.
func (s *site) collected(t *testing.T, root, organ string) (received, notice string) {
	t.Helper()
	ctx, watcher := t.Context(), s.people["zhuguan"].Actor()
	tree, err := s.rooms.book.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	file := reportOf(t, tree.Name(organ), 2024, func(r *annual.Report) { r.Set("table3", "R3.7", "C7", annual.Int(9)) })
	all, err := s.rooms.collect.Receive(ctx, watcher, root, []collect.Paper{{Name: "报告.docx", Data: file}})
	if err != nil || all[0].Err != nil {
		t.Fatalf("%v, %+v", err, all)
	}
	if _, err := s.rooms.collect.Check(ctx, func(int) {}); err != nil {
		t.Fatal(err)
	}
	notice, err = s.rooms.collect.IssueNotice(ctx, watcher, organ, 2024, collect.Issue{Due: s.rooms.collect.Today().Add(9)})
	if err != nil {
		t.Fatal(err)
	}
	return all[0].Report.ID, notice
}
