package docx

import (
	"fmt"
	"strings"
)

// The page of GB/T 9704-2012 in twentieths of a point: A4, 37 mm above and
// 28 mm left of a type area of 156 × 225 mm.
const (
	pageWidth     = 11906
	pageHeight    = 16838
	marginTop     = 2098
	marginBottom  = 1984
	marginLeft    = 1588
	marginRight   = 1474
	typeAreaWidth = pageWidth - marginLeft - marginRight

	// linePitch lets 22 lines fill the type area.
	linePitch = 579
	// tighter draws the 16-point characters together until 28 of them fit into
	// a line: 28 × 15.75 pt = 441 pt of 442.2 pt. A character grid would say the
	// same, but LibreOffice gives each character two cells of it.
	tighter = `<w:spacing w:val="-5"/>`
	// footerDistance puts the dash of the page number 7 mm below the type area.
	footerDistance = 1446
	headerDistance = 1134

	cellMargin = 40
	rowHeight  = 400

	// Of a form that is filled in by hand.
	roomyMargin = 110
	roomyHeight = 680

	// wholeRows is up to how many rows a table is kept on one page.
	wholeRows = 12
)

// The names by which Read knows the styles that have no built-in name.
const (
	plainStyleName  = "公文顶格"
	spacerStyleName = "公文间隔"
	breakStyleName  = "公文另页"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordType   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	relType    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	relSpace   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

func contentTypes(header, letter bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	word := func(name, kind string) {
		b.WriteString(`<Override PartName="/word/` + name + `.xml" ContentType="` + wordType + kind + `+xml"/>`)
	}
	word("document", "document.main")
	word("styles", "styles")
	word("settings", "settings")
	word("fontTable", "fontTable")
	word("footer1", "footer")
	word("footer2", "footer")
	if header {
		word("header1", "header")
	}
	if letter {
		word("footer3", "footer")
	}
	b.WriteString(`</Types>`)
	return b.String()
}

const packageRelations = xmlHead + relSpace +
	`<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

func documentRelations(header, letter bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + relSpace)
	for i, target := range [...]string{"styles", "settings", "fontTable", "footer1", "footer2", "header1", "footer3"} {
		kind := strings.TrimRight(target, "123")
		if target == "header1" && !header || target == "footer3" && !letter {
			continue
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, relType, kind, target)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// coreProperties holds the title and nothing else: no author, no dates.
func coreProperties(title string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		escape(title) + `</dc:title></cp:coreProperties>`
}

const settingsXML = xmlHead + `<w:settings ` + namespaces + `>` +
	`<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="579"/>` +
	`<w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// fontTableXML names what to use where the fonts of the standard, which are
// licensed, are missing.
func fontTableXML() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts ` + namespaces + `>`)
	for _, f := range [...][2]string{
		{songti, "SimSun"},
		{heiti, "SimHei"},
		{fangsong, "仿宋"},
		{kaiti, "楷体"},
		{titleSong, "方正小标宋_GBK"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>`, f[0], f[1])
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}

// footerXML is the page number, — 1 —, in 4号宋体.
func footerXML(style string) string {
	return xmlHead + `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

// Where the organ's name and the two double lines of a letter stand, whatever the
// type area is: 170 mm wide in the middle of the page (GB/T 9704-2012 10.1).
const (
	frameWidth    = 9638
	frameLeft     = 1134
	letterheadTop = 1701
	letterheadGap = 156 // 4 mm, less what a line has below its characters
	letterFoot    = 15566
	frameSpace    = 150 // what follows keeps away: the number 7/8 of a character
)

// frame puts a paragraph at a place of the page. In a style it would be nothing to
// LibreOffice.
func frame(top int) string {
	return fmt.Sprintf(`<w:framePr w:w="%d" w:vSpace="%d" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" w:x="%d" w:y="%d"/>`, frameWidth, frameSpace, frameLeft, top)
}

// doubleLine is a red double line.
func doubleLine(top int, kind string) string {
	return `<w:p><w:pPr><w:pStyle w:val="Spacer"/>` + frame(top) + `<w:pBdr><w:bottom w:val="` + kind + `" w:sz="24" w:space="0" w:color="` + red + `"/></w:pBdr></w:pPr></w:p>`
}

// letterFootXML is the foot of the first page of a letter: the second double line
// and no page number.
var letterFootXML = xmlHead + `<w:ftr ` + namespaces + `>` + doubleLine(letterFoot, "thinThickMediumGap") + `<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p></w:ftr>`

func headerXML(text string) string {
	w := &writer{}
	w.WriteString(xmlHead + `<w:hdr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`)
	w.run(text, "")
	w.WriteString(`</w:p></w:hdr>`)
	return w.String()
}
