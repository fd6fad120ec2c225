package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK02 wants uniform numbering: 一、 for the parts, （一） below them, no mixture
// with Arabic numbers and no jump.
func ruleK02() Rule {
	return Rule{
		ID:       "K2",
		Title:    "序号应当统一为“一、”“（一）”，不混用阿拉伯数字，不跳号",
		TitleEN:  "Numbering is uniform, without Arabic numbers among the Chinese ones and without jumps",
		Severity: rule.Warning,
		Cite:     "GB/T 9704-2012§7.3.3",
		Check:    checkK02,
	}
}

func checkK02(in *Input, v *rule.Verdict) {
	p := in.text()
	for _, h := range headings(p) {
		partNumber(h, v)
	}
	for part := 1; part <= 6; part++ {
		belowParts(p, part, v)
	}
}

// partNumber checks the number before the heading of a part.
func partNumber(h *passage, v *rule.Verdict) {
	n := readNumbering(h.text)
	want := partNumerals[h.Part] + "、"
	problem := ""
	switch {
	case n.style == unnumbered:
		problem = "没有序号"
	case n.style != chineseNumber:
		problem = fmt.Sprintf("序号“%s”与其他部分不统一", n.prefix)
	case n.n != h.Part:
		problem = fmt.Sprintf("序号“%s”不对", n.prefix)
	default:
		return
	}
	v.Find(rule.Finding{
		Where: inPart(h.Part), Place: h.Place,
		Message:  fmt.Sprintf("标题“%s”%s，应为“%s”。", quote(h.text), problem, want),
		Expected: want, Actual: n.prefix, Fix: fmt.Sprintf("请把序号改为“%s”。", want),
	})
}

// belowParts checks the sequence of （一）（二）… within a part. A number that
// stands inside a paragraph, because its line was joined to the one before, is
// no jump.
func belowParts(p *prose, part int, v *rule.Verdict) {
	last := 0
	var lower *passage // an Arabic （1） with nothing above it
	for i := range p.passages {
		s := &p.passages[i]
		if s.Part != part || s.Kind != annual.BodyPara && s.Kind != annual.SubheadingPara {
			continue
		}
		n := readNumbering(s.text)
		switch n.style {
		case arabicBracket:
			if last == 0 && lower == nil && n.n == 1 {
				lower = s
			}
		case arabicNumber, chineseNumber:
			lower = nil
		case chineseBracket:
			follow(p, part, s, n, last, lower, v)
			last, lower = n.n, nil
		}
	}
}

func follow(p *prose, part int, s *passage, n numbering, last int, lower *passage, v *rule.Verdict) {
	switch {
	case n.n == last+1 || n.n == 1:
		return
	case last == 0 && lower != nil:
		mixed := readNumbering(lower.text)
		v.Find(rule.Finding{
			Where: inPart(part), Place: s.Place,
			Message:  fmt.Sprintf("同一层次的序号混用：“%s”之后是“%s”。", mixed.prefix, n.prefix),
			Expected: "（一）（二）", Actual: mixed.prefix + n.prefix, Fix: fmt.Sprintf("请把“%s”改为“（一）”。", mixed.prefix),
		})
	case n.n > last+1 && !strings.Contains(strings.ReplaceAll(p.parts[part], "(", "（"), "（"+inChinese(n.n-1)):
		v.Find(rule.Finding{
			Where: inPart(part), Place: s.Place,
			Message:  fmt.Sprintf("序号不连续：“%s”前面没有“（%s）”。", n.prefix, inChinese(n.n-1)),
			Expected: "（" + inChinese(last+1) + "）", Actual: n.prefix, Fix: "请检查是否漏写一项或者写错序号。",
		})
	case n.n <= last:
		v.Find(rule.Finding{
			Where: inPart(part), Place: s.Place,
			Message:  fmt.Sprintf("序号“%s”重复或者倒退，前面已经是“（%s）”。", n.prefix, inChinese(last)),
			Expected: "（" + inChinese(last+1) + "）", Actual: n.prefix, Fix: "请重新编排序号。",
		})
	}
}
