package xlsx

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

const (
	maxName     = 31    // characters of a sheet's name
	maxCellText = 32767 // characters of a cell
	plainCols   = 8     // columns that text is merged over in a sheet without a table
	sheetWidth  = 86.0  // width of a sheet in characters: A4 within the margins of GB/T 9704
)

// Write writes a document as a workbook: one sheet for each table with the
// paragraphs before it, one for the paragraphs after the last table. Sheets are
// named after the last heading in them.
//
// Errors: errs.TooLarge for a table wider or longer than Read takes; those of w.
func Write(w io.Writer, d *doc.Doc) error {
	b := &book{f: excelize.NewFile(), names: map[string]bool{}, doc: d}
	defer func() { _ = b.f.Close() }()
	if err := b.write(); err != nil {
		return err
	}
	if err := b.f.Write(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// book is the workbook being written.
type book struct {
	f      *excelize.File
	doc    *doc.Doc
	names  map[string]bool // in lower case
	sheets int
	styles styleSheet
}

func (b *book) write() error {
	b.styles.f = b.f
	if err := b.properties(); err != nil {
		return fmt.Errorf("setting the properties: %w", err)
	}
	var paras []*doc.Para
	for i := range b.doc.Blocks {
		switch block := &b.doc.Blocks[i]; {
		case block.Para != nil:
			paras = append(paras, block.Para)
		case block.Table != nil:
			if err := b.sheet(paras, block.Table); err != nil {
				return err
			}
			paras = nil
		}
	}
	if len(paras) > 0 || b.sheets == 0 {
		return b.sheet(paras, nil)
	}
	return nil
}

// corePart is where a workbook keeps its properties.
const corePart = "docProps/core.xml"

// properties sets the title and nothing else: a file that is published must not say
// who or what wrote it, which the library would.
func (b *book) properties() error {
	var title strings.Builder
	if err := xml.EscapeText(&title, []byte(clean(b.doc.Title))); err != nil {
		return err
	}
	b.f.Pkg.Store(corePart, []byte(xml.Header+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`+
		title.String()+`</dc:title></cp:coreProperties>`))
	return nil
}

// sheet writes paragraphs and the table under them, which may be nil.
func (b *book) sheet(paras []*doc.Para, t *doc.Table) error {
	if t != nil && (t.Cols > MaxColumns || len(t.Rows) > MaxRows/2) {
		return errs.New(errs.TooLarge, "表格有%d行%d列，超出可写入工作表的范围；请拆分后再试。", len(t.Rows), t.Cols)
	}
	s := &sheetWriter{book: b, name: b.name(paras), table: t, next: 1}
	if err := b.add(s.name); err != nil {
		return fmt.Errorf("adding a sheet: %w", err)
	}
	s.measure()
	for _, p := range paras {
		s.paragraph(p)
	}
	if t != nil {
		s.rows()
	}
	s.page()
	if s.err != nil {
		return fmt.Errorf("writing sheet %q: %w", s.name, s.err)
	}
	return nil
}

func (b *book) add(name string) error {
	b.sheets++
	if b.sheets == 1 {
		return b.f.SetSheetName("Sheet1", name)
	}
	_, err := b.f.NewSheet(name)
	return err
}

// name makes a sheet's name from the last heading, else from the title, unique
// and without the characters that Excel forbids.
func (b *book) name(paras []*doc.Para) string {
	text := ""
	for _, p := range paras {
		if p.Style >= doc.Heading1 && p.Style <= doc.Heading3 || text == "" && p.Style == doc.Title {
			text = p.Text
		}
	}
	base := strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'：？＊［］／＼`, c) || c < ' ' || c == utf8.RuneError || c > 0xffff {
			return -1
		}
		return c
	}, text)
	if base = shorten(strings.TrimSpace(base), maxName); base == "" {
		base = "正文"
	}
	name := base
	for k := 2; b.names[strings.ToLower(name)]; k++ {
		suffix := fmt.Sprintf("（%d）", k)
		name = shorten(base, maxName-utf8.RuneCountInString(suffix)) + suffix
	}
	b.names[strings.ToLower(name)] = true
	return name
}

func shorten(s string, limit int) string {
	if runes := []rune(s); len(runes) > limit {
		return string(runes[:limit])
	}
	return s
}

// clean makes line ends \n and takes out what no cell can hold.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0xfffe || c == 0xffff {
			return -1
		}
		return c
	}, s)
}
