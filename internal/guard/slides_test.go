package guard_test

import "testing"

const slideSpace = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func shape(x, y int, text string) string {
	return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="文本框"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="` + num(x) + `" y="` + num(y) + `"/><a:ext cx="100" cy="100"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp>`
}

func slide(attribute, shapes string) string {
	return `<p:sld ` + slideSpace + attribute + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
}

// leakySlides is a presentation with notes, a hidden slide, a shape beside the
// slide and a comment.
func leakySlides(t testing.TB) []byte {
	t.Helper()
	return packed(t,
		"[Content_Types].xml", types("/ppt/presentation.xml", "presentationml.presentation.main"),
		"_rels/.rels", rels("officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("slide", "slides/slide1.xml", "slide", "slides/slide2.xml"),
		"ppt/slides/slide1.xml", slide("", shape(100, 100, "公开的内容13812345678")+shape(-5000, 100, "页外的话")+
			`<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>身份证号</a:t></a:r></a:p></a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>`+someID+`</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`),
		"ppt/slides/_rels/slide1.xml.rels", rels("notesSlide", "../notesSlides/notesSlide1.xml", "comments", "../comments/comment1.xml"),
		"ppt/slides/slide2.xml", slide(` show="0"`, shape(100, 100, "不公开13712345678")),
		"ppt/notesSlides/notesSlide1.xml", `<p:notes `+slideSpace+`><p:cSld><p:spTree>`+shape(1, 1, "讲的时候别提"+otherID)+`</p:spTree></p:cSld></p:notes>`,
		"ppt/comments/comment1.xml", `<p:cmLst `+slideSpace+`><p:cm authorId="0"><p:text>这页要不要删</p:text></p:cm></p:cmLst>`,
		"ppt/commentAuthors.xml", `<p:cmAuthorLst `+slideSpace+`><p:cmAuthor id="0" name="赵六"/></p:cmAuthorLst>`,
	)
}

func TestSlideLeaks(t *testing.T) {
	res := scan(t, newGuard(t), "汇报.pptx", leakySlides(t))
	for _, want := range [][]string{
		{"G2", "138****5678", "第1页"},
		{"G1", "“身份证号”列"},
		{"G32", "备注", "居民身份证号码 1 个"},
		{"G32", "隐藏的幻灯片", "第2页", "手机号码 1 个"},
		{"G32", "页面以外", "页外的话"},
		{"G23", "这页要不要删"},
		{"G27", "赵六"},
	} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%q is missing:\n%s", want, said(res))
		}
	}
}
