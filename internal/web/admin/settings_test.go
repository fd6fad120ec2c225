package admin_test

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/job"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

// upkeep is the pages about settings and jobs, and the overview, over a real
// store.
type upkeep struct {
	*webtest.Browser
	db       *store.DB
	now      *clock.Manual
	settings *setting.Office
	queue    job.Queue
}

var upkeepRoles = map[string]account.Grant{
	"sys":       {Organ: storetest.CountyID, Role: account.SystemAdmin},
	"sec":       {Organ: storetest.CountyID, Role: account.SecurityAdmin},
	"aud":       {Organ: storetest.CountyID, Role: account.AuditAdmin},
	"bureausys": {Organ: storetest.BureauID, Role: account.SystemAdmin},
	"bureausec": {Organ: storetest.BureauID, Role: account.SecurityAdmin},
	"head":      {Organ: storetest.BureauID, Role: account.Head},
	"clerk":     {Organ: storetest.BureauID, Role: account.Clerk},
}

func openUpkeep(t *testing.T, db *store.DB) *upkeep {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	trees, kept, ids := org.Fixed(storetest.County(t, db)), store.Settings{DB: db}, ident.Random{Clock: now}
	people := webtest.People{}
	for id, grant := range upkeepRoles {
		storetest.Person(t, db, id, grant.Organ, string(grant.Role))
		people[id] = account.Actor{ID: id, Name: "人员" + id, Organ: grant.Organ, Grants: []account.Grant{grant}}
	}
	u := &upkeep{
		db: db, now: now, queue: job.Queue{Store: store.Jobs{DB: db}, Clock: now, IDs: ids},
		settings: &setting.Office{Book: &setting.Book{Store: kept, Trees: trees, Clock: now}, Store: kept, Trees: trees, Clock: now, IDs: ids},
	}
	nightly := job.Schedule{Name: "backup", Kind: "backup", Timing: job.Always(job.Daily{Hour: 2, Minute: 30})}
	often := job.Schedule{Name: "log", Kind: "seal", Timing: job.Always(job.Every(10 * time.Minute))}
	kit := webtest.Kit(t, now, people)
	routes := admin.Settings{Kit: kit, Office: u.settings, Trees: trees, History: db, People: store.People{DB: db}}.Routes()
	routes = append(routes, admin.Jobs{
		Kit: kit, Office: job.Office{Queue: u.queue, Schedules: []job.Schedule{nightly, often}, Trees: trees},
		Meanings: []job.Meaning{{Kind: "backup", Chinese: "备份", English: "backup"}, {Kind: "seal", Chinese: "封存日志", English: "log sealed"}},
	}.Routes()...)
	routes = append(routes, admin.Overview{
		Kit: kit,
		Parts: map[string]admin.Fact{
			"/admin/settings": nil, "/admin/roles": nil, "/admin/log": nil, "/admin/people": nil,
			"/admin/jobs":   func(context.Context, account.Actor) (string, error) { return "7", nil },
			"/admin/organs": func(context.Context, account.Actor) (string, error) { return "", errors.New("broken") },
		},
		Concerns: map[admin.Warning]admin.Concern{
			admin.NeverBackup: func(context.Context, account.Actor) (int, error) { return 1, nil },
			admin.FailedJobs:  func(context.Context, account.Actor) (int, error) { return 2, nil },
			admin.NoCalendar:  func(context.Context, account.Actor) (int, error) { return 0, nil },
			admin.BrokenLog:   func(context.Context, account.Actor) (int, error) { return 0, errors.New("broken") },
		},
	}.Routes()...)
	u.Browser = webtest.Open(t, kit, routes)
	return u
}

func said(a webtest.Answer) string { return strings.Join(strings.Fields(a.Find("main").Text()), " ") }

func TestSettingsSayWhereValuesComeFrom(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	u.As("sys")
	u.Submit("/admin/settings/work.warn-days?organ=county", url.Values{"value": {"5"}})
	row := func(path string) string {
		t.Helper()
		return strings.Join(strings.Fields(u.Get(path).Find("main tr:has(a[href*='/work.warn-days'])").Text()), " ")
	}
	for path, want := range map[string]string{
		"/admin/settings":               "3 个工作日默认惯例",
		"/admin/settings?organ=county":  "5 个工作日在此设置惯例",
		"/admin/settings?organ=section": "5 个工作日上级：青川旗人民政府惯例",
	} {
		if got := row(path); !strings.HasSuffix(got, want) {
			t.Errorf("%s shows %q, want %q", path, got, want)
		}
	}
	page := u.Get("/admin/settings/password.length")
	if got := said(page); !strings.Contains(got, "GB/T 22239-2019§8.1.4 《信息安全技术 网络安全等级保护基本要求》") || page.Find("main form[method=post]").Length() != 0 {
		t.Errorf("the system administrator reads the basis and changes no security: %s", got)
	}
}

func TestSettingIsChangedOnItsPage(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	const path = "/admin/settings/password.length?organ=bureau"
	u.As("sec")
	if a := u.Submit(path, url.Values{"value": {"九"}}); a.Status != 422 || a.Find("input[name=value]").AttrOr("value", "") != "九" ||
		!strings.Contains(a.Find(".error").Text(), "“九”不是整数") {
		t.Errorf("%d %s", a.Status, said(a))
	}
	if a := u.Submit(path, url.Values{"value": {"9"}}); a.Status != 422 || !strings.Contains(a.Find(".error").Text(), "上级的规定是“10 个字符”，本机关只能更严，不能更宽。") {
		t.Errorf("%d %s", a.Status, said(a))
	}
	if a := u.Submit(path, url.Values{"value": {"12"}}); a.Status != 200 || !strings.Contains(said(a), "“口令最短长度”已保存") {
		t.Errorf("%d %s", a.Status, said(a))
	}
	if got := said(u.Get(path)); !strings.Contains(got, "2026-11-23 09:00由“10 个字符”改为“12 个字符” 人员sec") {
		t.Error(got)
	}
	u.now.Advance(time.Minute)
	const reset = "/admin/settings/password.length/reset?organ=bureau"
	if got := said(u.Get(reset)); !strings.Contains(got, "“口令最短长度”不再由“青川旗政务服务局”单独设置") {
		t.Error(got)
	}
	if got := said(u.Submit(reset, nil)); !strings.Contains(got, "已恢复为继承值") || !strings.Contains(got, "由“12 个字符”恢复为继承值“10 个字符”") {
		t.Error(got)
	}
	roles := "/admin/settings/factor.roles?organ=whole"
	if a := u.Submit(roles, url.Values{"value": {"clerk", "sec"}}); a.Status != 422 {
		t.Errorf("a role that is none: %d", a.Status)
	}
	u.Submit(roles, url.Values{"value": {"clerk", "system-admin", "security-admin", "audit-admin"}})
	if got := u.Get(roles).Find("input[name=value][checked]").Length(); got != 4 {
		t.Errorf("%d roles are checked", got)
	}
}

func TestWhoGetsToSettings(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	const warn, length = "/admin/settings/work.warn-days?organ=", "/admin/settings/password.length?organ="
	for _, c := range []struct {
		who, path string
		see       int
		form      bool
	}{
		{"sys", warn + "whole", 200, true},
		{"sys", warn + "section", 200, true},
		{"sys", warn + "nowhere", 403, false},
		{"sec", warn + "whole", 200, false},
		{"sec", length + "whole", 200, true},
		{"aud", length + "bureau", 200, false},
		{"bureausys", warn + "bureau", 200, true},
		{"bureausys", warn + "section", 200, true},
		{"bureausys", warn + "other", 403, false},
		{"bureausys", warn + "county", 403, false},
		{"bureausys", warn + "whole", 403, false},
		{"bureausys", "/admin/settings/work.warn-days", 200, true}, // its own organ
		{"bureausys", "/admin/settings/backup.keep?organ=bureau", 200, false},
		{"bureausec", length + "section", 200, true},
		{"head", warn + "bureau", 200, false},
		{"head", warn + "section", 403, false},
		{"clerk", warn + "bureau", 403, false},
		{"sys", "/admin/settings/moon.phase?organ=whole", 404, false},
	} {
		u.As(c.who)
		page := u.Get(c.path)
		if page.Status != c.see || (page.Find("main form[method=post]").Length() > 0) != c.form {
			t.Errorf("%s at %s: %d, form %v", c.who, c.path, page.Status, page.Find("main form[method=post]").Length())
		}
	}
	u.As("")
	if a := u.Get(warn + "whole"); a.Path != "/login" {
		t.Errorf("the public is led to %s", a.Path)
	}
	// A form that somebody made up does not get past the office either.
	u.As("sec")
	token := u.Get(length+"whole").Find("input[name=_form]").AttrOr("value", "")
	for path, want := range map[string]int{warn + "whole": 403, warn + "bureau": 403, "/admin/settings/work.warn-days/reset?organ=whole": 403} {
		if a := u.Post(path, url.Values{"_form": {token}, "value": {"5"}}); a.Status != want {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
}

func TestSettingsAreExported(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	u.As("aud")
	a := u.Get("/admin/settings?organ=bureau&format=xlsx")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 1+len(setting.Definitions()) || rows[1][2] != setting.SiteName {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestJobsPage(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	ctx := context.Background()
	waiting, err := u.queue.Add(ctx, "backup", map[string]int{"keep": 14}, job.Options{RunAt: u.now.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	u.now.Advance(time.Minute)
	failing, err := u.queue.Add(ctx, "seal", nil, job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = u.queue.Store.Change(ctx, failing.ID, func(j *job.Job) ([]event.Event, error) {
		j.State, j.Attempts, j.Error, j.Done, j.Total, j.FinishedAt = job.Failed, 8, "备份磁盘没有连接。", 120, 500, u.now.Now()
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	u.As("sys")
	page := said(u.Get("/admin/jobs"))
	for _, want := range []string{"备份每天02:30还没有", "封存日志每10分钟", "封存日志备份磁盘没有连接。失败120/50082026-11-23 09:01", "等待"} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %q: %s", want, page)
		}
	}
	if rows := u.Get("/admin/jobs?state=failed").Find("section.list tbody tr").Length(); rows != 1 {
		t.Errorf("%d failed", rows)
	}
	if rows := u.Get("/admin/jobs?kind=backup").Find("section.list tbody tr").Length(); rows != 1 {
		t.Errorf("%d of a kind", rows)
	}
	if a := u.Submit("/admin/jobs/"+failing.ID+"/retry", nil); !strings.Contains(said(a), "任务已重新排队") || !strings.Contains(said(a), "等待") {
		t.Error(said(a))
	}
	if a := u.Submit("/admin/jobs/"+waiting.ID+"/cancel", nil); !strings.Contains(said(a), "已取消") {
		t.Error(said(a))
	}
	if a := u.Submit("/admin/jobs/"+waiting.ID+"/cancel", nil); a.Status != 409 {
		t.Errorf("cancelled twice: %d", a.Status)
	}
	if a := u.Submit("/admin/schedules/backup", nil); !strings.Contains(said(a), "任务已排队") || !strings.HasPrefix(a.Path, "/admin/jobs/0") {
		t.Error(a.Path, said(a))
	}
	if a := u.Get("/admin/schedules/none"); a.Status != 404 {
		t.Errorf("a schedule that is none: %d", a.Status)
	}
	if a := u.Get("/admin/jobs?format=xlsx"); a.Status != 200 || !strings.HasPrefix(a.Body, "PK") {
		t.Errorf("export: %d", a.Status)
	}
}

func TestWhoGetsToJobs(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	j, err := u.queue.Add(context.Background(), "backup", nil, job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who      string
		see, run int
	}{{"sys", 200, 200}, {"aud", 200, 403}, {"sec", 403, 403}, {"bureausys", 403, 403}, {"clerk", 403, 403}} {
		u.As(c.who)
		for path, want := range map[string]int{
			"/admin/jobs": c.see, "/admin/jobs/" + j.ID: c.see, "/admin/jobs/" + j.ID + "/cancel": c.run, "/admin/jobs/" + j.ID + "/retry": c.run,
			"/admin/schedules/backup": c.run,
		} {
			if a := u.Get(path); a.Status != want {
				t.Errorf("%s at %s: %d, want %d", c.who, path, a.Status, want)
			}
		}
	}
	if links := u.As("aud").Get("/admin/jobs/" + j.ID).Find("main .buttons a.button").Length(); links != 0 {
		t.Errorf("who may only look is offered %d buttons", links)
	}
}

func TestOverviewShowsWhatIsOnes(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	for who, want := range map[string]string{
		"sys":   "机关 人员 角色和权限 设置 后台任务 7 | 还没有做过备份，请尽快备份。 有2个后台任务失败，需要处理。",
		"aud":   "机关 人员 角色和权限 设置 后台任务 7 日志 | 未能检查“log”，原因见系统日志。 有2个后台任务失败，需要处理。",
		"clerk": "机关 角色和权限 |",
	} {
		page := u.As(who).Get("/admin")
		var cards, warnings []string
		for _, s := range page.Find("main .panel h2").EachIter() {
			cards = append(cards, strings.Join(strings.Fields(s.Text()), " "))
		}
		for _, s := range page.Find("main .notice p").EachIter() {
			warnings = append(warnings, strings.Fields(s.Text())[0])
		}
		if got := strings.TrimSpace(strings.Join(cards, " ") + " | " + strings.Join(warnings, " ")); got != want {
			t.Errorf("%s sees %s", who, got)
		}
	}
}

func TestSettingsAreFound(t *testing.T) {
	u := openUpkeep(t, storetest.SQLite(t))
	u.As("sec")
	u.Submit("/admin/settings/password.length?organ=bureau", url.Values{"value": {"12"}})
	for path, want := range map[string]int{
		"/admin/settings?organ=whole":                                   len(setting.Definitions()),
		"/admin/settings?organ=whole&q=" + url.QueryEscape("口令 修改"):     2,
		"/admin/settings?organ=whole&q=BACKUP":                          2,
		"/admin/settings?organ=whole&q=" + url.QueryEscape("停用账户 联系方式"): 1,
		"/admin/settings?organ=bureau&only=here":                        1,
		"/admin/settings?organ=section&only=here":                       0,
		"/admin/settings?organ=section&only=changed":                    1,
		"/admin/settings?organ=whole&only=security&q=backup":            0,
		"/admin/settings?organ=whole&only=nonsense&q=" + "zzzzzzz":      0,
	} {
		a := u.Get(path)
		if got := a.Find("main tbody tr:not(.group)").Length(); a.Status != 200 || got != want || want == 0 && !strings.Contains(said(a), "没有找到设置") {
			t.Errorf("%s: %d, %d settings, want %d", path, a.Status, got, want)
		}
	}
	if got := said(u.Get("/admin/settings?organ=bureau&q=password.length&lang=en")); !strings.Contains(got, "1 found.") || !strings.Contains(got, "Shortest password") {
		t.Error(got)
	}
}
