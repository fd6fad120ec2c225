package foi

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Likeness is how much two descriptions ask for the same, and what speaks for
// and against it. It is arithmetic over characters: the same texts always have
// the same likeness, and a person can see why.
type Likeness struct {
	Score   int      // 0 … 100: of the pairs of characters in either text, how many are in both
	Numbers []string // document numbers in both
	Apart   []string // figures of one text that the other has not: other years, other documents
	Phrases []string // the longest phrases in both
}

// NearEqual is the score from which two requests are shown side by side.
const NearEqual = 60

// Limits of what a likeness tells.
const (
	apartMost  = 50 // whatever else is alike, other figures ask for something else
	sameNumber = 80 // the same document is asked for, in whatever words
	phrases    = 3
	phraseMin  = 4 // characters
)

// Near tells whether the two are near-equal.
func (l Likeness) Near() bool { return l.Score >= NearEqual }

// Compare tells how alike two descriptions are.
func Compare(a, b string) Likeness {
	var l Likeness
	x, y := plainText(a), plainText(b)
	l.Score = share(pairs(x), pairs(y))
	l.Numbers = common(documentNumbers(a), documentNumbers(b))
	l.Phrases = sharedPhrases(x, y)
	only, others := without(figures(a), figures(b)), without(figures(b), figures(a))
	l.Apart = slices.Concat(only, others)
	switch {
	case len(l.Numbers) > 0:
		l.Score = max(l.Score, sameNumber)
	case len(only) > 0 && len(others) > 0:
		l.Score = min(l.Score, apartMost)
	}
	return l
}

// stock are words that every request has.
var stock = strings.NewReplacer(
	"申请公开", "", "请求公开", "", "依法公开", "", "请公开", "", "申请获取", "", "政府信息", "", "贵单位", "", "贵局", "", "贵府", "",
	"本人", "", "希望", "", "相关", "", "有关", "", "关于", "", "以及", "", "的", "", "和", "", "与", "", "及", "",
)

// plainText gives the characters that carry meaning: full-width forms as plain
// ones, no blanks and punctuation, no stock words.
func plainText(text string) []rune {
	plain := strings.Map(func(r rune) rune {
		if r = narrow(r); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	return []rune(stock.Replace(plain))
}

// narrow gives a full-width form as the plain one.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// pairs gives the pairs of neighbouring characters.
func pairs(text []rune) map[string]bool {
	all := map[string]bool{}
	for i := 1; i < len(text); i++ {
		all[string(text[i-1:i+1])] = true
	}
	return all
}

// share gives how many of the members of either set are in both, of a hundred.
func share(a, b map[string]bool) int {
	both := 0
	for k := range a {
		if b[k] {
			both++
		}
	}
	if either := len(a) + len(b) - both; either > 0 {
		return 100 * both / either
	}
	return 0
}

var (
	numberForm = regexp.MustCompile(`\p{Han}{1,12}[〔\[（(【](\d{4})[〕\]）)】]\s*第?\s*0*(\d+)\s*号`)
	figureForm = regexp.MustCompile(`[1-9]\d*`)
)

// documentNumbers finds document numbers, however their brackets are typed. The
// words before the year may run on from the sentence: its last three count.
func documentNumbers(text string) []string {
	var all []string
	for _, m := range numberForm.FindAllStringSubmatch(strings.Map(narrow, text), -1) {
		code, _, _ := strings.Cut(m[0], m[1])
		runes := []rune(strings.TrimRight(code, "〔[（(【"))
		all = append(all, string(runes[max(0, len(runes)-3):])+"〔"+m[1]+"〕"+m[2]+"号")
	}
	return all
}

// figures gives the numbers of a text, each once.
func figures(text string) []string {
	found := figureForm.FindAllString(strings.Map(narrow, text), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func common(a, b []string) []string {
	var both []string
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(both, x) {
			both = append(both, x)
		}
	}
	return both
}

func without(a, b []string) []string {
	var rest []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			rest = append(rest, x)
		}
	}
	return rest
}

// sharedPhrases gives the longest phrases that stand in both texts, none inside
// another. It looks at the first comparable characters of each.
func sharedPhrases(a, b []rune) []string {
	const comparable = 1000
	a, b = a[:min(len(a), comparable)], b[:min(len(b), comparable)]
	var found []string
	row := make([]int, len(b)+1)
	for i := range a {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] != b[j] {
				row[j+1] = 0
				continue
			}
			row[j+1] = row[j] + 1
			ends := i+1 == len(a) || j+1 == len(b) || a[i+1] != b[j+1]
			if n := row[j+1]; ends && n >= phraseMin {
				found = append(found, string(a[i+1-n:i+1]))
			}
		}
	}
	slices.SortStableFunc(found, func(x, y string) int { return len(y) - len(x) })
	var kept []string
	for _, f := range found {
		inside := slices.ContainsFunc(kept, func(k string) bool { return strings.Contains(k, f) })
		if !inside && len(kept) < phrases {
			kept = append(kept, f)
		}
	}
	return kept
}

// bands is how many traces a text leaves beside those of its document numbers.
const bands = 8

// Traces gives numbers by which near-equal texts find each other among millions:
// two that are alike have at least one in common almost surely, two others
// almost never. Each trace is the smallest of the text's pairs in two orders at
// once (MinHash in bands of two); a document number is a trace by itself.
func Traces(text string) []int64 {
	var all []int64
	all = append(all, smallest(pairs(plainText(text)))...)
	for _, n := range documentNumbers(text) {
		all = append(all, int64(hashed("number", n)))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func smallest(of map[string]bool) []int64 {
	if len(of) == 0 {
		return nil
	}
	var least [2 * bands]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for pair := range of {
		h := hashed("pair", pair)
		for i := range least {
			least[i] = min(least[i], mixed(h, uint64(i)))
		}
	}
	traces := make([]int64, bands)
	for b := range traces {
		traces[b] = int64(mixed(least[2*b]^mixed(least[2*b+1], 1), uint64(b)))
	}
	return traces
}

func hashed(what, text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(what + "/" + text))
	return h.Sum64()
}

// mixed gives the order in which the i-th reader sees the pairs (the finaliser
// of SplitMix64).
func mixed(h, i uint64) uint64 {
	h += (i + 1) * 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
