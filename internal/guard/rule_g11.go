package guard

import (
	"fmt"

	"gongkai/internal/rule"
)

// ruleG11 finds the words of the dictionary: names of laws that are no longer in
// force, and what an organ keeps for itself.
func ruleG11() Rule {
	return Rule{
		ID: "G11", Severity: rule.Error, Cite: "条例§6.1",
		Title: "不得出现错误或者过时的名称、敏感用语", TitleEN: "No wrong or obsolete names, no words of the organ's list",
		Check: func(s *Subject, v *rule.Verdict) {
			said := map[string]int{}
			for _, l := range s.seen() {
				for _, p := range l.passages {
					for _, w := range s.words.in(p.text) {
						if said[w.of.Word]++; said[w.of.Word] <= mostOfAWord {
							v.Find(w.of.finding(p, w.as))
						}
					}
				}
			}
		},
	}
}

// mostOfAWord is how many times a word is reported in one file.
const mostOfAWord = 20

func (w *Word) finding(p *passage, as string) rule.Finding {
	f := rule.Finding{Severity: w.Severity, Place: p.place, Message: fmt.Sprintf("出现“%s”。", as), Actual: as, Expected: w.Instead}
	if w.Note != "" {
		f.Message = fmt.Sprintf("出现“%s”：%s。", as, w.Note)
	}
	if w.Instead != "" {
		f.Fix = fmt.Sprintf("请改为“%s”；引用当时有效的文件原文的，可以保留。", w.Instead)
	} else {
		f.Fix = "请核对并改正。"
	}
	return f
}
