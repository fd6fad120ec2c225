package guard_test

import (
	"strings"
	"testing"
)

// run is a run of a Word document with properties.
func run(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t>` + text + `</w:t></w:r>`
}

const drawingSpace = `xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" `

// boxed is a text box.
func boxed(said, fill, content string) string {
	return `<w:p><w:r><w:t>公开</w:t></w:r><w:r><w:drawing><wp:inline ` + drawingSpace + `><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="框" ` + said + `/><a:graphic>` +
		`<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>` + fill + `</wps:spPr>` +
		`<wps:txbx><w:txbxContent><w:p>` + content + `</w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}

func wordHidings(t *testing.T) []hiding {
	open := `<w:p><w:r><w:t>公开</w:t></w:r>`
	in := func(body string, parts ...string) []byte { return word(t, body, parts...) }
	styles := `<?xml version="1.0" encoding="UTF-8"?><w:styles ` + wordSpace + `><w:style w:type="paragraph" w:styleId="S"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
	whiteFill := `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`
	return []hiding{
		{"black marker pen", in(open + run(`<w:highlight w:val="black"/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"black on black", in(open + run(`<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"red on red", in(open + run(`<w:color w:val="FF0000"/><w:highlight w:val="red"/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"white by theme", in(open + run(`<w:color w:val="FFFFFF" w:themeColor="background1"/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"no fill of the letters", in(open + run(`<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"type of one point", in(open + run(`<w:sz w:val="2"/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"hidden on the net", in(open + run(`<w:webHidden/>`, "暗语") + `</w:p>`), "G25", []string{"暗语"}, "公开"},
		{"hidden by its style", in(`<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr><w:r><w:t>暗语</w:t></w:r></w:p>`+para("公开"), "word/styles.xml", styles, "word/_rels/document.xml.rels", rels("styles", "styles.xml")), "G25", []string{"暗语"}, "公开"},
		{"lines of one point", in(`<w:p><w:pPr><w:spacing w:line="10" w:lineRule="exact"/></w:pPr><w:r><w:t>暗语</w:t></w:r></w:p>` + para("公开")), "G25", []string{"暗语"}, "公开"},
		{"hidden row", in(`<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:tcPr/><w:p><w:r><w:t>暗语</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr/>` + para("公开") + `</w:tc></w:tr></w:tbl>` + para("完")), "G25", []string{"暗语"}, "公开"},
		{"row of no height", in(`<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr><w:tc><w:tcPr/><w:p><w:r><w:t>暗语</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr/>` + para("公开") + `</w:tc></w:tr></w:tbl>` + para("完")), "G25", []string{"暗语"}, "公开"},
		{"white in a white box", in(boxed("", whiteFill, run(`<w:color w:val="FFFFFF"/>`, "暗语"))), "G25", []string{"暗语"}, "公开"},
		{"box that is not shown", in(boxed(`hidden="1"`, "", run("", "暗语"))), "G25", []string{"暗语"}, "公开"},
		{"what is said of a picture", in(boxed(`descr="张三`+someID+`"`, "", run("", "甲"))), "G1", []string{"图片说明", "11*************716"}, "公开"},
		{"code of a field", in(open + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF 1=2 "张三13812345678" "" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`), "G2", []string{"域代码", "138****5678"}, "公开"},
		{"code of a simple field", in(open + `<w:fldSimple w:instr=" SET a &quot;13812345678&quot; "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>`), "G2", []string{"域代码", "138****5678"}, "公开"},
		{"choices of a control", in(`<w:p><w:sdt><w:sdtPr><w:alias w:val="经办"/><w:dropDownList><w:listItem w:displayText="张三13812345678" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>公开</w:t></w:r></w:sdtContent></w:sdt></w:p>`), "G2", []string{"表单选项", "138****5678"}, "公开"},
		{"help of a form field", in(open + `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:helpText w:type="text" w:val="问张三13812345678"/></w:ffData></w:fldChar></w:r></w:p>`), "G2", []string{"138****5678"}, "公开"},
		{"watermark", in(open + `<w:r><w:pict><v:shape id="m" type="#t"><v:textpath style="font-family:宋体" string="张三13812345678"/></v:shape></w:pict></w:r></w:p>`), "G2", []string{"艺术字", "138****5678"}, "公开"},
		{"reading above characters", in(open + `<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>13812345678</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>张三</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`), "G2", []string{"拼音指南", "138****5678"}, "张三"},
		{"caption of a table", in(strings.Replace(tableOf([]string{"公开"}), `<w:tblPr/>`, `<w:tblPr><w:tblDescription w:val="张三13812345678"/></w:tblPr>`, 1) + para("完")), "G2", []string{"表格说明", "138****5678"}, "公开"},
		{"tip of a link", in(open + `<w:hyperlink w:tooltip="张三13812345678" w:anchor="a"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>`), "G2", []string{"超链接", "138****5678"}, "公开"},
		{"link to a mailbox", in(open+`<w:hyperlink r:id="rId1"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>`, "word/_rels/document.xml.rels",
			`<Relationships `+relSpace+`><Relationship Id="rId1" Type="`+relType+`hyperlink" Target="mailto:zhangsan@163.com" TargetMode="External"/></Relationships>`), "G7", []string{"外部链接", "@163.com"}, "公开"},
		{"values kept by a chart", in(open+`</w:p>`, "word/charts/chart1.xml", `<c:chartSpace xmlns:c="c"><c:strCache><c:pt idx="0"><c:v>张三13812345678</c:v></c:pt></c:strCache></c:chartSpace>`), "G2", []string{"图表", "138****5678"}, "公开"},
		{"runs of a diagram", in(open+`</w:p>`, "word/diagrams/data1.xml", `<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><a:p><a:r><a:t>张三138</a:t></a:r><a:r><a:t>12345678</a:t></a:r></a:p></dgm:dataModel>`), "G2", []string{"图表", "138****5678"}, "公开"},
		{"number over the end of a line", in(`<w:p><w:r><w:t>身份证110101</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>199003070716</w:t></w:r></w:p>` + para("公开")), "G1", []string{"11*************716"}, "公开"},
		{"number over two paragraphs", in(para("身份证110101") + para("199003070716，公开")), "G1", []string{"11*************716"}, "公开"},
		{"number cut into cells", in(tableOf([]string{"姓名", "身份证号", "", ""}, []string{"公开", "110101", "19900307", "0716"}) + para("完")), "G1", []string{"11*************716"}, "公开"},

		{"white on dark", in(open + run(`<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F497D"/>`, "标题") + `</w:p>`), "", nil, ""},
		{"automatic on black", in(open + run(`<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>`, "标题") + `</w:p>`), "", nil, ""},
		{"black on yellow", in(open + run(`<w:highlight w:val="yellow"/>`, "重点") + `</w:p>`), "", nil, ""},
		{"white over a picture", in(boxed("", "<a:noFill/>", run(`<w:color w:val="FFFFFF"/>`, "封面"))), "", nil, ""},
		{"page number", in(open + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`), "", nil, ""},
	}
}

func TestWaysToHideInWord(t *testing.T) { tryHidings(t, "文.docx", wordHidings(t)) }
