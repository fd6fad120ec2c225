package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

var onePixel, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`

// sheetXML makes a workbook around the content of one sheet.
func sheetXML(t testing.TB, content string) []byte {
	return zipOf(t, map[string]string{
		"_rels/.rels":                rels,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet>` + content + `</worksheet>`,
	})
}

func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

// hostile workbooks; each must end quickly, in a document or an error of a kind.
func hostile(t testing.TB) map[string][]byte {
	var merges, columns, rows strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:XFD1048576"/>`, i%60_000+1)
		columns.WriteString(`<c><v>1</v></c>`)
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>1</v></c><c r="SF%d"><v>1</v></c></row>`, i+1, i+1, i+1)
	}
	all := map[string][]byte{
		"many columns":       sheetXML(t, `<sheetData><row r="1">`+strings.Repeat(columns.String(), 3)+`</row></sheetData>`),
		"a million columns":  sheetXML(t, `<sheetData><row r="1">`+strings.Repeat(columns.String(), 10)+`</row></sheetData>`),
		"wide and long":      sheetXML(t, `<sheetData>`+rows.String()+`</sheetData>`),
		"merges over merges": sheetXML(t, `<sheetData>`+twoCells+`<row r="60000">`+inline("A60000", "甲")+inline("B60000", "乙")+`</row></sheetData><mergeCells>`+merges.String()+`</mergeCells>`),
		"zip bomb":           sheetXML(t, `<sheetData>`+strings.Repeat(" ", 30<<20)+`</sheetData>`),
		"bomb of cells":      sheetXML(t, `<sheetData><row>`+strings.Repeat(`<c/>`, 2_500_000)+`</row></sheetData>`),
		"deep nesting":       sheetXML(t, strings.Repeat("<a>", 100_000)),
		"many sheets":        manySheets(t),
	}
	maps.Copy(all, hostileSmall(t))
	return all
}

const twoCells = `<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is><t>乙</t></is></c></row>`

// hostileSmall are those of few bytes, seeds for the fuzzer.
func hostileSmall(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"farthest cell":       sheetXML(t, `<dimension ref="A1:XFD1048576"/><sheetData>`+twoCells+`<row r="1048576">`+inline("XFD1048576", "丙")+`</row></sheetData>`),
		"merge over all":      sheetXML(t, `<sheetData>`+twoCells+`</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`),
		"entities":            sheetXML(t, `<!DOCTYPE a [<!ENTITY b "`+strings.Repeat("c", 1000)+`">]><sheetData><row>`+inline("A1", "&b;")+`</row></sheetData>`),
		"wild references":     sheetXML(t, `<sheetData><row r="-1"><c r="ZZZZZZZ99999999999"><v>1</v></c><c r="A0"><v>2</v></c><c r=""><v>3</v></c><c s="99999"><v>1e999</v></c></row></sheetData><mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="x"/><mergeCell ref=":"/></mergeCells>`),
		"target out of zip":   zipOf(t, map[string]string{"_rels/.rels": strings.ReplaceAll(rels, "xl/workbook.xml", "../../../etc/passwd")}),
		"hidden everything":   sheetXML(t, `<cols><col min="1" max="16384" hidden="1"/></cols><sheetData>`+twoCells+`</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`),
		"empty":               sheetXML(t, ``),
		"strings that aren't": sheetXML(t, `<sheetData><row><c t="s"><v>-5</v></c><c t="s"><v>x</v></c></row></sheetData>`),
	}
}

func manySheets(t testing.TB) []byte {
	var list, all strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&list, `<sheet name="s%d" r:id="rId1"/>`, i)
	}
	all.WriteString(`<worksheet><sheetData>` + strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 300) + `</sheetData></worksheet>`)
	return zipOf(t, map[string]string{
		"_rels/.rels":                rels,
		"xl/workbook.xml":            `<workbook><sheets>` + list.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   all.String(),
	})
}

// checkGrid fails where two cells own the same slot or one lies outside.
func checkGrid(t testing.TB, table *doc.Table) {
	t.Helper()
	until := make([]int, table.Cols)
	for y := range table.Rows {
		for _, c := range table.Rows[y].Cells {
			if c.ColSpan < 1 || c.RowSpan < 1 || c.Col < 0 || c.Col+c.ColSpan > table.Cols || y+c.RowSpan > len(table.Rows) {
				t.Fatalf("row %d: cell outside the table of %d columns: %+v", y+1, table.Cols, c)
			}
			for x := c.Col; x < c.Col+c.ColSpan; x++ {
				if until[x] > y {
					t.Fatalf("row %d column %d has two owners", y+1, x+1)
				}
				until[x] = y + c.RowSpan
			}
		}
	}
}

func tryRead(t testing.TB, data []byte) *doc.Doc {
	t.Helper()
	d, err := Read(data)
	if err != nil {
		if errs.KindOf(err) == errs.Internal {
			t.Fatalf("error without a kind: %v", err)
		}
		return nil
	}
	for table := range d.Tables {
		checkGrid(t, table)
	}
	return d
}

func TestHostileWorkbooks(t *testing.T) {
	all := hostile(t)
	for name, data := range all {
		t.Run(name, func(t *testing.T) { tryRead(t, data) })
	}
	for _, name := range []string{"zip bomb", "bomb of cells", "a million columns"} {
		if _, err := Read(all[name]); errs.KindOf(err) != errs.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"farthest cell", "many columns", "wide and long", "merges over merges"} {
		d := mustRead(t, all[name])
		if len(d.Notices) == 0 || d.Notices[len(d.Notices)-1].Kind != doc.Truncated {
			t.Errorf("%s: notices %+v", name, d.Notices)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, data := range hostileSmall(f) {
		f.Add(data)
	}
	f.Add(workbook(f, map[string]any{"A1": "报告", "A3": "名", "B3": 0.5, "C3": 45677}, merged("A1:C1"), styled("A3", "C3", boxed)))
	f.Fuzz(func(t *testing.T, data []byte) { tryRead(t, data) })
}

// FuzzSheet goes past the zip: the content of a sheet is the input.
func FuzzSheet(f *testing.F) {
	f.Add(`<sheetData><row r="1" hidden="1">` + inline("A1", "甲") + `</row><row>` + inline("B2", "_x4e00_") + `<c s="1"><v>59237.244899999998</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(`<cols><col min="2" max="3" hidden="1"/></cols><sheetViews><sheetView showZeros="0"/></sheetViews><sheetData><row><c r="C9" t="b"><v>1</v></c><c r="XFD9"><v>0</v></c></row></sheetData>`)
	f.Add(`<row hidden="1"><t>甲</c >`)
	f.Fuzz(func(t *testing.T, content string) { tryRead(t, sheetXML(t, content)) })
}

// FuzzFormat feeds number formats, which come from the file too.
func FuzzFormat(f *testing.F) {
	f.Add(`yyyy"年"m\月d[h]AM/PM;@`, 45677.25, false)
	f.Add(`0.0%;[Red]-0;;_ *-`, -3.5, true)
	f.Fuzz(func(t *testing.T, code string, v float64, date1904 bool) {
		format := newFormat("164", code)
		_ = format.number(fmt.Sprint(v), date1904)
	})
}
