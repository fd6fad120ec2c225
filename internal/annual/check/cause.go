package check

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/annual"
)

// advice says how a violated relation may be mended: the likely cause where
// the figures point to a single one, and always to look at the ledger.
func (rel relation) advice(r *annual.Report, a assessment) string {
	const look = "请对照台账核对相关各格，改正后重新勾稽。"
	if hint := rel.cause(r, a); hint != "" {
		return hint + look
	}
	return look
}

func (rel relation) cause(r *annual.Report, a assessment) string {
	total := rel.totals[0]
	if len(rel.totals) == 1 && a.right == 0 {
		return "总计一格仍为0，很可能漏填，应为" + itoa(a.left) + "。"
	}
	if total.Table == table3 {
		if ref, n, ok := rel.singleCell(r, a); ok {
			return cellLabel(r, ref) + "可能应为" + itoa(n) + "（现为" + itoa(r.Cells[ref].N) + "）：这样改后与它有关的各行各列都相符。"
		}
	}
	if len(rel.totals) == 1 && transposed(a.right, a.left) {
		return "总计的数字可能写颠倒了，应为" + itoa(a.left) + "。"
	}
	return rel.twinHint(r, a) + rel.matching(r, a)
}

func (rel relation) twinHint(r *annual.Report, a assessment) string {
	total := rel.totals[0]
	if total.Table != table3 || rel.parts[0].Column != total.Column {
		return ""
	}
	col := rel.twin(r, a)
	if col == "" {
		return ""
	}
	name := columnName(r, annual.Ref{Table: table3, Row: total.Row, Column: col})
	return "“" + name + "”列与“总计”列都差" + itoa(abs(a.difference())) + "，差错很可能在这两列的同一行。"
}

// twin gives the one kind of applicant in whose column the same relation of
// columns fails by the same difference as in the total column, "" if there is
// none or the relation is about neither.
func (rel relation) twin(r *annual.Report, a assessment) string {
	own, found := rel.totals[0].Column, ""
	if b := rel.in(totalColumn).assess(r); b.standing != violated || b.difference() != a.difference() {
		return ""
	}
	for _, col := range allColumns[:6] {
		if b := rel.in(col).assess(r); b.standing != violated || b.difference() != a.difference() {
			continue
		}
		if found != "" {
			return ""
		}
		found = col
	}
	if own != totalColumn && own != found {
		return ""
	}
	return found
}

// in is the same relation in another column.
func (rel relation) in(col string) relation {
	move := func(refs []annual.Ref) []annual.Ref {
		moved := slices.Clone(refs)
		for i := range moved {
			moved[i].Column = col
		}
		return moved
	}
	return relation{parts: move(rel.parts), totals: move(rel.totals)}
}

// matching looks for the one cell whose figure is the difference.
func (rel relation) matching(r *annual.Report, a assessment) string {
	d := a.difference()
	found, count := annual.Ref{}, 0
	for _, list := range [][]annual.Ref{rel.parts, rel.totals} {
		for _, ref := range list {
			if n := r.Cells[ref].N; n != 0 && n == abs(d) {
				found, count = ref, count+1
			}
		}
	}
	if count != 1 {
		return ""
	}
	return "差额" + itoa(abs(d)) + "恰好等于" + cellLabel(r, found) + "，该格可能重复计入或漏计。"
}

// singleCell looks for the one cell of the relation that, set to another
// figure, mends this relation and every other one it takes part in.
func (rel relation) singleCell(r *annual.Report, a assessment) (found annual.Ref, n int64, ok bool) {
	try := func(refs []annual.Ref, delta int64) bool {
		for _, ref := range refs {
			v := r.Cells[ref]
			if !v.Known() || v.N+delta < 0 || !mends(r, ref, delta) {
				continue
			}
			if ok {
				return false
			}
			found, n, ok = ref, v.N+delta, true
		}
		return true
	}
	if !try(rel.parts, -a.difference()) || !try(rel.totals, a.difference()) {
		return annual.Ref{}, 0, false
	}
	return found, n, ok
}

// mends tells whether adding delta to the cell makes all relations of table 3
// hold in which it stands, at least two of them.
func mends(r *annual.Report, ref annual.Ref, delta int64) bool {
	row := rowRelation(ref.Row)
	if !balancedBy(row.assess(r), row, ref, delta) {
		return false
	}
	for _, rel := range columnRelations(r, ref.Column) {
		if a := rel.assess(r); rel.sign(ref) != 0 && !balancedBy(a, rel, ref, delta) {
			return false
		}
	}
	return true
}

func balancedBy(a assessment, rel relation, ref annual.Ref, delta int64) bool {
	return a.standing == violated && a.difference()+rel.sign(ref)*delta == 0
}

// sign is 1 for a part, -1 for a total and 0 for a cell of other relations.
func (rel relation) sign(ref annual.Ref) int64 {
	for _, p := range rel.parts {
		if p == ref {
			return 1
		}
	}
	for _, t := range rel.totals {
		if t == ref {
			return -1
		}
	}
	return 0
}

// rowRelation is X3 for a row of table 3.
func rowRelation(row string) relation {
	parts := make([]annual.Ref, 6)
	for i := range parts {
		parts[i] = annual.Ref{Table: table3, Row: row, Column: allColumns[i]}
	}
	return relation{parts: parts, totals: []annual.Ref{{Table: table3, Row: row, Column: totalColumn}}}
}

// balanceRelation is X1 for a column of table 3.
func balanceRelation(col string) relation {
	return relation{
		parts:  []annual.Ref{{Table: table3, Row: "R1", Column: col}, {Table: table3, Row: "R2", Column: col}},
		totals: []annual.Ref{{Table: table3, Row: "R3.7", Column: col}, {Table: table3, Row: "R4", Column: col}},
	}
}

// resultRelation is X2 for a column of table 3.
func resultRelation(rows []string, col string) relation {
	parts := make([]annual.Ref, len(rows))
	for i, row := range rows {
		parts[i] = annual.Ref{Table: table3, Row: row, Column: col}
	}
	return relation{parts: parts, totals: []annual.Ref{{Table: table3, Row: "R3.7", Column: col}}}
}

func columnRelations(r *annual.Report, col string) [2]relation {
	return [2]relation{balanceRelation(col), resultRelation(r.ResultRows(), col)}
}

// transposed tells whether the two figures differ only by two neighbouring
// digits that changed places.
func transposed(a, b int64) bool {
	s, t := strconv.FormatInt(a, 10), strconv.FormatInt(b, 10)
	if len(s) != len(t) || s == t {
		return false
	}
	i := 0
	for s[i] == t[i] {
		i++
	}
	return i+1 < len(s) && s[i] == t[i+1] && s[i+1] == t[i] && strings.HasSuffix(s, t[i+2:])
}
