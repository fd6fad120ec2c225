package app

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/consult"
	"gongkai/internal/paging"
)

// Whatever day the county is looked at, everybody finds drafts that are open, one whose
// feedback is awaited, and feedback: also on a holiday, at the end of the year, and early.
func TestTheCountyConsultsOnAnyDay(t *testing.T) {
	for _, day := range []time.Time{
		time.Date(2026, 3, 6, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 10, 3, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 12, 20, 9, 0, 0, 0, clock.Shanghai),
	} {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) {
			s := openSiteAt(t, clock.At(day))
			for phase, least := range map[consult.Phase]int{consult.Open: 2, consult.Ended: 1, consult.Told: 2} {
				page, err := s.rooms.consults.Listed(t.Context(), "", paging.Query{Filters: map[string]string{consult.FilterPhase: string(phase)}})
				if err != nil || page.Total < least {
					t.Errorf("%s: %d, want %d or more, %v", phase, page.Total, least, err)
				}
			}
		})
	}
}

// A page that is kept for visitors says what has changed at once.
func TestKeptConsultationsAreDrawnAnew(t *testing.T) {
	s := openSite(t)
	open, err := s.rooms.consults.OpenNow(t.Context(), s.people["jingban"].Organ, 1)
	if err != nil || len(open) != 1 {
		t.Fatalf("%+v, %v", open, err)
	}
	visitor, page := s.browse(t, ""), "/consultations/"+open[0].ID
	for range 2 {
		if a := visitor.Get(page); a.Status != 200 || strings.Contains(a.Body, "应企业要求延长") {
			t.Fatalf("%d", a.Status)
		}
	}
	until := open[0].Until.Add(5)
	if err := s.rooms.consults.Do(t.Context(), s.people["fuzeren"].Actor(), open[0].ID, consult.Extend{Until: until, Note: "应企业要求延长。"}); err != nil {
		t.Fatal(err)
	}
	if a := visitor.Get(page); !strings.Contains(a.Body, "应企业要求延长") {
		t.Error("the page stays as it was")
	}
	if a := visitor.Get("/consultations"); !strings.Contains(a.Body, until.String()) {
		t.Error("the list stays as it was")
	}
}

// The feedback leads to the text that was published in the end, as it is called there; what
// nobody may read cannot be linked.
func TestTheFinalTextIsLinked(t *testing.T) {
	s := openSite(t)
	clerk, visitor := s.browse(t, "jingban"), s.browse(t, "")
	page, err := s.rooms.consults.List(t.Context(), s.people["jingban"].Actor(), paging.Query{Filters: map[string]string{consult.FilterPhase: string(consult.Told)}})
	if err != nil || page.Total == 0 {
		t.Fatalf("%+v, %v", page, err)
	}
	published, err := s.rooms.documents.Catalogue(t.Context(), account.Place{}, paging.Query{Size: 1})
	if err != nil || published.Total == 0 {
		t.Fatalf("%+v, %v", published, err)
	}
	desk := consult.Path(page.Rows[0].ID)
	if a := clerk.Submit(desk+"/final", url.Values{"document": {"/open/none"}}); a.Status != 422 || !strings.Contains(a.Body, "没有这个公开的文件") {
		t.Errorf("%d", a.Status)
	}
	clerk.Submit(desk+"/final", url.Values{"document": {"https://zwgk.example.cn/open/" + published.Rows[0].ID + "?from=x"}})
	a := visitor.Get("/consultations/" + page.Rows[0].ID)
	if link := a.Find(`main a[href="/open/` + published.Rows[0].ID + `"]`); strings.TrimSpace(link.Text()) != published.Rows[0].Title {
		t.Errorf("the final text is not linked: %q", link.Text())
	}
}
