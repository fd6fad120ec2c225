package compile

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// Problems gives the problems that last year's report told of, in its part five, each
// by itself: what became of them belongs into this one.
func (s Scene) Problems() []string {
	if s.Before == nil {
		return nil
	}
	improvements, _ := PlaceOf(Improvements)
	lead, _ := PlaceOf(Problems)
	var all []string
	for _, p := range s.Before.Paras {
		text := strings.TrimSpace(p.Text)
		if p.Part != lead.Part || p.Kind != annual.BodyPara {
			continue
		}
		if strings.HasPrefix(text, "（二）") || strings.HasPrefix(text, improvements.Lead) {
			break
		}
		all = append(all, each(strings.TrimPrefix(text, lead.Lead))...)
	}
	return all
}

// shortest is how many characters a problem has at least: less is the rest of a list.
const shortest = 6

// each takes a paragraph apart where it lists: at semicolons and full stops.
func each(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '。' || r == '；' || r == ';' }) {
		part = strings.TrimSpace(part)
		switch n := utf8.RuneCountInString(part); {
		case n == 0:
		case n < shortest && len(all) > 0:
			all[len(all)-1] += "；" + part
		default:
			all = append(all, part)
		}
	}
	return all
}

// became tells in the report what became of last year's problems.
func became(all []Outcome) string {
	var b strings.Builder
	b.WriteString("上年报告提出的问题，整改情况如下：")
	for i, o := range all {
		if i > 0 {
			b.WriteString("；")
		}
		b.WriteString("“" + strings.TrimRight(o.Problem, "。；") + "”，" + strings.TrimRight(o.Became, "。；"))
	}
	b.WriteString("。")
	return b.String()
}

// unanswered is a problem of last year of which this report says nothing.
const unanswered = "W5"

// leftOpen gives the problems of last year of which nothing is told.
func (c Content) leftOpen(s Scene) []rule.Finding {
	told := map[string]bool{}
	for _, o := range c.Became {
		told[o.Problem] = true
	}
	var all []rule.Finding
	for _, p := range s.Problems() {
		if told[p] {
			continue
		}
		all = append(all, rule.Finding{
			Rule: unanswered, Severity: rule.Warning, Where: rule.Where{Table: "text", Row: partName(5), Column: string(Improvements)}, Cite: onForm, Actual: p, Expected: "写明整改情况",
			Message: "上年报告提出的问题“" + p + "”没有写明结果。", Fix: "请在“上年问题的结果”中填写，会写进改进情况；已经写在正文里的，注明理由。",
		})
	}
	return all
}
