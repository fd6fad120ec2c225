package letter

import "strings"

// Change is a stretch of two texts that are compared.
type Change struct {
	Text           string
	Removed, Added bool // neither: it stands in both
}

// Compare tells line by line what became of a text, and within a line that was
// changed what of it.
func Compare(before, after string) [][]Change {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	same := common(a, b)
	var all [][]Change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = append(all, []Change{{Text: a[i]}})
			i, j = i+1, j+1
		case i < len(a) && j < len(b) && same[i][j] == same[i+1][j+1]:
			all = append(all, within(a[i], b[j]))
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && same[i+1][j] >= same[i][j+1]:
			all = append(all, []Change{{Text: a[i], Removed: true}})
			i++
		default:
			all = append(all, []Change{{Text: b[j], Added: true}})
			j++
		}
	}
	return all
}

// common gives how many lines two rests have in common at most.
func common(a, b []string) [][]int {
	n := make([][]int, len(a)+1)
	for i := range n {
		n[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if n[i][j] = max(n[i+1][j], n[i][j+1]); a[i] == b[j] {
				n[i][j] = n[i+1][j+1] + 1
			}
		}
	}
	return n
}

// within tells what of a line was changed: what both begin and end with stays.
func within(before, after string) []Change {
	a, b := []rune(before), []rune(after)
	from := 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		from++
	}
	end := 0
	for end < min(len(a), len(b))-from && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var all []Change
	for _, c := range []Change{
		{Text: string(a[:from])},
		{Text: string(a[from : len(a)-end]), Removed: true},
		{Text: string(b[from : len(b)-end]), Added: true},
		{Text: string(a[len(a)-end:])},
	} {
		if c.Text != "" {
			all = append(all, c)
		}
	}
	return all
}
