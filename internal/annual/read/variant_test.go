package read

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/text"
)

// A variant prints a report as people and converters were seen to print it
// (14-published-report-variants). Sure variants must be read without any doubt.
type variant struct {
	name string
	sure bool
	make func(*doc.Doc) string
}

var variants = []variant{
	{"one line, blanks between cells", true, func(d *doc.Doc) string { return flow(d, " ", " ") }},
	{"one line, cells run together", false, func(d *doc.Doc) string { return flow(d, "", "") }},
	{"one line, cells run together, rows spaced", false, func(d *doc.Doc) string { return flow(d, "", " ") }},
	{"one line, half spaced", false, func(d *doc.Doc) string { return halfSpaced(flow(d, " ", " ")) }},
	{"one cell a line", true, func(d *doc.Doc) string { return flow(d, "\n", "\n") }},
	{"one cell a line with a bar behind", true, func(d *doc.Doc) string { return flow(d, " |\n", " |\n") }},
	{"cell and bar on alternating lines", true, func(d *doc.Doc) string { return flow(d, "\n|\n", "\n|\n") }},
	{"one cell a line behind a tab", true, tabCells},
	{"bars, cells merged downwards empty", true, func(d *doc.Doc) string { return bars(d, true, false, "|") }},
	{"bars, all merged cells empty", true, func(d *doc.Doc) string { return bars(d, true, true, "|") }},
	{"bars, merged cells left out", true, func(d *doc.Doc) string { return bars(d, false, false, "|") }},
	{"bars without a leading one", true, func(d *doc.Doc) string { return bars(d, true, false, "") }},
	{"tabs between cells", true, tabRows},
	{"traditional characters", true, func(d *doc.Doc) string { return traditional(bars(d, false, false, "|")) }},
	{"traditional characters with pinyin", true, func(d *doc.Doc) string {
		return strings.ReplaceAll(traditional(tabCells(d)), "開", "開(kāi)")
	}},
}

func TestVariants(t *testing.T) {
	for _, v := range variants {
		t.Run(v.name, rapid.MakeCheck(func(t *rapid.T) {
			messy := rapid.Bool().Draw(t, "messy")
			gen := annualtest.Gen()
			if messy {
				gen = annualtest.Messy()
			}
			want := gen.Draw(t, "report")
			for ref, v := range want.Cells {
				if v.State == annual.Doubtful { // prints as two figures, which no reader can tell
					want.Cells[ref] = annual.Value{State: annual.Empty}
				}
			}
			src := v.make(write.Document(want))
			d, err := text.Read([]byte(src))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Report(d, want.File)
			if err != nil {
				t.Fatal(err)
			}
			wrong := silentlyWrong(want, got)
			if v.sure && !messy {
				for _, d := range got.Doubts {
					wrong = append(wrong, fmt.Sprintf("doubt %s %s (%s)", d.Where, d.Reason, d.Raw))
				}
			}
			if len(wrong) > 0 {
				t.Fatalf("%s\n%s", strings.Join(wrong[:min(len(wrong), 8)], "\n"), src)
			}
		}))
	}
}

// silentlyWrong lists the cells that are neither right nor in doubt.
func silentlyWrong(want, got *annual.Report) []string {
	var wrong []string
	if got.Form.ID != want.Form.ID {
		return []string{"form " + got.Form.ID}
	}
	for _, ref := range want.Refs() {
		w, g := want.Cells[ref], got.Cells[ref]
		switch {
		case (g.State == annual.Doubtful || g.State == annual.Absent) && covered(got, ref):
			continue
		case g.State == w.State && g.N == w.N:
			continue
		case g.State <= annual.Empty && w.State <= annual.Empty: // a row that is not there prints as empty cells
			continue
		case w.State == annual.Doubtful && g.State != annual.Number:
			continue
		}
		wrong = append(wrong, fmt.Sprintf("%s: read %+v, want %+v", ref, g, w))
	}
	return wrong
}

func covered(r *annual.Report, ref annual.Ref) bool {
	for _, d := range r.Doubts {
		if d.Covers(ref) {
			return true
		}
	}
	return false
}

// flow prints the cells of each row behind each other.
func flow(d *doc.Doc, cell, row string) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text + row)
			continue
		}
		for _, r := range block.Table.Rows {
			for i, c := range r.Cells {
				if i > 0 {
					b.WriteString(cell)
				}
				b.WriteString(c.Text)
			}
			b.WriteString(row)
		}
	}
	return b.String()
}

// traditional sets the characters of labels in their traditional form.
func traditional(s string) string {
	back := make(map[rune]rune, len(simplified))
	for t, c := range simplified {
		back[c] = max(back[c], t)
	}
	return strings.Map(func(c rune) rune {
		if t, ok := back[c]; ok {
			return t
		}
		return c
	}, s)
}

// halfSpaced drops every third blank, as one converter does.
func halfSpaced(s string) string {
	var b strings.Builder
	n := 0
	for _, c := range s {
		if c == ' ' {
			if n++; n%3 == 0 {
				continue
			}
		}
		b.WriteRune(c)
	}
	return b.String()
}

func tabCells(d *doc.Doc) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text + "\n")
			continue
		}
		b.WriteByte('\n')
		for _, r := range gridRows(block.Table, true, false) {
			for _, c := range r {
				b.WriteString("\t" + c + "\n")
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func bars(d *doc.Doc, down, across bool, edge string) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text + "\n\n")
			continue
		}
		for _, r := range gridRows(block.Table, down, across) {
			b.WriteString(edge + " " + strings.Join(r, " | ") + " " + edge + "\n")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func tabRows(d *doc.Doc) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text + "\n")
			continue
		}
		for _, r := range gridRows(block.Table, true, false) {
			b.WriteString(strings.Join(r, "\t") + "\n")
		}
	}
	return b.String()
}

// gridRows gives the rows of a table. With down, a cell that goes on from the row
// above is an empty cell, with across also one that goes on from the left;
// otherwise they are left out.
func gridRows(t *doc.Table, down, across bool) [][]string {
	open := make(map[int]int) // column → rows still covered
	width := make(map[int]int)
	var rows [][]string
	for _, r := range t.Rows {
		var row []string
		next := 0
		for col := 0; col < t.Cols; {
			if open[col] > 0 {
				open[col]--
				if down {
					row = append(row, "")
				}
				if down && across {
					row = append(row, make([]string, width[col]-1)...)
				}
				col += max(width[col], 1)
				continue
			}
			if next >= len(r.Cells) {
				break
			}
			c := r.Cells[next]
			next++
			row = append(row, strings.ReplaceAll(c.Text, "\n", ""))
			if across {
				row = append(row, make([]string, c.ColSpan-1)...)
			}
			open[c.Col], width[c.Col] = c.RowSpan-1, c.ColSpan
			col = c.Col + c.ColSpan
		}
		rows = append(rows, row)
	}
	return rows
}

// Rows of a table whose merged labels leave empty cells behind, or which a
// converter has padded, are read in the right columns even where a figure is
// empty.
func TestPaddedRows(t *testing.T) {
	const head = "三、收到和处理政府信息公开申请情况\n"
	for _, c := range []struct {
		name, rows, want string
	}{
		{"merged label", "| 一、本年新收政府信息公开申请数量 | | | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n| 二、上年结转政府信息公开申请数量 | | | 1 | 0 | 0 | 0 | 0 | 0 | |\n", "1 0 0 0 0 0 _"},
		{"first figure empty", "| 一、本年新收政府信息公开申请数量 | | | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n| 二、上年结转政府信息公开申请数量 | | | | 0 | 0 | 0 | 0 | 0 | 0 |\n", "_ 0 0 0 0 0 0"},
		{"padded behind", "| 一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 | |\n| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | | |\n", "1 0 0 0 0 0 _"},
		{"empty at both ends and nothing to learn from", "| 二、上年结转政府信息公开申请数量 | | 1 | 0 | 0 | 0 | 0 | 0 | |\n", "? ? ? ? ? ? ?"},
		{"a figure thrown out of its row", "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | | 0 | 1 |\n\n22（其中修订16件）\n", "1 0 0 0 ? 0 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := text.Read([]byte(head + c.rows))
			if err != nil {
				t.Fatal(err)
			}
			r, err := Report(d, "x.md")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range 7 {
				v := r.Get("table3", "R2", fmt.Sprintf("C%d", i+1))
				got = append(got, map[annual.State]string{annual.Empty: "_", annual.Number: v.Raw, annual.Doubtful: "?"}[v.State])
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v, want %s; doubts %v", got, c.want, r.Doubts)
			}
		})
	}
}
