package text

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

func TestDecode(t *testing.T) {
	const s = "一、总体情况\n收到申请 0 件"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	units := utf16.Encode([]rune(s))
	le, be := []byte{}, []byte{}
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	for _, c := range []struct {
		name, encoding string
		data           []byte
	}{
		{"plain", UTF8, []byte(s)},
		{"with a mark", UTF8, append([]byte{0xEF, 0xBB, 0xBF}, s...)},
		{"GB18030", GB18030, []byte(gb)},
		{"UTF-16 with a mark, low byte first", UTF16LE, append([]byte{0xFF, 0xFE}, le...)},
		{"UTF-16 with a mark, high byte first", UTF16BE, append([]byte{0xFE, 0xFF}, be...)},
		{"UTF-16 without a mark, low byte first", UTF16LE, le},
		{"UTF-16 without a mark, high byte first", UTF16BE, be},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, encoding, err := Decode(c.data)
			if err != nil || got != s || encoding != c.encoding {
				t.Errorf("%q in %s, %v; want %q in %s", got, encoding, err, s, c.encoding)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		kind errs.Kind
	}{
		{"nothing", nil, errs.Invalid},
		{"blanks", []byte(" \n\t\n"), errs.Invalid},
		{"no known encoding", []byte{0xC3, 0x28, 0xA0, 0xFF, 0xFF, 'a'}, errs.Corrupt},
		{"bytes of a program", []byte{0x7F, 'E', 'L', 'F', 0, 1, 0}, errs.Corrupt},
		{"too large", []byte(strings.Repeat("一", MaxBytes/3+1)), errs.TooLarge},
		{"too many lines", []byte(strings.Repeat("\n", MaxLines+1) + "x"), errs.TooLarge},
		{"too many cells in a row", []byte(strings.Repeat("|0", MaxRowCells+2)), errs.TooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(c.data)
			var e *errs.Error
			if !errors.As(err, &e) || e.Kind != c.kind {
				t.Errorf("%v, want kind %v", err, c.kind)
			}
		})
	}
}

// rows prints the cells of all tables, and text lines as they are.
func rows(d *doc.Doc) []string {
	var out []string
	for _, b := range d.Blocks {
		if b.Para != nil {
			out = append(out, b.Para.Text)
			continue
		}
		for _, r := range b.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			out = append(out, "["+strings.Join(cells, "¦")+"]")
		}
	}
	return out
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"a cell a line behind a tab", "标题\n\t规章\n\t0\n\t1\n\n\t\n\t商业\n企业\n\n完。\n", []string{"标题", "[规章¦0¦1]", "[¦商业\n企业]", "完。"}},
		{"paragraphs indented by a tab", "\t第一段，说了一些事情。\n\t第二段。\n" + strings.Repeat("长", 130), nil},
		{"markdown", "# 标题\n| a | b |\n|---|:-:|\n| 1 |  |\n", []string{"标题", "[a¦b]", "[1¦]"}},
		{"no bar in front", "a | b | c\n1 | 2 | 3\n", []string{"[a¦b¦c]", "[1¦2¦3]"}},
		{"a bar behind each line", "规章 |\n0 |\n", []string{"规章", "0"}},
		{"lone bars", "规章\n|\n0\n", []string{"规章", "0"}},
		{"tabs between cells", "规章\t0\t1\n文件\t2\t3\n", []string{"[规章¦0¦1]", "[文件¦2¦3]"}},
		{"page numbers", "一\n  -3-  \n— 4 —\n第 5 页 共 9 页\n3\n", []string{"一", "3"}},
		{"line ends of other systems", "一\r\n二\r三", []string{"一", "二", "三"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read([]byte(c.src))
			if err != nil {
				t.Fatal(err)
			}
			if c.want == nil {
				for range d.Tables {
					t.Error("text was taken for a table")
				}
				return
			}
			if diff := cmp.Diff(c.want, rows(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPositions(t *testing.T) {
	d, err := Read([]byte("　　开头\n规章               0          12       0\n第二页\f末行"))
	if err != nil {
		t.Fatal(err)
	}
	first, figures, last := d.Blocks[0].Para, d.Blocks[1].Para, d.Blocks[len(d.Blocks)-1].Para
	if first.Spans[0].X0 != 2 {
		t.Errorf("indentation %v, want 2", first.Spans[0].X0)
	}
	want := []doc.Span{{Text: "规章", X0: 0, X1: 2}, {Text: "0", X0: 17, X1: 18}, {Text: "12", X0: 28, X1: 30}, {Text: "0", X0: 37, X1: 38}}
	if diff := cmp.Diff(want, figures.Spans); diff != "" {
		t.Error(diff)
	}
	if last.Place.Page != 2 || last.Place.Line != 3 {
		t.Errorf("last line at %v", last.Place)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"一、总体情况", "\t规章\n\t0\n\n\t1", "|a|b|\n|-|-|\n|1|2|", "a\tb\nc\td", "x  y\f\n-3-", "\xff\xfea\x00", "│1│2│", "|\n|"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err != nil {
			return
		}
		for table := range d.Tables {
			for _, r := range table.Rows {
				if len(r.Cells) > table.Cols {
					t.Errorf("row of %d cells in a table of %d columns", len(r.Cells), table.Cols)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	s := []byte(strings.Repeat("　　二〇二四年，坚持以公开为常态、不公开为例外，做好各项工作。\n", 200) + strings.Repeat("| 规章 | 0 | 0 | 0 |\n", 60))
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(s); err != nil {
			b.Fatal(err)
		}
	}
}

// What Write writes is read back with the same rows.
func TestWrite(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Title, "标题")
	d.AddPara(doc.Body, "正文。")
	d.AddTable(&doc.Table{Cols: 3, Grid: true, Rows: []doc.Row{
		{Cells: []doc.Cell{{Text: "组", ColSpan: 1, RowSpan: 2}, {Text: "甲|乙", Col: 1, ColSpan: 2, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "一\n二", Col: 1, ColSpan: 1, RowSpan: 1}, {Text: "0", Col: 2, ColSpan: 1, RowSpan: 1}}},
	}})
	var b strings.Builder
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	back, err := Read([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"标题", "正文。", "[组¦甲|乙¦]", "[¦一\n二¦0]"}
	if diff := cmp.Diff(want, rows(back)); diff != "" {
		t.Error(diff)
	}
}
