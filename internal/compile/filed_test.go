package compile

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// What sections filed is printed before what was typed here, and both are never mixed in
// silence; what is missing wants a reason.
func TestWhatSectionsFiled(t *testing.T) {
	s := bureau(day("2026-01-12"))
	licences, fees := FiledCells(annual.FormFor(2025))[0], FiledCells(annual.FormFor(2025))[3]
	amount := annual.Int(12_500_000)
	amount.Raw = "12.5"
	s.Figures.merge(Figures{
		Cells: map[annual.Ref]annual.Value{licences: annual.Int(40), fees: amount}, Named: []Figure{{Name: "posts.wechat", Value: 230}},
		Lacks: []Lack{{Text: "3个科室的2025年11月数据未确认：甲、乙、丙。", Fix: "请催报。", Cases: Cases{List: Filings}}},
	}, annual.FormFor(2025), false)
	c := Content{Filed: map[string]Filed{licences.String(): {Value: 41}, fees.String(): {Value: 12_500_000}, "table2/penalties/decisions": {Value: 2}}}
	r := c.Compose("局", 2025, s.Figures, s.Today)
	if r.Cells[licences].N != 40 || r.Cells[fees].Raw != "12.5" || r.Cells[annual.Ref{Table: "table2", Row: "penalties", Column: "decisions"}].N != 2 {
		t.Errorf("%+v", r.Cells)
	}
	if f, _ := s.Figures.Find("posts.wechat"); f.Value != 230 {
		t.Errorf("two figures have one name: %+v", s.Figures.Named)
	}
	found := map[string]rule.Severity{}
	for _, f := range c.Examine(s, 2025).Findings {
		if f.Rule == filedTwice || f.Rule == lacking {
			found[f.Rule+string(f.Severity)+f.Actual] = f.Severity
			if f.Rule == lacking && (f.Cases.List != Filings || !strings.Contains(f.Message, "3个科室")) {
				t.Errorf("%+v", f)
			}
		}
	}
	for _, want := range []string{filedTwice + "warning41", filedTwice + "info", lacking + "warning"} {
		if _, ok := found[want]; !ok {
			t.Errorf("%s is not found among %v", want, found)
		}
	}
}

// An organ that files whole tables and counts requests too is told so; over many organs
// both add up.
func TestTwoSourcesOfOneCell(t *testing.T) {
	ref := annual.Ref{Table: "table3", Row: "R1", Column: "C1"}
	counted := func() Figures {
		return Figures{Cells: map[annual.Ref]annual.Value{ref: annual.Int(3)}, Cases: map[annual.Ref]Cases{}, Named: []Figure{{Name: "requests.received", Value: 3}}}
	}
	filed := Figures{Cells: map[annual.Ref]annual.Value{ref: annual.Int(7)}, Named: []Figure{{Name: "requests.received", Value: 7}}}
	one, many := counted(), counted()
	one.merge(filed, annual.FormFor(2025), false)
	many.merge(filed, annual.FormFor(2025), true)
	if one.Cells[ref].N != 7 || one.Named[0].Value != 7 || len(one.Lacks) != 1 || !strings.Contains(one.Lacks[0].Text, "台账3，填报7") {
		t.Errorf("%+v", one)
	}
	if many.Cells[ref].N != 10 || many.Named[0].Value != 10 || len(many.Lacks) != 0 {
		t.Errorf("%+v", many)
	}
}
