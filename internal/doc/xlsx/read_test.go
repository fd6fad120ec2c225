package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// outline writes a document as short lines: paragraphs as they are, tables as
// rows of cells "column:text<colspan,rowspan>".
func outline(d *doc.Doc) []string {
	var out []string
	for _, b := range d.Blocks {
		if b.Para != nil {
			out = append(out, b.Para.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				s := fmt.Sprintf("%d:%s", c.Col, c.Text)
				if c.ColSpan > 1 || c.RowSpan > 1 {
					s += fmt.Sprintf("<%d,%d>", c.ColSpan, c.RowSpan)
				}
				cells = append(cells, s)
			}
			out = append(out, "| "+strings.Join(cells, " | "))
		}
	}
	return out
}

// workbook makes a file from cells: sheet → reference → value; the steps after
// that do the rest.
func workbook(t testing.TB, cells map[string]any, steps ...func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	for ref, v := range cells {
		if err := f.SetCellValue("Sheet1", ref, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range steps {
		if err := step(f); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func merged(ranges ...string) func(f *excelize.File) error {
	return func(f *excelize.File) error {
		for _, r := range ranges {
			from, to, _ := strings.Cut(r, ":")
			if err := f.MergeCell("Sheet1", from, to); err != nil {
				return err
			}
		}
		return nil
	}
}

func styled(from, to string, style excelize.Style) func(f *excelize.File) error {
	return func(f *excelize.File) error {
		id, err := f.NewStyle(&style)
		if err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", from, to, id)
	}
}

var boxed = excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}}

func mustRead(t testing.TB, data []byte) *doc.Doc {
	t.Helper()
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSheetsAreCutIntoTextAndTables(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want []string
	}{
		{
			"text, then a grid", workbook(t, map[string]any{"A1": "年度报告", "A3": "共受理3件。", "A5": "名", "B5": "数", "A6": "甲", "B6": 3}),
			[]string{"年度报告", "共受理3件。", "| 0:名 | 1:数", "| 0:甲 | 1:3"},
		},
		{
			"all on one sheet without borders", workbook(t, map[string]any{
				"A1": "二、主动公开政府信息情况", "A2": "第二十条第（一）项", "A3": "信息内容", "B3": "制发", "C3": "废止", "A4": "规章", "B4": 1, "C4": 0,
				"A5": "第二十条第（五）项", "A6": "行政许可", "B6": 7, "A7": "三、收到申请情况", "A8": "自然人", "B8": "总计", "A9": "1", "B9": "2",
			}, merged("A1:C1", "A2:C2", "A5:C5", "B6:C6", "A7:C7")),
			[]string{
				"二、主动公开政府信息情况", "| 0:第二十条第（一）项<3,1>", "| 0:信息内容 | 1:制发 | 2:废止", "| 0:规章 | 1:1 | 2:0", "| 0:第二十条第（五）项<3,1>",
				"| 0:行政许可 | 1:7<2,1>", "三、收到申请情况", "| 0:自然人 | 1:总计", "| 0:1 | 1:2",
			},
		},
		{
			"borders tell text from tables", workbook(t, map[string]any{
				"A1": "填报单位：某县", "B1": "单位：件", "A2": "第二十条第（一）项", "A3": "规章", "B3": 1, "A5": "说明。",
			},
				styled("A2", "B4", boxed), merged("A2:B2")),
			[]string{"填报单位：某县　单位：件", "| 0:第二十条第（一）项<2,1>", "| 0:规章 | 1:1", "| 0: | 1:", "说明。"},
		},
		{
			"cells merged down hold rows together", workbook(t, map[string]any{"A1": "办理结果", "B1": "公开", "C1": 1, "B3": "不公开", "C3": 2}, merged("A1:A3")),
			[]string{"| 0:办理结果<1,3> | 1:公开 | 2:1", "| 1: | 2:", "| 1:不公开 | 2:2"},
		},
		{
			"a long text merged over rows is a paragraph", workbook(t, map[string]any{"A1": strings.Repeat("文", 100), "A4": "名", "B4": "数"}, merged("A1:D3")),
			[]string{strings.Repeat("文", 100), "| 0:名 | 1:数"},
		},
		{
			"columns shared by merging are given back", workbook(t, map[string]any{"A1": "名", "D1": "数", "A2": "甲", "D2": 1}, styled("A1", "F2", boxed), merged("A1:C1", "D1:F1", "A2:C2", "D2:F2")),
			[]string{"| 0:名 | 1:数", "| 0:甲 | 1:1"},
		},
		{
			"empty cells in the range, grid off the corner", workbook(t, map[string]any{"C4": "名", "D4": "数", "E4": "注", "C5": "甲", "E5": "无"}),
			[]string{"| 0:名 | 1:数 | 2:注", "| 0:甲 | 1: | 2:无"},
		},
		{"text under a merged cell is not seen", workbook(t, map[string]any{"A1": "名", "B1": "旧", "C1": "数", "A2": 1, "B2": 2, "C2": 3}, func(f *excelize.File) error {
			if err := f.MergeCell("Sheet1", "A1", "B1"); err != nil {
				return err
			}
			return f.SetCellValue("Sheet1", "A1", "名")
		}), []string{"| 0:名<2,1> | 2:数", "| 0:1 | 1:2 | 2:3"}},
		{"hidden rows and columns are left out", workbook(t, map[string]any{"A1": "名", "B1": "密", "C1": "数", "A2": "乙", "B2": 1, "C2": 2, "A3": "甲", "B3": 3, "C3": 4}, merged("A4:C4"), func(f *excelize.File) error {
			if err := f.SetRowVisible("Sheet1", 2, false); err != nil {
				return err
			}
			return f.SetColVisible("Sheet1", "B", false)
		}), []string{"| 0:名 | 1:数", "| 0:甲 | 1:4"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(mustRead(t, test.data))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestValues(t *testing.T) {
	format := func(code string) *string { return &code }
	tests := []struct {
		name  string
		value any
		style excelize.Style
		want  string
	}{
		{"integer", 14069, excelize.Style{}, "14069"},
		{"binary fraction", 59237.244899999998, excelize.Style{}, "59237.2449"},
		{"sum of fractions", 0.1 + 0.2, excelize.Style{}, "0.3"},
		{"no thousands separator", 13575394, excelize.Style{NumFmt: 3}, "13575394"},
		{"no rounding", 47.9659, excelize.Style{NumFmt: 2}, "47.9659"},
		{"trailing zeros of a fraction are printed", 18.871, excelize.Style{CustomNumFmt: format("0.0000")}, "18.8710"},
		{"none for a whole number", 5, excelize.Style{CustomNumFmt: format("#,##0.00_ ")}, "5"},
		{"percentage as printed", 0.339, excelize.Style{CustomNumFmt: format("0.0%")}, "33.9%"},
		{"unit of the format is left out", 2, excelize.Style{CustomNumFmt: format(`0"笔"`)}, "2"},
		{"zero that is not printed", 0, excelize.Style{CustomNumFmt: format("0;-0;;@")}, ""},
		{"negative", -15, excelize.Style{}, "-15"},
		{"digits in a text", "007", excelize.Style{}, "007"},
		{"a long number in a text", "123456789012345678", excelize.Style{}, "123456789012345678"},
		{"date, short", 45677, excelize.Style{NumFmt: 14}, "2025/1/20"},
		{"date, Chinese", 45677, excelize.Style{CustomNumFmt: format(`yyyy"年"m"月"d"日";@`)}, "2025年1月20日"},
		{"date, Chinese by number", 45677, excelize.Style{NumFmt: 31}, "2025年1月20日"},
		{"date and time", 45677.5, excelize.Style{CustomNumFmt: format("yyyy-mm-dd hh:mm:ss")}, "2025-01-20 12:00:00"},
		{"weekday", 45677, excelize.Style{CustomNumFmt: format("[$-804]aaaa")}, "星期一"},
		{"truth", true, excelize.Style{}, "TRUE"},
		{"line breaks", "本年新\r\n制作数量", excelize.Style{}, "本年新\n制作数量"},
		{"only blanks", " 　\u00a0", excelize.Style{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := mustRead(t, workbook(t, map[string]any{"A1": "名", "B1": "数", "C1": "注", "A2": "甲", "B2": test.value, "C2": "无"}, styled("B2", "B2", test.style)))
			for table := range d.Tables {
				if got := table.Rows[1].Cells[1].Text; got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestFormulasGiveTheirStoredValue(t *testing.T) {
	data := sheetXML(t, `<sheetData><row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>A1+1</f><v>9</v></c><c r="C1" t="str"><f>"a"</f><v>文</v></c><c r="D1" t="e"><v>#DIV/0!</v></c></row></sheetData>`)
	if diff := cmp.Diff([]string{"| 0:3 | 1:9 | 2:文 | 3:#DIV/0!"}, outline(mustRead(t, data))); diff != "" {
		t.Error(diff)
	}
}

func TestPlacesAndNotices(t *testing.T) {
	data := workbook(t, map[string]any{"A1": "报告", "B3": "名", "C3": "数", "B4": "甲", "C4": 1}, func(f *excelize.File) error {
		if _, err := f.NewSheet("底稿"); err != nil {
			return err
		}
		if err := f.SetCellValue("底稿", "A1", "密"); err != nil {
			return err
		}
		if err := f.SetSheetVisible("底稿", false); err != nil {
			return err
		}
		return f.AddComment("Sheet1", excelize.Comment{Cell: "C4", Author: "甲", Paragraph: []excelize.RichTextRun{{Text: "请核对"}}})
	})
	d := mustRead(t, data)
	cell := d.Blocks[1].Table.Rows[1].Cells[1]
	if want := (doc.Place{Sheet: "Sheet1", Row: 4, Col: 3}); cell.Text != "1" || cell.Place != want {
		t.Errorf("cell %+v", cell)
	}
	if want := (doc.Place{Sheet: "Sheet1", Row: 1, Col: 1, Para: 1}); d.Blocks[0].Para.Place != want {
		t.Errorf("paragraph at %+v", d.Blocks[0].Para.Place)
	}
	want := []doc.Notice{
		{Kind: doc.Comment, Text: "请核对", Place: doc.Place{Sheet: "Sheet1", Row: 4, Col: 3}},
		{Kind: doc.HiddenText, Text: "隐藏的工作表“底稿”未读取", Place: doc.Place{Sheet: "底稿"}},
	}
	if diff := cmp.Diff(want, d.Notices); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	var locked bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&locked, excelize.Options{Password: "1234"}); err != nil {
		t.Fatal(err)
	}
	picture := workbook(t, nil, func(f *excelize.File) error {
		return f.AddPictureFromBytes("Sheet1", "A1", &excelize.Picture{Extension: ".png", File: onePixel, Format: &excelize.GraphicOptions{}})
	})
	whole := workbook(t, map[string]any{"A1": "a"})
	tests := []struct {
		name string
		data []byte
		want errs.Kind
	}{
		{"old binary xls", append(bytes.Clone(oleMagic), make([]byte, 2000)...), errs.Unsupported},
		{"password", locked.Bytes(), errs.Encrypted},
		{"text", []byte("名,数"), errs.Corrupt},
		{"nothing", nil, errs.Corrupt},
		{"half a file", whole[:len(whole)/2], errs.Corrupt},
		{"a zip of something else", zipOf(t, map[string]string{"a.txt": "a"}), errs.Corrupt},
		{"broken markup", sheetXML(t, `<sheetData><row`), errs.Corrupt},
		{"only a picture", picture, errs.Picture},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Read(test.data); errs.KindOf(err) != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}
