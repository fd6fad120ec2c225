package diff_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/diff"
)

func empty(organ string, year int) *annual.Report {
	return &annual.Report{File: "甲.docx", Organ: organ, Year: year, Form: annual.FormFor(year)}
}

func withText(r *annual.Report, part int, lines ...string) *annual.Report {
	for _, line := range lines {
		r.Paras = append(r.Paras, annual.Para{Part: part, Text: line})
	}
	return r
}

func TestAReportDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annualtest.Messy().Draw(t, "report")
		if d := diff.Compare(r, r); !d.Same() || len(d.Relations) != 0 {
			t.Fatalf("%+v", d)
		}
	})
}

// Whatever the two reports are: the old text is what is equal and deleted, the
// new text what is equal and inserted.
func TestMarksSpellBothSentences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := annualtest.Messy().Draw(t, "a"), annualtest.Messy().Draw(t, "b")
		for _, s := range diff.Compare(a, b).Sections {
			for _, c := range s.Changes {
				if c.Kind != diff.Replace {
					continue
				}
				var old, now strings.Builder
				for _, m := range c.Marks {
					if m.Op != diff.Insert {
						old.WriteString(m.Text)
					}
					if m.Op != diff.Delete {
						now.WriteString(m.Text)
					}
				}
				if old.String() != c.Old || now.String() != c.New || c.Similarity < 0.5 {
					t.Fatalf("%+v", c)
				}
			}
		}
	})
}

func TestVersionsShowWhatWasEdited(t *testing.T) {
	a, b := empty("青石县教育局", 2023), empty("青石县教育局", 2023)
	a.Set("table3", "R1", "C7", annual.Int(11))
	b.Set("table3", "R1", "C7", annual.Int(12))
	a.Set("table2", "regulations", "made", annual.Value{State: annual.Mark, Raw: "/"})
	b.Set("table2", "regulations", "made", annual.Int(0))
	a.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 3000})
	b.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 1_234_567})
	a.Set("table4", "review", "C1", annual.Int(0))
	b.Set("table4", "review", "C1", annual.Value{State: annual.Empty})
	withText(a, 1, "2023年，收到政府信息公开申请11件；均已办结。", "举办培训1次。")
	withText(b, 1, "2023年，收到政府信息公开申请12件；均已办结。", "新增一个公开专栏。")
	d := diff.Compare(a, b)
	if d.Mode != diff.Versions || len(d.Relations) != 0 {
		t.Errorf("mode %s with %d relations", d.Mode, len(d.Relations))
	}
	want := []diff.Cell{
		{Where: annual.Ref{Table: "table2", Row: "regulations", Column: "made"}, Label: "规章 / 本年制发件数", Old: diff.Shown{State: "mark", Text: "/"}, New: diff.Shown{State: "number", Text: "0"}},
		{Where: annual.Ref{Table: "table2", Row: "fees", Column: "amount"}, Label: "行政事业性收费 / 本年收费金额（单位：万元）", Old: diff.Shown{State: "number", Text: "0.003"}, New: diff.Shown{State: "number", Text: "1.234567"}, Difference: "1.231567"},
		{Where: annual.Ref{Table: "table3", Row: "R1", Column: "C7"}, Label: "一、本年新收政府信息公开申请数量 / 总计", Old: diff.Shown{State: "number", Text: "11"}, New: diff.Shown{State: "number", Text: "12"}, Difference: "1"},
		{Where: annual.Ref{Table: "table4", Row: "review", Column: "C1"}, Label: "行政复议 / 结果维持", Old: diff.Shown{State: "number", Text: "0"}, New: diff.Shown{State: "empty"}},
	}
	if delta := cmp.Diff(want, d.Cells); delta != "" {
		t.Errorf("cells (-want +got):\n%s", delta)
	}
	sections := []diff.Section{{Part: 1, Name: "一、总体情况", Same: 1, Changes: []diff.Change{
		{
			Kind: diff.Replace, Old: "2023年，收到政府信息公开申请11件；", New: "2023年，收到政府信息公开申请12件；", Similarity: 0.938,
			Marks: []diff.Mark{{Op: "equal", Text: "2023年，收到政府信息公开申请"}, {Op: "delete", Text: "11"}, {Op: "insert", Text: "12"}, {Op: "equal", Text: "件；"}},
		},
		{Kind: diff.Delete, Old: "举办培训1次。"},
		{Kind: diff.Insert, New: "新增一个公开专栏。"},
	}}}
	if delta := cmp.Diff(sections, d.Sections); delta != "" {
		t.Errorf("text (-want +got):\n%s", delta)
	}
}

func TestYearsShowGrowthAndWhatIsCarriedOver(t *testing.T) {
	a, b := empty("宿迁市人民政府", 2023), empty("宿迁市人民政府", 2024)
	a.Set("table3", "R1", "C7", annual.Int(3607))
	b.Set("table3", "R1", "C7", annual.Int(3646))
	a.Set("table3", "R4", "C7", annual.Int(121))
	b.Set("table3", "R2", "C7", annual.Int(121))
	a.Set("table3", "R4", "C1", annual.Int(3)) // V7
	b.Set("table3", "R2", "C1", annual.Int(2))
	a.Set("table2", "normativeDocuments", "inForce", annual.Int(597))
	b.Set("table2", "normativeDocuments", "made", annual.Int(50))
	b.Set("table2", "normativeDocuments", "repealed", annual.Int(227))
	b.Set("table2", "normativeDocuments", "inForce", annual.Int(420))
	d := diff.Compare(a, b)
	if d.Mode != diff.Years {
		t.Fatalf("mode %s", d.Mode)
	}
	for _, c := range d.Cells {
		if c.Where == (annual.Ref{Table: "table3", Row: "R1", Column: "C7"}) {
			if c.Percent == nil || *c.Percent != 1.08 || c.Difference != "39" {
				t.Errorf("3607 to 3646 is %+v, want 39 and 1.08 %%", c)
			}
		}
	}
	got := map[string]string{}
	for _, r := range d.Relations {
		got[r.Rule+" "+r.Where.Row+" "+r.Where.Column] = r.State + " " + r.Expected + " | " + r.Actual
	}
	want := map[string]string{
		"X4 R2 C7":                       "holds 121 | 121",
		"X4 R2 C1":                       "differs 3 | 2",
		"X4 R2 C2":                       "open  | ",
		"K19 normativeDocuments inForce": "holds 597+50-227 = 420 | 420",
		"K19 regulations inForce":        "open  | ",
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %q, want %q", name, got[name], w)
		}
	}
}

func TestForms(t *testing.T) {
	a, b := empty("青石县教育局", 2020), empty("青石县教育局", 2021)
	a.Set("table2", "licences", "decisions", annual.Int(5))
	b.Set("table2", "licences", "decisions", annual.Int(9))
	a.Set("table3", "R3.6", "C7", annual.Int(7))
	for i, row := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
		b.Set("table3", row, "C7", annual.Int(int64(i+2)))
	}
	d := diff.Compare(a, b)
	if len(d.Cells) != 1 || d.Cells[0].Where.Row != "R3.6" || d.Cells[0].Difference != "2" {
		t.Errorf("want only （六） with 7 and 2+3+4, got %+v", d.Cells)
	}
	notes := strings.Join(d.Notes, "\n")
	for _, want := range []string{"统计口径不同", "按合计比较"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note with %q in %q", want, notes)
		}
	}
	if len(d.Relations) != 7 {
		t.Errorf("%d relations, want what is carried over in seven columns", len(d.Relations))
	}
	if d := diff.Compare(empty("甲", 2021), empty("乙", 2023)); len(d.Relations) != 0 || len(d.Notes) != 2 {
		t.Errorf("years apart of two organs: %v", d.Notes)
	}
}

func TestSentences(t *testing.T) {
	got := diff.Sentences("收到12件；办结11件。他说：“已公开。”（见附件。）\n\n 一是培训！！二是检查")
	want := []string{"收到12件；", "办结11件。", "他说：“已公开。”", "（见附件。）", "一是培训！！", "二是检查"}
	if delta := cmp.Diff(want, got); delta != "" {
		t.Error(delta)
	}
}

func TestTextIsAlignedAndPlain(t *testing.T) {
	a, b := empty("青石县教育局", 2023), empty("青石县教育局", 2024)
	a.Set("table3", "R1", "C7", annual.Int(11))
	b.Set("table3", "R1", "C7", annual.Int(12))
	a.Set("table4", "review", "C1", annual.Int(0))
	b.Set("table4", "review", "C1", annual.Value{State: annual.Doubtful, Raw: "0 00"})
	withText(a, 1, "收到申请11件。")
	withText(b, 1, "收到申请12件。")
	var plain, coloured bytes.Buffer
	if err := diff.Compare(a, b).Text(&plain, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"+1", "+9.09%", "0 00（存疑）", "~ 收到申请[-11-]{+12+}件。", "与上年度的衔接"} {
		if !strings.Contains(plain.String(), want) {
			t.Errorf("no %q in\n%s", want, plain.String())
		}
	}
	width := 0
	for line := range strings.Lines(plain.String()) {
		if !strings.ContainsAny(line, "│┌├└") {
			width = 0
			continue
		}
		got := text.StringWidth(strings.TrimSuffix(line, "\n"))
		if width != 0 && got != width {
			t.Errorf("a table line is %d wide, not %d: %s", got, width, line)
		}
		width = got
	}
	if strings.Contains(plain.String(), "\x1b") {
		t.Error("colours where none were asked for")
	}
	if err := diff.Compare(a, b).Text(&coloured, true); err != nil || !strings.Contains(coloured.String(), "\x1b[32m12\x1b[0m") {
		t.Errorf("no colours: %v\n%s", err, coloured.String())
	}
}

func TestJSONNamesAreStable(t *testing.T) {
	a, b := empty("青石县教育局", 2023), empty("青石县教育局", 2024)
	data, err := json.Marshal(diff.Compare(a, b))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(data), `{"mode":"years","old":{"file":"甲.docx","organ":"青石县教育局","year":2023,"form":"2021"},"new":`) ||
		!strings.Contains(string(data), `"cells":[],"unchanged":200,"text":[],"relations":[{"rule":"X4"`) || !strings.HasSuffix(string(data), `"notes":[]}`) {
		t.Errorf("%s", data)
	}
}

// long is a text of about 1 MB of sentences drawn from few characters, so that
// much is alike and little is the same.
func long(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	letters := []rune("公开信息政府申请办理答复年度机关")
	var b strings.Builder
	for b.Len() < 1<<20 {
		for range 5 + r.IntN(40) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		b.WriteString("。")
	}
	return b.String()
}

func TestUnlikeTextsOfAMegabyteEnd(t *testing.T) {
	a, b := withText(empty("甲", 2023), 1, long(1)), withText(empty("甲", 2023), 1, long(2))
	d := diff.Compare(a, b)
	var old, now strings.Builder
	for _, c := range d.Sections[0].Changes {
		old.WriteString(c.Old)
		now.WriteString(c.New)
	}
	if old.String() != a.Text(1) || now.String() != b.Text(1) {
		t.Error("the changes do not spell the two texts")
	}
	endless := withText(empty("甲", 2023), 1, strings.Repeat("公开", 1<<18))
	if d := diff.Compare(endless, a); len(d.Sections) != 1 {
		t.Error("one endless sentence")
	}
}

func BenchmarkCompareReports(b *testing.B) {
	older, newer := annualtest.Gen().Example(1), annualtest.Gen().Example(2)
	for b.Loop() {
		diff.Compare(older, newer)
	}
}

func BenchmarkCompareMegabytes(b *testing.B) {
	older, newer := withText(empty("甲", 2023), 1, long(1)), withText(empty("甲", 2023), 1, long(2))
	for b.Loop() {
		diff.Compare(older, newer)
	}
}
