package admin_test

import (
	"bytes"
	"context"
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
type openDeadline struct{ last string }

func (d *openDeadline) Preview(_ context.Context, next *calendar.Calendar) ([]calendar.Move, error) {
	was, _ := calendar.ParseDate(d.last)
	to, err := next.AddWorkdays(calendar.On(2026, 12, 21), 10)
	if err != nil || to == was {
		return nil, err
	}
	return []calendar.Move{{Organ: storetest.BureauID, Subject: "request/1", Title: "2026第17号申请", From: was, To: to}}, nil
}

func (d *openDeadline) Apply(ctx context.Context, _ event.Pen, next *calendar.Calendar) (int, error) {
	moves, err := d.Preview(ctx, next)
	for _, m := range moves {
		d.last = m.To.String()
	}
	return len(moves), err
}

func openCalendar(t *testing.T, db *store.DB) (*webtest.Browser, *openDeadline) {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := org.Fixed(storetest.County(t, db))
	d := &openDeadline{"2026-12-31"}
	keeper := &holiday.Keeper{Store: store.Holidays{DB: db}, Trees: tree, Clock: now, IDs: ident.Random{Clock: now}, Movers: []holiday.Mover{d}}
	kit := webtest.Kit(t, now, organPeople)
	pages := admin.Calendar{Kit: kit, Keeper: keeper, Trees: tree, History: db}
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
		if a := b.Submit(path, nil); a.Status == 200 || d.last != "2026-12-31" {
			t.Errorf("applied without a look: %d", a.Status)
		}
		if a := b.Submit(path, url.Values{"sure": {"1"}}); a.Status != 200 || d.last != "2027-01-05" || !strings.Contains(a.Find("main").Text(), "已生效") {
			t.Errorf("%d %s %s", a.Status, d.last, a.Find("main").Text())
		}
		a := b.Get("/admin/calendar?year=2027")
		if !strings.Contains(a.Find("main").Text(), "2027-02-05 – 2027-02-13") || a.Find("table.month").Length() != 12 || a.Find("td.make-up small").First().Text() != "班" {
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
