// Package open reads a document of any format that gongkai knows: it looks at
// the bytes, never at the file's name alone, and hands them to the codec. A web
// page saved as .doc, a .docx renamed .wps or a scan renamed .pdf are common in
// offices, and each is told for what it is.
//
// What cannot be read is refused with a sentence that says what the file is and
// how to get a readable one out of it. Old binary office files, RTF and ODF are
// converted where the caller gives a converter (see LibreOffice), else refused.
//
// Start reading at sniff.go, which lists everything that is told apart.
package open

import (
	"context"
	"io"
	"path"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/html"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/doc/text"
	"gongkai/internal/doc/xlsx"
	"gongkai/internal/errs"
)

// DefaultMaxBytes is the size of a file that is read where Options say nothing.
const DefaultMaxBytes = 64 << 20

// Options are what an Opener may use.
type Options struct {
	// CacheDir keeps the compiled PDF reader between runs; "" compiles it anew.
	CacheDir string
	// Convert turns an old office file into docx or xlsx; nil refuses them. The
	// name carries the extension that the content asks for.
	Convert func(ctx context.Context, name string, data []byte) ([]byte, error)
	// MaxBytes refuses larger files; 0 means DefaultMaxBytes.
	MaxBytes int64
}

// Opener reads documents. It is safe for concurrent use; Close it at the end.
type Opener struct {
	options Options
	pdf     *pdf.Reader
}

// New makes an opener. The PDF reader is started only when a PDF comes.
func New(options Options) *Opener {
	if options.MaxBytes <= 0 {
		options.MaxBytes = DefaultMaxBytes
	}
	return &Opener{options: options, pdf: pdf.NewReader(options.CacheDir)}
}

// Close frees the PDF reader.
func (o *Opener) Close() error { return o.pdf.Close() }

// Read reads a document. The name only names the file to a converter. Errors
// are errs.Invalid for an empty file, errs.TooLarge, errs.Unsupported,
// errs.Picture, errs.Encrypted and errs.Corrupt, with advice in Chinese.
func (o *Opener) Read(ctx context.Context, name string, data []byte) (*doc.Doc, error) {
	if len(data) == 0 {
		return nil, errs.New(errs.Invalid, "文件是空的，没有任何内容；请检查文件是否上传或下载完整。")
	}
	if int64(len(data)) > o.options.MaxBytes {
		return nil, errs.New(errs.TooLarge, "文件有 %d MB，超过 %d MB 的上限；请压缩其中的图片，或只提交报告本身。", len(data)>>20, o.options.MaxBytes>>20)
	}
	k := sniff(data)
	if k.convertible() {
		return o.readConverted(ctx, name, k, data)
	}
	return o.readKnown(ctx, k, data)
}

func (o *Opener) readKnown(ctx context.Context, k kind, data []byte) (*doc.Doc, error) {
	switch k {
	case kindDOCX:
		return docx.Read(data)
	case kindXLSX:
		return xlsx.Read(data)
	case kindPDF:
		return o.pdf.Read(ctx, data)
	case kindHTML:
		return html.Read(data)
	case kindMHTML:
		page, err := webArchive(data)
		if err != nil {
			return nil, err
		}
		return html.Read(page)
	case kindText:
		return text.Read(data)
	}
	return nil, k.refusal()
}

// readConverted converts a file and reads what came out.
func (o *Opener) readConverted(ctx context.Context, name string, k kind, data []byte) (*doc.Doc, error) {
	if o.options.Convert == nil {
		return nil, k.refusal()
	}
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	converted, err := o.options.Convert(ctx, base+k.extension(), data)
	if err != nil {
		return nil, err
	}
	if int64(len(converted)) > o.options.MaxBytes {
		return nil, errs.New(errs.TooLarge, "文件转换后超过 %d MB 的上限；请压缩其中的图片后另存为 docx 再试。", o.options.MaxBytes>>20)
	}
	switch became := sniff(converted); became {
	case kindDOCX, kindXLSX:
		return o.readKnown(ctx, became, converted)
	default:
		return nil, errs.New(errs.Corrupt, "文件转换失败，转换结果不是 docx 或 xlsx；请用 Word 或 WPS 打开后另存为 docx 再试。")
	}
}

// Write writes a document in a format.
func Write(w io.Writer, format doc.Format, d *doc.Doc) error {
	switch format {
	case doc.DOCX:
		return docx.Write(w, d)
	case doc.HTML:
		return html.Write(w, d)
	case doc.PDF:
		return pdf.Write(w, d)
	case doc.XLSX:
		return xlsx.Write(w, d)
	case doc.Text, doc.Markdown:
		return text.Write(w, d)
	}
	return errs.New(errs.Unsupported, "不能写成 %s 格式；可用的格式：docx、html、pdf、xlsx、text、markdown。", format)
}
