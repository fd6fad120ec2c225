package compile

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/setting"
)

// Money is printed with the decimals of the organ, in texts and in table 2, and an amount
// is never printed as nothing (worked cases V18, V19).
func TestDecimalsOfMoney(t *testing.T) {
	for _, c := range []struct {
		fen         int64
		places      int
		text, table string
	}{
		{1_234_567, 2, "1.23", "1.23"}, // V18: 12,345.67 yuan
		{1_234_567, 1, "1.2", "1.2"},
		{1_234_567, 4, "1.2346", "1.2346"},
		{1_234_567, 6, "1.234567", "1.234567"},
		{3_000, 2, "0.003", "0.003"}, // V19: 30 yuan
		{3_000, 6, "0.003", "0.003"},
		{0, 2, "0", "0"},
		{12_500_000, 2, "12.5", "12.5"},
	} {
		s := bureau(day("2026-01-12"))
		s.Policy.Places, s.Policy.TablePlaces = c.places, c.places
		s.Figures.Places = s.Policy.TablePlaces
		i := slices.IndexFunc(s.Figures.Named, func(f Figure) bool { return f.Name == "fees.received" })
		s.Figures.Named[i].Value, s.Figures.Named[i].Places = c.fen, s.Policy.Places
		ref := annual.Ref{Table: "table2", Row: "fees", Column: "amount"}
		for name, content := range map[string]Content{
			"filed by sections": {Text: map[Section]string{Other: "收取{{fees.received}}万元。"}},
			"typed":             {Text: map[Section]string{Other: "收取{{fees.received}}万元。"}, Filed: map[string]Filed{ref.String(): {Value: c.fen}}},
		} {
			f := s.Figures
			f.Cells = map[annual.Ref]annual.Value{}
			if name == "filed by sections" {
				f.Cells[ref] = annual.Int(c.fen)
			}
			r := content.Compose("青川旗政务服务局", 2025, f, s.Today)
			if got := r.Cells[ref].Print(annual.TenThousandYuan); got != c.table {
				t.Errorf("%s, %d fen with %d decimals: table 2 prints %s, want %s", name, c.fen, c.places, got, c.table)
			}
			if text := r.Paras[len(r.Paras)-3].Text; !strings.Contains(text, "收取"+c.text+"万元") {
				t.Errorf("%d fen with %d decimals: %s, want %s", c.fen, c.places, text, c.text)
			}
		}
	}
}

// A signed report keeps the conventions by which it was counted, under its hash; the
// workbench is told which are others since.
func TestASignedReportKeepsItsConventions(t *testing.T) {
	s := bureau(day("2026-01-12"))
	s.Policy.Conventions = []Held{{Setting: setting.ReportApplicants, Value: setting.ApplicantsOnce}, {Setting: setting.ReportPlaces, Value: "2"}}
	r := Report{ID: "bureau-2025", Organ: "bureau", Year: 2025}
	head, signer := s, s
	head.Actor, signer.Actor = "head", "signer"
	if err := do(t, &r, s, Start{}, written()); err != nil {
		t.Fatal(err)
	}
	answer(&r, s)
	if err := do(t, &r, s, Submit{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, &r, head, Pass{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, &r, signer, Sign{}); err != nil {
		t.Fatal(err)
	}
	v, _ := r.Last()
	if !slices.Equal(v.Conventions, s.Policy.Conventions) || !v.Genuine() {
		t.Fatalf("signed by %+v", v.Conventions)
	}
	if changed := v.changedSince(s.Policy.Conventions); len(changed) != 0 {
		t.Errorf("nothing has changed, and %+v", changed)
	}
	since := time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC)
	now := []Held{{Setting: setting.ReportApplicants, Value: setting.ApplicantsEach, Since: since}, {Setting: setting.ReportPlaces, Value: "2", Since: since}}
	if changed := v.changedSince(now); len(changed) != 1 || changed[0] != (ConventionChange{setting.ReportApplicants, setting.ApplicantsOnce, setting.ApplicantsEach, since}) {
		t.Errorf("%+v", changed)
	}
	v.Conventions = slices.Clone(v.Conventions)
	v.Conventions[0].Value = setting.ApplicantsEach
	if v.Genuine() {
		t.Error("the conventions were changed, and nobody sees it")
	}
	v.Conventions = nil
	old := v
	if old.Hash, _ = old.hash(); !old.Genuine() {
		t.Error("a version from before conventions were kept is not genuine")
	}
}

// answer gives a reason to every warning.
func answer(r *Report, s Scene) {
	reasons := map[string]string{}
	for _, f := range r.Draft.Examine(s, r.Year).Open() {
		reasons[f.Key] = "已核对"
	}
	r.Draft.Reasons = reasons
}

// Every convention that can be set is a setting with alternatives, and is told with them.
func TestSettableConventionsAreSettings(t *testing.T) {
	for _, name := range Settable() {
		d, ok := setting.Find(name)
		if !ok || d.Group != setting.Reporting || d.Scope != setting.PerOrgan || d.Kind == setting.Choice && len(d.Options) < 2 || d.Kind == setting.Int && d.Max <= d.Min || d.Why == "" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if len(Settable()) < 6 {
		t.Errorf("only %v can be set", Settable())
	}
}
