package stats

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/filing"
)

// Filings tells what sections filed and somebody confirmed. Periods are whole: of any days
// those count that lie in them wholly.
type Filings struct{ Office *filing.Office }

// byFiling is the task of what is filed.
var byFiling = compile.Word{Chinese: "数据填报", English: "filed by sections"}

// Figures gives the cells that were filed, what texts say of them, and which returns
// are due and not confirmed: nothing is silently less.
func (s Filings) Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (compile.Figures, error) {
	f := compile.Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]compile.Cases{}}
	all, err := s.Office.Within(ctx, actor, place, year)
	if err != nil {
		return f, err
	}
	for _, one := range all {
		s.add(&f, one, calendar.YearSpan(year), place)
	}
	return f, nil
}

// Over gives the same of any days, and says which periods lie across their edge.
func (s Filings) Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (compile.Figures, error) {
	f := compile.Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]compile.Cases{}}
	all, err := s.Office.Over(ctx, actor, place, span)
	if err != nil {
		return f, err
	}
	for _, one := range all {
		s.add(&f, one.Year, span, place)
		for _, a := range one.Across {
			leave(&f, a)
		}
	}
	return f, nil
}

// add adds what the returns of one organ come to. Cells are of the form of the last year.
func (s Filings) add(f *compile.Figures, one filing.Year, span calendar.Span, place account.Place) {
	year := span.To.Year()
	list := func(key string) compile.Cases {
		if place.Below || span.From.Year() != year {
			return compile.Cases{} // of many organs or years
		}
		filters := map[string]string{"organ": one.Organ, "year": strconv.Itoa(year), "figure": key}
		if span.Year() == 0 {
			filters["days"] = span.String()
		}
		return compile.Cases{List: compile.Filings, Filters: filters}
	}
	sheets := map[annual.Ref]annual.Value{}
	for _, t := range one.Totals {
		if ref, ok := sheetCell(t.Key); ok {
			sheets[ref] = annual.Int(t.N)
			continue
		}
		add(f, annual.FormFor(year), t, list(t.Key))
	}
	addSheets(f, sheets, list)
	for _, m := range one.Missing {
		f.Lacks = append(f.Lacks, lack(one.Organ, m.Period.Year, m))
	}
}

// leave keeps what is left out of a period, each figure once over many organs.
func leave(f *compile.Figures, a filing.Across) {
	period := a.Period.Words()
	i := slices.IndexFunc(f.Across, func(x compile.Across) bool { return x.Period == period })
	if i < 0 {
		i, f.Across = len(f.Across), append(f.Across, compile.Across{Period: period})
	}
	for _, w := range a.Figures {
		if !slices.Contains(f.Across[i].Figures, w) {
			f.Across[i].Figures = append(f.Across[i].Figures, w)
		}
	}
}

// add adds a figure; those of one name in several organs make a sum.
func add(f *compile.Figures, form *annual.Form, t filing.Total, cases compile.Cases) {
	money := t.Figure.Unit == filing.Money
	if ref, ok := t.Figure.Cell(form); ok {
		v := annual.Int(f.Cells[ref].N + t.N)
		if money {
			v.Raw = annual.FormatTenThousandYuan(v.N)
		}
		f.Cells[ref], f.Cases[ref] = v, cases
	}
	for i := range f.Named {
		if f.Named[i].Name == t.Key {
			f.Named[i].Value += t.N
			return
		}
	}
	one := compile.Figure{
		Name: t.Key, Word: t.Figure.Word, Meaning: compile.Word{Chinese: t.Figure.Meaning, English: t.Figure.Meaning}, Task: byFiling, Value: t.N, Money: money, Cases: cases,
	}
	if money {
		one.Unit = "万元"
	}
	if told, ok := filed[t.Key]; ok {
		one.Section, one.Unit, one.Says = told.section, told.unit, told.says
	}
	f.Named = append(f.Named, one)
}

// addSheets adds whole tables, with what texts say of requests and disputes.
func addSheets(f *compile.Figures, cells map[annual.Ref]annual.Value, list func(key string) compile.Cases) {
	if len(cells) == 0 {
		return
	}
	of := func(ref annual.Ref) compile.Cases { return list(ref.String()) }
	sheet := requestFigures(&annual.Report{Cells: cells}, of)
	has := map[string]bool{}
	for ref := range cells {
		has[ref.Table] = true
		f.Cells[ref], f.Cases[ref] = annual.Int(f.Cells[ref].N+cells[ref].N), of(ref)
	}
	for _, one := range sheet.Named {
		table := "table3"
		if strings.HasPrefix(one.Name, "disputes.") {
			table = "table4"
		}
		if !has[table] {
			continue
		}
		if one.Cases.List != "" && cells[rowOf(one.Name)].State == annual.Absent {
			one.Cases = compile.Cases{} // a sum of rows has no list of its own
		}
		i := 0
		for i < len(f.Named) && f.Named[i].Name != one.Name {
			i++
		}
		if i == len(f.Named) {
			f.Named = append(f.Named, one)
		} else {
			f.Named[i].Value += one.Value
		}
	}
}

// rowOf gives the cell that a figure of tables 3 and 4 stands in; zero for a sum.
func rowOf(name string) annual.Ref {
	for _, d := range named {
		if d.name == name {
			return annual.Ref{Table: "table3", Row: d.row, Column: "C7"}
		}
	}
	for _, d := range disputes {
		if d.name == name {
			return annual.Ref{Table: "table4", Row: d.row, Column: "C5"}
		}
	}
	return annual.Ref{}
}

// lack says which returns of a period are missing.
func lack(organ string, year int, m filing.Missing) compile.Lack {
	return compile.Lack{
		Text:  strconv.Itoa(len(m.Sections)) + "个科室的" + m.Period.Words().Chinese + "数据未确认：" + strings.Join(m.Sections, "、") + "；报告中的数还不完整。",
		Fix:   "请催报、确认；确实没有发生的由科室零报告。",
		Cases: compile.Cases{List: compile.Filings, Filters: map[string]string{"organ": organ, "year": strconv.Itoa(year)}},
	}
}

// sheetCell reads the key of a cell of a whole table.
func sheetCell(key string) (annual.Ref, bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 3 {
		return annual.Ref{}, false
	}
	return annual.Ref{Table: parts[0], Row: parts[1], Column: parts[2]}, true
}
