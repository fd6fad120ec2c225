package check

// brackets knows how deep in round brackets each place of a sentence is.
type brackets []bracket

type bracket struct {
	start, end int // bytes, the brackets included
}

// newBrackets finds the outermost pairs of brackets; one that is not closed
// runs to the end.
func newBrackets(s string) brackets {
	var out brackets
	depth, start := 0, 0
	for i, c := range s {
		switch c {
		case '（', '(':
			if depth == 0 {
				start = i
			}
			depth++
		case '）', ')':
			if depth == 0 {
				continue
			}
			if depth--; depth == 0 {
				out = append(out, bracket{start, i + len(string(c))})
			}
		}
	}
	if depth > 0 {
		out = append(out, bracket{start, len(s)})
	}
	return out
}

// around gives the brackets that a place is in; ok is false outside of all.
func (b brackets) around(i int) (bracket, bool) {
	for _, p := range b {
		if p.start <= i && i < p.end {
			return p, true
		}
	}
	return bracket{}, false
}
