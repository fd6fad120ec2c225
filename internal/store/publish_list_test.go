package store_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// In the house what is due next comes first, then what is public, the latest first; by
// pages as well, and turned round when it is asked for.
func TestTheListBeginsWithWhatIsDueNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		for _, id := range []string{"a", "b", "c", "d"} {
			catalogued(t, db, id, "文件"+id, "notice", "", "2026-01-01", false)
		}
		storetest.Exec(t, db, "UPDATE document SET due = '2026-03-09' WHERE id = 'c'")
		storetest.Exec(t, db, "UPDATE document SET due = '2026-03-02' WHERE id = 'b'")
		list := func(q paging.Query) string {
			t.Helper()
			page, err := store.Documents{DB: db}.List(t.Context(), []account.Place{{Organ: storetest.BureauID}}, q, calendar.On(2026, 3, 2))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, r := range page.Rows {
				ids = append(ids, r.ID)
			}
			return strings.Join(ids, "")
		}
		for _, c := range []struct {
			q    paging.Query
			want string
		}{
			{paging.Query{Page: 1, Size: 10}, "bcda"},
			{paging.Query{Page: 2, Size: 3}, "a"},
			{paging.Query{Sort: "due", Page: 1, Size: 10}, "bcda"},
			{paging.Query{Sort: "due", Desc: true, Page: 1, Size: 10}, "adcb"},
			{paging.Query{Sort: "published", Desc: true, Page: 1, Size: 10}, "dcba"},
		} {
			if got := list(c.q); got != c.want {
				t.Errorf("%+v: %s, want %s", c.q, got, c.want)
			}
		}
	})
}
