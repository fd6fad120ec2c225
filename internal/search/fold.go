package search

import (
	_ "embed" // simplified.txt
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/width"
)

// simplifiedText has pairs of a character and its simplified form, as OpenCC's table
// of single characters (TSCharacters, Apache-2.0) has them.
//
//go:embed data/simplified.txt
var simplifiedText string

var simplified = sync.OnceValue(func() map[rune]rune {
	all := map[rune]rune{}
	var from rune
	for _, r := range simplifiedText {
		switch {
		case r == '\n':
		case from == 0:
			from = r
		default:
			all[from], from = r, 0
		}
	}
	return all
})

// Fold gives a text in which what reads the same is the same: width, case,
// traditional characters. It has as many runes as the text, so that a place in one is
// a place in the other.
func Fold(text string) []rune {
	table := simplified()
	runes := []rune(text)
	for i, r := range runes {
		if p := width.LookupRune(r); p.Folded() != 0 {
			r = p.Folded()
		}
		if to, ok := table[r]; ok {
			r = to
		}
		runes[i] = unicode.ToLower(r)
	}
	return runes
}

// class is what sort of run a character belongs to.
type class int

const (
	gap    class = iota // between words
	han                 // a character that is a word, or half of one
	letter              // of a word or number that is written in one
)

func classOf(r rune) class {
	switch {
	case r == '〇' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return han
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
		return letter
	}
	return gap
}

// Joined gives the folded text without what stands between words, and with a blank
// on either side of words and numbers that are written in one: a phrase is looked for
// in it, whatever brackets it is written with, and 10 is not met in 109.
func Joined(text string) string {
	var b strings.Builder
	for _, r := range runs(Fold(text)) {
		if r.class == letter {
			b.WriteString(" " + string(r.runes) + " ")
			continue
		}
		b.WriteString(string(r.runes))
	}
	return b.String()
}
