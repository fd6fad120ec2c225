package check

import (
	"slices"
	"unicode"
)

// shingleLength is how many characters are compared at a time.
const shingleLength = 3

// longestCompared is how many characters of a text are compared.
const longestCompared = 50_000

// Similarity tells from 0 to 1 how much two texts have in common: the share of
// runs of three characters that stand in both, after digits, blanks and
// punctuation have been left out, so that new years and figures in last year's
// text change nothing. Texts too short to compare are not similar.
func Similarity(a, b string) float64 {
	x, y := shingles(a), shingles(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

// shingles gives the different runs of three letters of a text, sorted.
func shingles(s string) []uint64 {
	var out []uint64
	var window uint64
	n := 0
	for _, c := range s {
		if !unicode.IsLetter(c) {
			continue
		}
		if n++; n > longestCompared {
			break
		}
		window = (window<<21 | uint64(c)) & (1<<63 - 1)
		if n >= shingleLength {
			out = append(out, window)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
