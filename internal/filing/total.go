package filing

import (
	"strings"

	"gongkai/internal/annual"
)

// The sums of tables 3 and 4, by their rows and columns.
const (
	allResults   = "R3.7"
	allApplicant = "C7"
	allEnds      = "C5"
)

// PartsOf gives the keys of the cells that a cell of a whole table is the sum of; none
// for one that is no sum.
func PartsOf(fields []Field, f Field) []string {
	part := func(o annual.Ref) bool { return false }
	switch at := f.Ref; {
	case at.Table == string(Table3) && at.Column == allApplicant:
		part = func(o annual.Ref) bool { return o.Row == at.Row && o.Column != allApplicant }
	case at.Table == string(Table3) && at.Row == allResults:
		part = func(o annual.Ref) bool {
			return o.Column == at.Column && o.Row != allResults && strings.HasPrefix(o.Row, "R3.")
		}
	case at.Table == string(Table4) && at.Column == allEnds:
		part = func(o annual.Ref) bool { return o.Row == at.Row && o.Column != allEnds }
	}
	var all []string
	for _, o := range fields {
		if o.Ref.Table == f.Ref.Table && part(o.Ref) {
			all = append(all, o.Key)
		}
	}
	return all
}

// AddUp adds the sums that nobody typed and whose parts are all there. What was typed
// stays, for the checker to judge.
func AddUp(fields []Field, values map[string]int64) map[string]int64 {
	for range 2 { // a sum may be part of another
		for _, f := range fields {
			if _, told := values[f.Key]; told || !f.Figure.Unit.Sheet() {
				continue
			}
			parts := PartsOf(fields, f)
			sum, whole := int64(0), len(parts) > 0
			for _, key := range parts {
				n, told := values[key]
				sum, whole = sum+n, whole && told
			}
			if whole {
				put(&values, f.Key, sum)
			}
		}
	}
	return values
}
