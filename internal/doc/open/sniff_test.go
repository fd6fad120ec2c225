package open

import (
	"bytes"
	"testing"
)

func TestSniff(t *testing.T) {
	ole := func(stream string) string {
		return string(oleMagic) + string(make([]byte, 600)) + string(utf16le(stream))
	}
	zip := func(name string) string { return "PK\x03\x04....." + name + "....PK\x05\x06" }
	cases := map[string]struct {
		data string
		want kind
	}{
		"docx":                         {zip("word/document.xml"), kindDOCX},
		"docx with another main part":  {zip("word/document2.xml"), kindDOCX},
		"xlsx":                         {zip("xl/workbook.xml"), kindXLSX},
		"pptx":                         {zip("ppt/presentation.xml"), kindSlides},
		"OFD":                          {zip("OFD.xml"), kindOFD},
		"odt":                          {zip("mimetypeapplication/vnd.oasis.opendocument.text"), kindODT},
		"ods":                          {zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), kindODS},
		"zip of something":             {zip("报告.txt"), kindArchive},
		"pdf":                          {"%PDF-1.4\n", kindPDF},
		"pdf after a mail header":      {"Subject: x\n\n%PDF-1.4\n", kindPDF},
		"doc":                          {ole("WordDocument"), kindDOC},
		"xls":                          {ole("Workbook"), kindXLS},
		"docx with a password":         {ole("EncryptedPackage"), kindEncrypted},
		"other old office file":        {ole("Contents"), kindOLE},
		"rtf":                          {`{\rtf1\ansi}`, kindRTF},
		"html":                         {"<!DOCTYPE html><html></html>", kindHTML},
		"html with a mark and blanks":  {"\xEF\xBB\xBF\r\n <HTML lang=zh>", kindHTML},
		"html after a comment":         {"<!-- saved from url -->\n<html>", kindHTML},
		"part of a page":               {`<div id="zoom"><p>一、总体情况</p></div>`, kindHTML},
		"xhtml":                        {`<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>`, kindHTML},
		"Word's page saved as .doc":    {"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">", kindHTML},
		"html in UTF-16":               {"\xFF\xFE" + string(utf16le("<html><body>公开</body></html>")), kindHTML},
		"web archive":                  {"From: <Saved by>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x\"\r\n\r\n", kindMHTML},
		"Word 2003 XML":                {`<?xml version="1.0"?><?mso-application progid="Word.Document"?>`, kindWordXML},
		"other XML":                    {`<?xml version="1.0"?><report/>`, kindXML},
		"png":                          {"\x89PNG\r\n\x1a\n", kindPicture},
		"jpeg":                         {"\xFF\xD8\xFF\xE0", kindPicture},
		"tiff":                         {"II*\x00\x08", kindPicture},
		"bitmap":                       {"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36" + string(make([]byte, 40)), kindPicture},
		"rar":                          {"Rar!\x1a\x07\x00", kindArchive},
		"json":                         {`{"organ":"青河县水务局"}`, kindJSON},
		"text in brackets":             {"[附件] 公开年度报告", kindText},
		"text":                         {"青河县水务局2025年度报告\n一、总体情况", kindText},
		"text in GB18030":              {"\xC7\xE0\xBA\xD3\xCF\xD8", kindText},
		"text in UTF-16":               {"\xFF\xFE" + string(utf16le("一、总体情况")), kindText},
		"markdown table":               {"| 项目 | 数量 |\n|---|---|\n| <br> | 3 |", kindText},
		"text that begins with a sign": {"<2023年> 年度报告", kindText},
		"program":                      {"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00\x01\x00", kindBinary},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := sniff([]byte(c.data)); got != c.want {
				t.Errorf("kind %d, want %d", got, c.want)
			}
		})
	}
}

func TestWebArchive(t *testing.T) {
	archive := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n" +
		"Content-Type: multipart/alternative; boundary=\"c\"\r\n\r\n--c\r\n" +
		"Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
		"<html><p>=D2=BB</p></html>\r\n--c--\r\n--b--\r\n"
	page, err := webArchive([]byte(archive))
	if err != nil {
		t.Fatal(err)
	}
	if want := "<meta charset=\"gb2312\"><html><p>\xD2\xBB</p></html>"; string(bytes.TrimSpace(page)) != want {
		t.Errorf("page %q, want %q", page, want)
	}
	for name, bad := range map[string]string{
		"no page":       "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b--\r\n",
		"no boundary":   "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
		"broken header": "MIME-Version 1.0",
	} {
		if _, err := webArchive([]byte(bad)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"", "PK\x03\x04word/document", "%PDF-", "<!--", "<?xml", `{\rtf`, "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n--b--", "\xFF\xFE<\x00p\x00>\x00", "{}", "BM"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k := sniff(data)
		if k == kindMHTML {
			_, _ = webArchive(data)
		}
		if k.refusal() == nil {
			t.Errorf("kind %d has no refusal", k)
		}
	})
}
