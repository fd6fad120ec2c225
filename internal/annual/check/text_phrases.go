package check

import "strings"

// phrases is a fixed set of phrases that are looked for together: one pass over
// a text instead of one for each.
type phrases struct {
	first  [1 << 10]uint64 // the characters with which a phrase begins, as bits
	begins map[rune][]int  // phrases by their first character
	list   []string
}

func newPhrases(list ...string) *phrases {
	p := &phrases{begins: map[rune][]int{}, list: list}
	for i, s := range list {
		c := runeAt(s, 0)
		p.first[c>>6&1023] |= 1 << (c & 63)
		p.begins[c] = append(p.begins[c], i)
	}
	return p
}

// each gives every place where a phrase of the set begins, and which it is.
func (p *phrases) each(text string, yield func(at, phrase int) bool) {
	for at, c := range text {
		if p.first[c>>6&1023]&(1<<(c&63)) == 0 {
			continue
		}
		for _, i := range p.begins[c] {
			if strings.HasPrefix(text[at:], p.list[i]) && !yield(at, i) {
				return
			}
		}
	}
}

// in tells whether a text holds a phrase of the set.
func (p *phrases) in(text string) bool {
	found := false
	p.each(text, func(int, int) bool {
		found = true
		return false
	})
	return found
}
