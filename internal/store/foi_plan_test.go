package store_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What grows with the requests of an organ is read from an index that holds
// nothing else: the search from that of the pairs of characters, the fees of a month
// from that of the month, a cell of table 3 from that of what has ended.
func TestPlansOfRequests(t *testing.T) {
	db := storetest.SQLite(t)
	storetest.County(t, db)
	s := store.Requests{DB: db}
	place := []account.Place{{Organ: storetest.BureauID}}
	for name, index := range map[string]string{"words": "COVERING INDEX sqlite_autoindex_request_gram_1 (gram=? AND organ_id=?)", "month": "COVERING INDEX request_month", "number": "request_number (organ_id=? AND number=?)", "cell": "COVERING INDEX request_ended", "total": "COVERING INDEX request_over"} {
		plan, err := s.ExplainRequests(t.Context(), name, place)
		if err != nil || !strings.Contains(plan, index) {
			t.Errorf("%s: %v\n%s", name, err, plan)
		}
	}
}

// A search finds the same whichever way it goes: by a whole number, by what few
// have, by what nearly all have, by a single character.
func TestSearchOfRequests(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		s := store.Requests{DB: db}
		cal, err := calendar.Default()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(t.Context(), func(foi.Around) (foi.Change, error) {
			var c foi.Change
			for i := range 1200 {
				r := foi.Request{ID: fmt.Sprintf("r%04d", i), Organ: storetest.BureauID}
				if _, err := r.Do(foi.Receive{
					Number: foi.NumberOf("依申请", 2026, int64(i+1)), Channel: foi.InPerson, On: calendar.On(2026, 3, 2), Ask: foi.Ask{Text: fmt.Sprintf("第%d村补贴发放明细", i+1)},
					Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C2", Organisation: fmt.Sprintf("第%d公司", i%7)}},
				}, foi.Scene{Actor: "a", Today: calendar.On(2026, 3, 2), Calendar: cal}); err != nil {
					return c, err
				}
				c.Added = append(c.Added, r)
			}
			return c, nil
		}); err != nil {
			t.Fatal(err)
		}
		for words, want := range map[string]int{
			"依申请〔2026〕7号": 1, "〔2026〕7": 1 + 10 + 100, "补贴发放": 1000, "第1200村": 1, "第6公司": 171, "没有这样的": 0, "%": 0, "7号": 120, "村": 1000, "第1200村 第2公司": 1, "第1200村 第4公司": 0, "７号": 120, " ": 1200,
		} {
			page, err := s.List(t.Context(), []account.Place{{Organ: storetest.BureauID}}, paging.Query{Words: words}, calendar.On(2026, 3, 2))
			if err != nil || page.Total != want || page.AtLeast != (want == 1000) {
				t.Errorf("%s: %d, want %d (%v)", words, page.Total, want, err)
			}
			if page, err := s.List(t.Context(), []account.Place{{Organ: storetest.OtherID}}, paging.Query{Words: words}, calendar.On(2026, 3, 2)); err != nil || page.Total != 0 {
				t.Errorf("%s in another organ: %d, %v", words, page.Total, err)
			}
		}
	})
}
