package guard

import (
	_ "embed"
	"strings"
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

// Words is a dictionary, by the first character of its words.
type Words struct{ first map[rune][]Word }

// builtIn are names of laws that were certainly replaced as a whole.
//
//go:embed words.csv
var builtIn []byte

// MaxWords bounds a dictionary.
const MaxWords = 50_000

// NewWords makes a dictionary of the built-in words and an organ's own list, as
// CSV with the columns 词, 应为, 级别 (错误, 警告, 提示) and 说明; the first line names
// them. An own entry goes before a built-in one of the same word. Errors are
// errs.Invalid.
func NewWords(own []byte) (*Words, error) {
	w := &Words{first: map[rune][]Word{}}
	for _, list := range [][]byte{own, builtIn} {
		if len(list) == 0 {
			continue
		}
		if err := w.add(list); err != nil {
			return nil, err
		}
	}
	return w, nil
}

var severities = map[string]rule.Severity{
	"": rule.Warning, "错误": rule.Error, "警告": rule.Warning, "提示": rule.Info, "error": rule.Error, "warning": rule.Warning, "info": rule.Info,
}

func (w *Words) add(list []byte) error {
	rows, err := csv.Read(list)
	if err != nil {
		return err
	}
	if len(rows) > MaxWords {
		return errs.New(errs.TooLarge, "词表有 %d 行，超过 %d 行的上限。", len(rows), MaxWords)
	}
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
			return errs.New(errs.Invalid, "词表第 %d 行的级别“%s”不对；请写错误、警告或者提示。", i+1, cell(2))
		}
		first, _ := utf8.DecodeRuneInString(cell(0))
		if !w.has(cell(0)) {
			w.first[first] = append(w.first[first], Word{cell(0), cell(1), severity, cell(3)})
		}
	}
	return nil
}

func (w *Words) has(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	for _, known := range w.first[first] {
		if known.Word == word {
			return true
		}
	}
	return false
}

// in gives the words that stand in a text, in order, each place once.
func (w *Words) in(text string) (all []Word) {
	if w == nil {
		return nil
	}
	for i := 0; i < len(text); {
		first, size := utf8.DecodeRuneInString(text[i:])
		best := -1
		for n, word := range w.first[first] {
			if strings.HasPrefix(text[i:], word.Word) && (best < 0 || len(word.Word) > len(w.first[first][best].Word)) {
				best = n
			}
		}
		if best >= 0 {
			all = append(all, w.first[first][best])
			size = len(w.first[first][best].Word)
		}
		i += size
	}
	return all
}
