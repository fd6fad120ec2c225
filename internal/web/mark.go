package web

import (
	"slices"
	"strings"
)

// Piece is a part of a text; Hit where it was searched for.
type Piece struct {
	Text string
	Hit  bool
}

// Terms gives the words of a search, the longest first, without regard to case.
func Terms(words string) []string {
	terms := strings.Fields(strings.ToLower(words))
	slices.SortStableFunc(terms, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(terms)
}

// Mark cuts a text where the terms of a search stand in it. The part "marked"
// draws the pieces. A text whose small letters are of another length than its
// capitals is left whole.
func Mark(text string, terms []string) []Piece {
	small := strings.ToLower(text)
	if len(small) != len(text) {
		return []Piece{{Text: text}}
	}
	var pieces []Piece
	from := 0
	for at := 0; at < len(text); {
		n := termAt(small[at:], terms)
		if n == 0 {
			at++
			continue
		}
		if at > from {
			pieces = append(pieces, Piece{Text: text[from:at]})
		}
		pieces = append(pieces, Piece{text[at : at+n], true})
		at += n
		from = at
	}
	if from < len(text) {
		pieces = append(pieces, Piece{Text: text[from:]})
	}
	return pieces
}

func termAt(text string, terms []string) int {
	for _, term := range terms {
		if strings.HasPrefix(text, term) {
			return len(term)
		}
	}
	return 0
}

// HasAll tells whether a text has all terms of a search.
func HasAll(text string, terms []string) bool {
	small := strings.ToLower(text)
	for _, term := range terms {
		if !strings.Contains(small, term) {
			return false
		}
	}
	return true
}
