package check

import (
	"fmt"
	"regexp"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK06 wants the statistical period to be the whole calendar year, well
// formed, and the year to be the same in title, opening, file name and folder.
func ruleK06() Rule {
	return Rule{
		ID:       "K6",
		Title:    "统计期限应当是报告年度1月1日至12月31日，标题、开头、文件名的年份应当一致",
		TitleEN:  "The period is the whole year, and title, opening, file name and folder agree on the year",
		Severity: rule.Error,
		Cite:     "条例§49；条例§50；国办公开办函〔2021〕30号",
		Check:    checkK06,
	}
}

func checkK06(in *Input, v *rule.Verdict) {
	year := in.Report.Year
	if year == 0 {
		v.Skip(rule.NotAssessable{Where: rule.Where{Table: "text"}, Reason: "没有读到报告年度，无法核对统计期限和年份。"})
		return
	}
	checkTitle(in, v)
	checkOpeningYear(in, v)
	for s := range in.text().running {
		checkPeriod(s, year, v)
	}
	checkFileYear(in.Report.File, year, v)
	checkSentenceYears(in.text(), year, v)
}

func checkTitle(in *Input, v *rule.Verdict) {
	title, place := in.text().lines(annual.TitlePara)
	if title == "" {
		return
	}
	year := in.Report.Year
	const words = "政府信息公开工作年度报告"
	switch {
	case strings.Contains(title, words):
	case containsAny(title, "信息公开", "政务公开") && containsAny(title, "报告", "年报"):
		v.Find(rule.Finding{
			Severity: rule.Warning, Where: inPart(0), Place: place, Message: fmt.Sprintf("标题“%s”的文字与规定不一致，应含“%s”。", quote(title), words),
			Expected: fmt.Sprintf("机关全称+%d年%s", year, words), Actual: quote(title), Fix: "请按规定格式改写标题。",
		})
	default:
		v.Find(rule.Finding{
			Where: inPart(0), Place: place, Message: fmt.Sprintf("标题“%s”有错漏，应含“%s”。", quote(title), words),
			Expected: fmt.Sprintf("机关全称+%d年%s", year, words), Actual: quote(title), Fix: "请改正标题。",
		})
	}
	if y := lastYear(title); y != 0 && y != year {
		v.Find(rule.Finding{
			Where: inPart(0), Place: place, Message: fmt.Sprintf("标题写的是%d年，报告年度是%d年。", y, year),
			Expected: fmt.Sprint(year), Actual: fmt.Sprint(y), Fix: "请改正标题中的年份。",
		})
	}
}

var reportOfYear = regexp.MustCompile(`((?:19|20)[0-9]{2})年度?(?:政府信息公开工作|政府信息公开|政务公开)?(?:年度)?报告`)

func checkOpeningYear(in *Input, v *rule.Verdict) {
	year := in.Report.Year
	for s := range in.text().running {
		if s.Part != 0 || !strings.Contains(s.text, "报告") {
			continue
		}
		for _, m := range reportOfYear.FindAllStringSubmatch(s.text, -1) {
			if y := yearAt(m[1], 0); y != 0 && y != year {
				v.Find(rule.Finding{
					Where: inPart(0), Place: s.Place, Message: fmt.Sprintf("开头写“%s”，报告年度是%d年。", m[0], year),
					Expected: fmt.Sprint(year), Actual: m[1], Fix: "请改正年份。",
				})
			}
		}
	}
}

// sentenceOfYear matches sentences that begin with the year they speak of.
var sentenceOfYear = regexp.MustCompile(`^(?:[（(][一二三四五六七八九十]+[）)][^。，]{0,20}[。：])?((?:19|20)[0-9]{2})年(?:度|来|全年)?[，,]`)

// checkSentenceYears hints at sentences of parts one to four and six that tell
// of another year as of this one.
func checkSentenceYears(p *prose, year int, v *rule.Verdict) {
	for s := range p.running {
		if s.Part == 0 || s.Part == 5 || !strings.Contains(s.text, "年") {
			continue
		}
		for t := range sentences(s.text) {
			if !strings.Contains(t, "年") || containsAny(t, "同比", "相比", "比上年", "较上年", "比去年", "较去年", "以来", "计划", "下一步") {
				continue
			}
			m := sentenceOfYear.FindStringSubmatch(t)
			if m == nil {
				continue
			}
			if y := yearAt(m[1], 0); y != 0 && y != year {
				v.Find(rule.Finding{
					Severity: rule.Info, Where: s.where(), Place: s.Place,
					Message:  fmt.Sprintf("“%s”说的是%d年，报告年度是%d年，可能是上年文字未改。", clip(t, 30), y, year),
					Expected: fmt.Sprint(year), Actual: fmt.Sprint(y), Fix: "请核对该句的年份。",
				})
			}
		}
	}
}
