package rollup

import (
	"fmt"
	"math/big"

	"gongkai/internal/annual"
)

// add sums a node and all below it.
func (r *Result) add(n *Node, space *space) *sums {
	s := newSums(space)
	r.addBelow(n, s)
	n.sum = s
	return s
}

// addBelow adds a node to the sums of a node above it. Only nodes with others
// below keep sums of their own.
func (r *Result) addBelow(n *Node, into *sums) {
	if len(n.Children) == 0 {
		if n.own != nil {
			into.add(n.own)
		}
		return
	}
	below := newSums(into.space)
	for _, child := range n.Children {
		r.addBelow(child, below)
	}
	switch {
	case n.own == nil:
	case r.isStated(n.organ) && below.reports() > 0:
		n.Status = StatedOnly
		r.compare(n, below)
	default:
		if n.Kind == Government && below.reports() > 0 {
			r.issue(MaybeTotal, n.Name, n.own.path, "政府的报告与其下级的报告相加了；如它已是汇总数，会重复计算，请在名录的“汇总”一列填“是”。")
		}
		below.add(n.own)
	}
	n.sum = below
	into.merge(below)
}

// isStated tells whether the report of an organ is already the sum of those below.
func (r *Result) isStated(o *Organ) bool {
	return o.Stated || r.options.GovernmentTotals && (o.Kind == Government || o.Kind == Township)
}

// compare compares a stated total with the sum of what was reported below: its
// own office and all organs below it, cell by cell.
func (r *Result) compare(n *Node, below *sums) {
	stated := newSums(below.space)
	stated.add(n.own)
	complete := !lacking(n)
	for _, c := range below.list() {
		own := stated.cell(n.own.form, c.Ref)
		if _, _, _, ok := n.own.form.Cell(c.Ref); !ok || c.State != Known && c.State != Incomplete || own.Open+own.NoFigure > 0 {
			continue
		}
		if c.Ref.Table == "table2" && n.own.form != below.form() {
			continue
		}
		if c.Ref.Row != "R3.6" && !below.oneOther && n.own.single && isOtherRow(c.Ref) {
			continue
		}
		if own.N != c.N {
			n.Stated = append(n.Stated, Mismatch{
				Ref: c.Ref, Label: c.Label, Stated: own.Print(), Sum: c.Print(),
				Difference: subtract(own.N, c.N, c.Unit), Complete: complete && c.State == Known,
			})
		}
	}
	if len(n.Stated) == 0 {
		return
	}
	first := n.Stated[0]
	caution := ""
	if !complete {
		caution = "下级报告不全，差额可能由此而来。"
	}
	r.issue(NotTheSum, n.Name, n.own.path, "汇总数与下级之和有 %d 格不符，首处：%s，报告为%s，下级之和为%s。%s",
		len(n.Stated), first.Label, first.Stated, first.Sum, caution)
	r.cite("条例§50")
}

func isOtherRow(ref annual.Ref) bool {
	return ref.Row == "R3.6.1" || ref.Row == "R3.6.2" || ref.Row == "R3.6.3"
}

// lacking tells whether something below a node was not reported.
func lacking(n *Node) bool {
	for _, child := range n.Children {
		switch child.Status {
		case NotThere, Unusable, InDoubt:
			return true
		}
		if lacking(child) {
			return true
		}
	}
	return false
}

func subtract(a, b int64, unit annual.Unit) string {
	d := new(big.Int).Sub(big.NewInt(a), big.NewInt(b))
	if unit == annual.TenThousandYuan && d.IsInt64() {
		return annual.FormatTenThousandYuan(d.Int64())
	}
	return d.String()
}

// Cells gives the sums of a node and all below it, in the order of the form.
func (r *Result) Cells(n *Node) []Cell { return r.sumsOf(n).list() }

// Cell gives one sum of a node; false if the form in which it is shown has no
// such cell.
func (r *Result) Cell(n *Node, table, row, column string) (Cell, bool) {
	s := r.sumsOf(n)
	ref := annual.Ref{Table: table, Row: row, Column: column}
	if _, _, _, ok := s.form().Cell(ref); !ok {
		return Cell{}, false
	}
	return s.cell(s.form(), ref), true
}

// Contributions gives what each report below a node brings to a cell, by file.
// Reports with a 0 are not listed.
func (r *Result) Contributions(n *Node, c Cell) func(yield func(Contribution) bool) {
	return func(yield func(Contribution) bool) { r.sumsOf(n).contributions(c, yield) }
}

// sumsOf gives the sums of a node; those of a leaf are made when asked for.
func (r *Result) sumsOf(n *Node) *sums {
	if n.sum != nil {
		return n.sum
	}
	s := newSums(r.root.space)
	if n.own != nil {
		s.add(n.own)
	}
	return s
}

// Report gives the sum as a report in the prescribed form, so that it can be
// checked and written. A sum that is not certain is no figure in it but a
// doubtful cell with its reason: “12（待核实）”.
func (r *Result) Report() *annual.Report {
	s := r.root
	out := &annual.Report{Organ: r.organName(), Year: r.Year, Form: s.form(), Cells: make(map[annual.Ref]annual.Value, 240)}
	for _, c := range s.list() {
		v := annual.Value{State: annual.Number, N: c.N, Raw: c.Print()}
		if c.State != Known {
			v = annual.Value{State: annual.Doubtful, Raw: "（待核实）"}
			if c.State == Incomplete {
				v.Raw = c.Print() + v.Raw
			}
			out.Doubts = append(out.Doubts, annual.Doubt{Where: c.Ref, Reason: c.Reason + "。", Raw: v.Raw})
		}
		out.Cells[c.Ref] = v
	}
	for part, heading := range out.Form.Headings {
		out.Paras = append(out.Paras, annual.Para{Part: part + 1, Kind: annual.HeadingPara, Text: heading})
	}
	first := fmt.Sprintf("本表由%d份报告逐格相加得出。", r.Summed)
	out.Paras = append(out.Paras, annual.Para{Part: 1, Text: first})
	return out
}

// organName is the organ at the top, "" if that is no organ.
func (r *Result) organName() string {
	if r.Root.Kind == Group {
		return ""
	}
	return r.Root.Name
}
