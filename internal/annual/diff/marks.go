package diff

import (
	"strings"
	"unicode"
)

// Mark is a piece of a changed sentence.
type Mark struct {
	Op   string `json:"op"` // equal, delete, insert
	Text string `json:"text"`
}

const (
	// alike is how similar two sentences are at least that are shown as one that
	// was changed.
	alike = 0.5
	// mostPairs bounds how many pairs of sentences are weighed in one stretch;
	// beyond it only sentences at the same distance from its start are.
	mostPairs = 10_000
	// longestMarked is the length in tokens up to which a changed sentence is
	// marked within; longer ones are shown whole.
	longestMarked = 20_000
)

// pair turns a stretch that differs into changes: sentences that resemble each
// other, in order, become replacements.
func pair(old, now []string, work *int) []Change {
	partner := partners(old, now, work)
	var changes []Change
	j := 0
	for i, o := range old {
		p := partner[i]
		if p < 0 {
			changes = append(changes, Change{Kind: Delete, Old: o})
			continue
		}
		for ; j < p; j++ {
			changes = append(changes, Change{Kind: Insert, New: now[j]})
		}
		j = p + 1
		changes = append(changes, replacement(o, now[p], work))
	}
	for ; j < len(now); j++ {
		changes = append(changes, Change{Kind: Insert, New: now[j]})
	}
	return changes
}

// partners gives for each old sentence the new one that it became, -1 for none,
// so that the sum of similarities is greatest and the order is kept.
func partners(old, now []string, work *int) []int {
	partner := make([]int, len(old))
	for i := range partner {
		partner[i] = -1
	}
	if len(old) == 0 || len(now) == 0 {
		return partner
	}
	a, b := tokenLists(old), tokenLists(now)
	if len(old)*len(now) > mostPairs {
		for i := range min(len(old), len(now)) {
			if similarity(a[i], b[i], work) >= alike {
				partner[i] = i
			}
		}
		return partner
	}
	best := make([][]float64, len(old)+1)
	sim := make([][]float64, len(old))
	for i := range best {
		best[i] = make([]float64, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		sim[i] = make([]float64, len(now))
		for j := len(now) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := similarity(a[i], b[j], work); s >= alike {
				sim[i][j] = s
				best[i][j] = max(best[i][j], s+best[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(old) && j < len(now); {
		switch {
		case sim[i][j] > 0 && best[i][j] == sim[i][j]+best[i+1][j+1]:
			partner[i] = j
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return partner
}

// similarity is twice the common length over the sum of lengths, in tokens; 0
// once it cannot reach alike, or when the budget is used up.
func similarity(a, b []string, work *int) float64 {
	total := len(a) + len(b)
	if total == 0 || total > longestMarked || *work <= 0 {
		return 0
	}
	if 2*float64(common(a, b)) < alike*float64(total) {
		*work -= total
		return 0
	}
	same := 0
	for _, st := range align(a, b, work) {
		if st.same {
			same += st.oldEnd - st.oldStart
		}
	}
	return 2 * float64(same) / float64(total)
}

// common counts the tokens that both have, whatever their order: no common
// subsequence is longer.
func common(a, b []string) int {
	counts := make(map[string]int, len(a))
	for _, t := range a {
		counts[t]++
	}
	n := 0
	for _, t := range b {
		if counts[t] > 0 {
			counts[t]--
			n++
		}
	}
	return n
}

func replacement(old, now string, work *int) Change {
	a, b := tokens(old), tokens(now)
	var marks []Mark
	add := func(op string, pieces []string) {
		if text := strings.Join(pieces, ""); text != "" {
			marks = append(marks, Mark{op, text})
		}
	}
	same := 0
	stretches := align(a, b, work)
	for i, st := range stretches {
		own := st.same && !islet(stretches, i)
		if st.same {
			same += st.oldEnd - st.oldStart
		}
		if own {
			add(Equal, a[st.oldStart:st.oldEnd])
			continue
		}
		add(Delete, a[st.oldStart:st.oldEnd])
		add(Insert, b[st.newStart:st.newEnd])
	}
	s := 2 * float64(same) / float64(len(a)+len(b))
	return Change{Kind: Replace, Old: old, New: now, Marks: joinMarks(marks), Similarity: float64(int(s*1000+0.5)) / 1000}
}

// islet tells whether an equal stretch is a single token between two changes:
// showing it apart makes the change harder to read.
func islet(stretches []stretch, i int) bool {
	st := stretches[i]
	return i > 0 && i < len(stretches)-1 && st.oldEnd-st.oldStart == 1
}

// joinMarks puts neighbouring deletions, and neighbouring insertions, together.
func joinMarks(marks []Mark) []Mark {
	var out []Mark
	for i := 0; i < len(marks); {
		if marks[i].Op == Equal {
			out = append(out, marks[i])
			i++
			continue
		}
		var gone, come strings.Builder
		for ; i < len(marks) && marks[i].Op != Equal; i++ {
			if marks[i].Op == Delete {
				gone.WriteString(marks[i].Text)
			} else {
				come.WriteString(marks[i].Text)
			}
		}
		if gone.Len() > 0 {
			out = append(out, Mark{Delete, gone.String()})
		}
		if come.Len() > 0 {
			out = append(out, Mark{Insert, come.String()})
		}
	}
	return out
}

func tokenLists(sentences []string) [][]string {
	lists := make([][]string, len(sentences))
	for i, s := range sentences {
		lists[i] = tokens(s)
	}
	return lists
}

// tokens splits a sentence into characters, but keeps a number or a Latin word
// whole: 12 becoming 21 is one change and not two half ones.
func tokens(s string) []string {
	var out []string
	start := -1
	for i, r := range s {
		word := r < unicode.MaxASCII && (unicode.IsDigit(r) || unicode.IsLetter(r) || strings.ContainsRune(".%,", r))
		if word {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, s[start:i])
			start = -1
		}
		out = append(out, string(r))
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}
