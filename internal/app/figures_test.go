package app

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/setting"
)

// Every night the figures are counted anew from the records: what somebody changed past
// the program stands in the log, on the supervisor's list and on the page, until a night
// finds all in order.
func TestFiguresAreRecountedEveryNight(t *testing.T) {
	c := clock.At(time.Date(2026, 10, 12, 8, 30, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	r, err := s.rooms.reports.Recount(t.Context())
	if err != nil || len(r.Wrong) > 0 || r.Records < 30 || r.Cells < 30 {
		t.Fatalf("%+v, %v", r, err)
	}
	watcher := s.browse(t, "zhuguan")
	if a := watcher.Get("/desk/reports/recount"); !strings.Contains(main(a), "全部一致") {
		t.Error(main(a))
	}
	s.tamper(t, "UPDATE request_tally SET n = n + 3 WHERE organ_id = '"+s.people["jingban"].Organ+"' AND received = 2026 AND outcome = 'R3.1' AND kind = 'C1'")
	c.Set(time.Date(2026, 10, 13, 4, 30, 0, 0, clock.Shanghai))
	if _, err := s.recountFigures(t.Context()); err == nil || !strings.Contains(err.Error(), "differ") {
		t.Fatalf("the night found %v", err)
	}
	watcher = s.browse(t, "zhuguan") // the night is longer than a session
	page := watcher.Get("/desk/reports/recount")
	if text := main(page); !strings.Contains(text, "青川旗政务服务局") || !strings.Contains(text, "予以公开，自然人") || !strings.Contains(text, "清点发现不符") {
		t.Error(text)
	}
	onList := func() bool {
		return strings.Contains(main(watcher.Get("/desk/work?q="+url.QueryEscape("逐件清点"))), "统计数与逐件清点不符")
	}
	if !onList() {
		t.Error("it is on nobody's list")
	}
	if a := s.browse(t, "shenji").Get("/admin/log?q=" + url.QueryEscape("figures.differ")); !strings.Contains(main(a), "统计数与逐件清点不符") {
		t.Errorf("it is not in the log: %s", main(a))
	}
	if a := s.browse(t, "jingban").Get("/desk/reports/recount"); a.Status != 403 {
		t.Errorf("a clerk sees the recount: %d", a.Status)
	}
	s.tamper(t, "UPDATE request_tally SET n = n - 3 WHERE organ_id = '"+s.people["jingban"].Organ+"' AND received = 2026 AND outcome = 'R3.1' AND kind = 'C1'")
	c.Set(time.Date(2026, 10, 14, 4, 30, 0, 0, clock.Shanghai))
	if _, err := s.recountFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	if watcher = s.browse(t, "zhuguan"); onList() {
		t.Error("all is in order, and it still stands on the list")
	}
}

func (s *site) tamper(t *testing.T, change string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.App.Config.Data, "gongkai.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	done, err := db.ExecContext(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d rows, %v", n, err)
	}
}

// People are reminded 15, 7, 3 and 1 days before the last one, each time once, those
// whose turn it is. The seventh day before is a Saturday: it is told on the Friday.
func TestReportsRemind(t *testing.T) {
	c := clock.At(time.Date(2025, 12, 10, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	told := func(month time.Month, day int) int {
		t.Helper()
		c.Set(time.Date(2026, month, day, 7, 5, 0, 0, clock.Shanghai))
		if _, err := s.remindReports(t.Context()); err != nil {
			t.Fatal(err)
		}
		n := 0
		s.browse(t, "jingban").Get("/desk/notices?size=200").Find("main a").Each(func(_ int, a *goquery.Selection) {
			if strings.Contains(a.Text(), "2026-01-31前") {
				n++
			}
		})
		return n
	}
	steps := []struct {
		month     time.Month
		day, want int
	}{{1, 9, 0}, {1, 16, 1}, {1, 20, 1}, {1, 23, 2}, {1, 26, 2}, {1, 28, 3}, {1, 30, 4}, {1, 31, 4}, {2, 2, 4}}
	for _, step := range steps {
		if n := told(step.month, step.day); n != step.want {
			t.Errorf("%d-%02d: %d reminders, want %d", step.month, step.day, n, step.want)
		}
	}
	if p, err := s.rooms.settings.Choices(t.Context(), s.people["jingban"].Organ, setting.ReportReminders); err != nil || len(p) != 4 {
		t.Errorf("%v, %v", p, err)
	}
}

// A year of the bureau that is like the one of the model report tells its figures: what
// sections filed stands in the text by its names, and no decision in table 2.
func TestModelYear(t *testing.T) {
	c := clock.At(time.Date(2026, 10, 12, 8, 30, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	clerk := s.people["jingban"]
	do := func(deed compile.Deed) {
		t.Helper()
		if err := s.rooms.reports.Do(t.Context(), clerk.Actor(), clerk.Organ, 2025, deed); err != nil {
			t.Fatal(err)
		}
	}
	do(compile.Start{})
	do(compile.Write{Content: compile.Content{Text: map[compile.Section]string{
		compile.Proactive: "全年共收集到各类意见建议{{opinions.total}}条，收到好差评评价{{ratings.received}}条。周末不打烊、延时服务事项拓展延伸为{{services.items}}项。微信公众号发布各类信息共计{{wechat.posts}}条。",
	}}})
	b, err := s.rooms.reports.Open(t.Context(), clerk.Actor(), clerk.Organ, 2025)
	if err != nil {
		t.Fatal(err)
	}
	if text := b.Examined.Report.Text(1); !strings.Contains(text, "意见建议19条") || !strings.Contains(text, "拓展延伸为1650项") || !strings.Contains(text, "共计228条") {
		t.Error(text)
	}
	if one, _ := b.Scene.Figures.Find("ratings.received"); one.Value < 65_000 || one.Value >= 75_000 {
		t.Errorf("%d ratings, the model report has nearly 70,000", one.Value)
	}
	for _, ref := range b.Examined.Report.Refs() {
		if v := b.Examined.Report.Cells[ref]; ref.Table == "table2" && (!v.Known() || v.N != 0) {
			t.Errorf("%s: %+v", ref, v)
		}
	}
	path := "/desk/reports/" + clerk.Organ + "/2025"
	total := s.browse(t, "jingban").Get(path).Find(`#figures a[href*="q=opinions."], a[href*="q=opinions."]`)
	if a := s.browse(t, "jingban").Get(total.AttrOr("href", "")); !strings.Contains(main(a), "{{opinions.ledger}}") || !strings.Contains(main(a), "{{opinions.collected}}") || strings.Contains(main(a), "{{requests.received}}") {
		t.Errorf("19 opinions lead to %s", main(a))
	}
	offered := false
	for _, o := range b.Examined.Suggest(b.Scene) {
		offered = offered || o.Section == compile.Platform && o.Text == "微信公众号发布各类信息{{wechat.posts}}条。"
	}
	if !offered {
		t.Errorf("%+v", b.Examined.Suggest(b.Scene))
	}
}
