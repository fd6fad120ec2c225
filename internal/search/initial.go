package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// Titles are found by the initials of their characters in Pinyin too, as input methods
// have taught everybody to type: yqsl for 一窗受理. For that, titles are listed under
// all runs of three initials.
const (
	initialRun  = 3  // letters that are listed together, and the least that is looked for
	maxInitials = 20 // letters that are looked for
	maxReadings = 2  // initials of one character, the most usual first: 长 is c and z
)

// initials gives what a character may begin with: its initials in Pinyin, or itself
// where it is a letter or digit; nothing for what stands between words.
func initials(folded rune) []rune {
	switch classOf(folded) {
	case letter:
		return []rune{folded}
	case han:
		var all []rune
		for _, said := range pinyin.SinglePinyin(folded, pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true}) {
			if r, _ := utf8.DecodeRuneInString(said); len(all) < maxReadings && !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
		return all
	case gap:
	}
	return nil
}

// initialTokens gives the tokens that a title is listed under.
func initialTokens(title string) []string {
	var all []string
	var ends []string // all readings of the last characters
	for _, r := range Fold(title) {
		is := initials(r)
		if len(is) == 0 {
			continue
		}
		next := []string{""}
		next = append(next, ends...)
		ends = nil
		for _, before := range next {
			for _, one := range is {
				run := before + string(one)
				if utf8.RuneCountInString(run) == initialRun {
					all = append(all, spelled+run)
					_, first := utf8.DecodeRuneInString(run)
					run = run[first:]
				}
				ends = append(ends, run)
			}
		}
		slices.Sort(ends)
		ends = slices.Compact(ends)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Spelled gives the query for titles that are spelled by what was typed: one word of
// small or capital letters a to z.
func (q Query) Spelled() (Query, bool) {
	if q.Exact || len(q.Terms) != 1 {
		return q, false
	}
	text := strings.TrimSpace(q.Terms[0].Text)
	if len(text) < initialRun || len(text) > maxInitials || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") != "" {
		return q, false
	}
	t := Term{Text: text, spelled: true}
	for i := 0; i+initialRun <= len(text); i++ {
		t.Tokens = append(t.Tokens, spelled+text[i:i+initialRun])
	}
	slices.Sort(t.Tokens)
	t.Tokens = slices.Compact(t.Tokens)
	return Query{Terms: []Term{t}}, true
}

// Spells tells whether some characters of a name begin as is typed.
func Spells(name, typed string) bool {
	q, ok := Parse(typed).Spelled()
	return ok && len(spelledAt(Fold(name), q.Terms[0].Text)) > 0
}

// spelledAt gives the places of a text, in runes, whose characters begin so.
func spelledAt(folded []rune, text string) [][2]int {
	joined, places := join(folded)
	word := []rune(text)
	var all [][2]int
	for i := 0; i+len(word) <= len(joined); i++ {
		fits := true
		for k, r := range word {
			if fits = slices.Contains(initials(joined[i+k]), r); !fits {
				break
			}
		}
		if fits && classOf(joined[i]) == han {
			all = append(all, [2]int{places[i], places[i+len(word)-1] + 1})
			i += len(word) - 1
		}
	}
	return all
}
