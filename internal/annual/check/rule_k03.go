package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/internal/rule"
)

// ruleK03 wants part one to report on all five aspects, each with a sentence of
// its own. An opening that names all five in one breath reports on none.
func ruleK03() Rule {
	return Rule{
		ID:       "K3",
		Title:    "总体情况应当逐项报告主动公开、依申请公开、政府信息管理、平台建设、监督保障",
		TitleEN:  "Part one reports on all five aspects, each with a sentence of its own",
		Severity: rule.Error,
		Cite:     "条例§50；国办公开办函〔2021〕30号",
		Check:    checkK03,
	}
}

// aspects are the five, each with the words by which it is told.
var aspects = [5]struct {
	name  string
	words []string
}{
	{"主动公开", []string{"主动公开"}},
	{"依申请公开", []string{"依申请公开", "信息公开申请", "申请公开"}},
	{"政府信息管理", []string{"信息管理", "信息资源管理", "信息规范管理", "源头认定", "信息发布审核"}},
	{"政府信息公开平台建设", []string{"平台建设", "公开平台", "公开载体", "载体建设", "渠道建设"}},
	{"监督保障", []string{"监督保障", "保障监督", "监督考核", "监督和保障", "保障措施", "考核评议", "社会评议", "教育培训"}},
}

func checkK03(in *Input, v *rule.Verdict) {
	p := in.text()
	text := p.parts[1]
	if text == "" {
		v.Skip(rule.NotAssessable{Where: inPart(1), Reason: "没有读到第一部分的正文，无法核对五个方面。"})
		return
	}
	if strings.Contains(text, excerptMark) {
		v.Skip(rule.NotAssessable{Where: inPart(1), Reason: "第一部分是节选，无法核对五个方面。"})
		return
	}
	told := aspectsTold(text)
	var missing, bare []string
	for i, a := range aspects {
		switch told[i] {
		case notNamed:
			missing = append(missing, a.name)
		case onlyNamed:
			bare = append(bare, a.name)
		}
	}
	const all = "主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面各有说明"
	if len(missing) > 0 {
		v.Find(rule.Finding{
			Where: inPart(1), Place: p.place(1),
			Message:  fmt.Sprintf("总体情况没有报告%s。", strings.Join(missing, "、")),
			Expected: all, Actual: "缺" + strings.Join(missing, "、"), Fix: "请逐项补写，每个方面至少有一句自己的内容。",
		})
	}
	if len(bare) > 0 {
		v.Find(rule.Finding{
			Where: inPart(1), Place: p.place(1),
			Message:  fmt.Sprintf("总体情况中“%s”只有标题，没有内容。", strings.Join(bare, "”“")),
			Expected: all, Actual: strings.Join(bare, "、") + "无内容", Fix: "请补写具体情况；没有的也要写明。",
		})
	}
}

// telling is how far an aspect is reported on.
type telling uint8

const (
	notNamed telling = iota
	onlyNamed
	reported
)

// fewestWords is how many characters a sentence of its own has at least.
const fewestWords = 8

// aspectsTold goes through part one line by line and sentence by sentence. A
// numbered label opens an aspect; the sentences up to the next label are its
// own. A sentence outside of labels counts for the one or two aspects it names.
func aspectsTold(text string) [5]telling {
	var told [5]telling
	current := -1
	for line := range strings.SplitSeq(text, "\n") {
		for s := range sentences(line) {
			if aspect, rest := aspectLabel(s); aspect >= 0 {
				current = aspect
				told[aspect] = max(told[aspect], onlyNamed)
				s = rest
			} else if n := readNumbering(s); n.style == chineseBracket {
				current = -1
			}
			if utf8.RuneCountInString(s) < fewestWords {
				continue
			}
			if current >= 0 {
				told[current] = reported
			}
			named := namedIn(s)
			if len(named) > 2 {
				continue
			}
			for _, i := range named {
				told[i] = reported
			}
		}
	}
	return told
}

// longestLabel is how many bytes a label such as （四）政府信息公开平台建设情况 has.
const longestLabel = 90

// aspectLabel tells whether a sentence begins with the label of an aspect, and
// gives what stands behind the label. A label is numbered and ends at the end of
// the sentence, a colon or a blank clause.
func aspectLabel(s string) (aspect int, rest string) {
	for _, open := range []string{"（", "("} {
		if i := strings.Index(s, open); i > 0 && i < longestLabel && readNumbering(s[i:]).style == chineseBracket {
			s = s[i:] // a residue stands before the number
		}
	}
	n := readNumbering(s)
	if n.style == unnumbered {
		return -1, s
	}
	label := n.rest
	if i := strings.IndexAny(label, "。：，；:"); i >= 0 {
		label = label[:i]
	}
	if len(label) > longestLabel {
		return -1, s
	}
	named := namedIn(label)
	if len(named) == 0 {
		return -1, s
	}
	return named[len(named)-1], strings.Trim(n.rest[len(label):], "。：，；:")
}

// namedIn gives the aspects whose words occur; 依申请公开 is no 申请 for 主动公开.
func namedIn(s string) []int {
	var named []int
	for i, a := range aspects {
		if containsAny(s, a.words...) {
			named = append(named, i)
		}
	}
	return named
}
