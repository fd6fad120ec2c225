package compute_test

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/annual/compute"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// A county's year by hand: who came when, and how it ended.
func tallies() []foi.Tally {
	on := calendar.On
	return []foi.Tally{
		{Column: "C1", Received: on(2019, 12, 20), Ended: on(2020, 1, 9), Outcome: "R3.1"},
		{Column: "C1", Received: on(2020, 3, 2), Ended: on(2020, 3, 20), Outcome: "R3.6.1"},
		{Column: "C1", Received: on(2020, 5, 6), Ended: on(2020, 6, 1), Outcome: "R3.6.3"},
		{Column: "C2", Received: on(2020, 12, 15)},
		{Column: "C6", Received: on(2020, 12, 30), Ended: on(2021, 1, 20), Outcome: "R3.3.7"},
		{Column: "C2", Received: on(2021, 2, 1), Ended: on(2021, 2, 26), Outcome: "R3.4.1"},
	}
}

func disputes() []foi.Dispute {
	return []foi.Dispute{
		{Kind: foi.Reconsideration, FiledOn: calendar.On(2020, 4, 1), DecidedOn: calendar.On(2020, 6, 1), Result: foi.Upheld},
		{Kind: foi.Reconsideration, FiledOn: calendar.On(2020, 11, 1), DecidedOn: calendar.On(2021, 1, 5), Result: foi.Overturned},
		{Kind: foi.SuitAfterReview, FiledOn: calendar.On(2021, 2, 1)},
	}
}

func reportOn(year int) *annual.Report {
	return compute.Report("青川旗政务服务局", year, foi.CountTable3(year, tallies()), foi.CountTable4(year, disputes(), foi.Conventions{}))
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		year               int
		table, row, column string
		want               int64
	}{
		{2020, "table3", "R1", "C1", 2},
		{2020, "table3", "R1", "C7", 4},
		{2020, "table3", "R2", "C7", 1},
		{2020, "table3", "R3.1", "C1", 1},
		{2020, "table3", "R3.6", "C1", 2}, // one row in the form of 2019
		{2020, "table3", "R3.7", "C7", 3},
		{2020, "table3", "R4", "C7", 2},
		{2021, "table3", "R2", "C6", 1},
		{2021, "table3", "R3.3.7", "C6", 1},
		{2021, "table3", "R3.6.1", "C7", 0},
		{2021, "table3", "R4", "C2", 1},
		{2020, "table4", "review", "C1", 1},
		{2020, "table4", "review", "C4", 1},
		{2020, "table4", "review", "C5", 2},
		{2021, "table4", "review", "C2", 1},
		{2021, "table4", "afterReview", "C4", 1},
		{2021, "table4", "direct", "C5", 0},
	} {
		if v := reportOn(c.year).Get(c.table, c.row, c.column); !v.Known() || v.N != c.want {
			t.Errorf("%d %s/%s/%s: %+v, want %d", c.year, c.table, c.row, c.column, v, c.want)
		}
	}
}

// What is computed passes the relations by which others' reports are judged.
func TestComputedTablesPassTheChecks(t *testing.T) {
	before := reportOn(2019)
	for year := 2020; year <= 2022; year++ {
		r := reportOn(year)
		if b := compute.Balance(r); len(b) > 0 {
			t.Errorf("%d: %v", year, b)
		}
		if b := compute.Carried(before, r); len(b) > 0 {
			t.Errorf("%d: %v", year, b)
		}
		for _, f := range check.Check(&check.Input{Report: r, Previous: before}).Findings {
			if len(f.Rule) == 2 && f.Rule[0] == 'X' {
				t.Errorf("%d: %s %s", year, f.Rule, f.Message)
			}
		}
		before = r
	}
}

// A ledger of which a year is missing is told by the carry-over.
func TestAMissingYearIsSeen(t *testing.T) {
	r := compute.Report("某局", 2021, foi.CountTable3(2021, tallies()), nil)
	empty := compute.Report("某局", 2020, nil, nil)
	if b := compute.Carried(empty, r); len(b) != 3 || b[0].Column != "C2" || b[0].Got != 1 {
		t.Errorf("%+v", b)
	}
}

// Every figure of a year leads to the cases that it counts.
func TestCasesNameTheCell(t *testing.T) {
	r := reportOn(2021)
	for ref := range r.Cells {
		f := compute.Cases(ref, "2021")
		if f[foi.FilterYear] != "2021" {
			t.Errorf("%s: %v", ref, f)
		}
		switch {
		case ref.Table == "table4" && ref.Column == "C5":
			if f[foi.FilterResult] != "" {
				t.Errorf("%s: %v", ref, f)
			}
		case ref.Table == "table4" && f[foi.FilterResult] == "":
			t.Errorf("%s: %v", ref, f)
		case ref.Table == "table3" && (f[foi.FilterColumn] == "") != (ref.Column == "C7"):
			t.Errorf("%s: %v", ref, f)
		}
	}
	if len(law.ApplicantKinds()) != 6 {
		t.Error("the form has another column")
	}
}
