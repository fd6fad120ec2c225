package open

import (
	"context"
	"path"
	"strings"

	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
)

// Kind is what a file is by its bytes, for those who read more of it than its
// text.
type Kind string

// The kinds that are told apart. Old is an office file that a converter turns
// into docx or xlsx.
const (
	Word      Kind = "docx"
	Workbook  Kind = "xlsx"
	Slides    Kind = "pptx"
	Portable  Kind = "pdf"
	Page      Kind = "html"
	PlainText Kind = "text"
	Layout    Kind = "ofd"
	Zip       Kind = "zip"
	Picture   Kind = "picture"
	Old       Kind = "old"
	Unknown   Kind = "unknown"
)

// KindOf tells what a file is.
func KindOf(data []byte) Kind {
	zip := len(data) > 2 && string(data[:2]) == "PK"
	switch k := sniff(data); k {
	case kindDOCX:
		return Word
	case kindXLSX:
		return Workbook
	case kindSlides:
		if zip && !strings.Contains(string(data[:min(len(data), head)]), "opendocument") {
			return Slides
		}
	case kindPDF:
		return Portable
	case kindHTML:
		return Page
	case kindText, kindJSON, kindXML:
		return PlainText
	case kindOFD:
		return Layout
	case kindPicture:
		return Picture
	case kindArchive:
		if zip {
			return Zip
		}
	default:
		if k.convertible() {
			return Old
		}
	}
	return Unknown
}

// Refusal says why a file of an unknown kind cannot be looked into, and what to
// do.
func Refusal(data []byte) error {
	if len(data) == 0 {
		return errs.New(errs.Invalid, "文件是空的，没有任何内容；请检查文件是否上传或下载完整。")
	}
	switch k := sniff(data); k {
	case kindArchive:
		return errs.New(errs.Unsupported, "这是 zip 以外的压缩包（rar、7z、gz 等），里面的内容没有检查；请解压后检查，或者改用 zip。")
	case kindSlides:
		return errs.New(errs.Unsupported, "这是旧版演示文稿（.ppt、.dps、.odp），里面的内容没有检查；请打开后另存为 pptx 再试。")
	case kindMHTML:
		return errs.New(errs.Unsupported, "这是单个文件网页（.mht）或者电子邮件（.eml），里面的内容没有检查；请打开后另存为 html 或者 docx，附件另存后再试。")
	case kindBinary, kindOLE:
		return errs.New(errs.Unsupported, "无法识别文件的类型，里面的内容没有检查；请确认是什么文件，换成 docx、xlsx、pdf 等格式。")
	default:
		return k.refusal()
	}
}

// Converted turns an old office file into docx or xlsx. It is refused where the
// Options have no converter.
func (o *Opener) Converted(ctx context.Context, name string, data []byte) ([]byte, error) {
	k := sniff(data)
	if o.options.Convert == nil || !k.convertible() {
		return nil, k.refusal()
	}
	return o.options.Convert(ctx, strings.TrimSuffix(path.Base(name), path.Ext(name))+k.extension(), data)
}

// PDF gives the reader of PDF files, which is the opener's to close.
func (o *Opener) PDF() *pdf.Reader { return o.pdf }
