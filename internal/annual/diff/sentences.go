package diff

import (
	"strings"

	"gongkai/internal/annual"
)

// Section is a part of the report whose text changed.
type Section struct {
	Part    int      `json:"part"` // 1…6; 0 for title, opening and closing
	Name    string   `json:"name"` // 标题, 开头, the prescribed heading, 落款
	Changes []Change `json:"changes"`
	Same    int      `json:"same"` // sentences that stand in both, in order
}

// Change is a sentence that is in only one of the reports, or that reads
// differently in both.
type Change struct {
	Kind       string  `json:"kind"` // insert, delete, replace
	Old        string  `json:"old,omitempty"`
	New        string  `json:"new,omitempty"`
	Marks      []Mark  `json:"marks,omitempty"`      // of a replacement: what of it changed
	Similarity float64 `json:"similarity,omitempty"` // of a replacement: 0.5…1
}

// The kinds of change.
const (
	Insert  = "insert"
	Delete  = "delete"
	Replace = "replace"
	Equal   = "equal" // of marks only
)

// budget bounds the work of one comparison, in steps of the inner loops. A
// report as they are published takes some thousand; two unlike texts of 1 MB
// use it up within about a second, and what is left is shown as deleted and
// inserted whole.
const budget = 40_000_000

// compareText compares the text by parts.
func (d *Diff) compareText(a, b *annual.Report) {
	work := budget
	compare := func(part int, name, old, now string) {
		s := Section{Part: part, Name: name}
		s.compare(Sentences(old), Sentences(now), &work)
		if len(s.Changes) > 0 {
			d.Sections = append(d.Sections, s)
		}
	}
	compare(0, "标题", a.Lines(annual.TitlePara), b.Lines(annual.TitlePara))
	compare(0, "开头", a.Text(0), b.Text(0))
	for part := 1; part <= 6; part++ {
		compare(part, b.Form.Headings[part-1], a.Heading(part)+"\n"+a.Text(part), b.Heading(part)+"\n"+b.Text(part))
	}
	compare(0, "落款", closing(a), closing(b))
	if work <= 0 {
		d.note("文字过长或差异过大，部分段落只按整体删除和新增列出。")
	}
}

func closing(r *annual.Report) string {
	return r.Lines(annual.SignaturePara) + "\n" + r.Lines(annual.DatePara)
}

// Sentences splits a text after 。；！？ and at line ends. Closing quotes and
// brackets stay with the sentence that they close; empty lines are no sentences.
func Sentences(text string) []string {
	var sentences []string
	for line := range strings.SplitSeq(text, "\n") {
		for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
			end := sentenceEnd(line)
			sentences = append(sentences, strings.TrimSpace(line[:end]))
			line = line[end:]
		}
	}
	return sentences
}

func sentenceEnd(line string) int {
	const ends, closers = "。；！？", "”’）》」』)"
	i := strings.IndexAny(line, ends)
	if i < 0 {
		return len(line)
	}
	rest := line[i:]
	rest = strings.TrimLeft(rest, ends)
	rest = strings.TrimLeft(rest, closers)
	return len(line) - len(rest)
}

// compare aligns the sentences; in each stretch where they differ, those that
// resemble each other are shown as one changed sentence.
func (s *Section) compare(old, now []string, work *int) {
	for _, st := range align(old, now, work) {
		if st.same {
			s.Same += st.oldEnd - st.oldStart
			continue
		}
		s.Changes = append(s.Changes, pair(old[st.oldStart:st.oldEnd], now[st.newStart:st.newEnd], work)...)
	}
}
