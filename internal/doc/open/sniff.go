package open

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf16"

	"gongkai/internal/doc/text"
	"gongkai/internal/errs"
)

// A kind is what a file is by its bytes.
type kind int

const (
	kindBinary kind = iota // nothing we know
	kindDOCX
	kindXLSX
	kindPDF
	kindHTML
	kindMHTML
	kindText
	kindEncrypted // an office file with a password
	kindDOC       // Word 97–2003 and WPS 文字
	kindXLS       // Excel 97–2003 and WPS 表格
	kindRTF
	kindODT
	kindODS
	kindWordXML // Word 2003 XML
	kindOFD
	kindSlides // PowerPoint or WPS 演示
	kindOLE    // another file in the old office container
	kindArchive
	kindPicture
	kindJSON
	kindXML
)

var (
	oleMagic    = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	pictures    = []string{"\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF", "GIF87a", "GIF89a", "II*\x00", "MM\x00*", "\x00\x00\x00\x0cjP  "}
	archives    = []string{"Rar!\x1a\x07", "7z\xBC\xAF\x27\x1C", "\x1f\x8b\x08", "BZh", "\xFD7zXZ\x00"}
	htmlStart   = regexp.MustCompile(`(?i)^(?:<!--(?s:.*?)-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|link|style|script|base|div|table|tbody|tr|td|p|span|section|article|main|header|h[1-6]|ul|ol|center|font|form|a|b|br|img|strong)[\s/>])`)
	packedMail  = regexp.MustCompile(`(?im)^content-transfer-encoding:\s*(?:base64|quoted-printable)`)
	mhtmlHeader = regexp.MustCompile(`(?im)^(?:mime-version:|content-type:\s*multipart/related)`)
)

// head is how far into a file its start is looked at.
const head = 4096

// sniff tells what a file is.
func sniff(data []byte) kind {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case bytes.HasPrefix(data, oleMagic):
		return sniffOLE(data)
	case isPicture(data):
		return kindPicture
	case hasAnyPrefix(data, archives):
		return kindArchive
	case bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), head)], " \t\r\n\ufeff"), []byte(`{\rtf`)):
		return kindRTF
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return kindPDF
	}
	return sniffText(data)
}

// sniffZip looks for the names of the parts, which are never compressed.
func sniffZip(data []byte) kind {
	for _, part := range []struct {
		name string
		kind kind
	}{
		{"word/document", kindDOCX},
		{"xl/workbook", kindXLSX},
		{"ppt/presentation", kindSlides},
		{"OFD.xml", kindOFD},
		{"application/vnd.oasis.opendocument.text", kindODT},
		{"application/vnd.oasis.opendocument.spreadsheet", kindODS},
		{"application/vnd.oasis.opendocument", kindSlides},
	} {
		if bytes.Contains(data, []byte(part.name)) {
			return part.kind
		}
	}
	return kindArchive
}

// sniffOLE looks for the names of the streams in the old office container.
func sniffOLE(data []byte) kind {
	for _, stream := range []struct {
		name string
		kind kind
	}{
		{"EncryptedPackage", kindEncrypted},
		{"WordDocument", kindDOC},
		{"Workbook", kindXLS},
		{"PowerPoint Document", kindSlides},
		{"Book", kindXLS},
	} {
		if bytes.Contains(data, utf16le(stream.name)) {
			return stream.kind
		}
	}
	return kindOLE
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// heifBrands are those of pictures among files that begin as films do.
var heifBrands = map[string]bool{"heic": true, "heix": true, "heim": true, "heis": true, "hevc": true, "hevx": true, "mif1": true, "msf1": true, "miaf": true, "avif": true, "avis": true}

func isPicture(data []byte) bool {
	bitmap := len(data) > 26 && data[0] == 'B' && data[1] == 'M' && bytes.Equal(data[6:10], make([]byte, 4))
	webp := len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP"
	heic := len(data) > 12 && string(data[4:8]) == "ftyp" && heifBrands[string(data[8:12])]
	return bitmap || webp || heic || hasAnyPrefix(data, pictures)
}

func hasAnyPrefix(data []byte, prefixes []string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(data, []byte(p)) {
			return true
		}
	}
	return false
}

// sniffText tells pages and data from plain text. Zero bytes are only in the
// text of UTF-16.
func sniffText(data []byte) kind {
	start := data[:min(len(data), head)]
	if bytes.IndexByte(data, 0) >= 0 {
		decoded, encoding, err := text.Decode(data)
		if err != nil || encoding != text.UTF16LE && encoding != text.UTF16BE {
			return kindBinary
		}
		start = []byte(decoded[:min(len(decoded), head)])
	}
	start = bytes.TrimLeft(start, "\ufeff \t\r\n")
	switch {
	case htmlStart.Match(start):
		return kindHTML
	case bytes.HasPrefix(start, []byte("<?xml")), bytes.HasPrefix(start, []byte("<?mso")):
		return sniffXML(start)
	case bytes.HasPrefix(start, []byte("<!DOCTYPE")), bytes.HasPrefix(start, []byte("<!--")):
		return kindHTML
	case mhtmlHeader.Match(start) && (bytes.Contains(bytes.ToLower(start), []byte("multipart/")) || packedMail.Match(start)):
		return kindMHTML
	case isJSON(data):
		return kindJSON
	}
	return kindText
}

func sniffXML(start []byte) kind {
	lower := bytes.ToLower(start)
	switch {
	case bytes.Contains(lower, []byte("<html")), bytes.Contains(lower, []byte("<!doctype html")):
		return kindHTML
	case bytes.Contains(lower, []byte("word.document")), bytes.Contains(lower, []byte("w:worddocument")), bytes.Contains(lower, []byte("pkg:package")):
		return kindWordXML
	}
	return kindXML
}

func isJSON(data []byte) bool {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if len(trimmed) == 0 || trimmed[0] != '{' && trimmed[0] != '[' {
		return false
	}
	return json.Valid(trimmed)
}

// convertible tells the kinds that LibreOffice turns into docx or xlsx.
func (k kind) convertible() bool { return k.extension() != "" }

// extension is under which name a converter expects a convertible kind.
func (k kind) extension() string {
	switch k {
	case kindDOC:
		return ".doc"
	case kindXLS:
		return ".xls"
	case kindRTF:
		return ".rtf"
	case kindODT:
		return ".odt"
	case kindODS:
		return ".ods"
	case kindWordXML:
		return ".xml"
	}
	return ""
}

// refusal says why a kind is not read and what to do.
func (k kind) refusal() error {
	switch k {
	case kindEncrypted:
		return errs.New(errs.Encrypted, "文件设有打开密码，无法读取；请先在 Word 或 WPS 中取消密码再提交。")
	case kindDOC:
		return errs.New(errs.Unsupported, "这是旧版 Word 或 WPS 文字文件（.doc、.wps）；请用 Word 或 WPS 打开后另存为 docx 再试，或在本机安装 LibreOffice 后由程序自动转换。")
	case kindXLS:
		return errs.New(errs.Unsupported, "这是旧版 Excel 或 WPS 表格文件（.xls、.et）；请打开后另存为 xlsx 再试，或在本机安装 LibreOffice 后由程序自动转换。")
	case kindRTF:
		return errs.New(errs.Unsupported, "这是 RTF 文件；请用 Word 或 WPS 打开后另存为 docx 再试，或在本机安装 LibreOffice 后由程序自动转换。")
	case kindODT, kindODS:
		return errs.New(errs.Unsupported, "这是 OpenDocument 文件；请另存为 docx 或 xlsx 再试，或在本机安装 LibreOffice 后由程序自动转换。")
	case kindWordXML:
		return errs.New(errs.Unsupported, "这是 Word 2003 的 XML 文件；请用 Word 或 WPS 打开后另存为 docx 再试，或在本机安装 LibreOffice 后由程序自动转换。")
	case kindOFD:
		return errs.New(errs.Unsupported, "这是 OFD 版式文件，目前不能读取；请提交原 docx 文件，或用 OFD 阅读器导出为文字版 PDF 再试。")
	case kindSlides:
		return errs.New(errs.Unsupported, "这是演示文稿，不是年度报告文档；请提交 docx、PDF、网页或文本文件。")
	case kindOLE:
		return errs.New(errs.Unsupported, "这是旧版办公软件的文件，无法识别其中的内容；请打开后另存为 docx 再试。")
	case kindArchive:
		return errs.New(errs.Unsupported, "这是压缩包；请解压后提交其中的报告文件（docx、PDF、网页或文本）。")
	case kindPicture:
		return errs.New(errs.Picture, "这是图片，里面没有文字；请提交原 docx 文件，或先用文字识别（OCR）转成文字后再试。")
	case kindJSON:
		return errs.New(errs.Unsupported, "这是 JSON 数据，不是文档；请提交 docx、PDF、网页或文本文件。")
	case kindXML:
		return errs.New(errs.Unsupported, "这是 XML 数据，不是文档；请提交 docx、PDF、网页或文本文件。")
	}
	return errs.New(errs.Unsupported, "无法识别文件的类型，可能不是文档或已损坏；请提交 docx、PDF、网页或文本文件。")
}
