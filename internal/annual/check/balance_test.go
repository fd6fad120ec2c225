package check

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/rule"

	"pgregory.net/rapid"
)

// balanced draws a report in which every relation holds.
func balanced(t *rapid.T) *annual.Report {
	r := zeros("甲市人民政府", rapid.IntRange(2021, 2030).Draw(t, "year"))
	if rapid.Bool().Draw(t, "single") {
		singleOther(r, 0)
	}
	count := rapid.Int64Range(0, 5000)
	for _, col := range allColumns[:6] {
		total := int64(0)
		for _, id := range r.ResultRows() {
			n := count.Draw(t, id+col)
			r.Set("table3", id, col, annual.Int(n))
			total += n
		}
		carriedOver := count.Draw(t, "R4"+col)
		carriedIn := rapid.Int64Range(0, total+carriedOver).Draw(t, "R2"+col)
		r.Set("table3", "R3.7", col, annual.Int(total))
		r.Set("table3", "R4", col, annual.Int(carriedOver))
		r.Set("table3", "R2", col, annual.Int(carriedIn))
		r.Set("table3", "R1", col, annual.Int(total+carriedOver-carriedIn))
	}
	for _, row := range rowsOfTable3(r) {
		sum := int64(0)
		for _, col := range allColumns[:6] {
			sum += r.Get("table3", row.ID, col).N
		}
		r.Set("table3", row.ID, "C7", annual.Int(sum))
	}
	for _, id := range []string{"review", "direct", "afterReview"} {
		sum := int64(0)
		for _, col := range allColumns[:4] {
			n := count.Draw(t, id+col)
			r.Set("table4", id, col, annual.Int(n))
			sum += n
		}
		r.Set("table4", id, "C5", annual.Int(sum))
	}
	return r
}

func TestEveryChangedCellIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := balanced(t)
		if v := rule.Run(relations(), &Input{Report: r}, r.Year); v.Findings != nil || v.NotAssessable != nil {
			t.Fatalf("a balanced report has %v %v", v.Findings, v.NotAssessable)
		}
		var inRelations []annual.Ref
		for _, ref := range r.Refs() {
			if ref.Table != "table2" {
				inRelations = append(inRelations, ref)
			}
		}
		ref := rapid.SampledFrom(inRelations).Draw(t, "cell")
		v := r.Cells[ref]
		v.N += rapid.SampledFrom([]int64{-1, 1}).Draw(t, "by")
		r.Cells[ref] = v
		if got := rule.Run(relations(), &Input{Report: r}, r.Year); len(got.Findings) == 0 {
			t.Fatalf("%v changed and nothing was found", ref)
		}
	})
}

// Reports made for the tests of other packages hold as well, in both forms.
func TestGeneratedReportsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annualtest.Gen().Draw(t, "report")
		v := rule.Run(append(relations(), ruleK07(), ruleK08()), &Input{Report: r}, r.Year)
		for _, f := range v.Findings {
			if f.Severity == rule.Error {
				t.Fatalf("%+v", f)
			}
		}
	})
}

// All rules, those of the text included, survive what a bad file leaves.
func TestMessyReportsAreChecked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		messy := annualtest.Messy()
		Check(&Input{Report: messy.Draw(t, "report"), Previous: messy.Draw(t, "previous"), Children: []*annual.Report{messy.Draw(t, "child")}})
	})
}

// Whatever a reader makes of a file, the rules say something about it and do
// not fall over; a cell that is no figure never makes a relation violated.
func TestAnyStatesAreChecked(t *testing.T) {
	states := rapid.SampledFrom([]annual.State{annual.Absent, annual.Empty, annual.Number, annual.Mark, annual.Doubtful})
	wild := func(t *rapid.T, year int) *annual.Report {
		form := rapid.SampledFrom(annual.Forms()).Draw(t, "form")
		r := &annual.Report{Organ: rapid.SampledFrom([]string{"", "甲县人民政府", "甲县教育局", "办", "市"}).Draw(t, "organ"), Year: year, Form: form}
		for _, ref := range r.Refs() {
			v := annual.Value{State: states.Draw(t, "state"), Raw: rapid.SampledFrom([]string{"", "/", "0", "１", "x元"}).Draw(t, "raw")}
			if v.State == annual.Absent {
				continue
			}
			if v.State == annual.Number {
				v.N = rapid.Int64().Draw(t, "n")
			}
			r.Set(ref.Table, ref.Row, ref.Column, v)
		}
		for range rapid.IntRange(0, 5).Draw(t, "paragraphs") {
			r.Paras = append(r.Paras, annual.Para{
				Part: rapid.IntRange(0, 6).Draw(t, "part"), Kind: annual.PartKind(rapid.IntRange(0, 5).Draw(t, "kind")),
				Text: rapid.StringMatching(`[年月日前一二0-9十年报部门以来现行有效元。 ]{0,40}`).Draw(t, "text"),
			})
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		in := &Input{Report: wild(t, rapid.SampledFrom([]int{0, 2019, 2021, 2024}).Draw(t, "year"))}
		if rapid.Bool().Draw(t, "previous") {
			in.Previous = wild(t, in.Report.Year-1)
		}
		if rapid.Bool().Draw(t, "children") {
			in.Children = []*annual.Report{wild(t, in.Report.Year), wild(t, in.Report.Year)}
		}
		res := CheckWith(numberRules(), in)
		for _, f := range res.Findings {
			if f.Message == "" || f.Cite == "" || f.Severity == "" {
				t.Fatalf("incomplete finding %+v", f)
			}
		}
		for _, n := range res.NotAssessable {
			if n.Rule == "" || n.Reason == "" {
				t.Fatalf("incomplete %+v", n)
			}
		}
	})
}
