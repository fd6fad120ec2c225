package guard_test

import (
	"archive/zip"
	"bytes"
	"strconv"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/pdf"
)

func num(n int) string { return strconv.Itoa(n) }

func TestPageLeaks(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>公示</title><meta name="Author" content="青石县财政局"></head><body>
<!-- 原稿见内网，联系13712345678 -->
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>王五</o:Author></o:DocumentProperties></xml><![endif]-->
<p>张三，身份证<b>110101</b>19900307<i>0716</i></p>
<div style="display:none">内部名单：李四13612345678</div>
<span style="color:#fff">白字</span><span style="color:#fff;background:#c00">红底</span>
<table><tr><th>姓名</th><th>家庭住址</th></tr><tr><td>张三</td><td>红旗镇东风村3组</td></tr></table>
<input type="hidden" value="token"><img src="file:///C:/Users/wangwu/a.png">
</body></html>`
	res := scan(t, newGuard(t), "公示.html", []byte(page))
	for _, want := range [][]string{
		{"G1", "11*************716", "第4行"},
		{"G35", "注释", "手机号码 1 个"},
		{"G35", "隐藏的内容", "手机号码 1 个"},
		{"G35", "白字"},
		{"G8", "红旗镇***"},
		{"G27", "Author", "王五"},
		{"G27", "路径"},
		{"G35", "隐藏的表单项"},
	} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%q is missing:\n%s", want, said(res))
		}
	}
	if finds(res, "G35", "红底") || finds(res, "G27", "青石县财政局") {
		t.Errorf("a false alarm:\n%s", said(res))
	}
}

func TestArchives(t *testing.T) {
	g := newGuard(t)
	inner := packed(t, "名单.txt", "张三 "+someID)
	res := scan(t, g, "附件.zip", packed(t, "说明.txt", "没有什么", "内层.zip", string(inner), "程序.bin", "\x7fELF\x02\x00\x00\x00\x01", "__MACOSX/._a", "x"))
	for _, want := range [][]string{{"G1", "内层.zip › 名单.txt"}, {"G50", "程序.bin"}, {"G27", "系统附带文件"}} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%q is missing:\n%s", want, said(res))
		}
	}
	deep := inner
	for range 8 {
		deep = packed(t, "再一层.zip", string(deep))
	}
	if res := scan(t, g, "深.zip", deep); !res.Unread || !finds(res, "G50", "一层套一层") {
		t.Errorf("eight deep:\n%s", said(res))
	}
	if res := scan(t, g, "炸弹.zip", bomb(t)); !res.Unread || !finds(res, "G50", "过大") {
		t.Errorf("a bomb:\n%s", said(res))
	}
}

// bomb is a zip of a few hundred kilobytes that unpacks to hundreds of megabytes.
func bomb(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 3 {
		f, err := w.Create(num(i) + ".txt")
		must(t, err)
		zeros := bytes.Repeat([]byte("0"), 1<<20)
		for range 100 {
			_, err = f.Write(zeros)
			must(t, err)
		}
	}
	must(t, w.Close())
	return b.Bytes()
}

// What cannot be read is said, and never passes.
func TestUnread(t *testing.T) {
	g := newGuard(t)
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	for name, data := range map[string]string{
		"空.docx":    "",
		"加密.docx":   ole + wide("EncryptedPackage"),
		"旧.ppt":     ole + wide("PowerPoint Document"),
		"坏.docx":    "PK\x03\x04word/document.xml",
		"坏.pdf":     "%PDF-1.7 nothing",
		"包.rar":     "Rar!\x1a\x07\x00",
		"包.7z":      "7z\xBC\xAF\x27\x1C",
		"程序":        "\x7fELF\x02\x00\x00\x00\x01",
		"乱码.txt":    "\xff\xfe\x00",
		"缺正文.xlsx":  string(packed(t, "xl/workbook.txt", "x")),
		"坏XML.docx": string(word(t, "<w:p>", "word/x.xml", "<")),
	} {
		res := scan(t, g, name, []byte(data))
		if !res.Unread || !res.Blocks() || !finds(res, "G50") {
			t.Errorf("%s passed:\n%s", name, said(res))
		}
	}
}

// The pages of a long document that nobody painted are told of: unseen text in
// them would pass.
func TestPagesThatWereNotLookedAt(t *testing.T) {
	var d doc.Doc
	for i := range 203 {
		if i > 0 {
			d.AddPara(doc.PageBreak, "")
		}
		d.AddPara(doc.Body, "第"+num(i+1)+"页")
	}
	var long bytes.Buffer
	must(t, pdf.Write(&long, &d))
	if res := scan(t, newGuard(t), "长.pdf", long.Bytes()); !res.Blocks() || !finds(res, "G51", "有3页没有核对") {
		t.Errorf("passed:\n%s", said(res))
	}
}
