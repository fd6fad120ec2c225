package rollup_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// zeros is a report of the form of 2021 with nothing to report, dated in time.
func zeros(organ string) *annual.Report {
	r := &annual.Report{File: organ + ".docx", Organ: organ, Year: 2023, Form: annual.FormByID("2021")}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(0))
	}
	r.Paras = []annual.Para{{Part: 6, Kind: annual.DatePara, Text: "2024年1月10日"}}
	return r
}

// received is a report with n requests received and nothing else.
func received(organ string, n int64) *annual.Report {
	r := zeros(organ)
	v := annual.Int(n)
	v.Place = doc.Place{Table: 2, Row: 4, Col: 10}
	r.Set("table3", "R1", "C7", v)
	return r
}

func tree(t testing.TB, csv string) *rollup.Tree {
	t.Helper()
	tree, err := rollup.ReadTree(strings.NewReader(csv))
	if err != nil {
		t.Fatal(errs.Public(err))
	}
	return tree
}

func sumOf(t testing.TB, r *rollup.Result, row, column string) rollup.Cell {
	t.Helper()
	c, ok := r.Cell(r.Root, "table3", row, column)
	if !ok {
		t.Fatalf("no cell %s %s", row, column)
	}
	return c
}

// kinds lists the issues as kind:organ.
func kinds(r *rollup.Result) string {
	var all []string
	for _, i := range r.Issues {
		all = append(all, string(i.Kind)+":"+i.Organ)
	}
	return strings.Join(all, " ")
}

func node(r *rollup.Result, name string) *rollup.Node {
	for n := range r.Nodes() {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// V21: parent = county; children 2, 3, 0 in R1/C7, parent 6.
func TestStatedTotalIsComparedAndNotAdded(t *testing.T) {
	b := rollup.New(tree(t, county), rollup.Options{})
	b.Add("县政府.docx", received("青石县人民政府", 6))
	b.Add("办公室.docx", received("青石县人民政府办公室", 2))
	b.Add("教育局.docx", received("青石县教育局", 3))
	b.Add("税务局.docx", received("青石县税务局", 100))
	b.Add("白水镇.docx", received("白水镇人民政府", 0))
	r := b.Result()
	if c := sumOf(t, r, "R1", "C7"); c.N != 5 || c.State != rollup.Known || c.Figures != 3 {
		t.Errorf("%+v, want 5 of three reports", c)
	}
	top := node(r, "青石县人民政府")
	if top.Status != rollup.StatedOnly || len(top.Stated) != 1 {
		t.Fatalf("%+v", top)
	}
	m := top.Stated[0]
	if m.Ref.Row != "R1" || m.Stated != "6" || m.Sum != "5" || m.Difference != "1" || !m.Complete {
		t.Errorf("%+v, want 6 against 5", m)
	}
	if got, want := kinds(r), "not-the-sum:青石县人民政府 excluded:青石县税务局"; got != want {
		t.Errorf("issues %s, want %s", got, want)
	}
	if r.Summed != 3 || r.Files != 5 || r.Year != 2023 {
		t.Errorf("%d of %d reports on %d", r.Summed, r.Files, r.Year)
	}
}

func TestOwnReportIsAddedUnlessTheListSaysSo(t *testing.T) {
	list := strings.Replace(county, ",,是\n", ",,\n", 1)
	add := func(options rollup.Options) *rollup.Result {
		b := rollup.New(tree(t, list), options)
		b.Add("县政府.docx", received("青石县人民政府", 6))
		for _, organ := range []string{"青石县人民政府办公室", "青石县教育局", "白水镇人民政府"} {
			b.Add(organ+".docx", received(organ, 2))
		}
		return b.Result()
	}
	r := add(rollup.Options{})
	if c := sumOf(t, r, "R1", "C7"); c.N != 12 || !strings.Contains(kinds(r), "maybe-total:青石县人民政府") {
		t.Errorf("sum %d, issues %s; want 12 and a warning", c.N, kinds(r))
	}
	r = add(rollup.Options{GovernmentTotals: true})
	if c := sumOf(t, r, "R1", "C7"); c.N != 6 || kinds(r) != "excluded:青石县税务局" {
		t.Errorf("sum %d, issues %s; want 6 and nothing more", c.N, kinds(r))
	}
	alone := rollup.New(tree(t, county), rollup.Options{})
	alone.Add("县政府.docx", received("青石县人民政府", 6))
	if c := sumOf(t, alone.Result(), "R1", "C7"); c.N != 6 {
		t.Errorf("a stated total with nothing below it: %d, want 6", c.N)
	}
}

// Q5–Q8, and the days that a local notice sets.
func TestLate(t *testing.T) {
	tests := []struct {
		name, organ, date, want string
		options                 rollup.Options
	}{
		{"Q5 department in time", "青石县教育局", "2024年1月10日", "", rollup.Options{}},
		{"last day", "青石县教育局", "2024-01-31", "", rollup.Options{}},
		{"Q6 department late", "青石县教育局", "2024年2月5日", "late:青石县教育局", rollup.Options{}},
		{"Q7 government in time", "青石县人民政府", "2024年3月31日", "", rollup.Options{}},
		{"Q7 government late", "青石县人民政府", "2024.4.1", "late:青石县人民政府", rollup.Options{}},
		{"a year late", "青石县教育局", "2025年1月10日", "late:青石县教育局", rollup.Options{}},
		{"in Chinese numerals", "青石县教育局", "二〇二四年二月十一日", "late:青石县教育局", rollup.Options{}},
		{"blanks", "青石县教育局", "2024 年 1 月 3 日", "", rollup.Options{}},
		{"township has no day", "白水镇人民政府", "2024年5月5日", "", rollup.Options{}},
		{"township with a local day", "白水镇人民政府", "2024年1月27日", "late:白水镇人民政府", rollup.Options{TownshipDue: rollup.Day{Month: 1, Day: 26}}},
		{"no date", "青石县教育局", "", "no-date:青石县教育局", rollup.Options{}},
		{"not readable", "青石县教育局", "2024年13月1日", "no-date:青石县教育局", rollup.Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := zeros(tt.organ)
			r.Paras[0].Text = tt.date
			b := rollup.New(tree(t, "机关名称\n"+tt.organ+"\n"), tt.options)
			b.Add("a.docx", r)
			if got := kinds(b.Result()); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatIsMissingOrCannotBeUsed(t *testing.T) {
	b := rollup.New(tree(t, `机关名称,上级机关
青石县人民政府,
青石县教育局,青石县人民政府
青石县水利局,青石县人民政府
青石县农牧局,青石县人民政府
青石县统计局,青石县人民政府
青石县民政局,青石县人民政府
`), rollup.Options{})
	b.Add("教育局.docx", received("青石县教育局", 1))
	old := received("青石县水利局", 50)
	old.Year = 2022
	b.Add("水利局.docx", old)
	b.AddError("青石县农牧局2023.pdf", errs.New(errs.Picture, "文件只有图片，没有文字。"))
	b.AddError("扫描件.pdf", errors.New("secret detail"))
	nameless := received("", 4)
	b.Add("报送/青石县统计局（定稿）.docx", nameless)
	b.Add("x.docx", received("", 8))
	b.Add("局.docx", received("教育局", 16))
	r := b.Result()
	want := "missing:青石县民政局 unreadable: unreadable:青石县农牧局 unmatched: unmatched:教育局 by-file-name:青石县统计局 wrong-year:青石县水利局"
	if got := kinds(r); got != want {
		t.Errorf("issues\n%s, want\n%s", got, want)
	}
	if c := sumOf(t, r, "R1", "C7"); c.N != 5 {
		t.Errorf("sum %d, want 1+4", c.N)
	}
	for _, i := range r.Issues {
		switch {
		case i.Kind == rollup.Unmatched && i.Organ == "教育局" && !strings.Contains(i.Message, "相近的“青石县教育局”"):
			t.Errorf("no hint: %s", i.Message)
		case strings.Contains(i.Message, "secret"):
			t.Errorf("internal text is shown: %s", i.Message)
		}
	}
	if r.Complete() {
		t.Error("the sum passes for complete")
	}
}

func TestSameOrganTwice(t *testing.T) {
	one := tree(t, "机关名称\n青石县教育局\n")
	b := rollup.New(one, rollup.Options{})
	b.Add("a.docx", received("青石县教育局", 3))
	b.Add("a.pdf", received("青石县教育局", 3))
	r := b.Result()
	if c := sumOf(t, r, "R1", "C7"); c.N != 3 || c.State != rollup.Known || kinds(r) != "duplicate:青石县教育局" {
		t.Errorf("equal copies: %+v, %s", c, kinds(r))
	}
	corrected := received("青石县教育局", 4)
	corrected.Set("table3", "R4", "C7", annual.Int(7))
	agreed := received("青石县教育局", 3)
	agreed.Set("table3", "R4", "C7", annual.Int(7))
	b = rollup.New(one, rollup.Options{})
	b.Add("a.docx", agreed)
	b.Add("b.docx", corrected)
	r = b.Result()
	c := sumOf(t, r, "R1", "C7")
	if c.N != 0 || c.State != rollup.Incomplete || c.Open != 1 || node(r, "青石县教育局").Status != rollup.InDoubt {
		t.Errorf("3 or 4: %+v", c)
	}
	for v := range r.Contributions(r.Root, c) {
		if v.Value != "3 或 4" || v.Counted {
			t.Errorf("%+v", v)
		}
	}
	if c := sumOf(t, r, "R4", "C7"); c.N != 7 || c.State != rollup.Known {
		t.Errorf("where both agree: %+v", c)
	}
}

func TestFiguresThatAreNone(t *testing.T) {
	list := tree(t, "机关名称\n甲局\n乙局\n丙局\n")
	doubtful, blank, openTotal := zeros("甲局"), zeros("乙局"), zeros("丙局")
	doubtful.Set("table3", "R1", "C1", annual.Value{State: annual.Doubtful, Raw: "0 00"})
	doubtful.Doubts = []annual.Doubt{{Reason: "数字连在一起。", Place: doc.Place{Table: 2}}}
	blank.Set("table3", "R1", "C2", annual.Value{State: annual.Empty})
	blank.Set("table3", "R1", "C3", annual.Value{State: annual.Mark, Raw: "/"})
	openTotal.Set("table3", "R3.1", "C1", annual.Int(272))
	openTotal.Set("table3", "R3.1", "C7", annual.Value{State: annual.Empty}) // as Shanghai 2019
	b := rollup.New(list, rollup.Options{})
	b.Add("1", doubtful)
	b.Add("2", blank)
	b.Add("3", openTotal)
	r := b.Result()
	tests := []struct {
		row, column            string
		state                  rollup.CellState
		n                      int64
		figures, noFigure, not int
	}{
		{"R1", "C1", rollup.Incomplete, 0, 2, 0, 1},
		{"R1", "C2", rollup.Known, 0, 2, 1, 0},
		{"R1", "C3", rollup.Known, 0, 2, 1, 0},
		{"R3.1", "C1", rollup.Known, 272, 3, 0, 0},
		{"R3.1", "C7", rollup.Incomplete, 0, 2, 0, 1},
	}
	for _, tt := range tests {
		c := sumOf(t, r, tt.row, tt.column)
		if c.State != tt.state || c.N != tt.n || c.Figures != tt.figures || c.NoFigure != tt.noFigure || c.Open != tt.not {
			t.Errorf("%s %s: %+v", tt.row, tt.column, c)
		}
	}
	report := r.Report()
	if v := report.Get("table3", "R1", "C1"); v.State != annual.Doubtful || v.Raw != "0（待核实）" || len(report.Doubts) != 2 {
		t.Errorf("an incomplete sum passes for a figure: %+v, %v", v, report.Doubts)
	}
	if got := kinds(r); got != "doubtful:甲局" {
		t.Errorf("issues %s", got)
	}
}

func TestFormsThatCannotBeAdded(t *testing.T) {
	list := tree(t, "机关名称\n甲局\n乙局\n丙局\n")
	three, single := zeros("甲局"), zeros("乙局")
	three.Set("table3", "R3.6.1", "C7", annual.Int(3))
	three.Set("table3", "R3.6.3", "C7", annual.Int(4))
	three.Set("table3", "R3.6.2", "C7", annual.Value{State: annual.Empty})
	for _, row := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
		for _, column := range []string{"C1", "C2", "C3", "C4", "C5", "C6", "C7"} {
			delete(single.Cells, annual.Ref{Table: "table3", Row: row, Column: column})
			single.Set("table3", "R3.6", column, annual.Int(10))
		}
	}
	b := rollup.New(list, rollup.Options{})
	b.Add("1", three)
	b.Add("2", single)
	r := b.Result()
	if c := sumOf(t, r, "R3.6", "C7"); c.N != 17 || c.Figures != 2 || c.NoFigure != 0 {
		t.Errorf("%+v, want 3+4 and 10", c)
	}
	report := r.Report()
	if !report.SingleOther() || !strings.Contains(kinds(r), "form-mismatch") {
		t.Errorf("issues %s", kinds(r))
	}

	old := &annual.Report{Organ: "丙局", Year: 2023, Form: annual.FormByID("2019")} // 2023 report in the form of 2019
	for _, ref := range old.Refs() {
		old.Set(ref.Table, ref.Row, ref.Column, annual.Int(1))
	}
	b.Add("3", old)
	r = b.Result()
	c, _ := r.Cell(r.Root, "table2", "licences", "decisions")
	if c.State != rollup.Refused || c.Print() != "" || c.Reason == "" {
		t.Errorf("table 2 of both forms is added: %+v", c)
	}
	if c := sumOf(t, r, "R1", "C7"); c.N != 1 || c.State != rollup.Known {
		t.Errorf("table 3 is the same in both: %+v", c)
	}
}

func TestOverflowIsSeen(t *testing.T) {
	b := rollup.New(nil, rollup.Options{})
	b.Add("甲/1.docx", received("甲局", math.MaxInt64-1))
	b.Add("乙/2.docx", received("乙局", 2))
	if c := sumOf(t, b.Result(), "R1", "C7"); c.State != rollup.TooBig || c.Print() != "" {
		t.Errorf("%+v", c)
	}
}

func TestFolders(t *testing.T) {
	b := rollup.New(nil, rollup.Options{GovernmentTotals: true})
	b.Add("收件/青石县/县政府2023.docx", received("青石县人民政府", 7))
	b.Add("收件/青石县/教育局2023.docx", received("青石县教育局", 1))
	b.Add("收件/青石县/水利局2023.docx", received("青石县水利局", 2))
	b.Add(`收件\青石县\白水镇\报告.docx`, received("白水镇人民政府", 4))
	b.Add("收件/云溪区/报告.docx", received("云溪区人民政府", 8))
	b.AddError("收件/云溪区/附件/扫描件.pdf", errs.New(errs.Picture, "文件只有图片，没有文字。"))
	r := b.Result()
	var lines []string
	for n, parent := range r.Nodes() {
		above := ""
		if parent != nil {
			above = parent.Name + " > "
		}
		c, _ := r.Cell(n, "table3", "R1", "C7")
		lines = append(lines, fmt.Sprintf("%s%s %s %d", above, n.Name, n.Status, c.N))
	}
	want := []string{
		"收件 no-report 15",
		"收件 > 云溪区人民政府 counted 8",
		"云溪区人民政府 > 附件 unusable 0",
		"收件 > 青石县人民政府 stated 7",
		"青石县人民政府 > 白水镇人民政府 counted 4",
		"青石县人民政府 > 教育局",
	}
	got := strings.Join(lines, "\n")
	for _, w := range want[:5] {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in\n%s", w, got)
		}
	}
	for _, w := range []string{"青石县人民政府 > 青石县教育局 counted 1", "青石县人民政府 > 青石县水利局 counted 2"} {
		if !strings.Contains(got, w) {
			t.Errorf("no %q in\n%s", w, got)
		}
	}
	if len(node(r, "青石县人民政府").Stated) != 0 {
		t.Error("7 = 1+2+4 is said to differ")
	}
	if got := kinds(r); got != "unreadable:附件" {
		t.Errorf("issues %s: folders know of nobody who is missing", got)
	}
}

// The report of another year says nothing about who stands at the top.
func TestAFolderIsNamedByReportsOnTheYear(t *testing.T) {
	b := rollup.New(nil, rollup.Options{Year: 2023})
	old := received("云溪区水利局", 9)
	old.Year = 2022
	b.Add("旧报告.docx", old)
	b.Add("下级/1.docx", received("甲局", 1))
	b.Add("下级/2.docx", received("乙局", 2))
	r := b.Result()
	if r.Root.Kind != rollup.Group || r.Report().Organ != "" || kinds(r) != "wrong-year:云溪区水利局" {
		t.Errorf("top %s (%s), issues %s", r.Root.Name, r.Root.Kind, kinds(r))
	}
}

func TestNothingToSum(t *testing.T) {
	r := rollup.New(nil, rollup.Options{Year: 2023}).Result()
	if r.Summed != 0 || len(r.Issues) != 0 || r.Root == nil {
		t.Errorf("%+v", r)
	}
	if _, err := r.JSON(); err != nil {
		t.Error(err)
	}
}

// The sum of balanced reports balances, in each column and row.
func TestSumOfBalancedReportsBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rollup.New(nil, rollup.Options{})
		want := int64(0)
		for i := range rapid.IntRange(1, 8).Draw(t, "reports") {
			r := annualtest.GenFor(fmt.Sprintf("第%d局", i), annual.FormByID("2021"), 2023, rapid.Bool().Draw(t, "single")).Draw(t, "report")
			want += r.Get("table3", "R3.7", "C7").N
			b.Add(fmt.Sprintf("%d.docx", i), r)
		}
		sum := b.Result().Report()
		if got := sum.Get("table3", "R3.7", "C7").N; got != want {
			t.Fatalf("（七）总计 is %d, want %d", got, want)
		}
		balanced(t, sum)
	})
}

func balanced(t *rapid.T, r *annual.Report) {
	n := func(row, column string) int64 { return r.Get("table3", row, column).N }
	columns := []string{"C1", "C2", "C3", "C4", "C5", "C6", "C7"}
	for _, c := range columns {
		var results int64
		for _, row := range r.ResultRows() {
			results += n(row, c)
		}
		if n("R1", c)+n("R2", c) != n("R3.7", c)+n("R4", c) || n("R3.7", c) != results {
			t.Fatalf("column %s does not balance", c)
		}
	}
	for _, row := range r.Form.Tables[1].Blocks[0].Rows {
		var across int64
		for _, c := range columns[:6] {
			across += n(row.ID, c)
		}
		if across != n(row.ID, "C7") {
			t.Fatalf("row %s does not balance", row.ID)
		}
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var reports []*annual.Report
		for range rapid.IntRange(1, 6).Draw(t, "reports") {
			reports = append(reports, annualtest.Messy().Draw(t, "report"))
		}
		seed := rapid.Uint64().Draw(t, "seed")
		sum := func(order []int) []byte {
			b := rollup.New(nil, rollup.Options{})
			for _, i := range order {
				b.Add(fmt.Sprintf("报送/%d/%d.docx", i%2, i), reports[i])
			}
			data, err := b.Result().JSON()
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		first := make([]int, len(reports))
		for i := range first {
			first[i] = i
		}
		second := rand.New(rand.NewPCG(seed, 0)).Perm(len(reports))
		if a, b := sum(first), sum(second); !bytes.Equal(a, b) {
			t.Fatalf("the order of files changes the result:\n%s\n%s", a, b)
		}
	})
}
