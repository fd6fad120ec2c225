package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"gongkai/internal/doc"
)

// sameBlocks compares what a sheet can say.
var sameBlocks = cmp.Options{
	cmpopts.IgnoreFields(doc.Para{}, "Place", "Spans", "Style"),
	cmpopts.IgnoreFields(doc.Table{}, "Place", "Widths"),
	cmpopts.IgnoreFields(doc.Row{}, "Place", "Header"),
	cmpopts.IgnoreFields(doc.Cell{}, "Place", "Align", "Number", "Strong", "Header"),
	cmpopts.EquateEmpty(),
}

func write(t testing.TB, d *doc.Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWrite(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := anyDoc(rt)
		back, err := Read(write(t, d))
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(d.Blocks, back.Blocks, sameBlocks); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func anyText(t *rapid.T, label string) string {
	s := rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom([]rune("一二三、（）0123456789.-=/ab <>&\"'_x\u00a0　 \n\t")), 0, 24, -1),
		rapid.StringMatching(`-?[0-9]{1,17}(\.[0-9]{1,6})?`),
		rapid.SampledFrom([]string{"_x4e00_", "'007", "=1+1", "18.8710", "0.0", "-0", "1e5", "TRUE", "2025-01-20", strings.Repeat("长文", 1500)}),
	).Draw(t, label)
	if isBlank(s) {
		return ""
	}
	return s
}

func anyDoc(t *rapid.T) *doc.Doc {
	d := &doc.Doc{}
	for range rapid.IntRange(0, 6).Draw(t, "blocks") {
		if rapid.Bool().Draw(t, "isTable") {
			d.AddTable(anyTable(t))
			continue
		}
		style := rapid.SampledFrom([]doc.Style{doc.Body, doc.Title, doc.Heading1, doc.Heading2, doc.Heading3, doc.Plain, doc.Signature, doc.Date}).Draw(t, "style")
		if text := anyText(t, "para"); text != "" {
			d.AddPara(style, text)
		}
	}
	return d
}

// anyTable lays random cells over a grid without holes; in its first row a
// cell begins in every column.
func anyTable(t *rapid.T) *doc.Table {
	rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "cols")
	table := &doc.Table{Grid: true, Cols: cols, Rows: make([]doc.Row, rows)}
	head := rapid.IntRange(0, rows).Draw(t, "head")
	taken := make([]bool, rows*cols)
	for y := range rows {
		table.Rows[y].Header = y < head
		for x := range cols {
			if taken[y*cols+x] {
				continue
			}
			width := 1
			for want := rapid.IntRange(1, 3).Draw(t, "colspan"); y > 0 && width < want && x+width < cols && !taken[y*cols+x+width]; {
				width++
			}
			height := rapid.IntRange(1, min(3, rows-y)).Draw(t, "rowspan")
			for i := range height {
				for k := range width {
					taken[(y+i)*cols+x+k] = true
				}
			}
			table.Rows[y].Cells = append(table.Rows[y].Cells, doc.Cell{
				Text: anyText(t, "cell"), Col: x, ColSpan: width, RowSpan: height,
				Number: rapid.Bool().Draw(t, "number"), Header: rapid.Bool().Draw(t, "th"), Align: doc.Align(rapid.IntRange(0, 2).Draw(t, "align")),
			})
		}
	}
	return table
}

// form makes a report of the size of a real one.
func form() *doc.Doc {
	d := &doc.Doc{Title: "某某县人民政府办公室2025年政府信息公开工作年度报告"}
	d.AddPara(doc.Title, d.Title)
	d.AddPara(doc.Heading1, "一、总体情况")
	d.AddPara(doc.Body, strings.Repeat("2025年，本机关主动公开政府信息1203条，其中通过门户网站公开893条。", 30))
	d.AddPara(doc.Heading1, "三、收到和处理政府信息公开申请情况")
	table := &doc.Table{Grid: true, Cols: 10}
	table.Rows = append(table.Rows,
		doc.Row{Header: true, Cells: []doc.Cell{{Text: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", ColSpan: 3, RowSpan: 2, Header: true}, {Text: "申请人情况", Col: 3, ColSpan: 7, RowSpan: 1, Header: true, Align: doc.Center}}})
	head := doc.Row{Header: true}
	for i, name := range []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"} {
		head.Cells = append(head.Cells, doc.Cell{Text: name, Col: 3 + i, ColSpan: 1, RowSpan: 1, Header: true, Align: doc.Center})
	}
	table.Rows = append(table.Rows, head)
	for y := range 24 {
		row := doc.Row{}
		switch y {
		case 0:
			row.Cells = append(row.Cells, doc.Cell{Text: "三、本年度办理结果", ColSpan: 1, RowSpan: 24, Header: true})
			fallthrough
		case 12:
			row.Cells = append(row.Cells, doc.Cell{Text: "（三）不予公开", Col: 1, ColSpan: 1, RowSpan: 12, Header: true})
		}
		row.Cells = append(row.Cells, doc.Cell{Text: fmt.Sprintf("%d.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", y+1), Col: 2, ColSpan: 1, RowSpan: 1, Header: true})
		for x := range 7 {
			row.Cells = append(row.Cells, doc.Cell{Text: fmt.Sprint(y * x), Col: 3 + x, ColSpan: 1, RowSpan: 1, Number: true, Align: doc.Center})
		}
		table.Rows = append(table.Rows, row)
	}
	d.AddTable(table)
	d.AddPara(doc.Heading1, "五、存在的主要问题及改进情况")
	d.AddPara(doc.Body, "无。")
	return d
}

func TestReadWriteOfAReport(t *testing.T) {
	d := form()
	if diff := cmp.Diff(d.Blocks, mustRead(t, write(t, d)).Blocks, sameBlocks); diff != "" {
		t.Error(diff)
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, form()), write(t, form())) {
		t.Error("two workbooks of one document differ")
	}
}

func TestFiguresAreNumbers(t *testing.T) {
	tests := []struct {
		text string
		want excelize.CellType
	}{
		{"14069", excelize.CellTypeUnset},
		{"-15", excelize.CellTypeUnset},
		{"18.8710", excelize.CellTypeUnset},
		{"0", excelize.CellTypeUnset},
		{"007", excelize.CellTypeSharedString},
		{"1234567890123456", excelize.CellTypeSharedString},
		{"5.00", excelize.CellTypeSharedString},
		{"251000元", excelize.CellTypeSharedString},
	}
	for _, test := range tests {
		d := &doc.Doc{}
		d.AddTable(&doc.Table{Grid: true, Cols: 1, Rows: []doc.Row{{Cells: []doc.Cell{{Text: test.text, ColSpan: 1, RowSpan: 1, Number: true}}}}})
		data := write(t, d)
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.GetCellType(f.GetSheetName(0), "A1"); err != nil || got != test.want {
			t.Errorf("%s has cell type %v, want %v (%v)", test.text, got, test.want, err)
		}
		if got := mustRead(t, data).Blocks[0].Table.Rows[0].Cells[0].Text; got != test.text {
			t.Errorf("%s is read as %s", test.text, got)
		}
	}
}

func TestSheetNames(t *testing.T) {
	d := &doc.Doc{}
	cell := []doc.Row{{Cells: []doc.Cell{{Text: "1", ColSpan: 1, RowSpan: 1}}}}
	for range 2 {
		d.AddPara(doc.Heading1, "二、主动公开：[情况]/"+strings.Repeat("很长", 20))
		d.AddTable(&doc.Table{Grid: true, Cols: 1, Rows: cell})
	}
	d.AddTable(&doc.Table{Grid: true, Cols: 1, Rows: cell})
	f, err := excelize.OpenReader(bytes.NewReader(write(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	names := f.GetSheetList()
	if len(names) != 3 || !strings.HasPrefix(names[0], "二、主动公开情况很长") || !strings.HasSuffix(names[1], "（2）") || names[2] != "正文" {
		t.Errorf("sheets %q", names)
	}
}

func BenchmarkRead(b *testing.B) {
	data := write(b, form())
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

func BenchmarkWrite(b *testing.B) {
	d := form()
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(discard{}, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
