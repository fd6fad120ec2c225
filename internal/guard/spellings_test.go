package guard_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/opc"
)

// hiding is one way to put something into a file so that a reader does not see it,
// or does not see it at once.
type hiding struct {
	what string
	data []byte
	rule string   // that has to find it; "" where there is nothing to find
	says []string // that the finding has to hold
	keep string   // what the masked copy still shows
}

// sheetWith makes a workbook with excelize; what is public stands in A1.
func sheetWith(t *testing.T, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	must(t, f.SetDocProps(&excelize.DocProperties{}))
	must(t, f.SetCellValue("Sheet1", "A1", "公开"))
	change(f)
	return saved(t, f)
}

// styled gives B2 a secret in a style.
func styled(t *testing.T, style excelize.Style) []byte {
	return sheetWith(t, func(f *excelize.File) {
		must(t, f.SetCellValue("Sheet1", "B2", "暗语"))
		id, err := f.NewStyle(&style)
		must(t, err)
		must(t, f.SetCellStyle("Sheet1", "B2", "B2", id))
	})
}

func solid(rgb string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{rgb}}
}

func bookHidings(t *testing.T) []hiding {
	white, dark := 0, 1
	numbered := func(format string, value any) []byte {
		return sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "B2", value))
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			must(t, f.SetCellStyle("Sheet1", "B2", "B2", id))
		})
	}
	conditional := func(options excelize.ConditionalFormatOptions, value any) []byte {
		return sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "B2", value))
			id, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
			must(t, err)
			options.Format = &id
			must(t, f.SetConditionalFormat("Sheet1", "A2:C9", []excelize.ConditionalFormatOptions{options}))
		})
	}
	return []hiding{
		{"white by theme", styled(t, excelize.Style{Font: &excelize.Font{ColorTheme: &white}}), "G25", []string{"暗语"}, "公开"},
		{"black lightened to white", styled(t, excelize.Style{Font: &excelize.Font{ColorTheme: &dark, ColorTint: 0.99}}), "G25", []string{"暗语"}, "公开"},
		{"white by number", styled(t, excelize.Style{Font: &excelize.Font{ColorIndexed: 9}}), "G25", []string{"暗语"}, "公开"},
		{"red on red", styled(t, excelize.Style{Font: &excelize.Font{Color: "FF0000"}, Fill: solid("FF0505")}), "G25", []string{"暗语"}, "公开"},
		{"black on black", styled(t, excelize.Style{Fill: solid("000000")}), "G25", []string{"暗语"}, "公开"},
		{"type of one point", styled(t, excelize.Style{Font: &excelize.Font{Size: 1}}), "G25", []string{"暗语"}, "公开"},
		{"format of nothing", numbered(";;;", "暗语"), "G25", []string{"暗语"}, "公开"},
		{"format of quotes", numbered(`"";"";"";""`, "暗语"), "G25", []string{"暗语"}, "公开"},
		{"format of blanks", numbered(`\ ;\ ;;`, 4321), "G25", []string{"4321"}, "公开"},
		{"format in white", numbered("[White]0", 4321), "G25", []string{"4321"}, "公开"},
		{"white by condition", conditional(excelize.ConditionalFormatOptions{Type: "cell", Criteria: ">", Value: "1000"}, 4321), "G25", []string{"4321"}, "公开"},
		{"white by formula", conditional(excelize.ConditionalFormatOptions{Type: "formula", Criteria: "TRUE"}, "暗语"), "G25", []string{"暗语"}, "公开"},
		{"row of half a point", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "B2", "暗语"))
			must(t, f.SetRowHeight("Sheet1", 2, 0.5))
		}), "G21", []string{"暗语"}, "公开"},
		{"column of a tenth", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "B2", "暗语"))
			must(t, f.SetColWidth("Sheet1", "B", "B", 0.1))
		}), "G21", []string{"暗语"}, "公开"},
		{"white words in a cell", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellRichText("Sheet1", "B2", []excelize.RichTextRun{{Text: "看得见"}, {Text: "暗语", Font: &excelize.Font{Color: "FFFFFF"}}}))
		}), "G25", []string{"暗语"}, "看得见"},
		{"under a merged cell", merged(t), "G26", []string{"合并的单元格", "暗语"}, "公开"},
		{"under a picture with one corner", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "C4", "暗语"))
			must(t, f.AddPictureFromBytes("Sheet1", "B2", &excelize.Picture{Extension: ".jpg", File: bare(t), Format: &excelize.GraphicOptions{Positioning: "oneCell", ScaleX: 30, ScaleY: 30}}))
		}), "G26", []string{"图片", "暗语"}, "公开"},
		{"header of a sheet", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetHeaderFooter("Sheet1", &excelize.HeaderFooterOptions{OddHeader: `&L&"宋体,加粗"&14张三13812345678`}))
		}), "G2", []string{"页眉", "138****5678"}, "公开"},
		{"header that is a number", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetHeaderFooter("Sheet1", &excelize.HeaderFooterOptions{OddFooter: `&R13812345678`}))
		}), "G2", []string{"138****5678"}, "公开"},
		{"prompt of a cell", sheetWith(t, func(f *excelize.File) {
			dv := excelize.NewDataValidation(true)
			dv.Sqref = "A1:A9"
			dv.SetInput("填表说明", "填好后发张三13812345678")
			must(t, dv.SetDropList([]string{"是", "否"}))
			must(t, f.AddDataValidation("Sheet1", dv))
		}), "G2", []string{"数据验证", "138****5678"}, "公开"},
		{"list to choose from", sheetWith(t, func(f *excelize.File) {
			dv := excelize.NewDataValidation(true)
			dv.Sqref = "A1:A9"
			must(t, dv.SetDropList([]string{"张三" + someID, "李四"}))
			must(t, f.AddDataValidation("Sheet1", dv))
		}), "G1", []string{"11*************716"}, "公开"},
		{"link to a mailbox", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellHyperLink("Sheet1", "A1", "mailto:zhangsan@163.com", "External"))
		}), "G7", []string{"外部链接", "@163.com"}, "公开"},
		{"tip of a link", sheetWith(t, func(f *excelize.File) {
			tip := "张三13812345678"
			must(t, f.SetCellHyperLink("Sheet1", "A1", "https://www.qs.gov.cn/", "External", excelize.HyperlinkOpts{Tooltip: &tip}))
		}), "G2", []string{"超链接", "138****5678"}, "公开"},
		{"text in a formula", sheetWith(t, func(f *excelize.File) {
			must(t, f.SetCellFormula("Sheet1", "B2", `LEFT("13812345678张三",3)`))
		}), "G2", []string{"公式", "138****5678"}, "公开"},
		{"shape on a sheet", sheetWith(t, func(f *excelize.File) {
			must(t, f.AddShape("Sheet1", &excelize.Shape{Cell: "D4", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "张三13812345678"}}}))
		}), "G2", []string{"图形", "138****5678"}, "公开"},
		{"what is said of a picture", sheetWith(t, func(f *excelize.File) {
			must(t, f.AddPictureFromBytes("Sheet1", "D2", &excelize.Picture{Extension: ".jpg", File: bare(t), Format: &excelize.GraphicOptions{AltText: "张三" + someID}}))
		}), "G1", []string{"图片说明", "11*************716"}, "公开"},
		{"values kept by a chart", charted(t), "G2", []string{"图表", "138****5678"}, "公开"},
		{
			"sheet that no list names", added(t, sheetWith(t, func(*excelize.File) {}), "xl/worksheets/sheet9.xml",
				`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>暗语</t></is></c></row></sheetData></worksheet>`),
			"G20",
			[]string{"暗语"},
			"公开",
		},

		{"zeros in white", conditional(excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: "0"}, 0), "", nil, ""},
		{"format without zeros", numbered("#,##0;-#,##0;;@", 0), "", nil, ""},
		{"format for amounts", numbered(`_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, 4321.5), "", nil, ""},
		{"white on blue", styled(t, excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}, Fill: solid("1F497D")}), "", nil, ""},
		{"grey", styled(t, excelize.Style{Font: &excelize.Font{ColorTheme: &dark, ColorTint: 0.5}}), "", nil, ""},
	}
}

// bare is a picture that says nothing beside what it shows.
func bare(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 600, 400)), nil))
	return b.Bytes()
}

// namesIn lists the parts of an office file.
func namesIn(t *testing.T, data []byte) []string {
	t.Helper()
	p, err := opc.Open(data)
	must(t, err)
	return p.Names()
}

func merged(t *testing.T) []byte {
	data := sheetWith(t, func(f *excelize.File) { must(t, f.MergeCell("Sheet1", "A1", "C3")) })
	sheet := partOf(t, data, "xl/worksheets/sheet1.xml")
	end := strings.Index(sheet, "</sheetData>")
	return added(t, data, "xl/worksheets/sheet1.xml", sheet[:end]+`<row r="22"><c r="B22" t="inlineStr"><is><t>暗语</t></is></c></row>`+strings.Replace(sheet[end:], `ref="A1:C3"`, `ref="A21:C23"`, 1))
}

func charted(t *testing.T) []byte {
	data := sheetWith(t, func(f *excelize.File) {
		put(t, f, "Sheet1", 2, "甲", 1)
		must(t, f.AddChart("Sheet1", "E2", &excelize.Chart{Type: excelize.Bar, Series: []excelize.ChartSeries{{Name: "Sheet1!$A$2", Categories: "Sheet1!$A$2:$A$2", Values: "Sheet1!$B$2:$B$2"}}}))
	})
	chart := partOf(t, data, "xl/charts/chart1.xml")
	chart = strings.Replace(chart, "<c:cat><c:strRef>", `<c:cat><c:strRef>`, 1)
	at := strings.Index(chart, "</f></strRef></cat>")
	if at < 0 {
		at = strings.Index(chart, "</c:f></c:strRef></c:cat>")
	}
	if at < 0 {
		t.Fatalf("the chart is another: %s", chart)
	}
	prefix := ""
	if strings.Contains(chart, "<c:f>") {
		prefix = "c:"
	}
	cache := strings.ReplaceAll(`</#f><#strCache><#ptCount val="1"/><#pt idx="0"><#v>张三13812345678</#v></#pt></#strCache>`, "#", prefix)
	return added(t, data, "xl/charts/chart1.xml", chart[:at]+cache+chart[at+len("</f>")+len(prefix):])
}

// What is put into a file in such a way is found, and gone from the masked copy, which
// still shows the rest.
func tryHidings(t *testing.T, name string, all []hiding) {
	t.Helper()
	g := newGuard(t)
	for _, h := range all {
		t.Run(h.what, func(t *testing.T) {
			res := scan(t, g, name, h.data)
			if h.rule == "" {
				if res.Blocks() || res.Unread {
					t.Errorf("a false alarm:\n%s", said(res))
				}
				return
			}
			if !finds(res, h.rule, h.says...) {
				t.Fatalf("%s %q is missing:\n%s", h.rule, h.says, said(res))
			}
			if h.keep == "" {
				return
			}
			out := masked(t, g, name, h.data, clean.Options{})
			if whole := fmt.Sprint(partsOf(t, out)); !strings.Contains(whole, h.keep) {
				t.Errorf("%s is lost", h.keep)
			}
		})
	}
}

// partsOf unpacks all parts of an office file.
func partsOf(t *testing.T, data []byte) (all []string) {
	t.Helper()
	for _, name := range namesIn(t, data) {
		all = append(all, partOf(t, data, name))
	}
	return all
}

func TestWaysToHideInBooks(t *testing.T) { tryHidings(t, "表.xlsx", bookHidings(t)) }
