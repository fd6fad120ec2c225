package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text with the ways of writing a character made one: full-width
// digits and letters, odd blanks and dashes. Each character knows where it
// stands in the text.
type folded struct {
	runes []rune
	at    []int // byte offset of each character, and the length of the text
}

// folds are characters that stand for another one.
var folds = map[rune]rune{
	'　': ' ', ' ': ' ', '\u2002': ' ', '\u2003': ' ', '\u2005': ' ', '\u2009': ' ', '\u202f': ' ', '\t': ' ', '\r': ' ',
	'－': '-', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-', '﹣': '-', '·': '-', '•': '-', '‧': '-',
	'×': '*', '＊': '*', '✱': '*', '﹡': '*', '●': '*',
}

// roomless are signs that take no room: joiners, marks of direction, lines through a
// character.
func roomless(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xAD
	case r >= 0x3000 && r < 0xFE00: // what most texts are made of; marks on kana are none of their business
		return false
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me)
}

func fold(text string) folded {
	f := folded{runes: make([]rune, 0, len(text)), at: make([]int, 0, len(text)+1)}
	for i, r := range text {
		switch {
		case roomless(r):
			continue
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r >= 0x1D7CE && r <= 0x1D7FF:
			r = '0' + (r-0x1D7CE)%10 // digits of mathematical alphabets
		}
		if as, ok := folds[r]; ok {
			r = as
		}
		f.runes = append(f.runes, r)
		f.at = append(f.at, i)
	}
	f.at = append(f.at, len(text))
	return f
}

// slice is the folded text from one character up to, not including, another.
func (f *folded) slice(from, to int) string {
	return string(f.runes[max(from, 0):min(to, len(f.runes))])
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

func isWord(r rune) bool { return isDigit(r) || isLetter(r) || r == '_' }

// rune gives a character, 0 beyond the ends.
func (f *folded) rune(i int) rune {
	if i < 0 || i >= len(f.runes) {
		return 0
	}
	return f.runes[i]
}

// squeeze takes the blanks out of a heading or label.
func squeeze(s string) string {
	f := fold(s)
	return strings.Join(strings.Fields(string(f.runes)), "")
}
