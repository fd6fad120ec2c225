package search

// maxToken is how long a run of letters or digits is taken for a word.
const maxToken = 40

// Count tells how often each token stands in a text.
func Count(text string) map[string]int {
	all := map[string]int{}
	for _, run := range runs(Fold(text)) {
		for _, t := range run.tokens(true) {
			all[t]++
		}
	}
	return all
}

// run is a piece of text of one class.
type run struct {
	class class
	runes []rune
}

func runs(text []rune) []run {
	var all []run
	for i := 0; i < len(text); {
		c, from := classOf(text[i]), i
		for i++; i < len(text) && classOf(text[i]) == c; i++ {
		}
		if c != gap {
			all = append(all, run{c, text[from:i]})
		}
	}
	return all
}

// tokens gives the tokens of a run. A text has each character by itself too; a query
// needs that only for a word of one character.
func (r run) tokens(single bool) []string {
	if r.class == letter {
		return []string{string(r.runes[:min(len(r.runes), maxToken)])}
	}
	var all []string
	for i, c := range r.runes {
		if single || len(r.runes) == 1 {
			all = append(all, string(c))
		}
		if i+1 < len(r.runes) {
			all = append(all, string(r.runes[i:i+2]))
		}
	}
	return all
}
