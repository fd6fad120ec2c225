package guard_test

import (
	"strings"
	"testing"
)

// leakyWord is a document with everything that Word leaves in a file.
func leakyWord(t testing.TB) []byte {
	t.Helper()
	body := para("关于发放补贴的公示") +
		para("张三（身份证号1101011990", "0307", "0716），手机", "138 1234", " 5678。") +
		`<w:p><w:r><w:t>正文</w:t></w:r><w:ins w:id="1" w:author="王五"><w:r><w:t>新增</w:t></w:r></w:ins><w:del w:id="2" w:author="王五"><w:r><w:delText>原拟补贴李四13912345678</w:delText></w:r></w:del></w:p>` +
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部：410381199001011230</w:t></w:r><w:r><w:t>公开部分</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>白色的字</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="C00000"/></w:rPr><w:t>红底白字</w:t></w:r></w:p>` +
		`<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>金额</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:pict><v:shape><v:textbox><w:txbxContent>` + para("文本框") + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Choice>` +
		`<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + para("另一个说法") + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
		`<w:p><w:r><w:object><v:shape style="width:100pt;height:50pt"/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rId4"/></w:object></w:r></w:p>` +
		tableOf([]string{"姓名", "身份证号", "联系电话", "家庭住址"}, []string{"张三", "110101198001010037", "13812345678", "青石县红旗镇东风村3组"},
			[]string{"李四", "150823198512310043", "13912345678", "青石县红旗镇"}) +
		`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>`
	return word(t, body,
		"word/_rels/document.xml.rels", rels("comments", "comments.xml", "header", "header1.xml", "settings", "settings.xml", "package", "embeddings/Microsoft_Excel_Sheet1.xlsx"),
		"word/comments.xml", `<w:comments `+wordSpace+`><w:comment w:id="0" w:author="赵六">`+para("这里再核一下，电话13712345678")+`</w:comment></w:comments>`,
		"word/header1.xml", `<w:hdr `+wordSpace+`>`+para("值班手机13612345678")+`</w:hdr>`,
		"word/settings.xml", `<w:settings `+wordSpace+`><w:docVars><w:docVar w:name="draft" w:val="第三稿"/></w:docVars></w:settings>`,
		"word/embeddings/Microsoft_Excel_Sheet1.xlsx", string(smallBook(t)),
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王五</dc:creator><cp:lastModifiedBy>赵六</cp:lastModifiedBy></cp:coreProperties>`,
		"docProps/app.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>Normal.dotm</Template><Company>青石县财政局</Company><Application>Microsoft Office Word</Application></Properties>`,
		"customXml/item1.xml", `<root><secret>内部流转编号</secret></root>`,
		"word/vbaProject.bin", "VBA",
	)
}

func TestWordLeaks(t *testing.T) {
	res := scan(t, newGuard(t), "公示.docx", leakyWord(t))
	for _, want := range [][]string{
		{"G1", "出现", "11*************716"},
		{"G2", "138****5678"},
		{"G2", "136****5678", "页眉"},
		{"G1", "“身份证号”列有 2 个"},
		{"G8", "青石县红旗镇***"},
		{"G9", "2 个姓名"},
		{"G24", "王五", "共 2 处", "手机号码 1 个", "原拟补贴李四139****5678"},
		{"G25", "设为隐藏", "居民身份证号码 1 个"},
		{"G25", "白色的字"},
		{"G23", "赵六", "手机号码 1 个", "137****5678"},
		{"G31", "另一个说法"},
		{"G28", "Microsoft_Excel_Sheet1.xlsx"},
		{"G1", "Microsoft_Excel_Sheet1.xlsx", "41*************230"},
		{"G27", "creator", "王五"},
		{"G27", "Company", "青石县财政局"},
		{"G30", "文档变量"},
		{"G30", "内部流转编号"},
		{"G29", "vbaProject.bin"},
	} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%s with %q is missing", want[0], want[1:])
		}
	}
	for _, f := range res.Findings {
		for _, secret := range []string{"13812345678", "110101199003070716", "13912345678", "1101011990"} {
			if strings.Contains(f.Message+f.Actual+f.Expected, secret) {
				t.Errorf("%s spreads %s: %s", f.Rule, secret, f.Message+f.Actual)
			}
		}
		if strings.Contains(f.Actual, "红底白字") {
			t.Error("white on red is taken for unseen")
		}
	}
	if t.Failed() {
		t.Log("\n" + said(res))
	}
}

// Ordinary documents say nothing.
func TestWordClean(t *testing.T) {
	res := scan(t, newGuard(t), "通知.docx", word(t, para("关于做好2025年政府信息公开工作的通知")+
		para("青政办发〔2025〕12号，联系电话：0478-3212345，统一社会信用代码11150823011720345X。")+
		tableOf([]string{"项目", "金额（万元）", "日期"}, []string{"道路", "13812345678.00", "2025-03-01"})))
	if res.Blocks() || res.Unread {
		t.Errorf("findings:\n%s", said(res))
	}
}
