package pdf

import (
	"strings"
	"unicode"
)

// The official page (GB/T 9704—2012, 5.1, 5.2): A4, margins 37 mm above, 28 mm
// left, type area 156 × 225 mm, 22 lines of 28 characters of size 3.
const (
	millimetre = 72 / 25.4
	pageWidth  = 210 * millimetre
	pageHeight = 297 * millimetre
	areaLeft   = 28 * millimetre
	areaTop    = 37 * millimetre
	areaWidth  = 156 * millimetre
	areaHeight = 225 * millimetre
	areaBottom = areaTop + areaHeight

	charsPerLine = 28
	linesPerPage = 22
	bodySize     = areaWidth / charsPerLine  // size 3 squeezed to 28 a line
	linePitch    = areaHeight / linesPerPage // size 3 and 7/8 of it between lines
	titleSize    = 22.0                      // size 2
	titlePitch   = 36.0

	letterheadSize = 42.0           // the largest; a long name is set smaller
	numberSize     = 14.0           // size 4
	numberDrop     = 7 * millimetre // from the type area to the page number
)

// Characters that may not begin and may not end a line (避头尾).
const (
	notFirst = "、，。．；：？！）〕】》」』〉”’…—～％‰℃°·,.;:?!)]}%"
	notLast  = "（〔【《「『〈“‘([{￥$№"
)

// A piece is what stays together on a line: a character, or a number or word.
type piece struct {
	text  string
	width float64
}

// pieces cuts a paragraph into what may stand alone on a line.
func (f *fonts) pieces(text string, l look) []piece {
	var out []piece
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, piece{word.String(), f.width(word.String(), l)})
			word.Reset()
		}
	}
	for _, r := range text {
		if r == '\t' || r == '\r' {
			r = ' '
		}
		if unicode.IsControl(r) {
			continue
		}
		if r < 0x250 && r > ' ' {
			word.WriteRune(r)
			continue
		}
		flush()
		out = append(out, piece{string(r), f.width(string(r), l)})
	}
	flush()
	return out
}

// A setLine is a line ready to be set.
type setLine struct {
	text  string
	width float64
	full  bool // broken because it was full, so to be justified
}

// breakLines breaks a paragraph (without line breaks of its own) into lines of
// a width, the first shorter by indent. It loses no character but the blanks
// at the ends of lines.
func (f *fonts) breakLines(text string, l look, width, indent float64) []setLine {
	all := f.pieces(text, l)
	var lines []setLine
	room := width - indent
	for len(all) > 0 {
		if len(lines) > 0 && len(all) > 1 && strings.TrimSpace(all[0].text) == "" {
			all = all[1:]
			continue
		}
		if all[0].width > room {
			all = f.torn(all, l, room)
		}
		n := fitting(all, room)
		if n < len(all) {
			n = breakBefore(all, n)
		}
		lines = append(lines, f.join(all[:n], l, n < len(all)))
		all = all[n:]
		room = width
	}
	if len(lines) == 0 {
		return []setLine{{}}
	}
	return lines
}

// torn cuts a first piece that no line can hold, such as a long address.
func (f *fonts) torn(all []piece, l look, room float64) []piece {
	var head float64
	cut := 0
	for i, r := range all[0].text {
		w := f.width(string(r), l)
		if i > 0 && head+w > room {
			break
		}
		head += w
		cut = i + len(string(r))
	}
	first, rest := all[0].text[:cut], all[0].text[cut:]
	if rest == "" {
		return all
	}
	return append([]piece{{first, head}, {rest, f.width(rest, l)}}, all[1:]...)
}

// fitting is how many pieces fit, at least one.
func fitting(all []piece, room float64) int {
	const rounding = 0.01
	total := 0.0
	for i, p := range all {
		if total += p.width; i > 0 && total > room+rounding {
			return i
		}
	}
	return len(all)
}

// breakBefore moves a break back to where it may stand; where it may stand
// nowhere it stays.
func breakBefore(all []piece, n int) int {
	for i := n; i > 0; i-- {
		if mayBreak(all[i-1].text, all[i].text) {
			return i
		}
	}
	return n
}

func mayBreak(before, after string) bool {
	b, a := []rune(before), []rune(after)
	if strings.ContainsRune(notFirst, a[0]) || strings.ContainsRune(notLast, b[len(b)-1]) {
		return false
	}
	pair := b[len(b)-1] == a[0] && (a[0] == '…' || a[0] == '—')
	return !pair
}

func (f *fonts) join(pieces []piece, l look, full bool) setLine {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.text)
	}
	text := b.String()
	if full {
		text = strings.TrimRight(text, " 　")
	}
	return setLine{text: text, width: f.width(text, l), full: full}
}

// The letter form of GB/T 9704-2012 10.1: where the name and the two double lines
// stand on the first page. The lines are wider than the type area.
const (
	letterheadTop   = 30 * millimetre
	letterheadGap   = 4 * millimetre // from the name to the first line
	doubleLineWidth = 170 * millimetre
	footLine        = pageHeight - 20*millimetre
	thickLine       = 2.25
	thinLine        = 0.75
	betweenLines    = 1.5
	underLine       = bodySize * 7 / 8 // from the first line to the number
)
