package search

import (
	"slices"
	"strings"
)

// Piece is a part of a text, marked where it says what was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// snippetLength is how many characters a snippet has about.
const snippetLength = 90

// spans gives the places of a text, in runes, that say a term of the query; where
// none is said as a whole, those of its tokens.
func spans(folded []rune, q Query) [][2]int {
	var all [][2]int
	joined, places := join(folded)
	for _, t := range q.Terms {
		if t.spelled {
			continue
		}
		found := find(joined, places, []rune(strings.ReplaceAll(t.Text, " ", "")))
		if len(found) == 0 {
			for _, token := range t.Tokens {
				found = append(found, find(joined, places, []rune(token))...)
			}
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, s := range all {
		if n := len(out); n > 0 && s[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], s[1])
			continue
		}
		out = append(out, s)
	}
	return out
}

// join leaves out what stands between words, and remembers where the rest stood.
func join(folded []rune) (joined []rune, places []int) {
	for i, r := range folded {
		if classOf(r) != gap {
			joined, places = append(joined, r), append(places, i)
		}
	}
	return joined, places
}

// find gives where a word stands. A run of letters or digits is met as a whole.
func find(in []rune, places []int, word []rune) [][2]int {
	var all [][2]int
	for i := 0; i+len(word) <= len(in); i++ {
		if !slices.Equal(in[i:i+len(word)], word) || torn(in, places, i) || torn(in, places, i+len(word)) {
			continue
		}
		all = append(all, [2]int{places[i], places[i+len(word)-1] + 1})
		i += len(word) - 1
	}
	return all
}

// torn tells whether a place lies inside a run of letters or digits.
func torn(in []rune, places []int, at int) bool {
	return at > 0 && at < len(in) && classOf(in[at-1]) == letter && classOf(in[at]) == letter && places[at]-places[at-1] == 1
}

// Mark marks the words of a query in a title.
func Mark(text string, q Query) []Piece {
	runes, folded := []rune(text), Fold(text)
	found := spans(folded, q)
	if len(q.Terms) == 1 && q.Terms[0].spelled {
		found = spelledAt(folded, q.Terms[0].Text)
	}
	return cut(runes, found, 0, len(runes))
}

// Snippet gives the part of a text that says most of a query. What stands in a sentence
// counts before what stands in a line by itself, as keywords do.
func Snippet(text string, q Query) []Piece {
	runes := []rune(text)
	found := spans(Fold(text), q)
	from, best := 0, 0
	for i := range found {
		start, length := line(runes, found[i][0])
		n := within(found[i:], found[i][0]+snippetLength)
		if length >= sentence {
			n += len(found)
		}
		if n > best {
			best, from = n, max(start, found[i][0]-snippetLength/5)
		}
	}
	to := min(len(runes), from+snippetLength)
	pieces := cut(runes, found, from, to)
	if from > 0 {
		pieces = append([]Piece{{Text: "…"}}, pieces...)
	}
	if to < len(runes) {
		pieces = append(pieces, Piece{Text: "…"})
	}
	return pieces
}

// sentence is from how many characters on a line says something.
const sentence = 16

// line gives where the line begins in which a place is, and how long it is.
func line(runes []rune, at int) (start, length int) {
	for start = at; start > 0 && runes[start-1] != '\n'; start-- {
	}
	end := at
	for end < len(runes) && runes[end] != '\n' {
		end++
	}
	return start, end - start
}

func within(found [][2]int, end int) (n int) {
	for _, s := range found {
		if s[1] <= end {
			n++
		}
	}
	return n
}

func cut(runes []rune, found [][2]int, from, to int) []Piece {
	var all []Piece
	add := func(a, b int, marked bool) {
		if a = max(a, from); a < min(b, to) {
			all = append(all, Piece{oneLine(runes[a:min(b, to)]), marked})
		}
	}
	at := from
	for _, s := range found {
		if s[1] <= from || s[0] >= to {
			continue
		}
		add(at, s[0], false)
		add(s[0], s[1], true)
		at = max(at, s[1])
	}
	add(at, to, false)
	return all
}

func oneLine(runes []rune) string {
	out := slices.Clone(runes)
	for i, r := range out {
		if r == '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}
