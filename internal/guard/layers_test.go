package guard_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc/clean"
)

// book makes a workbook of a sheet and further parts.
func book(t testing.TB, sheets, sheet string, parts ...string) []byte {
	t.Helper()
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	all := []string{
		"[Content_Types].xml", types("/xl/workbook.xml", "spreadsheetml.sheet.main", "/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", "/xl/worksheets/sheet2.xml", "spreadsheetml.worksheet", "/xl/sharedStrings.xml", "spreadsheetml.sharedStrings"),
		"_rels/.rels", rels("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook ` + space + `><sheets>` + sheets + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml", "worksheet", "worksheets/sheet2.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/worksheets/sheet1.xml", `<worksheet ` + space + `>` + sheet + `</worksheet>`,
	}
	return added(t, packed(t, all...), parts...)
}

const oneSheet = `<sheet name="表一" sheetId="1" r:id="rId1"/>`

func cell(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func TestBookLayers(t *testing.T) {
	g := newGuard(t)
	visible := `<row r="1">` + cell("A1", "公开") + `</row>`
	drawn := func(inner string) []string {
		return []string{
			"xl/worksheets/_rels/sheet1.xml.rels", rels("drawing", "../drawings/drawing1.xml"),
			"xl/drawings/drawing1.xml", `<xdr:wsDr xmlns:xdr="x" xmlns:a="a" xmlns:r="r"><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>` + inner + `</xdr:twoCellAnchor></xdr:wsDr>`,
			"xl/drawings/_rels/drawing1.xml.rels", rels("image", "../media/image1.png"), "xl/media/image1.png", string(plainPNG(t)),
		}
	}
	for name, c := range map[string]struct {
		file []byte
		want []string
	}{
		"very hidden sheet": {
			book(t, oneSheet+`<sheet name="底稿" sheetId="2" r:id="rId2" state="veryHidden"/>`, `<sheetData>`+visible+`</sheetData>`,
				"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row r="1">`+cell("A1", "手机13712345678")+`</row></sheetData></worksheet>`),
			[]string{"G20", "深度隐藏", "手机号码 1 个"},
		},
		"filtered row": {
			book(t, oneSheet, `<sheetPr filterMode="1"/><sheetData>`+visible+`<row r="2" hidden="1">`+cell("A2", "筛掉的")+`</row></sheetData><autoFilter ref="A1:A2"><filterColumn colId="0"/></autoFilter>`),
			[]string{"G21", "筛选掉", "筛掉的"},
		},
		"row without height":     {book(t, oneSheet, `<sheetData>`+visible+`<row r="2" ht="0" customHeight="1">`+cell("A2", "没有高度")+`</row></sheetData>`), []string{"G21", "没有高度"}},
		"rows hidden by default": {book(t, oneSheet, `<sheetFormatPr zeroHeight="1"/><sheetData><row r="1">`+cell("A1", "默认隐藏")+`</row></sheetData>`), []string{"G21", "默认隐藏"}},
		"text that no cell shows": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, "xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>删掉的`+someID+`</t></si></sst>`),
			[]string{"G22", "不显示的", "居民身份证号码 1 个"},
		},
		"values of another workbook": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, "xl/externalLinks/externalLink1.xml",
				`<externalLink><externalBook><sheetDataSet><sheetData><row r="1"><cell r="A1" t="str"><v>`+someID+`</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>`,
				"xl/externalLinks/_rels/externalLink1.xml.rels", strings.Replace(rels("externalLinkPath", "file:///D:/内部/名册.xlsx"), "/>", ` TargetMode="External"/>`, 1)),
			[]string{"G22", "其他工作簿", "居民身份证号码 1 个"},
		},
		"connection": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, "xl/connections.xml", `<connections><connection><dbPr connection="Provider=SQLOLEDB;Server=10.1.2.3;User ID=sa"/></connection></connections>`),
			[]string{"G22", "数据连接"},
		},
		"threaded comment": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, "xl/worksheets/_rels/sheet1.xml.rels", rels("threadedComment", "../threadedComments/threadedComment1.xml"),
				"xl/threadedComments/threadedComment1.xml", `<ThreadedComments><threadedComment ref="A1"><text>先别公开</text></threadedComment></ThreadedComments>`),
			[]string{"G23", "先别公开"},
		},
		"under a picture": {
			book(t, oneSheet, `<sheetData><row r="2">`+cell("B2", "图下"+someID)+`</row></sheetData>`, drawn(`<xdr:pic><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>`)...),
			[]string{"G26", "被图片遮盖", "居民身份证号码 1 个"},
		},
		"under a shape": {
			book(t, oneSheet, `<sheetData><row r="2">`+cell("B2", "框下")+`</row></sheetData>`, drawn(`<xdr:sp><xdr:spPr><a:solidFill/></xdr:spPr></xdr:sp>`)...),
			[]string{"G26", "被图形遮盖", "框下"},
		},
		"cropped picture": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, drawn(`<xdr:pic><xdr:blipFill><a:blip r:embed="rId1"/><a:srcRect r="30000"/></xdr:blipFill></xdr:pic>`)...),
			[]string{"G26", "裁剪"},
		},
		"where it was saved": {
			book(t, oneSheet, `<sheetData>`+visible+`</sheetData>`, "xl/worksheets/_rels/sheet1.xml.rels", strings.Replace(rels("hyperlink", `\\fileserver\wangwu\a.xlsx`), "/>", ` TargetMode="External"/>`, 1)),
			[]string{"G27", "路径"},
		},
		"format that prints nothing": {
			book(t, oneSheet, `<sheetData>`+visible+`<row r="2"><c r="A2" s="1" t="inlineStr"><is><t>不打印</t></is></c></row></sheetData>`,
				"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"),
				"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" formatCode=";;;"/></numFmts><fonts><font/></fonts><fills><fill/></fills><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`),
			[]string{"G25", "不打印"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			data := c.file
			if res := scan(t, g, "表.xlsx", data); !finds(res, c.want[0], c.want[1:]...) {
				t.Fatalf("%q is missing:\n%s", c.want, said(res))
			}
			if name == "cropped picture" || strings.HasPrefix(name, "under") || name == "rows hidden by default" {
				return // a person mends these
			}
			out := masked(t, g, "表.xlsx", data, clean.Options{})
			f, err := excelize.OpenReader(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if v, _ := f.GetCellValue("表一", "A1"); v != "公开" {
				t.Errorf("A1 is %q", v)
			}
		})
	}
}

// A workbook of which nothing would be left is refused.
func TestNothingIsLeftToShow(t *testing.T) {
	g := newGuard(t)
	hidden := book(t, `<sheet name="表一" sheetId="1" r:id="rId1" state="hidden"/>`, `<sheetData><row r="1">`+cell("A1", "x")+`</row></sheetData>`)
	if _, _, err := g.Mask(context.Background(), "表.xlsx", hidden, clean.Options{}); err == nil || !strings.Contains(err.Error(), "所有工作表都被隐藏") {
		t.Errorf("error %v", err)
	}
}
