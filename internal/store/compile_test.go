package store_test

import (
	"slices"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// A report is kept once for an organ and a year, with its versions, and lists tell
// where it is.
func TestReportsAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := store.Reports{DB: db}
		storetest.County(t, db)
		organ := storetest.BureauID
		if _, err := s.Report(t.Context(), organ, 2025); errs.KindOf(err) != errs.NotFound {
			t.Fatalf("%v", err)
		}
		change := func(judge func(*compile.Report)) {
			t.Helper()
			if err := s.Update(t.Context(), organ, 2025, func(r *compile.Report) (compile.Change, error) {
				judge(r)
				return about(organ), nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		change(func(r *compile.Report) {
			*r = compile.Report{ID: "r1", Organ: organ, Year: 2025, Status: compile.Compiling, Draft: &compile.Draft{Hands: []string{"p1"}}}
		})
		refused := errs.New(errs.Conflict, "不行。")
		if err := s.Update(t.Context(), organ, 2025, func(r *compile.Report) (compile.Change, error) {
			r.Status = compile.Signing
			return about(organ), refused
		}); errs.KindOf(err) != errs.Conflict {
			t.Fatalf("%v", err)
		}
		on := calendar.On(2026, 1, 12)
		change(func(r *compile.Report) {
			if r.Status != compile.Compiling || !slices.Equal(r.Draft.Hands, []string{"p1"}) {
				t.Errorf("%+v", r)
			}
			r.Status, r.Draft, r.Versions = compile.Frozen, nil, []compile.Version{{Printed: "{}", SignedOn: on}}
		})
		standing, err := s.Standing(t.Context(), 2025)
		if err != nil || len(standing) != 1 || standing[0] != (compile.Standing{Organ: organ, Status: compile.Frozen, Versions: 1, SignedOn: on}) {
			t.Errorf("%+v, %v", standing, err)
		}
		if none, err := s.Standing(t.Context(), 2024); err != nil || len(none) != 0 {
			t.Errorf("%+v, %v", none, err)
		}
	})
}

// about is a change of which nothing is told.
func about(organ string) compile.Change {
	return compile.Change{Agenda: compile.Agenda{Organ: organ, Year: 2025, Name: "青川旗政务服务局"}}
}
