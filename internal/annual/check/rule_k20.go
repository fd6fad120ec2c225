package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// ruleK20: departments of county level and above report by 31 January,
// governments of county level and above publish by 31 March of the next year.
// For townships, field offices and authorised organisations the law names no
// day: only one that was given (Input.Due) is checked.
func ruleK20() Rule {
	return Rule{
		ID: "K20", Severity: rule.Error, Cite: "条例§49",
		Title:   "部门年报不晚于次年1月31日，县级以上政府年报不晚于次年3月31日，且不早于次年1月1日",
		TitleEN: "Departments report by 31 January, governments by 31 March, none before the year is over",
		Check: func(in *Input, v *rule.Verdict) {
			if in.Report.Year == 0 {
				return
			}
			for _, d := range datesOf(in) {
				checkDate(in, v, d)
			}
			checkDeadlinesInText(in.text(), v)
		},
	}
}

// reportDate is a day on which something happened to the report.
type reportDate struct {
	what  string
	day   time.Time
	where rule.Where
	para  *annual.Para // the line under the report, nil for days given from outside
}

func datesOf(in *Input) []reportDate {
	var dates []reportDate
	for i := range in.Report.Paras {
		p := &in.Report.Paras[i]
		if p.Kind != annual.DatePara {
			continue
		}
		if day, ok := annual.ParseDay(p.Text); ok {
			dates = append(dates, reportDate{"落款日期", day, rule.Where{Table: "text"}, p})
		}
	}
	if !in.Submitted.IsZero() {
		dates = append(dates, reportDate{what: "报送日期", day: dayOf(in.Submitted)})
	}
	if !in.Published.IsZero() {
		dates = append(dates, reportDate{what: "公布日期", day: dayOf(in.Published)})
	}
	return dates
}

// dayOf is the calendar day of a moment, whatever its zone.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func checkDate(in *Input, v *rule.Verdict, d reportDate) {
	year := in.Report.Year
	first := time.Date(year+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	f := rule.Finding{Where: d.where, Actual: sayDay(d.day)}
	if d.para != nil {
		f.Place, f.Actual = d.para.Place, d.para.Text
	}
	if d.day.Before(first) {
		f.Message = fmt.Sprintf("%s为%s，而%d年度的统计期到%d年12月31日才结束。", d.what, sayDay(d.day), year, year)
		f.Expected = "不早于" + sayDay(first)
		f.Fix = "请核对年份和日期，统计期结束后再报送、公布。"
		v.Find(f)
		return
	}
	due, cite := dueDay(in)
	if due.IsZero() || !d.day.After(due) {
		return
	}
	f.Message = fmt.Sprintf("%s为%s，晚于%s应当报送、公布的最后一日%s。", d.what, sayDay(d.day), in.kind(), sayDay(due))
	f.Expected, f.Cite = "不晚于"+sayDay(due), cite
	f.Fix = "请核对日期；确属逾期的，尽快报送、公布并说明原因。"
	v.Find(f)
}

// dueDay gives the last day for the organ and where it is set; zero where no
// day is known.
func dueDay(in *Input) (due time.Time, cite string) {
	last := func(m time.Month) time.Time {
		return time.Date(in.Report.Year+1, m, 31, 0, 0, 0, 0, time.UTC)
	}
	switch in.kind() {
	case org.LocalDepartment, org.GovernmentOffice, org.CentralDepartment:
		due, cite = last(time.January), "条例§49.1"
	case org.CountyGovernment, org.CityGovernment, org.ProvinceGovernment:
		due, cite = last(time.March), "条例§49.2"
	}
	// A local notice may set an earlier day, never a later one.
	if !in.Due.IsZero() && (due.IsZero() || dayOf(in.Due).Before(due)) {
		return dayOf(in.Due), "条例§49"
	}
	return due, cite
}

func sayDay(t time.Time) string { return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day()) }

// lateDeadline finds a day set for annual reports: 2月底前, 4月10日前.
var lateDeadline = regexp.MustCompile(`(1[0-2]|[1-9])月(底|末|(?:3[01]|[12][0-9]|[1-9])日)(?:以|之)?前`)

// checkDeadlinesInText finds sentences that set a day for annual reports later
// than the law does. Whose reports are meant is a matter of reading, so this
// is a warning.
func checkDeadlinesInText(text *prose, v *rule.Verdict) {
	for p := range text.running {
		if !containsAny(p.text, "年报", "年度报告") {
			continue
		}
		for sentence := range strings.FieldsFuncSeq(p.text, func(c rune) bool { return c == '。' || c == '；' || c == '\n' }) {
			if m, limit := unlawfulDeadline(sentence); m != "" {
				v.Find(rule.Finding{
					Severity: rule.Warning, Place: p.Place,
					Where:    p.where(),
					Message:  "文中所述年度报告的期限“" + m + "”晚于法定期限。",
					Expected: "不晚于" + limit, Actual: clip(sentence, 60),
					Fix: "部门应于每年1月31日前、县级以上政府应于每年3月31日前报送、公布年度报告；请核对该期限。",
				})
			}
		}
	}
}

func unlawfulDeadline(sentence string) (deadline, limit string) {
	if !containsAny(sentence, "年报", "年度报告") || !containsAny(sentence, "报送", "上报", "公布", "发布", "完成") || strings.Contains(sentence, "整改") {
		return "", ""
	}
	m := lateDeadline.FindStringSubmatch(sentence)
	if m == nil {
		return "", ""
	}
	month, _ := strconv.Atoi(m[1])
	// Later in the year such sentences speak of other work.
	const lastMonthAboutReports = 6
	switch {
	case month > lastMonthAboutReports:
		return "", ""
	case month > 3:
		return m[0], "3月31日"
	case month > 1 && containsAny(sentence, "部门", "单位") && !containsAny(sentence, "政府年", "汇总"):
		return m[0], "1月31日"
	}
	return "", ""
}
