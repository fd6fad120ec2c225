package desk_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk"
	"gongkai/internal/web/webtest"
	"gongkai/internal/work"
)

// workSite is the pages about work on Monday, 23 November 2026.
type workSite struct {
	*webtest.Browser
	office *work.Office
	now    *clock.Manual
	people webtest.People
}

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

func openWork(t *testing.T) *workSite {
	t.Helper()
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for id, g := range map[string]account.Grant{
		"lina": {Organ: storetest.BureauID, Role: account.Clerk}, "wang": {Organ: storetest.BureauID, Role: account.Clerk},
		"head": {Organ: storetest.BureauID, Role: account.Head}, "watcher": {Organ: storetest.CountyID, Role: account.Supervisor},
		"other": {Organ: storetest.OtherID, Role: account.Clerk}, "sys": {Organ: storetest.CountyID, Role: account.SystemAdmin},
	} {
		storetest.Person(t, db, id, g.Organ, string(g.Role))
		people[id] = account.Actor{ID: id, Name: "人员" + id, Organ: g.Organ, Grants: []account.Grant{g}}
	}
	office := &work.Office{
		Store: store.Work{DB: db}, Substitutes: store.Work{DB: db}, Calendars: builtIn{}, Organs: org.Fixed(tree), Clock: now, IDs: &ident.Ordered{Clock: now},
		Warn:  func(context.Context, string) (int, error) { return 3, nil },
		Early: func(context.Context, string) (int, error) { return 7, nil },
	}
	kit := webtest.Kit(t, now, people)
	pages := desk.Work{Kit: kit, Office: office, Trees: org.Fixed(tree), Names: store.People{DB: db}, History: db}
	return &workSite{webtest.Open(t, kit, pages.Routes()), office, now, people}
}

func (s *workSite) give(t *testing.T, title string, to work.Holder, workdays int) work.Item {
	t.Helper()
	i, err := s.office.Assign(t.Context(), s.people["head"], work.Draft{
		Organ: storetest.BureauID, Task: work.Request, Title: title, For: to, Workdays: workdays,
	})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// texts gives the texts of what a selector finds.
func texts(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

// rows gives the rows of a list, their cells parted by blanks.
func rows(a webtest.Answer) []string {
	return a.Find(".list tbody tr").Map(func(_ int, s *goquery.Selection) string {
		return strings.Join(s.Children().Map(func(_ int, c *goquery.Selection) string { return strings.Join(strings.Fields(c.Text()), " ") }), " ")
	})
}

func TestDeskOpensWhereItShould(t *testing.T) {
	s := openWork(t)
	for person, want := range map[string]string{"lina": "/desk/work", "head": "/desk/work", "watcher": "/desk/organs"} {
		if a := s.As(person).Get("/desk"); a.Path != want || a.Status != 200 {
			t.Errorf("%s begins at %s (%d)", person, a.Path, a.Status)
		}
	}
	if a := s.As("sys").Get("/desk"); a.Path != "/admin" {
		t.Errorf("an administrator begins at %s", a.Path)
	}
}

func TestMyWorkSaysWhatIsNext(t *testing.T) {
	s := openWork(t)
	a := s.As("lina").Get("/desk/work")
	if a.Find(".empty h2").Text() != "没有待办事项" || strings.Contains(a.Body, "data-next") {
		t.Errorf("empty: %s", a.Find("main").Text())
	}
	late := s.give(t, "迟了的", work.Holder{Person: "lina"}, 1)
	s.give(t, "今天的", work.Holder{Person: "lina"}, 3)
	s.give(t, "快了的", work.Holder{Role: account.Clerk}, 5)
	s.give(t, "不急的", work.Holder{Person: "lina"}, 10)
	s.give(t, "别人的", work.Holder{Person: "wang"}, 1)
	s.now.Set(time.Date(2026, 11, 26, 9, 0, 0, 0, clock.Shanghai))

	a = s.Get("/desk/work")
	listed := rows(a)
	for i, want := range []string{"迟了的 依申请公开 已超期 2 个工作日", "今天的 依申请公开 今天到期（11月26日）", "快了的 依申请公开 还剩 2 个工作日（11月30日）", "不急的 依申请公开 还剩 7 个工作日（12月7日）"} {
		if i >= len(listed) || !strings.HasPrefix(listed[i], want) {
			t.Errorf("row %d is not %q: %q", i, want, listed)
		}
	}
	for selector, n := range map[string]int{"tr.red": 1, "tr.amber": 2, "tr .badge.red": 1, "tr .badge.amber": 2} {
		if got := a.Find(".list tbody " + selector).Length(); len(listed) == 4 && got != n {
			t.Errorf("%d of %s, not %d", got, selector, n)
		}
	}
	if got := strings.Join(texts(a, ".figures strong"), " "); got != "1 2 4" {
		t.Errorf("figures %s", got)
	}
	if got := texts(a, ".by-task li"); len(got) != 1 || got[0] != "依申请公开 4 超期 1" {
		t.Errorf("tasks %q", got)
	}
	if next := a.Find("a[data-next]").AttrOr("href", ""); next != "/desk/work/"+late.ID {
		t.Errorf("next is %s", next)
	}
	for query, want := range map[string]string{"late=yes": "迟了的", "late=soon": "今天的", "q=" + url.QueryEscape("不急"): "不急的", "sort=due&desc=1": "不急的"} {
		if got := rows(s.Get("/desk/work?" + query)); len(got) == 0 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %q", query, got)
		}
	}
	english := rows(s.Get("/desk/work?lang=en"))
	if len(english) != 4 || !strings.Contains(english[0], "Overdue by 2 working days") || !strings.Contains(english[2], "2 working days left (30 November)") {
		t.Errorf("%q", english)
	}
	if a := s.Get("/desk/work?format=xlsx"); a.Status != 200 || !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Errorf("export %d", a.Status)
	}
}

func TestLastDayIsShownBeforeWorkIsAssigned(t *testing.T) {
	s := openWork(t)
	if a := s.As("lina").Get("/desk/work/new"); a.Status != 403 {
		t.Errorf("a clerk assigns: %d", a.Status)
	}
	typed := url.Values{"title": {"报送数据"}, "task": {"report"}, "for": {"person/lina"}, "workdays": {"5"}, "note": {"按口径"}}
	a := s.As("head").Submit("/desk/work/new", typed)
	preview := a.Find("#preview").Text()
	if a.Status != 200 || !strings.Contains(preview, "到期日：2026-11-30") || !strings.Contains(preview, "还剩 5 个工作日") || !strings.Contains(preview, "当日不计入") {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	if page, err := s.office.Mine(t.Context(), s.people["lina"], paging.Query{}); err != nil || page.Total != 0 {
		t.Errorf("assigned before it was confirmed: %+v, %v", page, err)
	}
	send := func(changes url.Values) webtest.Answer {
		values := url.Values{}
		a.Find("main form input[type=hidden]").Each(func(_ int, f *goquery.Selection) { values.Set(f.AttrOr("name", ""), f.AttrOr("value", "")) })
		for _, more := range []url.Values{typed, changes} {
			for name, v := range more {
				values[name] = v
			}
		}
		return s.Post("/desk/work/new", values)
	}
	if again := send(url.Values{"workdays": {"6"}}); !strings.Contains(again.Find("#preview").Text(), "2026-12-01") {
		t.Errorf("another day than was shown: %s", again.Find("main").Text())
	}
	done := send(nil)
	if !strings.HasPrefix(done.Path, "/desk/work/") || !strings.Contains(done.Find(".toast").Text(), "2026-11-30") {
		t.Errorf("%s: %s", done.Path, done.Find("main").Text())
	}
	for field, wrong := range map[string]url.Values{
		"title": {"title": {""}}, "for": {"for": {"person/other"}}, "workdays": {"workdays": {"many"}}, "due": {"workdays": {""}, "due": {"2026-11-28"}},
	} {
		a := send(wrong)
		if a.Status != 422 || a.Find(".field.wrong #f-"+field).Length() != 1 {
			t.Errorf("%s: %d %s", field, a.Status, a.Find(".summary").Text())
		}
	}
	if a := s.As("watcher").Get("/desk/work/new?organ=section"); a.Find("form #f-title").Length() != 0 || !strings.Contains(a.Find(".empty").Text(), "还没有人担任") {
		t.Errorf("an organ without people: %s", a.Find("main").Text())
	}
	if a := s.As("head").Get("/desk/work/new?organ=other"); a.Status != 403 {
		t.Errorf("another organ: %d", a.Status)
	}
}

func TestWorkIsDonePassedTakenWithdrawn(t *testing.T) {
	s := openWork(t)
	buttons := func(person string, i work.Item) string {
		a := s.As(person).Get("/desk/work/" + i.ID)
		if a.Status != 200 {
			return a.Find("h1").Text()
		}
		return strings.Join(texts(a, "main .buttons > *"), " ")
	}
	mine := s.give(t, "一", work.Holder{Person: "lina"}, 5)
	for person, want := range map[string]string{
		"lina": "办结 转交 返回我的待办", "wang": "返回我的待办", "head": "办结 转交 撤回 返回我的待办", "watcher": "办结 转交 撤回 返回我的待办", "other": "没有权限",
	} {
		if got := buttons(person, mine); got != want {
			t.Errorf("%s may %q, not %q", person, got, want)
		}
	}
	if a := s.As("lina").Submit("/desk/work/"+mine.ID+"/done", url.Values{"note": {""}}); a.Status != 422 || a.Find(".field.wrong").Length() != 1 {
		t.Errorf("done without a word: %d", a.Status)
	}
	if a := s.Submit("/desk/work/"+mine.ID+"/done", url.Values{"note": {"已答复"}}); a.Path != "/desk/work" || !strings.Contains(a.Find(".toast").Text(), "已办结") {
		t.Errorf("%s %s", a.Path, a.Find(".toast").Text())
	}
	a := s.Get("/desk/work/" + mine.ID)
	if text := a.Find("main").Text(); !strings.Contains(text, "按时办结") || !strings.Contains(text, "已答复") || a.Find(".timeline li").Length() != 2 {
		t.Errorf("%s", text)
	}

	shared := s.give(t, "二", work.Holder{Role: account.Clerk}, 5)
	if got := buttons("wang", shared); got != "办结 我来办理 转交 返回我的待办" {
		t.Errorf("%q", got)
	}
	if a := s.As("wang").Submit("/desk/work/"+shared.ID, nil); !strings.Contains(a.Find("dl").Text(), "人员wang") {
		t.Errorf("not taken: %s", a.Find("main").Text())
	}
	if a := s.Submit("/desk/work/"+shared.ID+"/pass", url.Values{"for": {"person/lina"}}); a.Path != "/desk/work" {
		t.Errorf("not passed: %s", a.Find("main").Text())
	}
	if a := s.As("head").Submit("/desk/work/leave", url.Values{"from": {"lina"}, "for": {"person/wang"}}); !strings.Contains(a.Find(".toast").Text(), "已转交 1 件") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if a := s.As("lina").Submit("/desk/work/leave", url.Values{"for": {"person/wang"}}); a.Status != 409 || !strings.Contains(a.Find(".summary").Text(), "没有需要转交的事项") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	if a := s.As("head").Submit("/desk/work/"+shared.ID+"/withdraw", url.Values{"note": {"不办了"}}); !strings.Contains(a.Find("main").Text(), "已撤回") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if a := s.As("lina").Get("/desk/work/" + shared.ID + "/withdraw"); a.Status != 403 {
		t.Errorf("a clerk withdraws: %d", a.Status)
	}
	if got := rows(s.As("head").Get("/desk/organs/bureau?state=withdrawn")); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestSupervisorSeesLights(t *testing.T) {
	s := openWork(t)
	s.give(t, "迟", work.Holder{Person: "lina"}, 1)
	done := s.give(t, "完", work.Holder{Person: "lina"}, 5)
	if err := s.office.Finish(t.Context(), s.people["lina"], done.ID, "办了"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.office.Assign(t.Context(), s.people["watcher"], work.Draft{
		Organ: storetest.OtherID, Task: work.Hall, Title: "近", For: work.Holder{Person: "other"}, Workdays: 5,
	}); err != nil {
		t.Fatal(err)
	}
	s.now.Advance(3 * 24 * time.Hour)
	got := rows(s.As("watcher").Get("/desk/organs"))
	if len(got) != 4 || !strings.HasPrefix(got[0], "青川旗政务服务局 有超期 1 1 0 1 100%") || !strings.HasPrefix(got[1], "青川旗民政局 将到期 1 0 1 0 —") || !strings.Contains(got[3], "正常") {
		t.Errorf("%q", got)
	}
	if got := rows(s.Get("/desk/organs?light=amber")); len(got) != 1 {
		t.Errorf("amber: %q", got)
	}
	if got := rows(s.Get("/desk/organs?sort=done&desc=1")); !strings.HasPrefix(got[0], "青川旗政务服务局") {
		t.Errorf("sorted: %q", got)
	}
	if a := s.Get("/desk/organs?format=xlsx"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Error("no export")
	}
	if got := rows(s.As("head").Get("/desk/organs")); len(got) != 1 {
		t.Errorf("a head sees %q", got)
	}
	if a := s.As("other").Get("/desk/organs/bureau"); a.Status != 403 {
		t.Errorf("another bureau looks: %d", a.Status)
	}
}

func TestASubstituteIsNamedOnAPage(t *testing.T) {
	s := openWork(t)
	s.give(t, "王的事项", work.Holder{Person: "wang"}, 3)
	wang := s.As("wang")
	wrong := wang.Submit("/desk/work/substitutes", url.Values{"stands": {"lina"}, "from": {"2026-11-23"}, "until": {"2026-11-20"}})
	if wrong.Status != 422 || !strings.Contains(wrong.Find(".summary").Text(), "不早于第一天") || wrong.Find("[name='until']").AttrOr("value", "") != "2026-11-20" {
		t.Errorf("%d %s", wrong.Status, wrong.Find(".summary").Text())
	}
	named := wang.Submit("/desk/work/substitutes", url.Values{"stands": {"lina"}, "from": {"2026-11-23"}, "until": {"2026-11-27"}})
	if text := named.Find("tbody").Text(); !strings.Contains(text, "人员lina") || !strings.Contains(text, "替班中") {
		t.Errorf("%d %s", named.Status, text)
	}
	list := s.As("lina").Get("/desk/work")
	if !strings.Contains(list.Find(".notice").Text(), "人员wang") || !strings.Contains(list.Find(".list tbody").Text(), "代人员wang") {
		t.Errorf("%s %s", list.Find(".notice").Text(), list.Find(".list tbody").Text())
	}
	end := s.Get("/desk/work/substitutes").Find("form[action$='/end']").Length()
	if end != 1 {
		t.Errorf("%d may be ended", end)
	}
	action := s.Get("/desk/work/substitutes").Find("form[action$='/end']").AttrOr("action", "")
	if a := s.Post(action, url.Values{"_form": {s.Get("/desk/work/substitutes").Find("[name='_form']").First().AttrOr("value", "")}}); !strings.Contains(a.Find("main").Text(), "现在没有人替班") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
}
