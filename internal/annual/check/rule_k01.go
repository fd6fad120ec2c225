package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK01 wants the six headings: all there, in order, in the prescribed words.
// A heading in other words is a warning that names the prescribed ones.
func ruleK01() Rule {
	return Rule{
		ID:       "K1",
		Title:    "六个部分的标题应当齐全、顺序正确、文字符合规定",
		TitleEN:  "All six headings are there, in order, in the prescribed words",
		Severity: rule.Error,
		Cite:     "国办公开办函〔2021〕30号",
		Check:    checkK01,
	}
}

func checkK01(in *Input, v *rule.Verdict) {
	found := headings(in.text())
	if len(found) == 0 {
		v.Find(rule.Finding{
			Where:   rule.Where{Table: "text"},
			Message: "没有读到六个部分的任何标题。", Expected: strings.Join(in.Report.Form.Headings[:], "；"), Actual: "无",
			Fix: "请按规定格式补齐六个部分的标题，每个标题独占一行。",
		})
		return
	}
	previous := 0
	for part := 1; part <= 6; part++ {
		prescribed := in.Report.Form.Headings[part-1]
		first := firstOf(found, part)
		if first < 0 {
			v.Find(rule.Finding{
				Where: inPart(part), Message: fmt.Sprintf("缺少标题“%s”。", prescribed),
				Expected: prescribed, Actual: "无", Fix: "请补上该部分；没有内容的也要写明。",
			})
			continue
		}
		if first < previous {
			v.Find(rule.Finding{
				Where: inPart(part), Place: found[first].Place,
				Message:  fmt.Sprintf("标题“%s”的位置不对，应当按一至六的顺序排列。", found[first].text),
				Expected: "一、二、三、四、五、六依次排列", Actual: order6(found), Fix: "请调整各部分的顺序。",
			})
		}
		previous = max(previous, first)
		wording(found, part, prescribed, v)
	}
}

// headings gives the headings of parts in the order of print.
func headings(p *prose) []*passage {
	var found []*passage
	for i := range p.passages {
		if s := &p.passages[i]; s.Kind == annual.HeadingPara && s.Part >= 1 {
			found = append(found, s)
		}
	}
	return found
}

func firstOf(found []*passage, part int) int {
	for i, s := range found {
		if s.Part == part {
			return i
		}
	}
	return -1
}

// order6 shows the order of the parts as printed.
func order6(found []*passage) string {
	var parts []string
	for _, s := range found {
		parts = append(parts, partNumerals[s.Part])
	}
	return strings.Join(parts, "、")
}

// wording compares the words of a part's heading, whose number is K2's matter.
// A part that is printed twice, as text and as table, needs the words once.
func wording(found []*passage, part int, prescribed string, v *rule.Verdict) {
	want := headingWords(prescribed)
	var other *passage
	for _, s := range found {
		if s.Part != part {
			continue
		}
		if headingWords(s.text) == want {
			return
		}
		if other == nil {
			other = s
		}
	}
	message := fmt.Sprintf("标题“%s”与规定的“%s”不一致。", quote(other.text), prescribed)
	if strings.Contains(other.text, "法复议") {
		message = fmt.Sprintf("标题“%s”有错别字，“行政法复议”应为“行政复议”。", quote(other.text))
	}
	v.Find(rule.Finding{
		Severity: rule.Warning, Where: inPart(part), Place: other.Place,
		Message: message, Expected: prescribed, Actual: quote(other.text), Fix: "请改用规定的标题文字。",
	})
}

// headingWords gives a heading's words without its number and closing marks.
func headingWords(s string) string {
	return strings.TrimRight(readNumbering(tidy(s)).rest, "。.：:；;")
}
