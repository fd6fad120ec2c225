// Package xlsx reads Excel workbooks into doc.Doc and writes doc.Doc as a
// workbook.
//
// Reading goes over the parts of the package as streams with limits of its own
// (parts.go, sheet.go) instead of loading them with excelize: that library
// expands a sheet to its farthest cell before it hands out the first one, so
// that a few hundred bytes can ask for gigabytes. It also gives the number
// formats and borders at hand where a cell is read: a value becomes what is
// printed (value.go), and borders tell tables from text. Each visible sheet is
// cut into paragraphs and tables (split.go, table.go); the values of formulas
// are those stored in the file, nothing is computed.
//
// Writing uses excelize (write.go): each table gets a sheet, together with the
// paragraphs before it, so that its columns have widths of their own and its
// figures can be worked with. Read(Write(d)) gives the same texts and tables;
// styles of paragraphs, header cells and nested tables have no place in a sheet.
//
// Start reading at Read and Write.
package xlsx

import (
	"bytes"
	"errors"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Limits of the reader. A workbook beyond MaxBytes, MaxPartBytes, MaxTotalBytes,
// MaxTags or MaxParts is refused; beyond the others what follows is left out and a
// Truncated notice says so.
const (
	MaxBytes      = 32 << 20  // bytes of the file
	MaxPartBytes  = 12 << 20  // bytes of one unpacked part
	MaxTotalBytes = 24 << 20  // bytes of all unpacked parts
	MaxTags       = 1_500_000 // characters "<" in one part
	MaxParts      = 5000      // files in the package
	MaxSheets     = 100       // sheets read
	MaxRows       = 65536     // row number in a sheet
	MaxColumns    = 500       // column number in a sheet
	MaxMerges     = 20_000    // merged ranges in a sheet
	MaxCells      = 250_000   // cells in the tables of the workbook, empty ones included
	MaxNotices    = 200       // notices in the workbook
	noticeText    = 200       // characters of a notice
)

var (
	oleMagic   = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	zipMagic   = []byte("PK\x03\x04")
	encrypted  = utf16le("EncryptedPackage")
	errNotZip  = errors.New("xlsx: neither a zip nor an OLE file")
	errNoText  = errors.New("xlsx: pictures only")
	errNoSheet = errors.New("xlsx: no worksheet")
)

// Read reads a workbook (.xlsx, .xlsm).
//
// Errors: errs.Unsupported for the old binary .xls; errs.Encrypted;
// errs.Corrupt; errs.TooLarge beyond the limits; errs.Picture where the sheets
// hold pictures and no text.
func Read(data []byte) (*doc.Doc, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, errs.New(errs.TooLarge, "表格文件超过%d兆字节，不予读取；请删去图片和无关工作表后再试。", MaxBytes>>20)
	case bytes.HasPrefix(data, oleMagic) && bytes.Contains(data, encrypted):
		return nil, errs.New(errs.Encrypted, "表格文件设有打开密码，无法读取；请取消密码后另存再试。")
	case bytes.HasPrefix(data, oleMagic):
		return nil, errs.New(errs.Unsupported, "这是旧版 .xls 表格文件，不能直接读取；请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
	case !bytes.HasPrefix(data, zipMagic):
		return nil, corrupt(errNotZip)
	}
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	r := &reader{parts: p, doc: &doc.Doc{Format: doc.XLSX}}
	if err := r.read(); err != nil {
		return nil, err
	}
	if len(r.doc.Blocks) == 0 && r.pictures > 0 {
		return nil, errs.Wrap(errNoText, errs.Picture, "表格文件里只有图片，没有可读的文字；请提供文字版，或先做文字识别。")
	}
	return r.doc, nil
}

func corrupt(cause error) error {
	return errs.Wrap(cause, errs.Corrupt, "表格文件已损坏或不是 .xlsx 格式，无法读取；请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
}

func utf16le(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// reader holds the state of one workbook.
type reader struct {
	parts    *parts
	doc      *doc.Doc
	strings  []string
	formats  []format // of cell styles
	date1904 bool
	paras    int
	tables   int
	cells    int // in tables
	stored   int // with text or border, in sheets
	pictures int
}

func (r *reader) read() error {
	book, err := r.workbook()
	if err != nil {
		return err
	}
	if len(book) == 0 {
		return corrupt(errNoSheet)
	}
	for i, s := range book {
		if i == MaxSheets {
			r.notice(doc.Truncated, "工作表超过一百个，其余未读", doc.Place{Sheet: s.name})
			break
		}
		if s.hidden {
			r.notice(doc.HiddenText, "隐藏的工作表“"+s.name+"”未读取", doc.Place{Sheet: s.name})
			continue
		}
		if err := r.sheet(s); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) notice(kind doc.NoticeKind, text string, at doc.Place) {
	if len(r.doc.Notices) >= MaxNotices {
		return
	}
	if runes := []rune(text); len(runes) > noticeText {
		text = string(runes[:noticeText]) + "…"
	}
	r.doc.Notices = append(r.doc.Notices, doc.Notice{Kind: kind, Text: text, Place: at})
}
