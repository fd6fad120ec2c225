package lexicon

import (
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/guard"
	"gongkai/internal/rule"
)

// Entry is a word that an organ keeps.
type Entry struct {
	ID, Organ string
	guard.Word
	By string // key of the person who changed it last
	At time.Time
}

// Sizes of an entry, in characters.
const (
	MaxWord = 50
	MaxNote = 200
	// MaxEntries is how many words an organ keeps.
	MaxEntries = 20_000
)

// Word is something in words.
type Word = struct{ Chinese, English string }

// Choice is a severity to choose from.
type Choice struct {
	Value rule.Severity
	Word
	Listed string // what lists say
}

// Severities gives the severities, the strictest first.
func Severities() []Choice {
	return []Choice{
		{rule.Error, Word{"错误：阻止放行", "wrong: blocks"}, "错误"},
		{rule.Warning, Word{"警告：阻止放行，由人核对", "warning: blocks until somebody has looked"}, "警告"},
		{rule.Info, Word{"提示：只提示，不阻止", "hint: is said, blocks nothing"}, "提示"},
	}
}

// SeverityOf finds a severity.
func SeverityOf(value rule.Severity) (Choice, bool) {
	for _, c := range Severities() {
		if c.Value == value {
			return c, true
		}
	}
	return Choice{}, false
}

// Check tells what is wrong with a word.
func Check(w guard.Word) error {
	var f errs.Fields
	switch n := utf8.RuneCountInString(w.Word); {
	case n < 2:
		f.Add("word", "请填写词语，至少两个字；一个字会在所有文字里误报。")
	case n > MaxWord:
		f.Add("word", "词语太长，不超过%d个字。", MaxWord)
	case strings.ContainsAny(w.Word, "\n\t"):
		f.Add("word", "词语写在一行里。")
	}
	if utf8.RuneCountInString(w.Instead) > MaxWord {
		f.Add("instead", "应写作的内容太长，不超过%d个字。", MaxWord)
	}
	if w.Instead != "" && w.Instead == w.Word {
		f.Add("instead", "应写作的与词语相同，请核对。")
	}
	if utf8.RuneCountInString(w.Note) > MaxNote {
		f.Add("note", "说明太长，不超过%d个字。", MaxNote)
	}
	if _, ok := SeverityOf(w.Severity); !ok {
		f.Add("severity", "请选择级别。")
	}
	return f.Err()
}

// What happens to words. Their text is no part of events: a word may name a person.
const (
	Added    event.Kind = "word.added"
	Changed  event.Kind = "word.changed"
	Removed  event.Kind = "word.removed"
	Imported event.Kind = "word.imported"
)

// EventKinds gives the words for them.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: Added, Chinese: "错敏词库增加词语", English: "word added to the dictionary"},
		{Kind: Changed, Chinese: "错敏词库修改词语", English: "word of the dictionary changed"},
		{Kind: Removed, Chinese: "错敏词库删除词语", English: "word taken out of the dictionary"},
		{Kind: Imported, Chinese: "错敏词库导入词表", English: "words taken into the dictionary"},
	}
}

// Subject is what an event of a word is about.
func Subject(id string) event.Subject { return event.Subject{Type: "word", ID: id} }
