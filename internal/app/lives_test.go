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
			setter := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				at, err := time.Parse(time.RFC3339, r.URL.Query().Get("at"))
				if err != nil {
					http.Error(w, err.Error(), http.StatusBadRequest)
					return
				}
				c.Set(at.In(clock.Shanghai))
				if err := s.App.told(r.Context()); err != nil {
					http.Error(w, err.Error(), http.StatusInternalServerError)
				}
			}))
			t.Cleanup(setter.Close)
			question, err := json.Marshal(map[string]any{
				"base": s.URL, "clock": setter.URL, "shots": os.Getenv("GONGKAI_SHOTS"), "life": l.life,
				"facts": map[string]string{"bureau": s.people["jingban"].Organ, "report": paper(t, "评标报告.docx", doc.DOCX), "proof": paper(t, "发送凭证.pdf", doc.PDF), "scan": paper(t, "扫描件.pdf", doc.PDF)},
			})
			if err != nil {
				t.Fatal(err)
			}
			run(t, browser, "lives.mjs", question)
		})
	}
}

// hand registers a request of the applicant of the lives.
func (s *site) hand(t *testing.T, text string) {
	t.Helper()
	clerk := s.people["jingban"]
	_, err := s.rooms.requests.Register(t.Context(), clerk.Actor(), foi.Intake{
		Organ:   clerk.Organ,
		Receive: foi.Receive{Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: text, Form: "paper", Way: "post"}},
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
