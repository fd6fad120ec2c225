package foi

import (
	"slices"
	"strings"
	"unicode"
)

// folded gives a text in which what reads the same is the same: full-width forms
// as plain ones, small letters, plain blanks.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if r = narrow(r); unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, text)
}

// Grams gives what a request is found by, from the texts in which words are looked
// for: the pairs of their characters, and each run of letters or digits as a whole.
func Grams(texts ...string) []string {
	all := map[string]bool{}
	for _, text := range texts {
		runes := []rune(folded(text))
		for p := range pairs(runes) {
			all[p] = true
		}
		for _, w := range runsOf(runes) {
			all[w.mark()] = true
		}
	}
	return sorted(all)
}

// Sought gives the texts of the request in which words are looked for.
func (r Request) Sought() []string {
	return []string{r.Number, r.Headline(), r.Applicant().Organisation, r.Cases()}
}

// Cases gives by what else a request is asked for: the numbers of its reconsiderations
// and suits, before whom they are, and the voucher of its fee.
func (r Request) Cases() string {
	var all []string
	for _, d := range r.Disputes {
		all = append(all, d.Number, d.Body)
	}
	if r.Fee != nil {
		all = append(all, r.Fee.Voucher)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n")
}

// Words are what a list is searched for: each must stand in the number, the
// headline, the organisation or what belongs to its cases.
type Words []string

// Most words of a search, and characters of a word; what is longer is cut.
const (
	wordsMost = 8
	wordMost  = 60
)

// ParseWords reads what was typed.
func ParseWords(typed string) Words {
	words := strings.Fields(folded(typed))
	words = words[:min(len(words), wordsMost)]
	for i, w := range words {
		if runes := []rune(w); len(runes) > wordMost {
			words[i] = string(runes[:wordMost])
		}
	}
	return words
}

// Grams gives what a request must have that holds the words; none when no word is
// longer than a character. A run at the edge of a word may go on in the text.
func (w Words) Grams() []string {
	all := map[string]bool{}
	for _, word := range w {
		runes := []rune(word)
		for p := range pairs(runes) {
			all[p] = true
		}
		for _, part := range runsOf(runes) {
			if part.from > 0 && part.to < len(runes) {
				all[part.mark()] = true
			}
		}
	}
	return sorted(all)
}

// In tells whether each word stands in one of some texts.
func (w Words) In(texts ...string) bool {
	for i := range texts {
		texts[i] = folded(texts[i])
	}
	for _, word := range w {
		if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, word) }) {
			return false
		}
	}
	return true
}

// sorted leaves out what a blank is in: no word has one.
func sorted(of map[string]bool) []string {
	all := make([]string, 0, len(of))
	for g := range of {
		if g != "" && !strings.Contains(g, " ") {
			all = append(all, g)
		}
	}
	slices.Sort(all)
	return all
}

// textRun is a run of letters or digits that are no characters of Chinese.
type textRun struct {
	from, to int
	text     string
}

// mark gives a run of three and more in a form that no pair has.
func (t textRun) mark() string {
	if t.to-t.from < 3 {
		return ""
	}
	return "=" + t.text + "="
}

func runsOf(runes []rune) []textRun {
	var all []textRun
	inside := func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r) }
	for i := 0; i < len(runes); i++ {
		from := i
		for i < len(runes) && inside(runes[i]) {
			i++
		}
		if i > from {
			all = append(all, textRun{from, i, string(runes[from:i])})
		}
	}
	return all
}
