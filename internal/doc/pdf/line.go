package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// How glyphs make lines and pieces, in ems of the type size.
const (
	baselineSlack = 0.35 // glyphs whose baselines differ by no more stand on one line
	pieceGap      = 0.8  // a wider gap parts two pieces, beside the line's own stretch
	mostStretch   = 0.5  // a wider usual gap is no stretch but a row of columns
	typedBlank    = 0.1  // a typed blank counts from this width on
	wordGap       = 0.22 // a gap between Latin words that was not typed
	doubleStrike  = 0.18 // the same glyph printed again within this is fake bold
)

// A line is one printed line: glyphs from left to right on one baseline.
type line struct {
	glyphs []glyph
	base   float64
	em     float64
}

func (l *line) x0() float64 { return l.glyphs[0].x0 }
func (l *line) x1() float64 { return l.glyphs[len(l.glyphs)-1].x1 }

// printedLines groups glyphs into lines from top to bottom. Text turned by a
// quarter, as row labels sometimes are, makes lines of its own.
func printedLines(glyphs []glyph) []line {
	var upright, up, down []glyph
	for _, g := range glyphs {
		switch g.quarter {
		case 1:
			up = append(up, laid(g, -g.bottom, -g.top, g.x1))
		case 3:
			down = append(down, laid(g, g.top, g.bottom, -g.x0))
		default:
			upright = append(upright, g)
		}
	}
	lines := linesOf(upright)
	for _, sideways := range [][]line{linesOf(up), linesOf(down)} {
		for _, l := range sideways {
			lines = append(lines, stoodUp(l))
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.base, b.base) })
	return lines
}

// laid turns a sideways glyph so that its text runs from left to right; top and
// bottom keep its true horizontal extent until stoodUp.
func laid(g glyph, x0, x1, base float64) glyph {
	g.top, g.bottom = g.x0, g.x1
	g.x0, g.x1, g.base = x0, x1, base
	return g
}

// stoodUp gives a laid line the place where it stands on the page.
func stoodUp(l line) line {
	top, left, right := math.Inf(1), math.Inf(1), math.Inf(-1)
	for _, g := range l.glyphs {
		top = min(top, math.Abs(g.x0), math.Abs(g.x1))
		left, right = min(left, g.top), max(right, g.bottom)
	}
	width := (right - left) / float64(len(l.glyphs))
	for i := range l.glyphs {
		l.glyphs[i].x0 = left + float64(i)*width
		l.glyphs[i].x1 = left + float64(i+1)*width
	}
	l.base = top + l.em
	return l
}

func linesOf(glyphs []glyph) []line {
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.base, b.base) })
	var lines []line
	for _, g := range glyphs {
		last := len(lines) - 1
		if last < 0 || g.base-lines[last].base > baselineSlack*min(g.em, lines[last].em) {
			lines = append(lines, line{base: g.base, em: g.em})
			last++
		}
		l := &lines[last]
		l.glyphs = append(l.glyphs, g)
		l.em = max(l.em, g.em)
	}
	for i := range lines {
		slices.SortStableFunc(lines[i].glyphs, func(a, b glyph) int { return cmp.Compare(a.x0, b.x0) })
		lines[i].glyphs = withoutDoubles(lines[i].glyphs)
	}
	return lines
}

// withoutDoubles drops glyphs that were printed twice to look bold.
func withoutDoubles(glyphs []glyph) []glyph {
	kept := glyphs[:0:0]
	for _, g := range glyphs {
		double := false
		for i := len(kept) - 1; i >= 0 && i >= len(kept)-3; i-- {
			k := kept[i]
			if k.r == g.r && math.Abs(k.x0-g.x0) < doubleStrike*g.em && math.Abs(k.base-g.base) < doubleStrike*g.em {
				double = true
			}
		}
		if !double {
			kept = append(kept, g)
		}
	}
	return kept
}

// stretch is the gap that justification put between all glyphs of the line.
func (l *line) stretch() float64 {
	if len(l.glyphs) < 8 {
		return 0
	}
	gaps := make([]float64, 0, len(l.glyphs))
	for i := 1; i < len(l.glyphs); i++ {
		gaps = append(gaps, l.glyphs[i].x0-l.glyphs[i-1].x1)
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)/2]
	if usual < 0 || usual > mostStretch*l.em {
		return 0
	}
	return usual
}

// spans cuts the line into pieces at wide gaps.
func (l *line) spans() []doc.Span {
	stretch := l.stretch()
	var spans []doc.Span
	var b strings.Builder
	start := l.glyphs[0].x0
	for i, g := range l.glyphs {
		if i > 0 {
			before := l.glyphs[i-1]
			gap, em := g.x0-before.x1, max(min(g.em, before.em), 1)
			switch {
			case gap > pieceGap*em+stretch:
				spans = append(spans, doc.Span{Text: b.String(), X0: start, X1: before.x1})
				b.Reset()
				start = g.x0
			case g.blank && gap > typedBlank*em, gap > wordGap*em+stretch && latin(before.r) && latin(g.r):
				b.WriteByte(' ')
			}
		}
		b.WriteRune(g.r)
	}
	return append(spans, doc.Span{Text: b.String(), X0: start, X1: l.x1()})
}

func latin(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// text is the line's pieces joined by two blanks.
func (l *line) text() string { return textOf(l.spans()) }

func textOf(spans []doc.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.Text
	}
	return strings.Join(parts, "  ")
}
