package compile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// Rules about what sections file.
const (
	filedTwice = "W7" // a cell that was typed here although sections filed it
	lacking    = "W8" // what the records know to be missing
)

// Lack is something without which the figures are not whole.
type Lack struct {
	Text, Fix string
	Cell      annual.Ref // of the table; zero for texts
	Cases     Cases      // where it is mended
}

// merge adds the figures of another source. Of one organ the later of two sources knows
// better: who keeps requests elsewhere files the whole table, and it is said where the
// earlier has counted something else. Over many organs they add up.
func (f *Figures) merge(more Figures, form *annual.Form, many bool) {
	if !many {
		f.apart(more, form)
	}
	for ref, v := range more.Cells {
		if was := f.Cells[ref]; many && was.Known() {
			v = annual.Int(was.N + v.N)
		}
		f.Cells[ref] = v
	}
	maps.Copy(f.Cases, more.Cases)
	for _, one := range more.Named {
		i := slices.IndexFunc(f.Named, func(n Figure) bool { return n.Name == one.Name })
		switch {
		case i < 0:
			f.Named = append(f.Named, one)
		case many:
			f.Named[i].Value += one.Value
		default:
			f.Named[i] = one
		}
	}
	f.Lacks, f.Across = append(f.Lacks, more.Lacks...), append(f.Across, more.Across...)
}

// apart says where another source contradicts what was counted.
func (f *Figures) apart(more Figures, form *annual.Form) {
	var apart []annual.Ref
	for ref, v := range more.Cells {
		if was := f.Cells[ref]; was.Known() && was.N != 0 && was.N != v.N {
			apart = append(apart, ref)
		}
	}
	if len(apart) == 0 {
		return
	}
	slices.SortFunc(apart, func(a, b annual.Ref) int { return strings.Compare(a.String(), b.String()) })
	first := apart[0]
	f.Lacks = append(f.Lacks, Lack{
		Text: fmt.Sprintf("有%d格台账的统计和填报的数不同，表中采用填报的数；第一格“%s”：台账%d，填报%d。", len(apart), form.Label(first), f.Cells[first].N, more.Cells[first].N),
		Fix:  "请核对：申请在本系统登记的，停止填报整张表；在别处登记的，不要在本系统重复登记。", Cell: first, Cases: more.Cases[first],
	})
}

// lacks gives what the records know to be missing, with what was answered.
func (c Content) lacks(s Scene) []Finding {
	var all []Finding
	for _, l := range s.Figures.Lacks {
		f := rule.Finding{Rule: lacking, Severity: rule.Warning, Where: rule.Where{Table: l.Cell.Table, Row: l.Cell.Row, Column: l.Cell.Column}, Cite: onForm, Message: l.Text, Fix: l.Fix}
		key := keyOf(f)
		all = append(all, Finding{Finding: f, Key: key, Cases: l.Cases, Reason: c.Reasons[key]})
	}
	return all
}

// twice gives the cells that were typed here and filed by sections: what sections filed
// is printed.
func (c Content) twice(s Scene, r *annual.Report) []rule.Finding {
	var all []rule.Finding
	for _, ref := range FiledCells(r.Form) {
		typed, has := c.Filed[ref.String()]
		filed, counted := s.Figures.Cells[ref]
		if !has || !counted {
			continue
		}
		f := rule.Finding{
			Rule: filedTwice, Severity: rule.Info, Where: rule.Where{Table: ref.Table, Row: ref.Row, Column: ref.Column}, Cite: onForm,
			Message: "“" + r.Form.Label(ref) + "”已经由股室填报，编写时手填的数不再采用。",
		}
		if typed.Value != filed.N {
			show := func(n int64) string {
				if ref.Column == "amount" {
					return annual.FormatTenThousandYuan(n)
				}
				return strconv.FormatInt(n, 10)
			}
			f.Severity, f.Expected, f.Actual, f.Fix = rule.Warning, show(filed.N), show(typed.Value), "两个数不一致，请与填报的股室核对；填报有误的，由股室更正。"
		}
		all = append(all, f)
	}
	return all
}
