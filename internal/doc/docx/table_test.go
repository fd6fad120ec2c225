package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/doc"
)

func TestTables(t *testing.T) {
	const (
		begin = `<w:vMerge w:val="restart"/>`
		goOn  = `<w:vMerge/>`
		gone  = `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>`
	)
	span := func(n string) string { return `<w:gridSpan w:val="` + n + `"/>` }
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"plain", tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d"))), []string{"a@0 b@1", "c@0 d@1"}},
		{"spans", tbl(tr(tc("a", span("2")), tc("b")), tr(tc("c"), tc("d"), tc("e"))), []string{"a@0:2x1 b@2", "c@0 d@1 e@2"}},
		{"vertical merge", tbl(tr(tc("a", begin), tc("b")), tr(tc("", goOn), tc("c")), tr(tc("", `<w:vMerge w:val="continue"/>`), tc("d"))), []string{"a@0:1x3 b@1", "c@1", "d@1"}},
		{"both ways", tbl(tr(tc("a", span("2"), begin), tc("b")), tr(tc("", span("2"), goOn), tc("c"))), []string{"a@0:2x2 b@2", "c@2"}},
		{"a new merge begins", tbl(tr(tc("a", begin)), tr(tc("b", begin)), tr(tc("", goOn))), []string{"a@0", "b@0:1x2", ""}},
		{"merge broken by a plain cell", tbl(tr(tc("a", begin)), tr(tc("b")), tr(tc("c", goOn))), []string{"a@0", "b@0", "c@0"}},
		{"continuation of nothing", tbl(tr(tc("a", goOn)), tr(tc("", goOn))), []string{"a@0:1x2", ""}},
		{"continuation in two pieces", tbl(tr(tc("a", span("2"), begin), tc("b")), tr(tc("", goOn), tc("", goOn), tc("c"))), []string{"a@0:2x2 b@2", "c@2"}},
		{"grid before", tbl(tr(tc("a"), tc("b")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("c")+`</w:tr>`), []string{"a@0 b@1", "c@1"}},
		{"old horizontal merge", tbl(tr(tc("a", `<w:hMerge w:val="restart"/>`), tc("", `<w:hMerge/>`), tc("b"))), []string{"a@0:2x1 b@2"}},
		{"old merge both ways", tbl(
			tr(tc("a", `<w:hMerge w:val="restart"/>`+begin), tc("", `<w:hMerge/>`+begin), tc("b")),
			tr(tc("", `<w:hMerge w:val="restart"/>`+goOn), tc("", `<w:hMerge/>`+goOn), tc("c"))), []string{"a@0:2x2 b@2", "c@2"}},
		{"senseless spans", tbl(tr(tc("a", span("0")), tc("b", span("x")), tc("c", span("-4")))), []string{"a@0 b@1 c@2"}},
		{"deleted and hidden rows", tbl(tr(tc("a", begin)), `<w:tr><w:trPr><w:del/></w:trPr>`+tc("x", goOn)+`</w:tr>`, `<w:tr><w:trPr><w:hidden/></w:trPr>`+tc("y", goOn)+`</w:tr>`, tr(tc("", goOn))), []string{"a@0:1x2", ""}},
		{"deleted cell", tbl(tr(tc("a"), tc("x", `<w:cellDel w:id="1"/>`), tc("b"))), []string{"a@0 b@1"}},
		{"rows and cells in content controls", tbl(`<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + tc("a") + `</w:sdtContent></w:sdt>` + tc("b") + `</w:tr></w:sdtContent></w:sdt>`), []string{"a@0 b@1"}},
		{"paragraphs of a cell", tbl(tr(`<w:tc>` + p("a") + p("b") + p("") + `</w:tc>`)), []string{"a\nb\n@0"}},
		{"deleted paragraphs of a cell", tbl(tr(tc("a"), `<w:tc>`+gone+gone+`</w:tc>`, `<w:tc>`+p("b")+gone+gone+`</w:tc>`, `<w:tc>`+gone+p("c")+`</w:tc>`)), []string{"a@0 @1 b@2 c@3"}},
		{"row without cells", tbl(tr(tc("a")), tr(), tr(tc("b"))), []string{"a@0", "", "b@0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := file{body: tt.body + p("末")}.read(t)
			if diff := cmp.Diff(tt.want, layout(firstTable(t, d))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTableProperties(t *testing.T) {
	body := tbl(`<w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="300"/></w:tblGrid>`,
		`<w:tr><w:trPr><w:tblHeader/></w:trPr>`+tc("h")+tc("k")+`</w:tr>`, tr(tc("a"), tc("b")))
	table := firstTable(t, file{body: body}.read(t))
	if table.Cols != 2 || !table.Grid || !table.Rows[0].Header || table.Rows[1].Header {
		t.Errorf("table read as %+v", table)
	}
	if diff := cmp.Diff([]int{100, 300}, table.Widths); diff != "" {
		t.Errorf("widths (-want +got):\n%s", diff)
	}
}

// TestNestedTable: the text of the inner table is not the outer cell's, and
// its cells are found where the outer cell is.
func TestNestedTable(t *testing.T) {
	inner := tbl(tr(tc("内"), tc("表")))
	body := tbl(tr(tc("a"), `<w:tc>`+p("前")+inner+p("后")+`</w:tc>`)) + tbl(tr(tc("二")))
	d := file{body: body}.read(t)
	cell := firstTable(t, d).Rows[0].Cells[1]
	if cell.Text != "前\n后" || len(cell.Nested) != 1 {
		t.Fatalf("outer cell %+v", cell)
	}
	if diff := cmp.Diff([]string{"内@0 表@1"}, layout(&cell.Nested[0])); diff != "" {
		t.Error(diff)
	}
	outer := doc.Place{Table: 1, Row: 1, Col: 2}
	if got := cell.Nested[0].Rows[0].Cells[1].Place; got != outer {
		t.Errorf("inner cell at %+v", got)
	}
	if got := d.Blocks[1].Table.Place; got != (doc.Place{Table: 2}) {
		t.Errorf("second table at %+v", got)
	}
}

// TestTextBoxInCell: what is printed in a box over a cell is the cell's text.
func TestTextBoxInCell(t *testing.T) {
	body := tbl(tr(`<w:tc><w:p><w:r><w:pict><w:txbxContent>` + p("框") + `</w:txbxContent></w:pict></w:r>` + r("格") + `</w:p></w:tc>`))
	if got := firstTable(t, file{body: body}.read(t)).Rows[0].Cells[0].Text; got != "格\n框" {
		t.Errorf("cell text %q", got)
	}
}

// TestMergedAwayText: Word does not print what stands in a continuation cell.
func TestMergedAwayText(t *testing.T) {
	body := tbl(tr(tc("a", `<w:vMerge w:val="restart"/>`)), tr(tc("藏", `<w:vMerge/>`))) + p("末")
	d := file{body: body}.read(t)
	want := []doc.Notice{{Kind: doc.HiddenText, Text: "藏", Place: doc.Place{Table: 1, Row: 2, Col: 1}}}
	if diff := cmp.Diff(want, d.Notices); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLabelsInCells: lists count on through the cells of a table.
func TestLabelsInCells(t *testing.T) {
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	cell := `<w:tc>` + p("甲", numbered) + p("乙", numbered) + `</w:tc>`
	lists := `<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	d := file{body: tbl(tr(cell, cell)), parts: map[string]string{"numbering": lists}}.read(t)
	got := strings.Join(layout(firstTable(t, d)), "")
	if want := "1. 甲\n2. 乙@0 3. 甲\n4. 乙@1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSlivers: columns thinner than a millimetre are borders drawn twice; real
// columns and the only column of a cell stay.
func TestSlivers(t *testing.T) {
	grid := func(widths ...string) string {
		return `<w:tblGrid><w:gridCol w:w="` + strings.Join(widths, `"/><w:gridCol w:w="`) + `"/></w:tblGrid>`
	}
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"border drawn twice", tbl(grid("3000", "2", "3000"), tr(tc("a"), tc("b", `<w:gridSpan w:val="2"/>`)), tr(tc("c", `<w:gridSpan w:val="2"/>`), tc("d"))), []string{"a@0 b@1", "c@0 d@1"}},
		{"all the room of a cell", tbl(grid("3000", "2", "3000"), tr(tc("a"), tc("b"), tc("c"))), []string{"a@0 b@1 c@2"}},
		{"widths unknown", tbl(grid("0", "0", "0"), tr(tc("a"), tc("b", `<w:gridSpan w:val="2"/>`))), []string{"a@0 b@1:2x1"}},
		{"widths in other units", tbl(grid("40", "30", "30"), tr(tc("a"), tc("b", `<w:gridSpan w:val="2"/>`))), []string{"a@0 b@1:2x1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := file{body: tt.body}.read(t)
			table := firstTable(t, d)
			if diff := cmp.Diff(tt.want, layout(table)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if last := table.Rows[0].Cells[len(table.Rows[0].Cells)-1]; last.Place.Col != last.Col+1 {
				t.Errorf("%s stands at %v", last.Text, last.Place)
			}
		})
	}
}
