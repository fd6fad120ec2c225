package store_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// showAnswers puts n answers of two organs into the disclosure log, one a day, and as
// many beside it.
func showAnswers(t *testing.T, db *store.DB, n int) store.Requests {
	t.Helper()
	storetest.County(t, db)
	s := store.Requests{DB: db}
	if err := s.Add(t.Context(), func(foi.Around) (foi.Change, error) {
		var c foi.Change
		for i := range 2 * n {
			r := foi.Request{ID: fmt.Sprintf("r%04d", i), Organ: []string{storetest.BureauID, storetest.OtherID}[i/2%2], Number: fmt.Sprintf("%d号", i), Title: fmt.Sprintf("第%d村_补贴100%%发放", i/2), EndedOn: calendar.On(2025, 1, 1).Add(i / 2)}
			if i%2 == 0 {
				r.Visibility = foi.Public
			}
			c.Added = append(c.Added, r)
		}
		return c, nil
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// The disclosure log is searched by what stands in the titles, the latest first, page by
// page, within organs and a year, and gives nothing that is not shown.
func TestTheLogIsSearchedByItsTitles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := showAnswers(t, db, 400)
		organs, err := s.LogOrgans(t.Context())
		if err != nil || len(organs) != 2 {
			t.Fatalf("%v, %v", organs, err)
		}
		for _, c := range []struct {
			words, year string
			organs      []string
			want        int
			first       string
		}{
			{"补贴", "", organs, 400, "r0798"},
			{"村_补", "", organs, 400, "r0798"},
			{"100%", "", organs, 400, "r0798"},
			{"第39", "", organs, 1 + 10, "r0798"},
			{"补贴", "2025", organs, 365, "r0728"},
			{"补贴", "", []string{storetest.OtherID}, 200, "r0798"},
			{"没有", "", organs, 0, ""},
			{"第7村", "", organs[:0], 0, ""},
		} {
			page, err := s.Log(t.Context(), c.organs, paging.Query{Words: c.words, Page: 1, Size: 10, Filters: map[string]string{foi.FilterYear: c.year}})
			if err != nil || page.Total != c.want || page.AtLeast {
				t.Errorf("%+v: %d, at least: %v, %v", c, page.Total, page.AtLeast, err)
			}
			if len(page.Rows) != min(c.want, 10) || c.want > 0 && page.Rows[0].ID != c.first {
				t.Errorf("%+v: %+v", c, page.Rows)
			}
		}
		seen := map[string]bool{}
		for page := 1; page <= 40; page++ {
			found, err := s.Log(t.Context(), organs, paging.Query{Words: "补贴", Page: page, Size: 10})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range found.Rows {
				seen[r.ID] = r.Visibility == foi.Public
			}
		}
		if len(seen) != 400 {
			t.Errorf("pages show %d", len(seen))
		}
	})
}

// The titles are read from an index that has nothing else, however many requests and
// organs there are.
func TestPlanOfTheLog(t *testing.T) {
	db := storetest.SQLite(t)
	s := showAnswers(t, db, 10)
	plan, err := s.ExplainLog(t.Context(), []string{storetest.BureauID, storetest.OtherID}, "补贴")
	if err != nil || !strings.Contains(plan, "COVERING INDEX request_shown") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("%v\n%s", err, plan)
	}
}
