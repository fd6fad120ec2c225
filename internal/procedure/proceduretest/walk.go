package proceduretest

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Step is a row taken from a status.
type Step[S ~string] struct {
	From S
	Kind event.Kind
}

// Walk is how a walk through a table chooses its next row.
type Walk[S ~string] struct {
	Pick    func(n int) int // one of n
	Taken   map[Step[S]]bool
	Curious bool                  // prefers what was never done before
	May     func(event.Kind) bool // nothing speaks against it now
	Weight  func(event.Kind) int  // of those that may happen
	Blind   int                   // one in so many steps tries also what may not happen
}

// Choose picks a row of the table, mostly one whose guards hold, and when curious one
// that was never taken. Not ok is where nothing can happen any more.
func Choose[S ~string, T interface{ Row() procedure.Row[S] }](table procedure.Table[S, T], at S, w Walk[S]) (kind event.Kind, ok bool) {
	var all, may, fresh []event.Kind
	for _, row := range table.From(at) {
		kind := row.Row().Event
		all = append(all, kind)
		if !w.May(kind) {
			continue
		}
		may = append(may, slices.Repeat([]event.Kind{kind}, w.Weight(kind))...)
		if !w.Taken[Step[S]{at, kind}] {
			fresh = append(fresh, kind)
		}
	}
	switch {
	case len(all) == 0:
		return "", false
	case w.Curious && len(fresh) > 0 && w.Pick(3) > 0:
		all = fresh
	case len(may) > 0 && w.Pick(w.Blind) > 0:
		all = may
	}
	return all[w.Pick(len(all))], true
}
