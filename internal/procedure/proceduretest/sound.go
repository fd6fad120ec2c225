// Package proceduretest checks tables of procedures, and walks them at random: what
// foi and publish ask of their own rows, written once. Start at Sound and Choose.
package proceduretest

import (
	"slices"
	"testing"

	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/procedure"
)

// Sound checks what any table must be: of a status and an event there is one row,
// everything has words in both languages, every article is known to the law, each
// act stands in a row, and what is nobody's is among the program's own.
func Sound[S ~string, T interface{ Row() procedure.Row[S] }](t *testing.T, table procedure.Table[S, T], own ...event.Kind) {
	t.Helper()
	seen, events := map[Step[S]]bool{}, map[event.Kind]bool{}
	for _, row := range table.Rows {
		r := row.Row()
		events[r.Event] = true
		if act, ok := table.Act(r.Event); !ok || act.Chinese == "" || act.Do == "" || act.Done == "" {
			t.Errorf("%s has no words", r.Event)
		}
		for _, from := range r.From {
			if seen[Step[S]{from, r.Event}] {
				t.Errorf("%s from %q has two rows", r.Event, from)
			}
			seen[Step[S]{from, r.Event}] = true
		}
		if err := law.CheckCitation(r.Cite); err != nil {
			t.Error(err)
		}
		if r.Right == "" && !slices.Contains(own, r.Event) {
			t.Errorf("%s is nobody's", r.Event)
		}
	}
	for _, a := range table.Acts {
		if !events[a.Event] {
			t.Errorf("%s stands in no row", a.Event)
		}
	}
	for _, s := range table.Statuses {
		if w := table.Words(s); w.Chinese == "" || w.English == "" {
			t.Errorf("%q has no words", s)
		}
	}
}
