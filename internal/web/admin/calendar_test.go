package admin_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/event"
	"gongkai/internal/holiday"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

// openDeadline is a deadline of ten working days.
type openDeadline struct {
	last string
	more bool // there are more than a preview looks at
}

func (d *openDeadline) Preview(_ context.Context, next *calendar.Calendar, _ int) ([]calendar.Move, bool, error) {
	was, _ := calendar.ParseDate(d.last)
	to, err := next.AddWorkdays(calendar.On(2026, 12, 21), 10)
	if errors.Is(err, calendar.ErrNoCalendar) {
		return nil, !d.more, nil
	}
	if err != nil || to == was {
		return nil, !d.more, err
	}
	return []calendar.Move{{Organ: storetest.BureauID, Subject: "request/1", Title: "2026第17号申请", From: was, To: to}}, !d.more, nil
}

func (d *openDeadline) Apply(ctx context.Context, _ event.Pen, next *calendar.Calendar, _ func(int)) (int, error) {
	moves, _, err := d.Preview(ctx, next, 1)
	for _, m := range moves {
		d.last = m.To.String()
	}
	return len(moves), err
}

func openCalendar(t *testing.T, db *store.DB) (*webtest.Browser, *openDeadline) {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := org.Fixed(storetest.County(t, db))
	d := &openDeadline{last: "2026-12-31"}
	keeper := &holiday.Keeper{Store: store.Holidays{DB: db}, Trees: tree, Clock: now, IDs: ident.Random{Clock: now}, Movers: []holiday.Mover{d}}
	kit := webtest.Kit(t, now, organPeople)
	pages := admin.Calendar{Kit: kit, Keeper: keeper, Trees: tree, History: db, People: store.People{DB: db}}
	return webtest.Open(t, kit, pages.Routes()), d
}

// notice2027 is what the notice of the coming year will look like.
const notice2027 = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
国务院办公厅
2026年11月10日`

// sent is what the form of a page would send.
func sent(a webtest.Answer) url.Values {
	values := url.Values{}
	a.Find("main form input, main form textarea").Each(func(_ int, s *goquery.Selection) {
		if name := s.AttrOr("name", ""); name != "" && s.AttrOr("type", "") != "checkbox" {
			values.Set(name, s.AttrOr("value", s.Text()))
		}
	})
	return values
}

func TestNoticeIsReadLookedAtAndApplied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, d := openCalendar(t, db)
		b.As("county")
		if a := b.Get("/admin/calendar"); !strings.Contains(a.Find("main").Text(), "还没有 2027 年的放假安排") {
			t.Error("the page does not say that the next year is missing")
		}
		read := b.Submit("/admin/calendar/new", url.Values{"text": {strings.Replace(notice2027, "4月3日（周六）", "4月3日（周五）", 1)}})
		if read.Status != 200 || !strings.Contains(read.Find(".notice.amber").Text(), "通知写 2027-04-03 是星期五") {
			t.Fatalf("%d %s", read.Status, read.Find("main").Text())
		}
		typed := sent(read)
		typed.Set("issued", "")
		wrong := b.Post("/admin/calendar/check", typed)
		if wrong.Status != 422 && wrong.Status != 400 || sent(wrong).Get("off-1") != "2027-02-05 至 2027-02-13" || sent(wrong).Get("source") == "" {
			t.Fatalf("%d, kept %v", wrong.Status, sent(wrong))
		}
		typed.Set("issued", "2026-11-10")
		kept := b.Post("/admin/calendar/check", typed)
		if kept.Status != 200 || !strings.Contains(kept.Find("table").Text(), "2026第17号申请") || d.last != "2026-12-31" {
			t.Fatalf("%d %s", kept.Status, kept.Find("main").Text())
		}
		path := kept.Path
		if says := "准确的数量随后显示"; strings.Contains(kept.Body, says) {
			t.Error("all was looked at, and the page says there is more")
		} else if d.more = true; !strings.Contains(b.Get(path).Body, says) {
			t.Error("a part of the deadlines is shown as if it were all")
		}
		if a := b.Submit(path, nil); a.Status == 200 || d.last != "2026-12-31" {
			t.Errorf("applied without a look: %d", a.Status)
		}
		if a := b.Submit(path, url.Values{"sure": {"1"}}); a.Status != 200 || d.last != "2027-01-05" || !strings.Contains(a.Find("main").Text(), "已生效") {
			t.Errorf("%d %s %s", a.Status, d.last, a.Find("main").Text())
		}
		a := b.Get("/admin/calendar?year=2027")
		if !strings.Contains(a.Find("main").Text(), "2027-02-05 – 2027-02-13") || a.Find("table.month").Length() != 12 || a.Find("td.made-up small").First().Text() != "班" {
			t.Errorf("%s", a.Find("main").Text())
		}
	})
}

func TestNoticeAsAFile(t *testing.T) {
	b, _ := openCalendar(t, storetest.SQLite(t))
	b.As("county")
	var d doc.Doc
	for line := range strings.SplitSeq(notice2027, "\n") {
		d.AddPara(doc.Body, line)
	}
	for _, format := range []doc.Format{doc.DOCX, doc.HTML, doc.Text, doc.PDF} {
		var file bytes.Buffer
		if err := open.Write(&file, format, &d); err != nil {
			t.Fatal(err)
		}
		a := b.Upload("/admin/calendar/new", "file", "通知."+string(format), file.Bytes(), nil)
		if values := sent(a); a.Status != 200 || values.Get("number") != "国办发明电〔2026〕9号" || values.Get("work-1") != "2027-01-31、2027-02-14" || a.Find(".notice.green").Length() != 1 {
			t.Errorf("%s: %d %v %s", format, a.Status, values, a.Find(".notice").Text())
		}
	}
	for name, file := range map[string][]byte{"empty.txt": nil, "picture.png": []byte("\x89PNG\r\n\x1a\n1234567890"), "broken.docx": []byte("PK\x03\x04broken")} {
		if a := b.Upload("/admin/calendar/new", "file", name, file, url.Values{"text": {"已经粘贴的文字"}}); a.Status == 200 || a.Status >= 500 || !strings.Contains(a.Find("textarea").Text(), "已经粘贴的文字") {
			t.Errorf("%s: %d %q", name, a.Status, a.Find("textarea").Text())
		}
	}
}

func TestWhoSeesAndKeepsTheCalendar(t *testing.T) {
	b, _ := openCalendar(t, storetest.SQLite(t))
	b.As("county")
	path := b.Post("/admin/calendar/check", sent(b.Submit("/admin/calendar/new", url.Values{"text": {notice2027}}))).Path
	for _, c := range []struct {
		who, path string
		want      int
	}{
		{"clerk", "/admin/calendar", 200},
		{"clerk", path, 200},
		{"clerk", "/admin/calendar/new", 403},
		{"bureau", "/admin/calendar/new", 200},
		{"bureau", path, 200},
		{"bureau", path + "/edit", 403},
		{"county", path + "/edit", 200},
		{"county", "/admin/calendar/none", 404},
	} {
		if a := b.As(c.who).Get(c.path); a.Status != c.want {
			t.Errorf("%s %s: %d, want %d", c.who, c.path, a.Status, c.want)
		}
	}
	if a := b.As("bureau").Get("/admin/calendar/new"); a.Find("textarea").Length() != 0 || !strings.Contains(a.Find("main").Text(), "最上级机关") {
		t.Error("a lower administrator is not told who keeps the calendar")
	}
	for _, act := range []string{"apply", "revoke", "edit"} {
		token := b.As("bureau").Get("/admin/calendar").Find("input[name="+web.TokenField+"]").AttrOr("value", "")
		if a := b.Post(path+"/"+act, url.Values{web.TokenField: {token}, "sure": {"1"}}); a.Status != 403 {
			t.Errorf("a lower administrator may %s: %d", act, a.Status)
		}
	}
	token := sent(b.As("county").Get(path)).Get(web.TokenField)
	if a := b.Post(path+"/revoke", url.Values{web.TokenField: {token}}); a.Status != 200 || a.Path != "/admin/calendar" {
		t.Errorf("%d %s", a.Status, a.Path)
	}
}

func TestBuiltInNoticesReadFromThePage(t *testing.T) {
	b, _ := openCalendar(t, storetest.SQLite(t))
	b.As("county")
	for year := 2019; year <= 2026; year++ {
		text, err := os.ReadFile(fmt.Sprintf("../../holiday/testdata/%d.txt", year))
		if err != nil {
			t.Fatal(err)
		}
		if a := b.Submit("/admin/calendar/new", url.Values{"text": {string(text)}}); sent(a).Get("year") != fmt.Sprint(year) {
			t.Errorf("%d: %d %v", year, a.Status, sent(a))
		}
	}
}

// TestWrongNoticesAreToldAndNothingIsKept sends what a tired person may paste.
func TestWrongNoticesAreToldAndNothingIsKept(t *testing.T) {
	b, _ := openCalendar(t, storetest.SQLite(t))
	b.As("county")
	for _, c := range []struct {
		name, text string
		status     int
		want       string
	}{
		{"nothing", " \n ", 422, "请粘贴通知的全文"},
		{"garbage", "%PDF-1.7 \x01\x02 lorem ipsum 12345 {}", 200, "没有读到任何放假安排"},
		{"another notice", "关于召开2027年工作会议的通知\n一、会议时间：1月5日上午。", 200, "“1月5日”不知道是哪一年，没有采用"},
		{"no such day", strings.Replace(notice2027, "6月9日（周三）", "6月31日（周三）", 1), 200, "“6月31日（周三）”不是日历上的日子"},
		{"a make-up day of two holidays", strings.Replace(notice2027, "5月8日（周六）上班", "10月9日（周六）上班", 1), 200, "上班日 2027-10-09 写了两次（劳动节）"},
		{"a make-up day in a holiday", strings.Replace(notice2027, "5月8日（周六）上班", "2月6日（周六）上班", 1), 200, "2027-02-06 写明上班，但在春节的假期里"},
		{"the title and the text tell other years", strings.Replace(notice2027, "关于2027年", "关于2029年", 1), 200, "相差太远"},
		{"a megabyte", notice2027 + strings.Repeat("各省、自治区、直辖市人民政府。", 1<<20/45), 422, "一份放假通知不会超过256 KB"},
	} {
		a := b.Submit("/admin/calendar/new", url.Values{"text": {c.text}})
		if got := a.Find(".notice.amber, .error").Text(); a.Status != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d %q", c.name, a.Status, got)
		}
	}
	typed := sent(b.Submit("/admin/calendar/new", url.Values{"text": {notice2027}}))
	for _, c := range []struct{ name, field, value, want string }{
		{"no number", "number", "", "请填写发文字号"},
		{"a year that is none", "year", "二〇二七", "请填写放假安排的年份"},
		{"a year that contradicts the days", "year", "2028", "2027-02-05 至 2027-02-13不在2028年"},
		{"no such day", "off-0", "2027-02-30", "“2027-02-30”不正确"},
		{"the end before the beginning", "off-0", "2027-01-03 至 2027-01-01", "后一个日期要晚于前一个"},
		{"a make-up day in the week", "work-0", "2027-01-05", "2027-01-05 是星期二，本来就上班"},
		{"a make-up day in another holiday", "work-0", "2027-02-06", "2027-02-06 在春节的假期里，不能又写上班"},
		{"a make-up day of another year", "work-0", "2026-05-09", "2026-05-09 不在2027年"},
		{"a holiday twice", "name-1", "元旦", "元旦在第1项已经写过"},
		{"days without a name", "name-0", "", "请填写节日的名称"},
	} {
		was := typed.Get(c.field)
		typed.Set(c.field, c.value)
		if a := b.Post("/admin/calendar/check", typed); a.Status != 422 || !strings.Contains(a.Find(".field.wrong .error").Text(), c.want) || sent(a).Get(c.field) != c.value {
			t.Errorf("%s: %d %q", c.name, a.Status, a.Find(".error").Text())
		}
		typed.Set(c.field, was)
	}
	if got := b.Get("/admin/calendar").Find("a[href^='/admin/calendar/0']").Length(); got != 0 {
		t.Errorf("%d notices were kept", got)
	}
}

// TestNoticeThatChangesARunningYear shows which days change before it counts.
func TestNoticeThatChangesARunningYear(t *testing.T) {
	b, _ := openCalendar(t, storetest.SQLite(t))
	b.As("county")
	read := b.Submit("/admin/calendar/new", url.Values{"text": {"国务院办公厅关于调整2026年国庆节放假安排的通知\n国办发明电〔2026〕8号\n一、国庆节：10月1日（周四）至9日（周五）放假调休，共9天。9月20日（周日）、10月10日（周六）上班。\n国务院办公厅\n2026年9月1日"}})
	a := b.Post("/admin/calendar/check", sent(read))
	got := strings.Join(strings.Fields(a.Find("main").Text()), " ")
	if a.Status != 200 || !strings.Contains(got, "有 2 天改变") || a.Find("tbody th:contains('2026-10-08')").Length() != 1 || a.Find("tbody th:contains('2026-10-09')").Length() != 1 {
		t.Errorf("%d %s", a.Status, got)
	}
	local := sent(b.Submit("/admin/calendar/new", url.Values{"text": {"关于2027年那达慕放假安排的通知\n内政办发〔2026〕5号\n一、那达慕：7月19日至20日放假，共2天。\n2026年9月1日"}}))
	local.Set("region", "内蒙古自治区")
	if a := b.Post("/admin/calendar/check", local); a.Status != 422 || !strings.Contains(a.Find(".summary").Text(), "还没有那一年全国的放假安排；请先录入全国的通知") {
		t.Errorf("a region before the country: %d %s", a.Status, a.Find("main").Text())
	}
}
