package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// A face is a typeface at work in one document. Every character gets a code of
// its own even where two share a shape, so that copied text is what was set.
type face struct {
	*typeface
	code  map[rune]uint16
	runes []rune   // by code; 0 is unused
	glyph []uint16 // by code
}

func newFace(t *typeface) *face {
	return &face{typeface: t, code: map[rune]uint16{}, runes: []rune{0}, glyph: []uint16{0}}
}

// use gives the code of a character that is shown as glyph.
func (f *face) use(r rune, glyph uint16) uint16 {
	if c, ok := f.code[r]; ok {
		return c
	}
	c := uint16(len(f.runes))
	f.code[r] = c
	f.runes = append(f.runes, r)
	f.glyph = append(f.glyph, glyph)
	return c
}

// missing is shown for a character that neither typeface has: the printer's
// mark for a sort that is not in the case.
const missing = '〓'

// fonts are the faces of a document.
type fonts struct{ serif, sans *face }

// find gives the face and glyph for a character: the wished face, else the
// other one, else the mark for a missing character.
func (f *fonts) find(wished *face, r rune) (*face, uint16) {
	if g, ok := wished.glyphOf[r]; ok {
		return wished, g
	}
	other := f.serif
	if wished == f.serif {
		other = f.sans
	}
	if g, ok := other.glyphOf[r]; ok {
		return other, g
	}
	return wished, wished.glyphOf[missing]
}

// A look is how text is set.
type look struct {
	face *face
	size float64 // points
	bold bool    // by a thin outline: the typefaces have one weight
	red  bool    // of a letterhead
}

// redInk is the colour of a letterhead and its lines, as operands.
const redInk = "0.78 0.06 0.18"

// width measures text in points.
func (f *fonts) width(text string, l look) float64 {
	total := 0
	for _, r := range text {
		total += f.thousandths(l.face, r)
	}
	return float64(total) * l.size / 1000
}

func (f *fonts) thousandths(wished *face, r rune) int {
	face, glyph := f.find(wished, r)
	return face.advance(glyph)
}

// A canvas is a page being drawn; y runs downwards from the top edge.
type canvas struct {
	fonts *fonts
	out   bytes.Buffer
}

func num(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// text sets text with its baseline at y; spacing is added after each character.
func (c *canvas) text(x, y float64, text string, l look, spacing float64) {
	if text == "" {
		return
	}
	if l.red {
		c.out.WriteString("q " + redInk + " rg " + redInk + " RG\n")
	}
	fmt.Fprintf(&c.out, "BT %s %s Td %s Tc", num(x), num(pageHeight-y), strconv.FormatFloat(spacing, 'f', 4, 64))
	if l.bold {
		fmt.Fprintf(&c.out, " 2 Tr %s w", num(l.size*0.025))
	}
	var current *face
	for _, r := range text {
		face, glyph := c.fonts.find(l.face, r)
		if face != current {
			if current != nil {
				c.out.WriteString("> Tj")
			}
			fmt.Fprintf(&c.out, " /%s %s Tf <", fontName(c.fonts, face), num(l.size))
			current = face
		}
		fmt.Fprintf(&c.out, "%04X", face.use(r, glyph))
	}
	c.out.WriteString("> Tj")
	if l.bold {
		c.out.WriteString(" 0 Tr")
	}
	c.out.WriteString(" ET\n")
	if l.red {
		c.out.WriteString("Q\n")
	}
}

func fontName(all *fonts, f *face) string {
	if f == all.serif {
		return "F1"
	}
	return "F2"
}

// redRule draws a straight line in the colour of a letterhead.
func (c *canvas) redRule(x0, y0, x1, y1, width float64) {
	c.out.WriteString("q " + redInk + " RG\n")
	c.rule(x0, y0, x1, y1, width)
	c.out.WriteString("Q\n")
}

// rule draws a straight line.
func (c *canvas) rule(x0, y0, x1, y1, width float64) {
	fmt.Fprintf(&c.out, "%s w %s %s m %s %s l S\n", num(width), num(x0), num(pageHeight-y0), num(x1), num(pageHeight-y1))
}
