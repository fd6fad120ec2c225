package pdf

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Write writes a document as PDF in the official format: A4, size 3 text in 22
// lines of 28 characters, headings in sans, page numbers outside, tables ruled
// and fitted to the page, bookmarks for the headings. The same document always
// gives the same bytes. Nested tables are set as lines of text in their cell.
// A table of more than 60 columns is refused with errs.TooLarge.
func Write(w io.Writer, d *doc.Doc) error {
	for t := range d.Tables {
		if n := columnCount(t); n > maxColumns {
			return errs.New(errs.TooLarge, "表格有 %d 列，一页 A4 纸最多容纳 %d 列；请改用 xlsx 格式输出。", n, maxColumns)
		}
	}
	serifFace, err := serif()
	if err != nil {
		return err
	}
	sansFace, err := sans()
	if err != nil {
		return err
	}
	s := &setter{fonts: &fonts{serif: newFace(serifFace), sans: newFace(sansFace)}, header: d.Header}
	s.newPage()
	for i := range d.Blocks {
		s.block(d.Blocks, i)
	}
	s.numberPages(len(d.Blocks) > 0 && d.Blocks[0].Para != nil && d.Blocks[0].Para.Style == doc.Letterhead)
	return serialize(w, titleOf(d), s.pages, s.fonts, s.marks)
}

// titleOf is the document's title, else the text of its first title.
func titleOf(d *doc.Doc) string {
	if d.Title != "" {
		return d.Title
	}
	for p := range d.Paras {
		if p.Style == doc.Title {
			return strings.ReplaceAll(p.Text, "\n", "")
		}
	}
	return ""
}

// A setter sets blocks onto pages from top to bottom.
type setter struct {
	fonts  *fonts
	pages  []*canvas
	marks  []bookmark
	header string
	y      float64 // top of what comes next
	signed bool    // a signature follows: the last lines stay with it
}

func (s *setter) page() *canvas { return s.pages[len(s.pages)-1] }

func (s *setter) fresh() bool { return s.y == areaTop }

func (s *setter) newPage() {
	s.pages = append(s.pages, &canvas{fonts: s.fonts})
	s.y = areaTop
	if s.header != "" {
		l := look{face: s.fonts.serif, size: 10.5}
		text := strings.ReplaceAll(s.header, "\n", " ")
		s.page().text(areaLeft+(areaWidth-s.fonts.width(text, l))/2, 22*millimetre, text, l, 0)
	}
}

// need starts a new page where height is not left on this one.
func (s *setter) need(height float64) {
	const rounding = 0.5
	if !s.fresh() && s.y+height > areaBottom+rounding {
		s.newPage()
	}
}

func (s *setter) block(blocks []doc.Block, i int) {
	if t := blocks[i].Table; t != nil {
		s.table(t)
		return
	}
	p := blocks[i].Para
	if p == nil {
		return
	}
	switch p.Style {
	case doc.PageBreak:
		if !s.fresh() {
			s.newPage()
		}
	case doc.Title:
		s.title(p.Text)
	case doc.Heading1, doc.Heading2, doc.Heading3:
		s.heading(p, below(blocks, i))
	case doc.Plain:
		s.plain(p.Text, i > 0 && centredAbove(blocks[i-1]))
	case doc.Signature:
		s.signature(p.Text, dateBelow(blocks, i))
	case doc.Date:
		s.flush(p.Text, 4*bodySize)
	case doc.Letterhead:
		s.letterhead(p.Text)
	case doc.Number:
		s.flush(p.Text, 0)
		s.y += 2 * linePitch // GB/T 9704-2012 10.1
	case doc.Addressee:
		s.y += linePitch / 2
		s.lines(p.Text, look{face: s.fonts.serif, size: bodySize}, 0)
	default:
		s.signed = i+1 < len(blocks) && blocks[i+1].Para != nil && blocks[i+1].Para.Style == doc.Signature
		s.lines(p.Text, look{face: s.fonts.serif, size: bodySize}, 2*bodySize)
		s.signed = false
	}
}

// signatureHeight is the room of a signature with its date, and of the seal that
// stands over both: two lines below the text (GB/T 9704-2012 7.3.5).
const signatureHeight = 4 * linePitch

func centredAbove(b doc.Block) bool { return b.Para != nil && b.Para.Style == doc.Title }

func dateBelow(blocks []doc.Block, i int) string {
	if i+1 < len(blocks) && blocks[i+1].Para != nil && blocks[i+1].Para.Style == doc.Date {
		return blocks[i+1].Para.Text
	}
	return ""
}

// lines sets a paragraph in lines of the type area, justified, its first line
// indented.
func (s *setter) lines(text string, l look, indent float64) {
	for _, part := range strings.Split(text, "\n") {
		lines := s.fonts.breakLines(part, l, areaWidth, indent)
		for i, set := range lines {
			s.need(linePitch)
			if last := len(lines) - i; s.signed && (last == 2 || i == 0 && last < 2) {
				s.need(float64(last)*linePitch + signatureHeight) // no signature on a page without text
			}
			x := areaLeft
			room := areaWidth
			if i == 0 {
				x, room = x+indent, room-indent
			}
			s.page().text(x, s.baseline(l.size, linePitch), set.text, l, spacing(set, room, l.size))
			s.y += linePitch
		}
	}
}

// baseline is where the text of a line of a pitch stands.
func (s *setter) baseline(size, pitch float64) float64 {
	return s.y + (pitch-size)/2 + 0.88*size
}

// spacing is what each character gets to fill a line that was broken because
// it was full. A line that would be torn apart stays ragged.
func spacing(set setLine, room, size float64) float64 {
	n := utf8.RuneCountInString(set.text) - 1
	if !set.full || n < 1 {
		return 0
	}
	const most = 0.2 // ems
	if each := (room - set.width) / float64(n); each <= most*size {
		return each
	}
	return 0
}

// title sets the title centred in lines of about the same length.
func (s *setter) title(text string) {
	l := look{face: s.fonts.serif, size: titleSize, bold: true}
	for _, part := range strings.Split(text, "\n") {
		width := areaWidth - 2*bodySize
		if whole := s.fonts.width(part, l); whole > width {
			count := float64(int(whole/width) + 1)
			width = min(width, whole/count+titleSize)
		}
		for _, set := range s.fonts.breakLines(part, l, width, 0) {
			s.need(titlePitch)
			s.page().text(areaLeft+(areaWidth-set.width)/2, s.baseline(titleSize, titlePitch), set.text, l, 0)
			s.y += titlePitch
		}
	}
	s.mark(text, 0)
	s.y += linePitch / 2
}

// letterhead sets the organ's name in red on one line at the head of the first page,
// over a thick and a thin red line; a thin and a thick one stand at its foot.
func (s *setter) letterhead(text string) {
	text = strings.ReplaceAll(text, "\n", " ")
	l := look{face: s.fonts.serif, size: letterheadSize, bold: true, red: true}
	if width := s.fonts.width(text, l); width > areaWidth {
		l.size *= areaWidth / width
	}
	s.page().text((pageWidth-s.fonts.width(text, l))/2, letterheadTop+0.88*l.size, text, l, 0)
	line := s.doubleLine(letterheadTop+l.size+letterheadGap, thickLine, thinLine)
	s.doubleLine(footLine-thinLine-betweenLines-thickLine, thinLine, thickLine)
	s.y = line + underLine - (linePitch-bodySize)/2
}

// doubleLine draws two red lines, the upper edge of the first at y, and gives the
// lower edge of the second.
func (s *setter) doubleLine(y, first, second float64) float64 {
	const left, right = (pageWidth - doubleLineWidth) / 2, (pageWidth + doubleLineWidth) / 2
	s.page().redRule(left, y+first/2, right, y+first/2, first)
	y += first + betweenLines
	s.page().redRule(left, y+second/2, right, y+second/2, second)
	return y + second
}

// below is the table right under a block, nil if there is none.
func below(blocks []doc.Block, i int) *doc.Table {
	if i+1 < len(blocks) {
		return blocks[i+1].Table
	}
	return nil
}

// heading sets a heading and keeps it with the next line, or with the beginning
// of the table below it.
func (s *setter) heading(p *doc.Para, table *doc.Table) {
	l := look{face: s.fonts.serif, size: bodySize}
	switch p.Style {
	case doc.Heading1:
		l.face = s.fonts.sans
	case doc.Heading3:
		l.bold = true
	}
	next := linePitch
	if table != nil {
		if t := s.fit(table); t != nil {
			next = t.beginning()
		}
	}
	s.need(linePitch + next)
	s.mark(p.Text, int(p.Style-doc.Heading1))
	s.lines(p.Text, l, 2*bodySize)
}

func (s *setter) mark(text string, level int) {
	s.marks = append(s.marks, bookmark{strings.ReplaceAll(text, "\n", " "), level, len(s.pages) - 1, s.y})
}

// plain sets a line without indent, centred where it stands under a title.
func (s *setter) plain(text string, centred bool) {
	l := look{face: s.fonts.serif, size: bodySize}
	if width := s.fonts.width(text, l); centred && width <= areaWidth && !strings.Contains(text, "\n") {
		s.need(linePitch)
		s.page().text(areaLeft+(areaWidth-width)/2, s.baseline(l.size, linePitch), text, l, 0)
		s.y += linePitch * 1.5
		return
	}
	s.lines(text, l, 0)
}

// signature sets the organ's name centred above the date that follows, at least
// two characters from the right edge.
func (s *setter) signature(text, date string) {
	l := look{face: s.fonts.serif, size: bodySize}
	own, under := s.fonts.width(text, l), s.fonts.width(date, l)
	right := 4*bodySize + (under-own)/2
	s.need(signatureHeight)
	if !s.fresh() {
		s.y += 2 * linePitch
	}
	s.flush(text, max(right, 2*bodySize))
}

// flush sets a paragraph to the right, its end so far from the right edge.
func (s *setter) flush(text string, right float64) {
	l := look{face: s.fonts.serif, size: bodySize}
	for _, part := range strings.Split(text, "\n") {
		for _, set := range s.fonts.breakLines(part, l, areaWidth-right, 0) {
			s.need(linePitch)
			s.page().text(areaLeft+areaWidth-right-set.width, s.baseline(l.size, linePitch), set.text, l, 0)
			s.y += linePitch
		}
	}
}

// numberPages prints the page numbers: right on odd pages, left on even ones,
// one character from the edge. The first page of a letter has none.
func (s *setter) numberPages(letter bool) {
	l := look{face: s.fonts.serif, size: numberSize}
	for i, p := range s.pages {
		if letter && i == 0 {
			continue
		}
		text := fmt.Sprintf("— %d —", i+1)
		x := areaLeft + numberSize
		if i%2 == 0 {
			x = areaLeft + areaWidth - numberSize - s.fonts.width(text, l)
		}
		p.text(x, areaBottom+numberDrop+0.88*numberSize, text, l, 0)
	}
}
