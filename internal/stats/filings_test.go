package stats_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/filing"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/stats"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

type nobody struct{}

func (nobody) Holds(context.Context, string, account.Role) (bool, error) { return false, nil }

func is(id string, role account.Role) account.Actor {
	return account.Actor{ID: id, Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: role}}}
}

// What sections filed becomes cells and names of the report, each a link to its returns;
// what is due and not confirmed is said by period.
func TestFiledFiguresReachTheReport(t *testing.T) {
	db := storetest.SQLite(t)
	now, tree, ctx := clock.At(time.Date(2026, 1, 5, 9, 0, 0, 0, clock.Shanghai)), storetest.County(t, db), t.Context()
	office := &filing.Office{
		Store: store.Filings{DB: db}, Trees: org.Fixed(tree), Calendars: builtIn{}, Staff: nobody{}, Clock: now, IDs: &ident.Ordered{Clock: now},
		Policies: func(context.Context, string) (filing.Policy, error) { return filing.Policy{Day: 5, Lead: 3}, nil },
	}
	clerk, head, signer := is("clerk", account.Clerk), is("head", account.Head), is("signer", account.Signer)
	set := func(name string, unit filing.Unit, every filing.Every, role account.Role) {
		t.Helper()
		if err := office.Set(ctx, clerk, filing.Figure{
			Organ: storetest.BureauID, Name: name, Word: filing.Word{Chinese: name, English: name}, Meaning: "全部计入", Unit: unit, Every: every,
			Section: storetest.BureauID, Role: role, From: calendar.On(2025, 1, 1),
		}); err != nil {
			t.Fatal(err)
		}
	}
	set("licences.decisions", filing.Count, filing.Quarterly, account.Clerk)
	set("fees.amount", filing.Money, filing.Quarterly, account.Clerk)
	set("sheet.requests", filing.Table3, filing.Yearly, account.Liaison)
	file := func(role account.Role, p filing.Period, values map[string]int64) {
		t.Helper()
		id := filing.Key{Section: storetest.BureauID, Role: role, Period: p}.String()
		if err := office.Do(ctx, clerk, id, filing.Fill{Content: filing.Content{Values: values}}, filing.Submit{}); err != nil {
			t.Fatal(err)
		}
		if err := office.Do(ctx, head, id, filing.Confirm{}); err != nil {
			t.Fatal(err)
		}
	}
	for part := 1; part <= 3; part++ {
		file(account.Clerk, filing.Period{Year: 2025, Every: filing.Quarterly, Part: part}, map[string]int64{"licences.decisions": int64(part), "fees.amount": 1_500_000})
	}
	sheet := map[string]int64{}
	for _, ref := range (&annual.Report{Form: annual.FormFor(2025)}).Refs() {
		if ref.Table == "table3" {
			sheet[ref.String()] = 0
		}
	}
	for _, cell := range []string{"R1/C1", "R1/C7", "R3.1/C1", "R3.1/C7", "R3.7/C1", "R3.7/C7"} {
		sheet["table3/"+cell] = 4
	}
	file(account.Liaison, filing.Period{Year: 2025, Every: filing.Yearly, Part: 1}, sheet)
	now.Set(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai))

	f, err := stats.Filings{Office: office}.Figures(ctx, signer, account.Place{Organ: storetest.BureauID}, 2025)
	if err != nil {
		t.Fatal(err)
	}
	licences, fees := annual.Ref{Table: "table2", Row: "licences", Column: "decisions"}, annual.Ref{Table: "table2", Row: "fees", Column: "amount"}
	if f.Cells[licences].N != 6 || f.Cells[fees].Raw != "4.5" || f.Cells[annual.Ref{Table: "table3", Row: "R1", Column: "C7"}].N != 4 {
		t.Errorf("%+v", f.Cells)
	}
	if c := f.Cases[licences]; c.List != compile.Filings || c.Filters["figure"] != "licences.decisions" || c.Filters["year"] != "2025" {
		t.Errorf("%+v", c)
	}
	named := map[string]string{}
	for _, one := range f.Named {
		named[one.Name] = one.Text()
	}
	if named["licences.decisions"] != "6" || named["fees.amount"] != "4.5" || named["requests.received"] != "4" || named["requests.granted"] != "4" || named["requests.refused"] != "0" {
		t.Errorf("%v", named)
	}
	if _, there := named["disputes.review"]; there {
		t.Error("disputes are told of although table 4 is not filed")
	}
	if len(f.Lacks) != 1 || !strings.Contains(f.Lacks[0].Text, "1个科室的2025年第四季度数据未确认") || f.Lacks[0].Cases.List != compile.Filings {
		t.Errorf("%+v", f.Lacks)
	}
	below, err := stats.Filings{Office: office}.Figures(ctx, account.Actor{ID: "s", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.Supervisor}}}, account.Place{Organ: storetest.CountyID, Below: true}, 2025)
	if err != nil || below.Cells[licences].N != 6 || len(below.Cases[licences].Filters) != 0 {
		t.Errorf("%+v, %v", below.Cells, err)
	}
	empty, err := stats.Filings{Office: office}.Figures(ctx, signer, account.Place{Organ: storetest.SectionID}, 2025)
	if err != nil || len(empty.Cells) != 0 {
		t.Errorf("%+v, %v", empty, err)
	}

	// Of any days the periods count that lie in them wholly; which do not is said.
	for _, c := range []struct {
		from, to      calendar.Date
		licences      int64
		across, lacks string
	}{
		{calendar.On(2025, 1, 1), calendar.On(2025, 6, 30), 3, "2025年全年:sheet.requests", ""},
		{calendar.On(2025, 4, 1), calendar.On(2025, 8, 15), 2, "2025年第三季度:licences.decisions fees.amount 2025年全年:sheet.requests", ""},
		{calendar.On(2025, 2, 1), calendar.On(2025, 3, 31), 0, "2025年第一季度:licences.decisions fees.amount 2025年全年:sheet.requests", ""},
		{calendar.On(2025, 7, 1), calendar.On(2026, 1, 10), 3, "2025年全年:sheet.requests 2026年第一季度:licences.decisions fees.amount 2026年全年:sheet.requests", "第四季度"},
		{calendar.On(2025, 1, 1), calendar.On(2026, 12, 31), 6, "2025年全年:sheet.requests 2026年全年:sheet.requests", "第四季度"},
	} {
		f, err := stats.Filings{Office: office}.Over(ctx, signer, account.Place{Organ: storetest.BureauID}, calendar.Span{From: c.from, To: c.to})
		if err != nil {
			t.Fatal(err)
		}
		var across, lacks []string
		for _, a := range f.Across {
			var names []string
			for _, w := range a.Figures {
				names = append(names, w.Chinese)
			}
			across = append(across, a.Period.Chinese+":"+strings.Join(names, " "))
		}
		for _, l := range f.Lacks {
			lacks = append(lacks, l.Text)
		}
		if f.Cells[licences].N != c.licences || strings.Join(across, " ") != c.across || !strings.Contains(strings.Join(lacks, " "), c.lacks) || (c.lacks == "") != (len(lacks) == 0) {
			t.Errorf("%s to %s: %d licences, across %q, lacks %q; want %+v", c.from, c.to, f.Cells[licences].N, across, lacks, c)
		}
		if _, counted := f.Cells[annual.Ref{Table: "table3", Row: "R1", Column: "C7"}]; counted {
			t.Errorf("%s to %s: a whole table is counted in part", c.from, c.to)
		}
	}
}
