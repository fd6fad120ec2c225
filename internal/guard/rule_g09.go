package guard

import (
	"fmt"

	"gongkai/internal/doc"
	"gongkai/internal/rule"
)

// ruleG9 says where names stand beside other personal data. A name alone may have
// to be public (a list of who is helped); with an ID number it points at one
// person in the whole country. So it is a hint, never a fault by itself.
func ruleG9() Rule {
	return Rule{
		ID: "G9", Severity: rule.Info, Cite: "条例§15；个人信息保护法§6",
		Title: "姓名与其他个人信息列在一起的，须确认公开姓名确有必要", TitleEN: "Names beside other personal data are necessary",
		Check: checkNames,
	}
}

func checkNames(s *Subject, v *rule.Verdict) {
	for _, l := range s.seen() {
		hits := map[int]bool{}
		for _, p := range l.passages {
			if len(p.found) > 0 {
				hits[p.table] = true
			}
		}
		for _, c := range columnsOf(l.passages, nameHeading) {
			if c.table > 0 && hits[c.table] {
				v.Find(rule.Finding{
					Place:   c.place,
					Message: fmt.Sprintf("表格“%s”列有 %d 个姓名，与其他个人信息列在一起。", c.title, c.count),
					Actual:  fmt.Sprintf("%d 个姓名", c.count), Fix: "请确认公开姓名确有必要；不必要的改为“张*”或者“张*三”。",
				})
			}
		}
	}
}

// column is a column of a table under one heading.
type column struct {
	table int
	title string
	place doc.Place
	count int
}

// columnsOf gives the columns under headings of a kind that hold something.
func columnsOf(passages []*passage, kind heading) (all []column) {
	type key struct {
		table int
		title string
	}
	index := map[key]int{}
	for _, p := range passages {
		if p.head != kind || p.table == 0 || squeeze(p.text) == "" {
			continue
		}
		k := key{p.table, p.title}
		i, ok := index[k]
		if !ok {
			i = len(all)
			index[k] = i
			all = append(all, column{table: p.table, title: p.title, place: p.place})
		}
		all[i].count++
	}
	return all
}
