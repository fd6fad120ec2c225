package store_test

import (
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// The front page shows what was read most, of what is public, and of late.
func TestWhatIsReadMost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		for _, id := range []string{"a", "b", "c", "d"} {
			storetest.Exec(t, db, `INSERT INTO document (id, organ_id, section_id, index_number, number, title, status, visibility, openness, kind, subject, theme, validity, drafter, formed_on,
				published_on, due, open, tend_on, counted_kind, made, ended, issued_subject, measured, late, file)
				VALUES ($1, $2, $2, '', '', $1, 'published', 'public', 'open', 'other', '20-15', '', '', '', '', '', '9999-12-31', $3, '', '', 0, 0, '', $3, 0, '{}')`, id, storetest.BureauID, false)
			if id != "d" {
				storetest.Exec(t, db, `INSERT INTO catalogue (document_id, organ_id, index_number, number, title, kind, subject, theme, validity, formed_on, published_on, changed_on, summary, gone)
					VALUES ($1, $2, '', '', $1, 'other', '20-15', '', '', '', '2026-01-05', '2026-01-05', '', $3)`, id, storetest.BureauID, id == "c")
			}
		}
		reads, march := store.Reads{DB: db}, calendar.On(2026, 3, 1)
		for day, read := range map[calendar.Date]map[string]int{
			march.Add(-40): {"a": 100}, march: {"a": 2, "b": 1, "c": 9, "d": 9, "none": 9}, march.Add(1): {"b": 3},
		} {
			if err := reads.Add(t.Context(), day, read); err != nil {
				t.Fatal(err)
			}
		}
		if err := reads.Rank(t.Context(), march.Add(-30), 10); err != nil {
			t.Fatal(err)
		}
		top, err := reads.Top(t.Context(), 10)
		if err != nil || len(top) != 2 || top[0].ID != "b" || top[1].ID != "a" {
			t.Errorf("%+v, %v", top, err)
		}
		storetest.Exec(t, db, "UPDATE catalogue SET gone = $1 WHERE document_id = 'b'", true)
		if top, err = reads.Top(t.Context(), 10); err != nil || len(top) != 1 {
			t.Errorf("what was taken down is told of: %+v, %v", top, err)
		}
	})
}
