package guard_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
)

// unembedded is a page in a Chinese typeface that the file does not carry, as old
// programs print it.
func unembedded(content string) []byte {
	data := pdfWith(content, "", "",
		"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 8 0 R >>",
		"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 93 >>", "<< >>")
	return bytes.Replace(data, []byte("/F1 5 0 R"), []byte("/F1 6 0 R"), 1)
}

// written is a line of text in UCS-2.
func written(y int, text string) string {
	var hex strings.Builder
	for _, r := range text {
		fmt.Fprintf(&hex, "%04X", r)
	}
	return fmt.Sprintf("BT /F1 14 Tf 100 %d Td <%s> Tj ET\n", y, hex.String())
}

// withPhoto is a page with a JPEG as it came from a telephone.
func withPhoto(t *testing.T) []byte {
	jpeg := photo(t)
	return pdfWith(line1+"q 100 0 0 100 100 100 cm /I Do Q", "/Annots []", "",
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", len(jpeg), jpeg), "<< >>")
}

func TestWaysToHideInPortable(t *testing.T) {
	open := "BT /F1 14 Tf 100 700 Td (open) Tj ET\n"
	tryHidings(t, "文.pdf", []hiding{
		{"bookmark", byPdfcpu(t, func(in *bytes.Reader, out *bytes.Buffer) error {
			return api.AddBookmarks(in, out, []pdfcpu.Bookmark{{Title: "zhang 13812345678", PageFrom: 1}}, true, nil)
		}), "G2", []string{"书签", "138****5678"}, ""},
		{"link to a mailbox, by Chromium", printed(t, `<p>公开 <a href="mailto:zhangsan@163.com">写信</a>`), "G7", []string{"链接", "@163.com"}, ""},
		{"link to a telephone, by Chromium", printed(t, `<p>公开 <a href="tel:13812345678">打电话</a>`), "G2", []string{"链接", "138****5678"}, ""},
		{"what is said of a picture", pdfWith(open, "", "/StructTreeRoot 6 0 R", `<< /Type /StructTreeRoot /K [<< /Type /StructElem /S /Figure /Alt (zhang 13812345678) >>] >>`, "<< >>"), "G2", []string{"138****5678"}, ""},
		{"data of a program", pdfWith(open, `/PieceInfo << /Adobe << /Private <FEFF5F2000310033003800310032003300340035003600370038> >> >>`), "G2", []string{"138****5678"}, ""},
		{"script that opens with the file", pdfWith(open, "", `/OpenAction << /S /JavaScript /JS (app.alert\(1\)) >>`, "<< >>"), "G29", []string{"JavaScript"}, ""},
		{"file pinned to a page", pdfWith(open, "/Annots [6 0 R]", "", "<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 20 20] /FS 7 0 R >>",
			"<< /Type /Filespec /F (list.txt) /UF (list.txt) /EF << /F 8 0 R >> >>", "<< /Type /EmbeddedFile /Length 18 >>\nstream\n110101199003070716\nendstream", "<< >>"), "G1", []string{"list.txt"}, ""},
		{"place of a photo", withPhoto(t), "G36", []string{"东经108°"}, ""},
		{"thumbnail of a page", pdfWith(open, "/Thumb 6 0 R", "", "<< /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream", "<< >>"), "G37", []string{"页面"}, ""},
		{"zip behind the end", append(pdfWith(open, ""), packed(t, "名单.txt", "张三"+someID)...), "G28", []string{"末尾"}, ""},
		{"text before the beginning", append([]byte("zhang 13812345678\n"), pdfWith(open, "")...), "G28", []string{"开头", "手机号码 1 个"}, ""},
		{"half a point high", pdfWith(open+"BT /F1 0.5 Tf 100 600 Td (secret words) Tj ET", ""), "G25", []string{"字号极小", "secret"}, ""},
		{"typeface of the machine, under a box", unembedded(written(700, "公开的内容") + written(600, "遮住的暗语") + "0 g 90 590 300 30 re f\n"), "G26", []string{"遮住的暗语"}, ""},
		{"typeface of the machine, white", unembedded(written(700, "公开的内容") + "1 g " + written(600, "白色的暗语")), "G25", []string{"白色的暗语"}, ""},
		{"characters that are others", unembedded(written(700, "䊦㬪㐀㐁公开")), "G51", []string{"乱码"}, ""},

		{"typeface of the machine", unembedded(written(700, "公开的内容")), "", nil, ""},
		{"link to a page", printed(t, `<p>公开 <a href="https://www.qs.gov.cn/art/2023/12345678.html">政府网站</a>`), "", nil, ""},
	})
}

// picturesAnd files of other kinds: what hides in them, or cannot be read.
func TestWaysToHideElsewhere(t *testing.T) {
	gif := []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x21\xFE\x11zhang 13812345678\x00\x2C\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3B")
	film := make([]byte, 64)
	binary.BigEndian.PutUint32(film, 32)
	copy(film[4:], "ftypisom")
	mail := "From: a@qs.gov.cn\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nMTM4MTIzNDU2Nzg=\r\n"
	g := newGuard(t)
	for what, c := range map[string]struct {
		name string
		data []byte
		want []string
	}{
		"note in a GIF":                 {"图.gif", gif, []string{"G27", "注释", "手机号码 1 个"}},
		"zip behind a GIF":              {"图.gif", append(bytes.Clone(gif), packed(t, "名单.txt", strings.Repeat("张三", 50))...), []string{"G28", "末尾"}},
		"half a photo":                  {"图.jpg", photo(t)[:40], []string{"G50", "不完整"}},
		"film":                          {"片.mp4", film, []string{"G50", "无法识别"}},
		"letter with packed text":       {"信.eml", []byte(mail), []string{"G50", "电子邮件"}},
		"zip without files":             {"空.zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), []string{"G50", "没有文件"}},
		"zip that leads out":            {"包.zip", packed(t, "../../etc/名单.txt", "x"), []string{"G50", "名单.txt"}},
		"bytes behind a zip":            {"包.zip", append(packed(t, "a.txt", "公开"), bytes.Repeat([]byte("x"), 200)...), []string{"G28", "末尾"}},
		"bytes behind a document":       {"文.docx", append(word(t, para("公开")), bytes.Repeat([]byte("x"), 200)...), []string{"G28", "末尾"}},
		"name of a file":                {"张三" + someID + ".docx", word(t, para("公开")), []string{"G1", "文件名", "11*************716"}},
		"name of a file in a zip":       {"包.zip", packed(t, "李四_13812345678_申请.txt", "公开"), []string{"G2", "文件名", "138****5678"}},
		"link of a page":                {"页.html", []byte(`<html><body><a href="mailto:zhangsan%40163.com">信</a></body></html>`), []string{"G7", "超链接"}},
		"data of an element":            {"页.html", []byte(`<html><body><p data-contact="张三13812345678">公开</p></body></html>`), []string{"G2", "网页标签"}},
		"template of slides":            {"片.pptx", slides(t, "ppt/slideMasters/slideMaster1.xml", `<p:sldMaster `+slideSpace+`>`+shape(1, 1, "张三13812345678")+`</p:sldMaster>`), []string{"G2", "138****5678"}},
		"slide that no list names":      {"片.pptx", slides(t, "ppt/slides/slide9.xml", slide("", shape(1, 1, "暗语"))), []string{"G32", "暗语"}},
		"tag of a slide":                {"片.pptx", slides(t, "ppt/tags/tag1.xml", `<p:tagLst `+slideSpace+`><p:tag name="A" val="张三13812345678"/></p:tagLst>`), []string{"G2", "标记"}},
		"picture beside the slide":      {"片.pptx", slides(t, "ppt/slides/slide1.xml", slide("", `<p:pic><p:nvPicPr><p:cNvPr id="3" name="图"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId9"/></p:blipFill><p:spPr><a:xfrm><a:off x="9900000" y="1"/><a:ext cx="100" cy="100"/></a:xfrm></p:spPr></p:pic>`)), []string{"G32", "页面以外"}},
		"what is said of a picture":     {"片.pptx", slides(t, "ppt/slides/slide1.xml", slide("", `<p:pic><p:nvPicPr><p:cNvPr id="3" name="图" descr="张三13812345678"/></p:nvPicPr></p:pic>`)), []string{"G2", "图片说明"}},
		"words of one point on a slide": {"片.pptx", slides(t, "ppt/slides/slide1.xml", slide("", `<p:sp><p:txBody><a:p><a:r><a:rPr sz="100"/><a:t>暗语</a:t></a:r></a:p></p:txBody></p:sp>`)), []string{"G25", "暗语"}},
	} {
		t.Run(what, func(t *testing.T) {
			if res := scan(t, g, c.name, c.data); !finds(res, c.want[0], c.want[1:]...) || !res.Blocks() {
				t.Errorf("%q is missing:\n%s", c.want, said(res))
			}
		})
	}
}

// slides is a presentation of one slide, with a part put in.
func slides(t *testing.T, name, part string) []byte {
	t.Helper()
	return added(t, packed(t,
		"[Content_Types].xml", types("/ppt/presentation.xml", "presentationml.presentation.main"),
		"_rels/.rels", rels("officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("slide", "slides/slide1.xml"),
		"ppt/slides/slide1.xml", slide("", shape(1, 1, "公开")),
	), name, part)
}
