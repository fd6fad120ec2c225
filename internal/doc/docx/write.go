package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// packed is the time that every part carries: the start of zip's calendar, so
// that the same document gives the same bytes.
var packed = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Write writes a document in the official format, GB/T 9704-2012. Line ends
// and tabs in the text are kept; characters that XML has no place for are left
// out. Nothing about the author or the time is written. A table of more than
// MaxColumns columns is refused (errs.TooLarge); other errors are those of w.
func Write(w io.Writer, d *doc.Doc) error {
	parts, err := assemble(d)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, part := range parts {
		out, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return fmt.Errorf("docx: part %s: %w", part.name, err)
		}
		if _, err := io.WriteString(out, part.xml); err != nil {
			return fmt.Errorf("docx: part %s: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("docx: finish package: %w", err)
	}
	return nil
}

// part is a file of the package.
type part struct{ name, xml string }

// assemble makes all parts, the list of contents first as Word wants it.
func assemble(d *doc.Doc) ([]part, error) {
	header, letter := d.Header != "", isLetter(d)
	body, err := documentXML(d)
	parts := []part{
		{"[Content_Types].xml", contentTypes(header, letter)},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", coreProperties(d.Title)},
		{"word/document.xml", body},
		{"word/_rels/document.xml.rels", documentRelations(header, letter)},
		{"word/styles.xml", stylesXML()},
		{"word/settings.xml", settingsXML},
		{"word/fontTable.xml", fontTableXML()},
		{"word/footer1.xml", footerXML("FooterOdd")},
		{"word/footer2.xml", footerXML("FooterEven")},
	}
	if header {
		parts = append(parts, part{"word/header1.xml", headerXML(d.Header)})
	}
	if letter {
		parts = append(parts, part{"word/footer3.xml", letterFootXML})
	}
	return parts, err
}

// writer builds the main part.
type writer struct {
	strings.Builder
	err error
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(&w.Builder, format, args...) }

func documentXML(d *doc.Doc) (string, error) {
	w := &writer{}
	w.WriteString(xmlHead + `<w:document ` + namespaces + `><w:body>`)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		switch {
		case b.Para != nil:
			w.para(b.Para, above(d.Blocks, i), below(d.Blocks, i))
		case b.Table != nil:
			w.table(b.Table, typeAreaWidth)
			if i+1 == len(d.Blocks) || d.Blocks[i+1].Table != nil {
				w.spacer() // Word joins tables that touch, and wants a paragraph at the end
			}
		}
	}
	w.section(d.Header != "", isLetter(d))
	w.WriteString(`</w:body></w:document>`)
	return w.String(), w.err
}

// styleIDs are the styles that paragraphs are written in.
var styleIDs = map[doc.Style]string{
	doc.Body: "BodyText", doc.Title: "Title",
	doc.Heading1: "Heading1", doc.Heading2: "Heading2", doc.Heading3: "Heading3",
	doc.Plain: "Plain", doc.Signature: "Signature", doc.Date: "Date", doc.PageBreak: "PageBreak",
	doc.Letterhead: "Letterhead", doc.Number: "Number", doc.Addressee: "Addressee",
}

// isLetter tells a document in the letter form.
func isLetter(d *doc.Doc) bool {
	return len(d.Blocks) > 0 && d.Blocks[0].Para != nil && d.Blocks[0].Para.Style == doc.Letterhead
}

// below gives the paragraph under a block, an empty one where there is none.
func below(blocks []doc.Block, i int) doc.Para {
	if i+1 < len(blocks) && blocks[i+1].Para != nil {
		return *blocks[i+1].Para
	}
	return doc.Para{}
}

// above gives the paragraph over a block, an empty one where there is none.
func above(blocks []doc.Block, i int) doc.Para {
	if i > 0 && blocks[i-1].Para != nil {
		return *blocks[i-1].Para
	}
	return doc.Para{}
}

func (w *writer) para(p *doc.Para, last, next doc.Para) {
	id, ok := styleIDs[p.Style]
	if !ok {
		id = styleIDs[doc.Body]
	}
	w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + id + `"/>`)
	switch {
	case p.Style == doc.Signature && next.Style == doc.Date:
		w.printf(`<w:ind w:rightChars="0" w:right="%d"/>`, overDate(p.Text, next.Text))
	case p.Style == doc.Plain && last.Style == doc.Title:
		w.WriteString(`<w:jc w:val="center"/>`) // a number or date under the title
	case p.Style == doc.Letterhead:
		w.WriteString(frame(letterheadTop) + exact(10*fitLetterhead(p.Text)))
	case next.Style == doc.Signature:
		w.WriteString(`<w:keepNext/>`) // no signature on a page without text
	}
	w.WriteString(`</w:pPr>`)
	properties := ""
	if p.Style == doc.Letterhead {
		properties = size(fitLetterhead(p.Text))
	}
	w.run(p.Text, properties)
	w.WriteString(`</w:p>`)
	if p.Style == doc.Letterhead {
		w.WriteString(doubleLine(letterheadTop+10*fitLetterhead(p.Text)+letterheadGap, "thickThinMediumGap"))
	}
}

// em is the width of a character of the text.
const em = 320

// overDate gives how far from the right edge the organ's name ends that stands
// centred over a date which ends four characters from it; two characters at least
// (GB/T 9704-2012 7.3.5).
func overDate(name, date string) int {
	return max(4*em+(width(date)-width(name))/2, 2*em)
}

// width is how wide a text is set: digits take half a character.
func width(text string) (twips int) {
	for _, r := range text {
		if r < 0x80 {
			twips += em / 2
		} else {
			twips += em
		}
	}
	return twips
}

// fitLetterhead gives the size at which an organ's name stands on one line.
func fitLetterhead(name string) int {
	const room = 2 * typeAreaWidth / 20 // half-points
	return min(letterheadSize, room/max(utf8.RuneCountInString(name), 1))
}

// spacer is a paragraph that the format needs and the page does not: one point high.
func (w *writer) spacer() {
	w.WriteString(`<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>`)
}

// run writes text with its line ends and tabs; properties is the content of rPr.
func (w *writer) run(text, properties string) {
	if text == "" {
		return
	}
	w.WriteString(`<w:r>`)
	if properties != "" {
		w.WriteString(`<w:rPr>` + properties + `</w:rPr>`)
	}
	for text != "" {
		n := strings.IndexAny(text, "\n\t")
		if n < 0 {
			n = len(text)
		}
		if n > 0 {
			w.WriteString(`<w:t xml:space="preserve">`)
			w.escaped(text[:n])
			w.WriteString(`</w:t>`)
		}
		if n == len(text) {
			break
		}
		if text[n] == '\n' {
			w.WriteString(`<w:br/>`)
		} else {
			w.WriteString(`<w:tab/>`)
		}
		text = text[n+1:]
	}
	w.WriteString(`</w:r>`)
}

// escaped writes characters of text or of an attribute.
func (w *writer) escaped(text string) {
	for i, r := range text {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r == '"':
			w.WriteString("&quot;")
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"), r == '\r', !markup.InRange(r):
			// not text
		default:
			w.WriteRune(r)
		}
	}
}

func escape(text string) string {
	w := &writer{}
	w.escaped(text)
	return w.String()
}

// section is the page: GB/T 9704-2012 5.1 and 5.2.
func (w *writer) section(header, letter bool) {
	w.WriteString(`<w:sectPr>`)
	if header {
		w.WriteString(`<w:headerReference w:type="default" r:id="rId6"/><w:headerReference w:type="even" r:id="rId6"/>`)
	}
	w.WriteString(`<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`)
	if letter {
		w.WriteString(`<w:footerReference w:type="first" r:id="rId7"/>`) // its first page has no number
	}
	w.printf(`<w:pgSz w:w="%d" w:h="%d"/>`, pageWidth, pageHeight)
	w.printf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		marginTop, marginRight, marginBottom, marginLeft, headerDistance, footerDistance)
	if letter {
		w.WriteString(`<w:titlePg/>`)
	}
	w.printf(`<w:docGrid w:type="lines" w:linePitch="%d"/>`, linePitch)
	w.WriteString(`</w:sectPr>`)
}
