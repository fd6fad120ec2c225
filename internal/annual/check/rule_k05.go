package check

import (
	"fmt"
	"regexp"
	"strings"

	"gongkai/internal/rule"
)

// ruleK05 wants the notice in force as the basis: 国办公开办函〔2021〕30号 for reports
// on 2021 and later, 〔2019〕60号 only for 2019 and 2020. A report that cites no
// notice at all breaks nothing.
func ruleK05() Rule {
	return Rule{
		ID:       "K5",
		Title:    "编制依据应当是现行有效的格式通知",
		TitleEN:  "The notice cited as the basis is the one in force for the year",
		Severity: rule.Error,
		Cite:     "国办公开办函〔2021〕30号",
		Check:    checkK05,
	}
}

var noticeNumber = regexp.MustCompile(`公开办函[〔\[［(（【﹝]?((?:19|20)[0-9]{2})年?[〕\]］)）】﹞]?第?([0-9]{1,3})号`)

// citedNotice is a notice of the General Office that a report cites.
type citedNotice struct {
	year, number, printed string
	where                 *passage
}

func checkK05(in *Input, v *rule.Verdict) {
	if in.Report.Year < 2019 {
		return
	}
	cited := citedNotices(in.text())
	right, wrong := "〔2021〕30号", citedNotice{year: "2019", number: "60"}
	if in.Report.Year < 2021 {
		right, wrong = "〔2019〕60号", citedNotice{year: "2021", number: "30"}
	}
	good := false
	for _, c := range cited {
		good = good || right == "〔"+c.year+"〕"+c.number+"号"
	}
	for _, c := range cited {
		switch {
		case c.year == wrong.year && c.number == wrong.number:
			superseded(in, c, right, good, v)
			return
		case c.number == "30" && c.year != "2021", c.number == "60" && c.year != "2019", (c.year == "2021" || c.year == "2019") && c.number != "30" && c.number != "60":
			v.Find(rule.Finding{
				Severity: rule.Warning, Where: c.where.where(), Place: c.where.Place,
				Message:  fmt.Sprintf("所引文号“%s”疑有错误，%d年度报告的格式通知是国办公开办函%s。", c.printed, in.Report.Year, right),
				Expected: "国办公开办函" + right, Actual: c.printed, Fix: "请核对文号。",
			})
			return
		}
	}
}

func superseded(in *Input, c citedNotice, right string, alsoRight bool, v *rule.Verdict) {
	severity, words := rule.Error, "已被替代"
	if in.Report.Year < 2021 {
		words = "当年尚未印发"
	}
	if alsoRight {
		severity = rule.Warning
	}
	v.Find(rule.Finding{
		Severity: severity, Where: c.where.where(), Place: c.where.Place,
		Message:  fmt.Sprintf("编制依据写的是国办公开办函〔%s〕%s号，该通知%s，%d年度报告应当依据国办公开办函%s。", c.year, c.number, words, in.Report.Year, right),
		Expected: "国办公开办函" + right, Actual: c.printed, Fix: "请改引国办公开办函" + right + "。",
	})
}

func citedNotices(p *prose) []citedNotice {
	var cited []citedNotice
	for s := range p.running {
		if !strings.Contains(s.text, "公开办函") {
			continue
		}
		for _, m := range noticeNumber.FindAllStringSubmatch(s.text, -1) {
			cited = append(cited, citedNotice{m[1], m[2], "国办" + m[0], s})
		}
	}
	return cited
}
