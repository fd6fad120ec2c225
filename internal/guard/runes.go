package guard

import "unicode/utf8"

// runeIndex turns places in bytes, as regular expressions give them, into places
// in characters. Ask in ascending order.
type runeIndex struct {
	text       string
	byte, rune int
}

func newRuneIndex(text string) *runeIndex { return &runeIndex{text: text} }

func (x *runeIndex) of(at int) int {
	if at < x.byte {
		x.byte, x.rune = 0, 0
	}
	x.rune += utf8.RuneCountInString(x.text[x.byte:at])
	x.byte = at
	return x.rune
}

// starsAfter keeps the first characters, and blanks and dashes, and hides the
// others.
func starsAfter(s string, keep int) string {
	runes := []rune(s)
	for i := min(keep, len(runes)); i < len(runes); i++ {
		if !isSeparator(runes[i]) {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// isSeparator tells blanks and dashes that part a number, folded or not.
func isSeparator(r rune) bool {
	as, known := folds[r]
	if known {
		r = as
	}
	return r == ' ' || r == '\n' || r == '-'
}
