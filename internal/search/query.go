package search

import (
	"slices"
	"strings"
	"unicode"
)

// Limits of what is typed.
const (
	MaxQuery = 200 // characters
	MaxTerms = 12
)

// Query is what somebody looks for: all terms must be met.
type Query struct {
	Terms []Term
	Exact bool // something stood in quotes: nothing near is an answer
}

// Term is a word or a phrase.
type Term struct {
	Text   string // folded, without what stands between words
	Tokens []string
	Whole  bool // its one token says all: it needs no second look

	spelled bool // it is spelled by initials, which titles alone are found by
}

// Tokens gives the tokens of all terms, each once, in order.
func (q Query) Tokens() []string {
	var all []string
	for _, t := range q.Terms {
		all = append(all, t.Tokens...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// quotes open and close a phrase.
const quotes = `"“”„＂「」`

// Parse reads what was typed: words between blanks, phrases in quotes. What is longer
// than the limits is cut.
func Parse(typed string) Query {
	runes := []rune(strings.TrimSpace(typed))
	if len(runes) > MaxQuery {
		runes = runes[:MaxQuery]
	}
	var q Query
	var word []rune
	quoted := false
	flush := func() {
		if t, ok := term(word); ok && len(q.Terms) < MaxTerms && !slices.ContainsFunc(q.Terms, func(o Term) bool { return o.Text == t.Text }) {
			q.Terms = append(q.Terms, t)
		}
		word = nil
	}
	for _, r := range runes {
		switch {
		case strings.ContainsRune(quotes, r):
			flush()
			quoted = !quoted
			q.Exact = true
		case unicode.IsSpace(r) && !quoted:
			flush()
		default:
			word = append(word, r)
		}
	}
	flush()
	return q
}

func term(word []rune) (Term, bool) {
	text := string(word)
	t := Term{Text: Joined(text)}
	all := runs(Fold(text))
	for _, r := range all {
		t.Tokens = append(t.Tokens, r.tokens(false)...)
	}
	t.Whole = len(t.Tokens) == 1
	return t, len(t.Tokens) > 0
}

// Says tells whether a joined text meets the term.
func (t Term) Says(joined string) bool { return t.Whole || strings.Contains(joined, t.Text) }
