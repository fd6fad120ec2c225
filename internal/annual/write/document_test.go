package write_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixed is a report whose figures run 0, 1, 2 … in the order of print.
func fixed(form string, single bool) *annual.Report {
	r := &annual.Report{Organ: "青石县教育局", Year: 2023, Form: annual.FormByID(form)}
	if form == "2019" {
		r.Year = 2020
	}
	if single {
		r.Set("table3", "R3.6", "C7", annual.Int(0))
	}
	for i, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(int64(i)))
	}
	add := func(part int, kind annual.PartKind, text string) {
		r.Paras = append(r.Paras, annual.Para{Part: part, Kind: kind, Text: text})
	}
	add(0, annual.TitlePara, "青石县教育局2023年")
	add(0, annual.TitlePara, "政府信息公开工作年度报告")
	add(0, annual.BodyPara, "本年度报告根据《中华人民共和国政府信息公开条例》要求编制。")
	add(1, annual.HeadingPara, "1、 总体情况")
	add(1, annual.SubheadingPara, "（一）主动公开方面")
	add(1, annual.BodyPara, "（二）依申请公开情况。2023年，未收到政府信息公开申请。")
	add(2, annual.BodyPara, "有关情况见下表。")
	add(2, annual.BodyPara, "注：收费金额不含代收部分。")
	add(5, annual.HeadingPara, "五、存在问题及改进情况")
	add(5, annual.BodyPara, "存在的问题与改进。")
	add(6, annual.HeadingPara, "六、其他需要报告的事项")
	add(6, annual.BodyPara, "本年度未收取信息处理费。")
	add(6, annual.SignaturePara, "青石县教育局")
	add(6, annual.DatePara, "2024年1月10日")
	return r
}

func TestDocumentIsTheOfficialForm(t *testing.T) {
	tests := []struct {
		name   string
		form   string
		single bool
	}{
		{"form-2021", "2021", false},
		{"form-2021-single-other", "2021", true},
		{"form-2019", "2019", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := dump(write.Document(fixed(tt.form, tt.single)))
			path := filepath.Join("testdata", tt.name+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("the document changed; if it should, run with -update (-was +is):\n%s", diff)
			}
		})
	}
}

// dump prints a document compactly: a paragraph as style and text, a table row
// as its cells with column and spans.
func dump(d *doc.Doc) string {
	styles := map[doc.Style]string{
		doc.Body: "body", doc.Title: "title", doc.Heading1: "h1", doc.Heading2: "h2", doc.Heading3: "h3",
		doc.Plain: "plain", doc.Signature: "signature", doc.Date: "date",
	}
	var b strings.Builder
	fmt.Fprintf(&b, "document %q\n", d.Title)
	for _, block := range d.Blocks {
		if block.Para != nil {
			fmt.Fprintf(&b, "%s: %s\n", styles[block.Para.Style], block.Para.Text)
			continue
		}
		fmt.Fprintf(&b, "table of %d columns %v\n", block.Table.Cols, block.Table.Widths)
		for _, row := range block.Table.Rows {
			dumpRow(&b, row)
		}
	}
	return b.String()
}

func dumpRow(b *strings.Builder, row doc.Row) {
	mark := " "
	if row.Header {
		mark = "*"
	}
	for i, c := range row.Cells {
		if i > 0 {
			mark = " |"
		}
		fmt.Fprintf(b, "%s %d", mark, c.Col)
		if c.ColSpan > 1 || c.RowSpan > 1 {
			fmt.Fprintf(b, "+%dx%d", c.ColSpan, c.RowSpan)
		}
		kind := ""
		if c.Header {
			kind = "th "
		} else if c.Number {
			kind = "# "
		}
		fmt.Fprintf(b, " %s%s", kind, c.Text)
	}
	b.WriteByte('\n')
}

// Every place of a table's grid is covered by exactly one cell, whatever the
// report lacks, and every figure of the report stands in it.
func TestTablesAreWholeGrids(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annualtest.Messy().Draw(t, "report")
		figures := 0
		for table := range write.Document(r).Tables {
			covered := make([][]int, len(table.Rows))
			for i := range covered {
				covered[i] = make([]int, table.Cols)
			}
			if len(table.Widths) != 0 && len(table.Widths) != table.Cols {
				t.Fatalf("%d widths for %d columns", len(table.Widths), table.Cols)
			}
			for i, row := range table.Rows {
				for _, c := range row.Cells {
					cover(t, covered, c, i)
					if !c.Header {
						figures++
					}
				}
			}
			for i, row := range covered {
				for k, n := range row {
					if n != 1 {
						t.Fatalf("row %d column %d is covered %d times", i+1, k+1, n)
					}
				}
			}
		}
		if want := len(r.Refs()); figures != want {
			t.Fatalf("%d cells for figures, want %d", figures, want)
		}
	})
}

func cover(t *rapid.T, covered [][]int, c doc.Cell, row int) {
	for i := row; i < row+c.RowSpan; i++ {
		for k := c.Col; k < c.Col+c.ColSpan; k++ {
			if i >= len(covered) || k >= len(covered[i]) {
				t.Fatalf("cell %q of row %d leaves the table", c.Text, row+1)
			}
			covered[i][k]++
		}
	}
}

// What the text says survives: every paragraph is in the document once.
func TestDocumentKeepsAllText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annualtest.Gen().Draw(t, "report")
		d := write.Document(r)
		var title string
		var got, want []string
		for p := range d.Paras {
			if p.Style == doc.Title {
				title += p.Text
			} else {
				got = append(got, p.Text)
			}
		}
		for _, p := range r.Paras[1:] {
			want = append(want, p.Text)
		}
		if title != r.Paras[0].Text || d.Title != title {
			t.Fatalf("title %q, in the properties %q, want %q", title, d.Title, r.Paras[0].Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-report +document:\n%s", diff)
		}
	})
}

func TestCellsStayWhatTheyAre(t *testing.T) {
	r := fixed("2021", false)
	r.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 3000, Raw: "0.0030"})
	r.Set("table2", "licences", "decisions", annual.Value{State: annual.Empty})
	r.Set("table2", "penalties", "decisions", annual.Value{State: annual.Mark, Raw: "/"})
	r.Set("table2", "coercion", "decisions", annual.Value{State: annual.Doubtful, Raw: "0 00"})
	want := map[string]doc.Cell{
		"行政事业性收费": {Text: "0.003", Number: true},
		"行政许可":    {Text: ""},
		"行政处罚":    {Text: "/"},
		"行政强制":    {Text: "0 00"},
	}
	for _, row := range write.Table(r, 0).Rows {
		w, ok := want[row.Cells[0].Text]
		if !ok {
			continue
		}
		got := row.Cells[1]
		if got.Text != w.Text || got.Number != w.Number || got.ColSpan != 3 || got.Align != doc.Center {
			t.Errorf("%s: %+v, want text %q, number %v over three columns, centred", row.Cells[0].Text, got, w.Text, w.Number)
		}
		delete(want, row.Cells[0].Text)
	}
	if len(want) != 0 {
		t.Errorf("not in the table: %v", want)
	}
}

func TestLongTitleTakesTwoLines(t *testing.T) {
	tests := []struct {
		title string
		want  []string
	}{
		{"乌拉特前旗政务服务局2023年政府信息公开工作年度报告", []string{"乌拉特前旗政务服务局2023年", "政府信息公开工作年度报告"}},
		{"2024年政府信息公开工作年度报告", []string{"2024年政府信息公开工作年度报告"}},
		{"2019年上海市人民政府办公厅政府信息公开工作年度报告（摘要）", []string{"2019年上海市人民政府办公厅政府信息公开工作年度报告（摘要）"}},
	}
	for _, tt := range tests {
		r := &annual.Report{Form: annual.FormByID("2021"), Paras: []annual.Para{{Kind: annual.TitlePara, Text: tt.title}}}
		var got []string
		for p := range write.Document(r).Paras {
			got = append(got, p.Text)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func TestWhatTheSourceLacks(t *testing.T) {
	d := write.Document(&annual.Report{Organ: "青石县教育局", Year: 2023, Form: annual.FormByID("2021")})
	if got, want := dump(d), "document \"青石县教育局2023年政府信息公开工作年度报告\"\ntitle: 青石县教育局2023年\ntitle: 政府信息公开工作年度报告\n"; got != want {
		t.Errorf("an empty report gives\n%s\nwant\n%s", got, want)
	}
	r := &annual.Report{Form: annual.FormByID("2021")}
	r.Set("table4", "review", "C1", annual.Int(3))
	r.Paras = []annual.Para{{Part: 6, Kind: annual.DatePara, Text: "2024年1月10日"}}
	var lines []string
	for p := range write.Document(r).Paras {
		lines = append(lines, p.Text)
	}
	want := []string{"政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况", "2024年1月10日"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func BenchmarkDocument(b *testing.B) {
	r := fixed("2021", false)
	for b.Loop() {
		write.Document(r)
	}
}
