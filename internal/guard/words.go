package guard

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/internal/doc/csv"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
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
	return w, nil
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
	for _, char := range word.Word {
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

// in gives the words that stand in a text, in order, each place once; of words that
// begin at one place, the longest.
func (w *Words) in(text string) (all []Word) {
	if w == nil {
		return nil
	}
	until := 0 // the last word ends here
	for at := range text {
		if at < until {
			continue
		}
		node, best, end := int32(0), -1, 0
		for i, char := range text[at:] {
			if node = w.from(node, char); node == 0 {
				break
			}
			if n, ends := w.ends[node]; ends {
				best, end = n, at+i+utf8.RuneLen(char)
			}
		}
		if best >= 0 {
			all, until = append(all, w.all[best]), end
		}
	}
	return all
}
