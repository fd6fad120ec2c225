package app

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/law"
	"gongkai/internal/stats"
)

// Table 3 of three years equals what anybody counts in the ledger that goes out, line
// by line with nothing but the words of its columns.
func TestFiguresEqualTheLedger(t *testing.T) {
	const many = 10_000
	s := openSiteAt(t, clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai)))
	clerk := s.people["minzheng-jb"]
	dice := rand.New(rand.NewPCG(2026, 1))
	lines := make([]foi.PastLine, many)
	for i := range lines {
		lines[i] = anyLine(dice, i)
	}
	if problems, err := s.rooms.requests.Import(t.Context(), clerk.Actor(), clerk.Organ, lines, false); err != nil || len(problems) > 0 {
		t.Fatalf("%v, %+v", err, problems[:min(3, len(problems))])
	}
	var ledger [][]string
	err := s.rooms.requests.Export(t.Context(), clerk.Actor(), clerk.Organ, 0, "", s.rooms.vault, func(e foi.Exported) error {
		ledger = append(ledger, sheet.Row(e, nil))
		return nil
	})
	if err != nil || len(ledger) < many {
		t.Fatalf("%d lines, %v", len(ledger), err)
	}
	for year := 2023; year <= 2025; year++ {
		f, err := stats.Requests{Desk: s.rooms.requests}.Figures(t.Context(), clerk.Actor(), account.Place{Organ: clerk.Organ}, year)
		if err != nil {
			t.Fatal(err)
		}
		compareCount(t, f, counted(ledger, fmt.Sprint(year)), year)
		s.compareSpans(t, clerk, f, year)
	}
	if r, err := s.rooms.reports.Recount(t.Context()); err != nil || len(r.Wrong) > 0 || r.Records < many {
		t.Errorf("the night finds %+v, %v", r.Wrong[:min(3, len(r.Wrong))], err)
	}
}

// compareSpans holds the year, counted from the requests as any days are, against what is
// kept; and its quarters against the year.
func (s *site) compareSpans(t *testing.T, clerk account.Person, kept compile.Figures, year int) {
	t.Helper()
	over := func(span calendar.Span) compile.Figures {
		f, err := stats.Requests{Desk: s.rooms.requests}.Over(t.Context(), clerk.Actor(), account.Place{Organ: clerk.Organ}, span)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	whole := over(calendar.YearSpan(year))
	for ref, v := range kept.Cells {
		if whole.Cells[ref] != v {
			t.Errorf("%d, %s: kept %d, counted %d", year, ref, v.N, whole.Cells[ref].N)
		}
	}
	sum := map[string]int64{}
	var before compile.Figures
	for q := range 4 {
		from, _ := calendar.On(year, 1, 1).AddMonths(3 * q)
		next, _ := from.AddMonths(3)
		f := over(calendar.Span{From: from, To: next.Add(-1)})
		for _, figure := range f.Named {
			sum[figure.Name] += figure.Value
		}
		carried, _ := f.Find("requests.carried-in")
		if over, ok := before.Find("requests.carried-over"); ok && over.Value != carried.Value {
			t.Errorf("%d, quarter %d: %d carried in, %d carried over", year, q+1, carried.Value, over.Value)
		}
		before = f
	}
	for _, name := range []string{"requests.received", "requests.concluded", "requests.granted", "requests.refused"} {
		if figure, _ := kept.Find(name); figure.Value != sum[name] || figure.Value == 0 {
			t.Errorf("%d, %s: %d in quarters, %d in the year", year, name, sum[name], figure.Value)
		}
	}
}

// anyLine is a request of the years 2023 to 2025, ended or in hand.
func anyLine(dice *rand.Rand, i int) foi.PastLine {
	kinds, outcomes := law.ApplicantKinds(), law.Outcomes()
	received := calendar.On(2023, 1, 1).Add(dice.IntN(3 * 365))
	kind := kinds[dice.IntN(len(kinds))].ID
	p := foi.Past{
		Number: fmt.Sprintf("旧账〔%d〕%d号", received.Year(), i+1), Channel: foi.InPerson, Arrived: received,
		Party: foi.Party{Role: foi.IsApplicant, Kind: kind}, Ask: foi.Ask{Text: "第" + fmt.Sprint(i+1) + "件", Form: "paper", Way: "post"},
	}
	if kind != "C1" {
		p.Party.Organisation = "青川某单位"
	}
	if ended := received.Add(1 + dice.IntN(60)); dice.IntN(40) > 0 && ended.Year() <= 2025 {
		p.Outcome, p.Ended, p.Way = outcomes[dice.IntN(len(outcomes))].ID, ended, foi.Post
	}
	return foi.PastLine{Line: i + 2, Past: p}
}

// counted counts the lines of a ledger into table 3 of a year, by row and column as
// they are called there.
func counted(ledger [][]string, year string) map[[2]string]int {
	at := func(name string) int { return slices.Index(sheet.Headings(), name) }
	kind, came, result, end := at("申请人类别"), at("收到申请日期"), at("办理结果"), at("答复日期")
	n := map[[2]string]int{}
	for _, line := range ledger {
		in, out := line[came][:4], "9999"
		if line[end] != "" {
			out = line[end][:4]
		}
		if in > year || out < year {
			continue
		}
		row := "本年新收"
		if in < year {
			row = "上年结转"
		}
		n[[2]string{row, line[kind]}]++
		row = "结转下年"
		if out == year {
			row = line[result]
		}
		n[[2]string{row, line[kind]}]++
	}
	return n
}

func compareCount(t *testing.T, f compile.Figures, want map[[2]string]int, year int) {
	t.Helper()
	words := map[string]string{foi.RowReceived: "本年新收", foi.RowCarriedIn: "上年结转", foi.RowCarryOver: "结转下年"}
	for _, o := range law.Outcomes() {
		words[o.ID], _, _ = strings.Cut(regexp.MustCompile(`^(\d+\.|（.）)`).ReplaceAllString(o.Label, ""), "（")
	}
	words["R3.6.3"] = "其他处理：其他"
	for ref, v := range f.Cells {
		row, ok := words[ref.Row]
		if ref.Table != "table3" || ref.Column == "C7" || !ok {
			continue
		}
		for _, k := range law.ApplicantKinds() {
			if k.ID == ref.Column && int(v.N) != want[[2]string{row, k.Label}] {
				t.Errorf("%d, %s, %s: %d, the ledger has %d", year, row, k.Label, v.N, want[[2]string{row, k.Label}])
			}
		}
	}
	sum := 0
	for key, n := range want {
		if key[0] == "本年新收" || key[0] == "上年结转" {
			sum += n
		}
	}
	if sum < 1000 {
		t.Errorf("only %d requests in %d", sum, year)
	}
}
