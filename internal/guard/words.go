package guard

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gongkai/internal/doc/csv"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
	"gongkai/internal/search"
)

// Word is an entry of the dictionary of words that must not stand in what is
// released.
type Word struct {
	Word     string
	Instead  string // what to write; may be empty
	Severity rule.Severity
	Note     string // why
}

// Words is a dictionary, as a tree of characters: a text is gone through once,
// however many words there are.
type Words struct {
	root []int32          // from the root by a character of the first plane; 0 for nowhere
	next map[branch]int32 // from a node by a character; node 0 is the root
	ends map[int32]int    // nodes at which a word ends, by its place in all
	all  []Word

	stamp string
}

// branch is a character that follows what led to a node.
type branch struct {
	node int32
	char rune
}

// builtIn are names of laws that were certainly replaced as a whole.
//
//go:embed words.csv
var builtIn []byte

// MaxWords bounds a dictionary.
const MaxWords = 50_000

var readBuiltIn = sync.OnceValues(func() ([]Word, error) {
	rows, err := csv.Read(builtIn)
	if err != nil {
		return nil, err
	}
	return ReadWords(rows)
})

// BuiltIn gives the words that come with the program.
func BuiltIn() ([]Word, error) { return readBuiltIn() }

// NewWords makes a dictionary of an organ's own words and the built-in ones. An own
// entry goes before a built-in one of the same word.
func NewWords(own []Word) (*Words, error) {
	built, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	w := emptyWords()
	for _, list := range [][]Word{own, built} {
		for _, word := range list {
			w.add(word)
		}
	}
	w.stamp = stampOf(w.all)
	return w, nil
}

func stampOf(all []Word) string {
	h := sha256.New()
	for _, word := range slices.SortedFunc(slices.Values(all), func(a, b Word) int { return strings.Compare(a.Word, b.Word) }) {
		fmt.Fprintf(h, "%q %q %q %q\n", word.Word, word.Instead, word.Severity, word.Note)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

func emptyWords() *Words {
	return &Words{root: make([]int32, 1<<16), next: map[branch]int32{}, ends: map[int32]int{}}
}

// from gives the node to which a character leads; 0 for nowhere. Most characters of
// a text begin no word: they are settled without the map.
func (w *Words) from(node int32, char rune) int32 {
	if node == 0 && int(char) < len(w.root) {
		return w.root[char]
	}
	return w.next[branch{node, char}]
}

// add adds a word that is not there yet.
func (w *Words) add(word Word) {
	node := int32(0)
	for _, char := range plainly(word.Word).runes {
		next := w.from(node, char)
		if next == 0 {
			next = int32(len(w.next) + 1)
			if w.next[branch{node, char}] = next; node == 0 && int(char) < len(w.root) {
				w.root[char] = next
			}
		}
		node = next
	}
	if _, known := w.ends[node]; known || node == 0 {
		return
	}
	w.ends[node] = len(w.all)
	w.all = append(w.all, word)
}

// severities are the words for severities in a list.
var severities = map[string]rule.Severity{
	"": rule.Warning, "错误": rule.Error, "警告": rule.Warning, "提示": rule.Info, "error": rule.Error, "warning": rule.Warning, "info": rule.Info,
}

// ReadWords reads a list with the columns 词, 应为, 级别 (错误, 警告, 提示) and 说明; the
// first line names them. Errors are errs.Invalid, with the line.
func ReadWords(rows [][]string) ([]Word, error) {
	if len(rows) > MaxWords {
		return nil, errs.New(errs.TooLarge, "词表有 %d 行，超过 %d 行的上限。", len(rows), MaxWords)
	}
	var all []Word
	for i, row := range rows {
		cell := func(n int) string {
			if n < len(row) {
				return strings.TrimSpace(row[n])
			}
			return ""
		}
		if i == 0 || cell(0) == "" || strings.HasPrefix(cell(0), "#") {
			continue
		}
		severity, ok := severities[cell(2)]
		if !ok {
			return nil, errs.New(errs.Invalid, "词表第 %d 行的级别“%s”不对；请写错误、警告或者提示。", i+1, cell(2))
		}
		all = append(all, Word{cell(0), cell(1), severity, cell(3)})
	}
	return all, nil
}

// met is a word of a dictionary as a text writes it.
type met struct {
	of *Word
	as string
}

// in gives the words that stand in a text, in order, each place once; of words that
// begin at one place, the longest. A word is met in any width and script: 臺灣 is 台湾,
// ＷＴＯ is WTO. What stands there exactly as it is to be written is right.
func (w *Words) in(text string) (all []met) {
	if w == nil || len(w.all) == 0 {
		return nil
	}
	f := plainly(text)
	for at := 0; at < len(f.runes); at++ {
		node, best, end := int32(0), -1, 0
		for i, char := range f.runes[at:] {
			if node = w.from(node, char); node == 0 {
				break
			}
			if n, ends := w.ends[node]; ends {
				best, end = n, at+i+1
			}
		}
		if best < 0 {
			continue
		}
		word, as := &w.all[best], text[f.at[at]:f.at[end]]
		if as != word.Instead {
			all = append(all, met{word, as})
		}
		at = end - 1
	}
	return all
}

// plainly folds a text as the search does, without signs that take no room.
func plainly(text string) folded {
	var f folded
	plain := strings.Map(func(r rune) rune {
		if roomless(r) {
			return -1
		}
		return r
	}, text)
	f.runes, f.at = search.Fold(plain), make([]int, 0, len(text)/2)
	for i, r := range text {
		if !roomless(r) {
			f.at = append(f.at, i)
		}
	}
	f.at = append(f.at, len(text))
	return f
}

// Stamp tells two dictionaries apart: what was looked through with one counts as not
// seen by another.
func (w *Words) Stamp() string {
	if w == nil {
		return ""
	}
	return w.stamp
}
