package html

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"gongkai/internal/doc"
)

// sameBlocks compares what a page can say: not the places, nor what only
// writers are told.
var sameBlocks = cmp.Options{
	cmpopts.IgnoreFields(doc.Para{}, "Place", "Spans"),
	cmpopts.IgnoreFields(doc.Table{}, "Place", "Widths"),
	cmpopts.IgnoreFields(doc.Row{}, "Place"),
	cmpopts.IgnoreFields(doc.Cell{}, "Place", "Align", "Number", "Strong"),
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
		page := write(t, d)
		back, err := Read(page)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(d.Blocks, back.Blocks, sameBlocks); diff != "" {
			rt.Fatalf("%s\n%s", diff, page)
		}
	})
}

func TestPublishedReportsReadWrite(t *testing.T) {
	for _, name := range []string{"2025-hangzhou-city.html", "2019-shanghai-office.html"} {
		d := readPublished(t, name)
		if diff := cmp.Diff(d.Blocks, mustRead(t, write(t, d)).Blocks, sameBlocks); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func anyText(t *rapid.T, label string) string {
	s := rapid.StringOfN(rapid.SampledFrom([]rune("一二三（）0123456789.-/ab <>&\"'\u00a0　 \n\t打印上一篇版权所有")), 0, 24, -1).Draw(t, label)
	if isBlank(s) {
		return ""
	}
	return s
}

func anyDoc(t *rapid.T) *doc.Doc {
	d := &doc.Doc{}
	for range rapid.IntRange(0, 6).Draw(t, "blocks") {
		switch {
		case rapid.Bool().Draw(t, "isTable"):
			d.AddTable(anyTable(t, 1))
		case rapid.IntRange(0, 9).Draw(t, "break") == 0:
			d.AddPara(doc.PageBreak, "")
		default:
			style := rapid.SampledFrom([]doc.Style{doc.Body, doc.Title, doc.Heading1, doc.Heading2, doc.Heading3, doc.Plain, doc.Signature, doc.Date}).Draw(t, "style")
			if text := anyText(t, "para"); text != "" {
				d.AddPara(style, text)
			}
		}
	}
	return d
}

// anyTable lays random cells over a grid without holes.
func anyTable(t *rapid.T, nesting int) *doc.Table {
	rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "cols")
	head := rapid.IntRange(0, rows).Draw(t, "head")
	table := &doc.Table{Grid: true, Cols: cols, Rows: make([]doc.Row, rows)}
	taken := make([][]bool, rows)
	for y := range taken {
		taken[y] = make([]bool, cols)
		table.Rows[y].Header = y < head
	}
	for y := range rows {
		for x := 0; x < cols; x++ {
			if taken[y][x] {
				continue
			}
			width, last := 1, rows
			if y < head {
				last = head
			}
			for want := rapid.IntRange(1, 3).Draw(t, "colspan"); width < want && x+width < cols && !taken[y][x+width]; {
				width++
			}
			height := rapid.IntRange(1, min(3, last-y)).Draw(t, "rowspan")
			for i := range height {
				for k := range width {
					taken[y+i][x+k] = true
				}
			}
			cell := doc.Cell{Text: anyText(t, "cell"), Col: x, ColSpan: width, RowSpan: height, Header: rapid.Bool().Draw(t, "th")}
			if nesting > 0 && rapid.IntRange(0, 15).Draw(t, "nested") == 0 {
				cell.Nested = []doc.Table{*anyTable(t, nesting-1)}
			}
			table.Rows[y].Cells = append(table.Rows[y].Cells, cell)
		}
	}
	return table
}

func TestPageIsSelfContainedAndAccessible(t *testing.T) {
	d := &doc.Doc{Title: `A</title><script>alert(1)</script>`, Header: `"}</style><script>`}
	d.AddPara(doc.Title, "报告")
	d.AddPara(doc.Heading2, "（一）跳级")
	d.AddPara(doc.Heading1, "一、总体情况")
	d.AddPara(doc.Heading2, "（一）主动公开")
	d.AddPara(doc.Body, "<script>alert(1)</script>")
	d.AddTable(&doc.Table{Grid: true, Cols: 2, Rows: []doc.Row{
		{Header: true, Cells: []doc.Cell{{Text: "名", ColSpan: 1, RowSpan: 1, Header: true}, {Text: "数", Col: 1, ColSpan: 1, RowSpan: 1, Header: true}}},
		{Cells: []doc.Cell{{Text: "甲", ColSpan: 1, RowSpan: 1, Header: true}, {Text: "1", Col: 1, ColSpan: 1, RowSpan: 1}}},
	}})
	page := string(write(t, d))
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	level, mains, h1, scopes := 0, 0, 0, ""
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "link", "img":
			t.Errorf("the page has a %s element", n.Data)
		case "main":
			mains++
		case "h1", "h2", "h3", "h4":
			k := int(n.Data[1] - '0')
			if k > level+1 {
				t.Errorf("heading %s skips a level", n.Data)
			}
			level = k
			if k == 1 {
				h1++
			}
		case "th":
			scopes += attr(n, "scope") + " "
		case "html":
			if attr(n, "lang") != "zh-CN" {
				t.Error("no lang")
			}
		}
	}
	if mains != 1 || h1 != 1 || scopes != "col col row " {
		t.Errorf("%d main, %d h1, scopes %s", mains, h1, scopes)
	}
}
