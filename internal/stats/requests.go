// Package stats counts what the annual report tells: each task of the house has a
// source here, which registers its figures with name, meaning, and the list of what
// they count. All of them are read from counters that change with the records, so a
// year costs the same at any size.
//
// Start at Requests.
package stats

import (
	"context"
	"maps"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/paging"
)

// Requests counts requests, remedies and fees.
type Requests struct{ Desk *foi.Desk }

// named are the figures of table 3 that texts speak of, by their row.
var named = []struct {
	name, row string
	word      compile.Word
}{
	{"requests.received", foi.RowReceived, compile.Word{Chinese: "新收申请", English: "requests received"}},
	{"requests.carried-in", foi.RowCarriedIn, compile.Word{Chinese: "上年结转申请", English: "requests carried in"}},
	{"requests.concluded", "R3.7", compile.Word{Chinese: "办结申请", English: "requests concluded"}},
	{"requests.granted", "R3.1", compile.Word{Chinese: "予以公开", English: "granted"}},
	{"requests.granted-in-part", "R3.2", compile.Word{Chinese: "部分公开", English: "granted in part"}},
	{"requests.carried-over", foi.RowCarryOver, compile.Word{Chinese: "结转下年度的申请", English: "requests carried over"}},
}

// groups are the sums of table 3 that the form does not print.
var groups = []struct {
	name, group string
	word        compile.Word
}{
	{"requests.refused", law.GroupRefused, compile.Word{Chinese: "不予公开", English: "refused"}},
	{"requests.unavailable", law.GroupUnable, compile.Word{Chinese: "无法提供", English: "not available"}},
	{"requests.not-processed", law.GroupUnhandled, compile.Word{Chinese: "不予处理", English: "not processed"}},
	{"requests.otherwise", law.GroupOther, compile.Word{Chinese: "其他处理", English: "otherwise ended"}},
}

// Figures gives tables 3 and 4, and what texts say of requests.
func (s Requests) Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (compile.Figures, error) {
	f := compile.Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]compile.Cases{}}
	t3, t4, err := s.Desk.Count(ctx, actor, place, year)
	if err != nil {
		return f, err
	}
	r := compute.Report("", year, t3, t4)
	f.Cells = r.Cells
	of := func(ref annual.Ref) compile.Cases {
		return compile.Cases{List: compile.Requests, Filters: at(place, compute.Cases(ref, year))}
	}
	for ref := range f.Cells {
		f.Cases[ref] = of(ref)
	}
	for _, n := range named {
		ref := annual.Ref{Table: "table3", Row: n.row, Column: "C7"}
		f.Named = append(f.Named, compile.Figure{Name: n.name, Word: n.word, Value: r.Cells[ref].N, Cases: of(ref)})
	}
	for _, g := range groups {
		n := int64(0)
		for _, o := range law.Outcomes() {
			if o.Group == g.group {
				n += r.Cells[annual.Ref{Table: "table3", Row: o.ID, Column: "C7"}].N
			}
		}
		f.Named = append(f.Named, compile.Figure{Name: g.name, Word: g.word, Value: n})
	}
	for _, d := range []struct {
		name, row string
		word      compile.Word
	}{
		{"disputes.review", "review", compile.Word{Chinese: "行政复议", English: "reconsiderations"}},
		{"disputes.direct", "direct", compile.Word{Chinese: "未经复议直接起诉", English: "suits without reconsideration"}},
		{"disputes.after-review", "afterReview", compile.Word{Chinese: "复议后起诉", English: "suits after reconsideration"}},
	} {
		ref := annual.Ref{Table: "table4", Row: d.row, Column: "C5"}
		f.Named = append(f.Named, compile.Figure{Name: d.name, Word: d.word, Value: r.Cells[ref].N, Cases: of(ref)})
	}
	fees, err := s.fees(ctx, actor, place, year)
	f.Named = append(f.Named, fees...)
	return f, err
}

// fees gives what was asked for and paid for the processing of information
// (国办函〔2020〕109号): part six tells of it, also when it is nothing.
func (s Requests) fees(ctx context.Context, actor account.Actor, place account.Place, year int) ([]compile.Figure, error) {
	filters := at(place, map[string]string{foi.FilterIssued: strconv.Itoa(year)})
	_, sums, err := s.Desk.Fees(ctx, actor, paging.Query{Filters: filters, Size: 1})
	if err != nil {
		return nil, err
	}
	var demanded, paid compile.Figure
	demanded = compile.Figure{Name: "fees.demands", Word: compile.Word{Chinese: "收费通知", English: "fee notices"}, Cases: compile.Cases{List: compile.Fees, Filters: filters}}
	paid = compile.Figure{Name: "fees.received", Word: compile.Word{Chinese: "收取的信息处理费（万元）", English: "fees received, in 10,000 yuan"}, Money: true, Cases: demanded.Cases}
	for _, sum := range sums {
		demanded.Value += int64(sum.N)
		if sum.State == foi.FeeIsPaid {
			paid.Value += sum.Fen
		}
	}
	return []compile.Figure{demanded, paid}, nil
}

// at adds the place to the filters of a list.
func at(place account.Place, filters map[string]string) map[string]string {
	all := maps.Clone(filters)
	name := foi.FilterOrgan
	if place.Below {
		name = foi.FilterBelow
	}
	all[name] = place.Organ
	return all
}
