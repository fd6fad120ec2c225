package docx

import (
	"fmt"
	"strings"
)

// The fonts of GB/T 9704-2012.
const (
	fangsong  = "仿宋_GB2312"
	kaiti     = "楷体_GB2312"
	heiti     = "黑体"
	songti    = "宋体"
	titleSong = "方正小标宋简体"
)

// styleSheet is a named style as written: its id, its name as Word shows it,
// and the content of pPr and rPr.
type styleSheet struct{ id, name, basedOn, pPr, rPr string }

// red is the colour of the letterhead; letterheadSize its largest size, in
// half-points.
const (
	red            = "C8102E"
	letterheadSize = 84
)

// indent2 is the first-line indent of two characters; the absolute measure is
// for programs that do not know the relative one.
const indent2 = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`

// sheets are the styles of an official document: 7.3 of the standard for the
// headings and the body, 7.3.5 for signature and date, 7.5 for the page number, 10.1
// for what a letter has: the organ's name 30 mm below the upper edge over a double
// line 170 mm wide, another one 20 mm above the lower edge, the number under the
// first and the title two lines below.
var sheets = [...]styleSheet{
	{"Normal", "Normal", "", exact(linePitch) + `<w:jc w:val="both"/>`, fonts(fangsong) + tighter + size(32)},
	{"BodyText", "Body Text", "Normal", indent2, ""},
	{"Title", "Title", "Normal", `<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="579" w:line="640" w:lineRule="exact"/><w:contextualSpacing/><w:jc w:val="center"/>`, fonts(titleSong) + `<w:spacing w:val="0"/>` + size(44)},
	{"Heading1", "heading 1", "Normal", `<w:keepNext/>` + indent2 + `<w:outlineLvl w:val="0"/>`, face(heiti, 32)},
	{"Heading2", "heading 2", "Normal", `<w:keepNext/>` + indent2 + `<w:outlineLvl w:val="1"/>`, face(kaiti, 32)},
	{"Heading3", "heading 3", "Normal", `<w:keepNext/>` + indent2 + `<w:outlineLvl w:val="2"/>`, fonts(fangsong) + `<w:b/>` + size(32)},
	{"Plain", plainStyleName, "Normal", "", ""},
	{"Signature", "Signature", "Normal", `<w:keepNext/><w:spacing w:before="1158" w:after="0" w:line="579" w:lineRule="exact"/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>`, ""},
	{"Date", "Date", "Normal", `<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>`, ""},
	{"Letterhead", "公文发文机关标志", "Normal", `<w:keepNext/><w:snapToGrid w:val="0"/>` + exact(10*letterheadSize) + `<w:jc w:val="center"/>`, fonts(titleSong) + `<w:color w:val="` + red + `"/><w:spacing w:val="0"/>` + size(letterheadSize)},
	{"Number", "公文发文字号", "Normal", `<w:keepNext/><w:spacing w:before="0" w:after="1158" w:line="579" w:lineRule="exact"/><w:jc w:val="right"/>`, ""},
	{"Addressee", "公文主送机关", "Normal", "", ""},
	{"PageBreak", breakStyleName, "Spacer", `<w:pageBreakBefore/>`, ""},
	{"Spacer", spacerStyleName, "Normal", `<w:snapToGrid w:val="0"/>` + exact(20), size(2)},
	{"Header", "header", "Normal", exact(280) + `<w:jc w:val="center"/>`, face(songti, 18)},
	{"FooterOdd", "footer", "Normal", exact(280) + `<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>`, face(songti, 28)},
	{"FooterEven", "公文双页页码", "Normal", exact(280) + `<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>`, face(songti, 28)},
	{"TableText", "公文表格", "Normal", `<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>`, fonts(songti) + `<w:spacing w:val="0"/>` + size(tableTextSizes["TableText"])},
	{"TableTextSmall", "公文表格小", "TableText", "", size(tableTextSizes["TableTextSmall"])},
	{"TableTextSmallest", "公文表格最小", "TableText", "", size(tableTextSizes["TableTextSmallest"])},
}

// tableTextSizes are the sizes of type in tables, in half-points.
var tableTextSizes = map[string]int{"TableText": 24, "TableTextSmall": 21, "TableTextSmallest": 15}

// tableTextStyle chooses the size of the type: 小四 for up to 6 columns, 五号
// up to 16, so that two characters stand side by side in the 15 columns of
// table 4 of the annual report, 小六 beyond.
func tableTextStyle(cols int) string {
	switch {
	case cols <= 6:
		return "TableText"
	case cols <= 16:
		return "TableTextSmall"
	}
	return "TableTextSmallest"
}

func stylesXML() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + face(fangsong, 32) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	for _, s := range sheets {
		isDefault := ""
		if s.id == "Normal" {
			isDefault = ` w:default="1"`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>`, isDefault, s.id, s.name)
		if s.basedOn != "" {
			b.WriteString(`<w:basedOn w:val="` + s.basedOn + `"/>`)
		}
		b.WriteString(`<w:qFormat/>`)
		if s.pPr != "" {
			b.WriteString(`<w:pPr>` + s.pPr + `</w:pPr>`)
		}
		if s.rPr != "" {
			b.WriteString(`<w:rPr>` + s.rPr + `</w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func exact(twips int) string {
	return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>`, twips)
}

// face is font and size; East Asian and Latin text are set in the same font,
// as the standard asks for digits too.
func face(name string, halfPoints int) string { return fonts(name) + size(halfPoints) }

func fonts(name string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/>`, name)
}

func size(halfPoints int) string {
	return fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, halfPoints)
}
