package inside

import (
	"strconv"
	"strings"

	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// cellLook is what decides whether the text of a cell is seen.
type cellLook struct {
	ink    ink
	ground colour
	mute   muted // what its number format prints nothing of
}

// ink is how a text is written.
type ink struct {
	colour
	tiny bool
}

// lost tells whether the text of a cell is not seen on its ground.
func (l *cellLook) lost(by ink) bool { return by.tiny || by.lost(l.ground) }

// difference is what a conditional format changes.
type difference struct {
	ink    *colour
	ground *colour
	mute   muted
}

// tiniestCell is the type size in points up to which nobody reads.
const tiniestCell = 2

// readStyles reads the look of each cell style.
func (b *Book) readStyles(p *opc.Package, name string) error {
	part, err := p.XML(name)
	if part == nil || err != nil {
		return err
	}
	var fonts []ink
	var fills []colour
	formats := map[string]muted{}
	each := func(s *markup.Scanner, read func()) {
		for d := s.Depth(); s.Child(d); {
			read()
		}
	}
	s := markup.NewScanner(part)
	for s.Child(0) {
		each(s, func() {
			switch string(s.Name) {
			case "numFmts":
				each(s, func() { formats[attr(s, "numFmtId")] = mutes(attr(s, "formatCode")) })
			case "fonts":
				each(s, func() { fonts = append(fonts, b.readFont(s, ink{colour: blackInk})) })
			case "fills":
				each(s, func() { fills = append(fills, b.readFill(s, "fgColor")) })
			case "cellXfs":
				each(s, func() { b.Styles = append(b.Styles, lookOf(s, fonts, fills, formats)) })
			case "dxfs":
				each(s, func() { b.differences = append(b.differences, b.readDifference(s)) })
			}
		})
	}
	return s.Err
}

func lookOf(s *markup.Scanner, fonts []ink, fills []colour, formats map[string]muted) cellLook {
	l := cellLook{ground: whitePaper, mute: formats[attr(s, "numFmtId")]}
	if font := at(fonts, attr(s, "fontId")); font != nil {
		l.ink = *font
	}
	if fill := at(fills, attr(s, "fillId")); fill != nil {
		l.ground = *fill
	}
	return l
}

func (b *Book) readFont(s *markup.Scanner, i ink) ink {
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "color":
			i.colour = b.colours.read(s, blackInk)
		case "sz":
			size, err := strconv.ParseFloat(attr(s, "val"), 64)
			i.tiny = err == nil && size <= tiniestCell
		}
	}
	return i
}

// readFill reads the ground of a cell; none is white paper, a gradient or pattern is
// not known. A conditional format names the colour of a solid ground bgColor.
func (b *Book) readFill(s *markup.Scanner, solid string) (ground colour) {
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) != "patternFill" {
			continue
		}
		kind := attr(s, "patternType")
		if kind == "none" || kind == "" && solid == "fgColor" {
			ground = whitePaper
		}
		for d := s.Depth(); s.Child(d); {
			if string(s.Name) == solid && (kind == "solid" || kind == "") {
				ground = b.colours.read(s, colour{})
			}
		}
	}
	return ground
}

func (b *Book) readDifference(s *markup.Scanner) (diff difference) {
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "font":
			if i := b.readFont(s, ink{}); i.known {
				diff.ink = &i.colour
			}
		case "fill":
			ground := b.readFill(s, "bgColor")
			diff.ground = &ground
		case "numFmt":
			diff.mute = mutes(attr(s, "formatCode"))
			s.Whole()
		}
	}
	return diff
}

// hides tells whether a conditional format hides a value of a cell.
func (diff *difference) hides(l cellLook, c *SheetCell) bool {
	if diff.mute.hides(c) {
		return true
	}
	if diff.ink == nil && diff.ground == nil {
		return false
	}
	if diff.ink != nil {
		l.ink.colour = *diff.ink
	}
	if diff.ground != nil {
		l.ground = *diff.ground
	}
	return l.ink.lost(l.ground)
}

// muted are the values of which a number format prints nothing.
type muted struct{ positive, negative, text bool }

// hides tells whether the value of a cell is not printed. A zero that is not printed
// is no secret.
func (m muted) hides(c *SheetCell) bool {
	if !c.number {
		return m.text
	}
	n, err := strconv.ParseFloat(c.Text, 64)
	return err == nil && (n > 0 && m.positive || n < 0 && m.negative)
}

// mutes reads a number format: up to four sections, for what is positive, negative,
// zero, and text (ECMA-376, 18.8.31).
func mutes(format string) muted {
	silent := silentSections(format)
	switch len(silent) {
	case 1:
		return muted{positive: silent[0] && format != "", negative: silent[0] && format != ""}
	case 2, 3:
		return muted{positive: silent[0], negative: silent[1]}
	}
	return muted{silent[0], silent[1], silent[3]}
}

// silentSections tells of each section of a number format whether it prints nothing.
func silentSections(format string) (all []bool) {
	silent, quoted, white := true, false, false
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '"' && !white:
			quoted = !quoted
		case c == ';' && !quoted:
			all, silent, white = append(all, silent), true, false
		case white:
		case quoted:
			silent = silent && c == ' '
		case c == '[':
			end := strings.IndexByte(format[i:], ']')
			if end < 0 {
				return append(all, false)
			}
			white = strings.EqualFold(format[i:i+end+1], "[white]")
			i += end
		case c == '\\', c == '_', c == '*':
			silent = silent && i+1 < len(format) && (c != '\\' || format[i+1] == ' ')
			i++
		default:
			silent = silent && c == ' '
		}
	}
	return append(all, silent)
}

func at[T any](list []T, index string) *T {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(list) {
		return nil
	}
	return &list[i]
}
