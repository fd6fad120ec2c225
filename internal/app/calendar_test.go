package app

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/clock"
	"gongkai/internal/store"
	"gongkai/internal/web/webtest"
	"gongkai/internal/work"
)

// noticeOf2027 is written as these notices are; the day of 清明节 is told with a
// weekday that the calendar has not.
const noticeOf2027 = `国务院办公厅关于2027年
部分节假日安排的通知
国办发明电〔2026〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。
　　二、春节：2月5日（农历除夕、周五）至13日（农历正月初八、周六）放假调休，共9天。1月31日（周日）、2月14日（周日）上班。
　　三、清明节：4月3日（周五）至5日（周一）放假，共3天。
　　四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
　　五、端午节：6月9日（周三）放假1天，不调休。
　　六、中秋节：9月15日（周三）放假1天，不调休。
　　七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。

国务院办公厅
2026年11月10日`

func main(a webtest.Answer) string { return strings.Join(strings.Fields(a.Find("main").Text()), " ") }

// fields gives what the form of a page would send as it stands.
func fields(a webtest.Answer) url.Values {
	values := url.Values{}
	a.Find("main form[method=post] input").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") != "checkbox" {
			values.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
		}
	})
	return values
}

// TestNoticeChangesWhatIsReckoned takes in the notice of a year that nobody
// could count in, and one of a region.
func TestNoticeChangesWhatIsReckoned(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	public, admin := s.browse(t, ""), s.browse(t, "xitong")
	const asked = "limit=reply&from=2026-12-14"
	if a := public.Get("/deadline?" + asked); a.Status != 422 || !strings.Contains(main(a), "2027年的放假通知还没有录入") || !strings.Contains(a.Find(".summary").Text(), "现在算不出来") {
		t.Errorf("before: %d %s", a.Status, main(a))
	}
	if a := public.Get("/api/v1/deadline?" + asked); a.Status != 422 || !strings.Contains(a.Body, "没有2027年的放假安排") {
		t.Errorf("before: %d %s", a.Status, a.Body)
	}
	if a := public.Get("/deadline?limit=reply&from=2026-11-26"); a.Status != 200 || !strings.Contains(main(a), "2027年元旦的放假通知还可能改变它") {
		t.Errorf("a day that is not settled: %d %s", a.Status, main(a))
	}
	if got := main(admin.Get("/admin")); !strings.Contains(got, "2027年的放假通知还没有录入") || !strings.Contains(got, "2019–2026") {
		t.Error(got)
	}

	read := admin.Upload("/admin/calendar/new", "file", "通知.txt", []byte(noticeOf2027), nil)
	if read.Status != 200 || read.Find(".notice.amber li").Length() != 1 || !strings.Contains(main(read), "通知写 2027-04-03 是星期五，日历上是星期六") {
		t.Fatalf("%d %s", read.Status, main(read))
	}
	typed := fields(read)
	typed.Set("work-1", "2027-01-31、2027-02-13")
	if a := admin.Post("/admin/calendar/check", typed); a.Status != 422 || !strings.Contains(a.Find(".field.wrong .error").Text(), "2027-02-13 在春节的假期里，不能又写上班") {
		t.Fatalf("a day off and worked: %d %s", a.Status, main(a))
	}
	typed.Set("work-1", "2027-01-31、2027-02-14")
	kept := admin.Post("/admin/calendar/check", typed)
	if kept.Status != 200 || !strings.Contains(main(kept), "日历增加 2027 年，全年 247 个工作日") {
		t.Fatalf("%d %s", kept.Status, main(kept))
	}
	if a := public.Get("/deadline?" + asked); a.Status != 422 {
		t.Error("a notice counts before it is applied")
	}
	if a := admin.Submit(kept.Path, url.Values{"sure": {"1"}}); a.Status != 200 || a.Header.Get("Refresh") == "" || !strings.Contains(main(a), "正在按这份通知移动期限") {
		t.Fatalf("%d %s", a.Status, main(a))
	}
	s.runner().Pass(t.Context())
	if a := admin.Get(kept.Path); a.Header.Get("Refresh") != "" || !strings.Contains(main(a), "已生效") || !strings.Contains(main(a), "放假通知生效 巴特尔") {
		t.Fatalf("%d %s", a.Status, main(a))
	}

	if a := public.Get("/deadline?" + asked); a.Status != 200 || !strings.Contains(main(a), "最后一日 2027年1月12日") || strings.Contains(main(a), "还没有录入") {
		t.Errorf("after: %d %s", a.Status, main(a))
	}
	if a := public.Get("/api/v1/deadline?" + asked); a.Status != 200 || !strings.Contains(a.Body, `"deadline":"2027-01-12"`) {
		t.Errorf("after: %d %s", a.Status, a.Body)
	}
	if got := main(admin.Get("/admin")); strings.Contains(got, "还没有录入") || !strings.Contains(got, "2019–2027") {
		t.Error(got)
	}
	if got := main(s.browse(t, "shenji").Get("/admin/log?kind=holiday.applied")); !strings.Contains(got, "放假通知生效") {
		t.Errorf("the log does not tell: %s", got)
	}

	const festival = "内蒙古自治区人民政府办公厅关于2027年那达慕放假安排的通知\n内政办发〔2027〕5号\n一、那达慕：7月19日至20日放假，共2天。\n内蒙古自治区人民政府办公厅\n2026年11月20日"
	local := fields(admin.Submit("/admin/calendar/new", url.Values{"text": {festival}}))
	local.Set("region", "内蒙古自治区")
	kept = admin.Post("/admin/calendar/check", local)
	if got := main(kept); kept.Status != 200 || !strings.Contains(got, "有 2 天改变") || !strings.Contains(got, "2027-07-19放假") {
		t.Fatalf("%d %s", kept.Status, got)
	}
	admin.Submit(kept.Path, url.Values{"sure": {"1"}})
	s.runner().Pass(t.Context())
	for region, last := range map[string]time.Time{
		"": time.Date(2027, 7, 29, 0, 0, 0, 0, clock.Shanghai), "内蒙古自治区": time.Date(2027, 8, 2, 0, 0, 0, 0, clock.Shanghai),
	} {
		where := url.Values{"limit": {"reply"}, "from": {"2027-07-01"}, "region": {region}}.Encode()
		if a := public.Get("/deadline?" + where); !strings.Contains(main(a), "最后一日 "+last.Format("2006年1月2日")) {
			t.Errorf("in %q: %s", region, main(a))
		}
		if a := public.Get("/api/v1/deadline?" + where); !strings.Contains(a.Body, last.Format(time.DateOnly)) {
			t.Errorf("in %q: %s", region, a.Body)
		}
	}
	if a := public.Get("/deadline?" + asked + "&region=nowhere"); a.Status != 422 {
		t.Errorf("a region that is none: %d", a.Status)
	}
}

// TestNoticeMovesOpenWork shows which days of open work a notice moves, and moves
// them: the make-up day before New Year is one working day more.
func TestNoticeMovesOpenWork(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	head, clerk := s.people["fuzeren"], s.people["jingban"]
	item, err := s.rooms.work.Assign(t.Context(), head.Actor(), work.Draft{
		Organ: clerk.Organ, Title: "答复李某的申请", Task: work.Request, For: work.Holder{Person: clerk.ID}, Workdays: 20,
	})
	if err != nil || item.Due.String() != "2026-12-24" {
		t.Fatalf("%s, %v", item.Due, err)
	}
	admin := s.browse(t, "xitong")
	read := fields(admin.Submit("/admin/calendar/new", url.Values{"text": {noticeOf2027}}))
	read.Set("work-0", "2026-12-19")
	kept := admin.Post("/admin/calendar/check", read)
	if got := main(kept); !strings.Contains(got, "答复李某的申请青川旗政务服务局2026-12-242026-12-23") || !strings.Contains(got, "2026-12-19上班") {
		t.Fatalf("%d %s", kept.Status, got)
	}
	if a := admin.Submit(kept.Path, url.Values{"sure": {"1"}}); !strings.Contains(main(a), "正在按这份通知移动期限") || a.Find("main form[method=post]").Length() > 0 {
		t.Errorf("%d %s", a.Status, main(a))
	}
	s.runner().Pass(t.Context())
	if a := admin.Get(kept.Path); !regexp.MustCompile(`移动的期限 ?[1-9]\d*`).MatchString(main(a)) { // with those of the county's requests
		t.Errorf("%d %s", a.Status, main(a))
	}
	if moved, err := (store.Work{DB: s.db}).Item(t.Context(), item.ID); err != nil || moved.Due.String() != "2026-12-23" {
		t.Errorf("the item is due %s (%v)", moved.Due, err)
	}
	if got := main(s.browse(t, "jingban").Get("/desk/work?q=" + url.QueryEscape("答复李某"))); !strings.Contains(got, "答复李某的申请") || !strings.Contains(got, "12月23日") && !strings.Contains(got, "2026-12-23") {
		t.Errorf("the clerk's list: %s", got)
	}
}
