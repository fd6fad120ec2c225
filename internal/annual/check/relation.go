package check

import (
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// relation is an arithmetic relation between cells: the parts add up to what
// stands on the other side. The first cell of the other side is the total that
// the relation is named after.
type relation struct {
	parts  []annual.Ref
	totals []annual.Ref
}

// standing tells how a relation stands in a report.
type standing int

const (
	silent       standing = iota // nothing is filled in, or the rows are missing: other rules say so
	holds                        // both sides agree
	violated                     // they do not
	unassessable                 // a total is empty or a cell is no certain figure
)

// assessment is a relation's standing with both sums. Reason is set where the
// relation cannot be assessed.
type assessment struct {
	standing    standing
	left, right int64
	reason      func() string
}

// difference is by how much the parts exceed the other side.
func (a assessment) difference() int64 { return a.left - a.right }

// maxFigure bounds the figures that are added up: the requests of a whole
// country in a thousand years. What is beyond is no count, and sums stay far
// from overflow.
const maxFigure = 1_000_000_000_000

// assess adds up both sides. An empty part counts as 0; an empty total, a mark
// or a doubtful figure makes the relation unassessable. Where a total column is
// added up, an empty total of a row whose columns are filled is unknown too.
func (rel relation) assess(r *annual.Report) assessment {
	left, right := addUp(r, rel.parts), addUp(r, rel.totals)
	absent, known := left.absent+right.absent, left.known+right.known
	a := assessment{left: left.sum, right: right.sum}
	unknown := func(reason func() string) assessment {
		a.standing, a.reason = unassessable, reason
		return a
	}
	total := rel.totals[0]
	balance := len(rel.totals) > 1
	switch {
	case absent == len(rel.parts)+len(rel.totals), known == 0 && left.odd == nil && right.odd == nil:
		return a
	case left.odd != nil:
		return unknown(oddReason(r, *left.odd))
	case right.odd != nil:
		return unknown(oddReason(r, *right.odd))
	case r.Get(total.Table, total.Row, total.Column).State == annual.Empty:
		return unknown(func() string {
			return cellLabel(r, total) + "为空，无法核对（各项之和为" + itoa(left.sum) + "）。"
		})
	case left.hole != nil:
		return unknown(holeReason(r, *left.hole))
	case right.hole != nil:
		return unknown(holeReason(r, *right.hole))
	case left.sum == right.sum:
		a.standing = holds
	case left.known == 0:
		return unknown(func() string {
			return "各项均为空，无法与" + cellLabel(r, total) + "的" + itoa(right.sum) + "核对。"
		})
	case balance && total.Column == totalColumn && right.empty != nil:
		return unknown(func() string { return cellLabel(r, *right.empty) + "为空，无法核对。" })
	default:
		a.standing = violated
	}
	return a
}

// side is one side of a relation added up.
type side struct {
	sum           int64
	absent, known int
	empty         *annual.Ref // an empty cell
	odd           *annual.Ref // a cell that is no certain figure
	hole          *annual.Ref // an empty total of a row whose columns are filled
}

func addUp(r *annual.Report, refs []annual.Ref) side {
	var s side
	for i := range refs {
		ref := &refs[i]
		v := r.Cells[*ref]
		switch v.State {
		case annual.Number:
			if v.N > maxFigure || v.N < -maxFigure {
				s.odd = ref
				continue
			}
			s.sum += v.N
			s.known++
		case annual.Empty:
			s.empty = ref
			if ref.Table == table3 && ref.Column == totalColumn && columnsFilled(r, ref.Row) {
				s.hole = ref
			}
		case annual.Absent:
			s.absent++
			s.odd = ref
		default:
			s.odd = ref
		}
	}
	return s
}

// columnsFilled tells whether a row of table 3 has anything but zeros and blanks
// before its total.
func columnsFilled(r *annual.Report, row string) bool {
	for _, c := range allColumns[:6] {
		v := r.Cells[annual.Ref{Table: table3, Row: row, Column: c}]
		if v.State == annual.Mark || v.State == annual.Doubtful || v.Known() && v.N != 0 {
			return true
		}
	}
	return false
}

func oddReason(r *annual.Report, ref annual.Ref) func() string {
	return func() string {
		v := r.Get(ref.Table, ref.Row, ref.Column)
		switch v.State {
		case annual.Absent:
			return "报告中没有" + cellLabel(r, ref) + "，无法核对。"
		case annual.Mark:
			return cellLabel(r, ref) + "填的是“" + clip(v.Raw, 20) + "”，不是数字，无法核对。"
		case annual.Number:
			return cellLabel(r, ref) + "的数字过大，不可能是件数，无法核对。"
		default:
			return cellLabel(r, ref) + "读不确定，无法核对。"
		}
	}
}

func holeReason(r *annual.Report, ref annual.Ref) func() string {
	return func() string { return cellLabel(r, ref) + "为空而该行各列有数，无法核对。" }
}

// report adds to the verdict what there is to say about a relation. The
// message is made only for a violation, from both sums.
func (rel relation) report(r *annual.Report, v *rule.Verdict, message func(left, right int64) string) {
	a := rel.assess(r)
	total := rel.totals[0]
	switch a.standing {
	case unassessable:
		v.Skip(rule.NotAssessable{Where: rule.Where(total), Cells: wheres(rel.parts, rel.totals), Reason: a.reason()})
	case violated:
		v.Find(rule.Finding{
			Where:    rule.Where(total),
			Cells:    wheres(rel.parts, rel.totals),
			Place:    r.Get(total.Table, total.Row, total.Column).Place,
			Message:  message(a.left, a.right),
			Expected: sumText(r, rel.parts, a.left),
			Actual:   sumText(r, rel.totals, a.right),
			Cite:     basis(r),
			Fix:      rel.advice(r, a),
		})
	}
}

// longSum is from how many operands on zeros are left out of the arithmetic.
const longSum = 10

// sumText prints the arithmetic: "3001+53+0+0+61+4 = 3119".
func sumText(r *annual.Report, refs []annual.Ref, sum int64) string {
	var b strings.Builder
	terms := 0
	for _, ref := range refs {
		n := r.Cells[ref].N
		if n == 0 && len(refs) >= longSum {
			continue
		}
		if terms > 0 && n >= 0 {
			b.WriteByte('+')
		}
		b.WriteString(itoa(n))
		terms++
	}
	if terms == 0 || len(refs) == 1 {
		return itoa(sum)
	}
	return b.String() + " = " + itoa(sum)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
