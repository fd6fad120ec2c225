package filing

import (
	"cmp"
	"slices"
	"strings"
)

// Value is a number that was confirmed, in the version that counts.
type Value struct {
	Return string // its key
	Period Period
	Key    string // as Field.Key
	N      int64
}

// Total is what a year's returns make of a figure, or of a cell of a sheet.
type Total struct {
	Figure  Figure
	Key     string
	N       int64
	Returns int // how many were confirmed
}

// Fold makes the figures of a year out of what was confirmed: sums, or of a stock what
// stands last. What nobody filed is not there.
func Fold(figures []Figure, values []Value) []Total {
	named := map[string]Figure{}
	for _, f := range figures {
		named[f.key()] = f
	}
	values = slices.Clone(values)
	slices.SortStableFunc(values, func(a, b Value) int {
		return cmp.Or(a.Period.Last().Compare(b.Period.Last()), cmp.Compare(a.Return, b.Return))
	})
	totals := map[string]*Total{}
	for _, v := range values {
		name, _, _ := strings.Cut(v.Key, "/")
		f, known := named[name]
		if !known {
			continue
		}
		t := totals[v.Key]
		if t == nil {
			t = &Total{Figure: f, Key: v.Key}
			totals[v.Key] = t
		}
		t.Returns++
		if f.Stock || f.Unit.Sheet() {
			t.N = v.N
		} else {
			t.N += v.N
		}
	}
	var all []Total
	for _, t := range totals {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Total) int { return cmp.Or(a.Figure.Nth-b.Figure.Nth, cmp.Compare(a.Key, b.Key)) })
	return all
}

// Missing are the returns of a period that are due and were never confirmed.
type Missing struct {
	Period   Period
	Sections []string // names, each once
}

// Missing gives what of an overview is due and not confirmed, by period.
func (o Overview) Missing() []Missing {
	var all []Missing
	for _, l := range o.Lines {
		for _, c := range l.Cells {
			if !c.Late {
				continue
			}
			i := slices.IndexFunc(all, func(m Missing) bool { return m.Period == c.Period })
			if i < 0 {
				i, all = len(all), append(all, Missing{Period: c.Period})
			}
			who := l.Section.Name
			if l.Section.ID == o.Organ.ID { // several people file there
				who += "（" + filer(l.Role).Chinese + "）"
			}
			if !slices.Contains(all[i].Sections, who) {
				all[i].Sections = append(all[i].Sections, who)
			}
		}
	}
	slices.SortFunc(all, func(a, b Missing) int {
		return cmp.Or(a.Period.Last().Compare(b.Period.Last()), cmp.Compare(a.Period.String(), b.Period.String()))
	})
	return all
}
