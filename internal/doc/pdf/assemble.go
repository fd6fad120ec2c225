package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// A file is what was read of a PDF.
type file struct {
	title string
	pages []page
}

// A pageBlock is a printed line or a grid on a page.
type pageBlock struct {
	top  float64
	line *line
	grid *grid
}

// unknownShare is the part of characters without meaning above which a text
// layer is of no use.
const unknownShare = 0.3

// assemble makes the document of the pages' lines and grids.
func assemble(f file) (*doc.Doc, error) {
	a, pictured := gather(f)
	switch {
	case len(a.doc.Blocks) == 0 && pictured > 0:
		return nil, errs.New(errs.Picture, "PDF 是扫描件，只有图片没有文字层；需要文字版 PDF，请改用原 docx 文件，或先用文字识别（OCR）转成文字后再试。")
	case len(a.doc.Blocks) == 0:
		return nil, errs.New(errs.Picture, "PDF 里没有可读取的文字（可能是空白页，或文字已转成图形）；需要文字版 PDF，请改用原 docx 文件，或先用文字识别（OCR）转成文字后再试。")
	case a.glyphs > 0 && float64(a.unknown) > unknownShare*float64(a.glyphs):
		return nil, errs.New(errs.Picture, "PDF 的文字缺少编码信息，无法还原成汉字；需要文字版 PDF，请改用原 docx 文件，或先用文字识别（OCR）转成文字后再试。")
	}
	return a.doc, nil
}

// gather puts a document together and counts the pages that are nothing but
// pictures.
func gather(f file) (a assembler, pictured int) {
	a = assembler{doc: &doc.Doc{Format: doc.PDF, Title: f.title}}
	pages := make([][]pageBlock, len(f.pages))
	for i := range f.pages {
		pages[i] = a.arrange(&f.pages[i], i+1)
	}
	a.takeRunningText(f.pages, pages)

	for i, blocks := range pages {
		if len(blocks) == 0 && f.pages[i].pictures > 0 {
			pictured++
			a.notice(doc.PictureFound, "本页没有文字，只有图片，图片中的内容没有读取。", doc.Place{Page: i + 1})
		}
		a.page(blocks, i+1)
	}
	a.finishTable()
	return a, pictured
}

type assembler struct {
	doc             *doc.Doc
	open            *openTable
	tables          int
	glyphs, unknown int
	units           [][]glyph // of each text of the document, in order
	beside          [][]glyph // of page numbers, running text and watermarks
}

func (a *assembler) notice(kind doc.NoticeKind, text string, at doc.Place) {
	const most = 300
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most])
	}
	a.doc.Notices = append(a.doc.Notices, doc.Notice{Kind: kind, Text: text, Place: at})
}

// arrange sorts a page's glyphs into grids and lines, from top to bottom.
func (a *assembler) arrange(p *page, number int) []pageBlock {
	if p.truncated {
		a.notice(doc.Truncated, fmt.Sprintf("本页内容过多（超过 %d 个字符或 %d 个图形），其余没有读取。", MaxGlyphsPerPage, MaxPathsPerPage), doc.Place{Page: number})
	}
	if p.beside > 0 {
		a.notice(doc.HiddenText, fmt.Sprintf("内容超出页面左右边缘，有 %d 个字符打印时看不到，已一并读取。", p.beside), doc.Place{Page: number})
	}
	if p.outside > 0 {
		a.notice(doc.HiddenText, fmt.Sprintf("页面边缘以外还有 %d 个字符，打印时看不到，没有读取。", p.outside), doc.Place{Page: number})
	}
	var slanted, rest []glyph
	for _, g := range p.glyphs {
		a.glyphs++
		if g.r == utf8.RuneError {
			a.unknown++
		}
		if g.slanted {
			slanted = append(slanted, g)
		} else {
			rest = append(rest, g)
		}
	}
	if len(slanted) > 0 {
		a.beside = append(a.beside, slanted)
		a.notice(doc.Watermark, "斜排文字（水印）："+inOrder(slanted), doc.Place{Page: number})
	}
	var blocks []pageBlock
	for _, g := range findGrids(p.rules) {
		all := len(rest)
		if rest = g.claim(rest); len(rest) < all {
			blocks = append(blocks, pageBlock{top: g.top(), grid: g})
		}
	}
	for _, l := range printedLines(rest) {
		blocks = append(blocks, pageBlock{top: l.base - l.em, line: &l})
	}
	slices.SortStableFunc(blocks, func(x, y pageBlock) int { return cmp.Compare(x.top, y.top) })
	return blocks
}

func inOrder(glyphs []glyph) string {
	runes := make([]rune, len(glyphs))
	for i, g := range glyphs {
		runes[i] = g.r
	}
	return string(runes)
}

// page appends a page's blocks to the document. A grid continues the table
// that ended the page before where nothing stands between them.
func (a *assembler) page(blocks []pageBlock, number int) {
	printed := 0
	for _, b := range blocks {
		if b.grid != nil {
			a.table(b.grid, number)
			continue
		}
		a.finishTable()
		printed++
		spans := b.line.spans()
		a.units = append(a.units, b.line.glyphs)
		a.doc.Blocks = append(a.doc.Blocks, doc.Block{Para: &doc.Para{
			Text: textOf(spans), Spans: spans, Place: doc.Place{Page: number, Line: printed},
		}})
	}
}

func (a *assembler) table(g *grid, number int) {
	if a.open != nil && number > a.open.lastPage() && a.open.accepts(g) {
		a.open.add(g, number)
		return
	}
	a.finishTable()
	a.open = &openTable{}
	a.open.add(g, number)
}

func (a *assembler) finishTable() {
	if a.open == nil {
		return
	}
	a.tables++
	t, units := a.open.table(a.tables)
	a.doc.AddTable(t)
	a.units = append(a.units, units...)
	a.open = nil
}
