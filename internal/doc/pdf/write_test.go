package pdf

import (
	"bytes"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

func written(t testing.TB, d *doc.Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return b.Bytes()
}

// bare leaves of a table what a reader can see in print.
func bare(t *doc.Table) [][]doc.Cell {
	var rows [][]doc.Cell
	for _, row := range t.Rows {
		var cells []doc.Cell
		for _, c := range row.Cells {
			cells = append(cells, doc.Cell{Text: c.Text, Col: c.Col, ColSpan: c.ColSpan, RowSpan: c.RowSpan})
		}
		rows = append(rows, cells)
	}
	return rows
}

// prose is the text of all paragraphs without blanks and line ends.
func prose(d *doc.Doc) string {
	var b strings.Builder
	for p := range d.Paras {
		b.WriteString(strings.Join(strings.Fields(p.Text), ""))
	}
	return b.String()
}

func TestWrittenReportReadsTheSame(t *testing.T) {
	d := sampleReport()
	got := read(t, written(t, d))
	if diff := cmp.Diff(prose(d), prose(got)); diff != "" {
		t.Errorf("paragraphs (-written +read):\n%s", diff)
	}
	want, have := tablesOf(d), tablesOf(got)
	if len(have) != len(want) {
		t.Fatalf("%d tables read, %d written", len(have), len(want))
	}
	for i := range want {
		if diff := cmp.Diff(bare(want[i]), bare(have[i]), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("table %d (-written +read):\n%s", i+1, diff)
		}
	}
	if got.Title != "青河县水务局2025年政府信息公开工作年度报告" {
		t.Errorf("title %q", got.Title)
	}
}

// Figures of any table come back in their own cell, whatever the widths.
func TestAnyTableReadsTheSame(t *testing.T) {
	texts := rapid.SampledFrom([]string{"", "0", "7", "1286", "13612", "12.50", "/", "-", "总计", "行政处罚", "（一）予以公开", "（三）不予公开"})
	rapid.Check(t, func(rt *rapid.T) {
		cols := rapid.IntRange(2, 10).Draw(rt, "columns")
		table := &doc.Table{Cols: cols, Grid: true}
		for range cols {
			table.Widths = append(table.Widths, rapid.IntRange(4, 8).Draw(rt, "width"))
		}
		for range rapid.IntRange(1, 40).Draw(rt, "rows") {
			var row doc.Row
			for c := 0; c < cols; {
				span := min(cols-c, rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(rt, "span"))
				row.Cells = append(row.Cells, doc.Cell{
					Text: texts.Draw(rt, "text"), Col: c, ColSpan: span, RowSpan: 1,
					Align: rapid.SampledFrom([]doc.Align{doc.Left, doc.Center, doc.Right}).Draw(rt, "align"),
				})
				c += span
			}
			table.Rows = append(table.Rows, row)
		}
		// A line of columns of its own keeps every column line in print.
		var full doc.Row
		for c := range cols {
			full.Cells = append(full.Cells, doc.Cell{Text: "8", Col: c, ColSpan: 1, RowSpan: 1})
		}
		table.Rows = append(table.Rows, full)
		d := &doc.Doc{}
		d.AddTable(table)
		got := tablesOf(read(t, written(t, d)))
		if len(got) != 1 {
			rt.Fatalf("%d tables read", len(got))
		}
		if diff := cmp.Diff(bare(table), bare(got[0]), cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("(-written +read):\n%s", diff)
		}
	})
}

func TestWriteIsDeterministic(t *testing.T) {
	first := written(t, sampleReport())
	for range 5 {
		if !bytes.Equal(first, written(t, sampleReport())) {
			t.Fatal("the same document gave other bytes")
		}
	}
	const most = 200 << 10
	if len(first) > most {
		t.Errorf("file has %d bytes, want at most %d: only used glyphs belong into it", len(first), most)
	}
}

func TestRareCharactersSurvive(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Body, "申请人㛃某、𠮷野、𬭎、龘、䶮、ñ，①②③≥½℃")
	if got := prose(read(t, written(t, d))); got != prose(d) {
		t.Errorf("read %q, written %q", got, prose(d))
	}
}

func TestRadicalsBecomeCharacters(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Body, "⼀、⾏政⼈员⻓期，金額１２")
	if got, want := prose(read(t, written(t, d))), "一、行政人员长期，金額１２"; got != want {
		t.Errorf("read %q, want %q", got, want)
	}
}

func TestLinesKeepTheBreakingRules(t *testing.T) {
	serifFace, err := serif()
	if err != nil {
		t.Fatal(err)
	}
	f := &fonts{serif: newFace(serifFace), sans: newFace(serifFace)}
	l := look{face: f.serif, size: bodySize}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("政府信息公开申请，。、；（）《》“”…—12345678.%abc ")), 1, 300, -1).Draw(rt, "text")
		lines := f.breakLines(text, l, areaWidth, 2*bodySize)
		var all strings.Builder
		for _, set := range lines {
			all.WriteString(set.text)
			if set.width > areaWidth+0.1 {
				rt.Errorf("line %q is %.1f points wide", set.text, set.width)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(all.String()) != squeeze(text) {
			rt.Errorf("lines hold %q", all.String())
		}
	})
	lines := f.breakLines(strings.Repeat("政", 26)+"，"+strings.Repeat("府", 30)+"（公开）", l, areaWidth, 2*bodySize)
	for _, set := range lines {
		if strings.ContainsRune(notFirst, []rune(set.text)[0]) {
			t.Errorf("line begins with %q", set.text)
		}
	}
	if n := len([]rune(f.breakLines(strings.Repeat("政", 80), l, areaWidth, 0)[0].text)); n != charsPerLine {
		t.Errorf("%d characters a line, want %d (GB/T 9704 5.2.3)", n, charsPerLine)
	}
}

func TestLongestContentsStayOnThePage(t *testing.T) {
	d := &doc.Doc{Header: "青河县水务局"}
	d.AddPara(doc.Title, strings.Repeat("关于公开目录的", 30))
	d.AddPara(doc.Body, strings.Repeat("x", 500))
	long := strings.Repeat("存在的主要问题及改进情况，", 400)
	d.AddTable(&doc.Table{Cols: 2, Grid: true, Rows: []doc.Row{
		{Header: true, Cells: []doc.Cell{{Text: "项目", ColSpan: 1, RowSpan: 1}, {Text: "说明", Col: 1, ColSpan: 1, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "问题", ColSpan: 1, RowSpan: 1}, {Text: long, Col: 1, ColSpan: 1, RowSpan: 1}}},
	}})
	d.AddPara(doc.PageBreak, "")
	d.AddPara(doc.Body, "附件：\n1.清单")
	got := read(t, written(t, d))
	var all strings.Builder
	all.WriteString(prose(got))
	for table := range got.Tables {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				all.WriteString(c.Text)
			}
		}
	}
	text := strings.NewReplacer("\n", "", " ", "").Replace(all.String())
	for what, n := range map[string]int{"存": 400, "，": 400, "关于公开目录的": 30, "x": 500} {
		if have := strings.Count(text, what); have != n {
			t.Errorf("%q stands there %d times, want %d", what, have, n)
		}
	}
}

func TestWriteOddTables(t *testing.T) {
	overlapping := &doc.Table{Cols: 2, Rows: []doc.Row{
		{Cells: []doc.Cell{{Text: "a", ColSpan: 2, RowSpan: 9}, {Text: "b", Col: 1, ColSpan: 1, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "c"}}},
		{},
	}}
	wide := &doc.Table{Cols: 61, Rows: []doc.Row{{}}}
	for name, c := range map[string]struct {
		table *doc.Table
		kind  errs.Kind
	}{
		"no rows":            {&doc.Table{}, errs.Internal},
		"rows without cells": {&doc.Table{Rows: []doc.Row{{}, {}}}, errs.Internal},
		"spans beyond":       {overlapping, errs.Internal},
		"too wide":           {wide, errs.TooLarge},
	} {
		d := &doc.Doc{}
		d.AddTable(c.table)
		if err := Write(io.Discard, d); errs.KindOf(err) != c.kind || (err != nil) != (c.kind == errs.TooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	d := sampleReport()
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

// A signature never stands on a page without text, wherever the text ends; the
// first page of a letter has no number (GB/T 9704-2012).
func TestASignatureStaysWithTheText(t *testing.T) {
	for lines := 1; lines < 30; lines++ {
		d := &doc.Doc{}
		d.AddPara(doc.Letterhead, "青川旗政务服务局")
		for range lines {
			d.AddPara(doc.Body, "正文一行。")
		}
		d.AddPara(doc.Signature, "青川旗政务服务局")
		d.AddPara(doc.Date, "2025年4月14日")
		got := read(t, written(t, d))
		signed := map[int]bool{}
		for p := range got.Paras {
			if strings.Contains(p.Text, "2025年4月14日") {
				signed[p.Place.Page] = true
			}
		}
		for page := range signed {
			ok := false
			for p := range got.Paras {
				ok = ok || p.Place.Page == page && strings.Contains(p.Text, "正文一行")
			}
			if !ok {
				t.Errorf("after %d lines the signature stands alone on page %d", lines, page)
			}
		}
		for _, n := range got.Notices {
			if n.Kind == doc.PageNumber && n.Place.Page == 1 {
				t.Errorf("the first page of a letter has the number %s", n.Text)
			}
		}
	}
}

// The two double lines of a letter: 170 mm long, the first 4 mm below the name and
// thick above, the second 20 mm above the lower edge and thick below, on the first
// page alone (GB/T 9704-2012 10.1).
func TestTheLinesOfALetter(t *testing.T) {
	serifFace, err := serif()
	if err != nil {
		t.Fatal(err)
	}
	s := &setter{fonts: &fonts{serif: newFace(serifFace), sans: newFace(serifFace)}}
	s.newPage()
	s.letterhead("青川旗政务服务局")
	s.newPage()
	ruled := regexp.MustCompile(`([\d.]+) w ([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S`)
	type rule struct{ width, left, right, top float64 }
	var rules []rule
	for _, m := range ruled.FindAllStringSubmatch(s.pages[0].out.String(), -1) {
		var v [6]float64
		for i := 1; i < 6; i++ {
			v[i], _ = strconv.ParseFloat(m[i], 64)
		}
		rules = append(rules, rule{v[1], v[2] / millimetre, v[4] / millimetre, (pageHeight - v[3]) / millimetre})
	}
	if len(rules) != 4 || ruled.MatchString(s.pages[1].out.String()) {
		t.Fatalf("%+v", rules)
	}
	for i, want := range []struct{ width, top float64 }{
		{thickLine, 30 + letterheadSize/millimetre + 4}, {thinLine, 30 + letterheadSize/millimetre + 5}, {thinLine, 276}, {thickLine, 277},
	} {
		got := rules[i]
		if got.width != want.width || math.Abs(got.top-want.top) > 0.7 || math.Abs(got.right-got.left-170) > 0.1 || math.Abs(got.left-20) > 0.1 {
			t.Errorf("line %d: %+v, want %+v", i+1, got, want)
		}
	}
}
