package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
)

// TestBrowserLives lets three requests live in Chromium from the first page to
// the figure in the annual report, on a clock that passes through the weeks.
func TestBrowserLives(t *testing.T) {
	browser := browserFolder(t)
	for _, l := range []struct {
		life  string
		begin time.Time
		many  int // requests of the same applicant before
	}{
		{"part", time.Date(2026, 9, 1, 8, 30, 0, 0, clock.Shanghai), 0},
		{"review", time.Date(2026, 3, 9, 8, 30, 0, 0, clock.Shanghai), 0},
		{"fee", time.Date(2026, 5, 6, 8, 30, 0, 0, clock.Shanghai), 40},
	} {
		t.Run(l.life, func(t *testing.T) {
			c := clock.At(l.begin)
			s := openSiteAt(t, c)
			for i := range l.many {
				c.Advance(20 * time.Minute)
				s.hand(t, fmt.Sprintf("2026年5月%d日大厅值班表（第%d号窗口）", 6+i%2, i+1))
			}
			question, err := json.Marshal(map[string]any{
				"base": s.URL, "clock": s.setter(t, c), "shots": os.Getenv("GONGKAI_SHOTS"), "life": l.life,
				"facts": map[string]string{"bureau": s.people["jingban"].Organ, "report": paper(t, "评标报告.docx", doc.DOCX), "proof": paper(t, "发送凭证.pdf", doc.PDF), "scan": paper(t, "扫描件.pdf", doc.PDF)},
			})
			if err != nil {
				t.Fatal(err)
			}
			run(t, browser, "lives.mjs", question)
		})
	}
}

// TestBrowserDocument lets a document live in Chromium: drafted, held back for a
// sheet that nobody sees, mended, published, found, sent to WeChat, and taken back.
func TestBrowserDocument(t *testing.T) {
	browser := browserFolder(t)
	c := clock.At(time.Date(2026, 10, 12, 8, 30, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	question, err := json.Marshal(map[string]any{
		"base": s.URL, "clock": s.setter(t, c), "shots": os.Getenv("GONGKAI_SHOTS"), "life": "document",
		"facts": map[string]string{"hidden": workbook(t, true), "mended": workbook(t, false)},
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "document.mjs", question)
}

// setter gives an address that sets the day of the site.
func (s *site) setter(t *testing.T, c *clock.Manual) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, err := time.Parse(time.RFC3339, r.URL.Query().Get("at"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		c.Set(at.In(clock.Shanghai))
		err = s.App.told(r.Context())
		if err == nil { // the jobs rest while the clock is set by hand
			_, err = s.rooms.channels.Busy(r.Context(), func(e channel.Errand) error { return s.rooms.channels.Carry(r.Context(), e, false) })
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// workbook makes a workbook as an office program keeps it, on request with a sheet
// of names that nobody sees.
func workbook(t *testing.T, hidden bool) string {
	t.Helper()
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	rows := func(sheet string, lines ...[]any) {
		for i, line := range lines {
			if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &line); err != nil {
				t.Fatal(err)
			}
		}
	}
	rows("Sheet1", []any{"窗口", "受理（件）", "办结（件）"}, []any{"不动产登记", 812, 806}, []any{"医疗保险", 940, 938}, []any{"市场监管", 664, 654})
	if hidden {
		if _, err := book.NewSheet("评价人"); err != nil {
			t.Fatal(err)
		}
		rows("评价人", []any{"姓名", "电话"}, []any{"钱晓峰", "13911112222"})
		if err := book.SetSheetVisible("评价人", false); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetDocProps(&excelize.DocProperties{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "各窗口办件情况.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// hand registers a request of the applicant of the lives.
func (s *site) hand(t *testing.T, text string) { s.handOn(t, text, calendar.Date{}) }

// handOn does it for something that came on an earlier day.
func (s *site) handOn(t *testing.T, text string, on calendar.Date) {
	t.Helper()
	clerk := s.people["jingban"]
	_, err := s.rooms.requests.Register(t.Context(), clerk.Actor(), foi.Intake{
		Organ:   clerk.Organ,
		Receive: foi.Receive{Channel: foi.InPerson, On: on, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: text, Form: "paper", Way: "post"}},
		Facts:   []foi.Facts{{personal.Name: "钱晓峰", personal.IDNumber: "11010519491231002X", personal.Phone: "13911112222"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// paper makes a file that somebody could hand in.
func paper(t *testing.T, name string, format doc.Format) string {
	t.Helper()
	d := &doc.Doc{Blocks: []doc.Block{{Para: &doc.Para{Text: "青川旗政务服务中心扩建工程（二期）评标报告"}}, {Para: &doc.Para{Text: "评标委员会按照招标文件规定的标准和方法进行了评审。"}}}}
	var b bytes.Buffer
	if err := open.Write(&b, format, d); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
