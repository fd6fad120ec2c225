package check

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"gongkai/internal/rule"
)

// periodWords announce the statistical period.
var periodWords = newPhrases("统计期限", "统计周期", "统计期间", "统计时限", "统计时间", "数据期限", "统计起止", "时间范围", "所列数据", "数据截止", "数据截至", "报告期")

const chineseDigits = "0-9〇○零一二三四五六七八九十"

// dateInText matches a date; the year, its sign and the day may be missing.
var dateInText = regexp.MustCompile(`(?:([` + chineseDigits + `]{2,5})(年?)|)(?:度)?(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?)`)

// lostYearSign matches a date whose 年 has been lost: 20231月1日.
var lostYearSign = regexp.MustCompile(`(20[0-9]{2})(1[0-2]|[1-9])月`)

// wholePeriod matches a period that is written as it should be; the second year
// may be left out.
var wholePeriod = regexp.MustCompile(`([` + chineseDigits + `]{4})年(?:0?1|一)月(?:0?1|一)[日号](?:零时|0时)?(?:起)?(?:至|到|—|－|-|~|～)+(?:([` + chineseDigits + `]{4}|同|当)年)?(?:12|十二)月(?:31|三十一)[日号]`)

// dottedPeriod matches the same in the form 2023.1.1—2023.12.31.
var dottedPeriod = regexp.MustCompile(`([0-9]{4})[./-]0?1[./-]0?1(?:日)?(?:至|到|—|－|-|~|～)+(?:([0-9]{4})[./-])?12[./-]31`)

// checkPeriod checks the sentence that states the period, if a paragraph of the
// opening or of part one has one.
func checkPeriod(p *passage, year int, v *rule.Verdict) {
	if p.Part > 1 || !periodWords.in(p.text) {
		return
	}
	for s := range sentences(p.text) {
		if !periodWords.in(s) || !strings.ContainsAny(s, "月.-") || !strings.ContainsAny(s, "至到—－-~～止") {
			continue
		}
		expected := fmt.Sprintf("%d年1月1日至%d年12月31日", year, year)
		find := func(actual, message string) {
			v.Find(rule.Finding{
				Where: p.where(), Place: p.Place, Message: message, Expected: expected, Actual: actual,
				Fix: "请改为“" + expected + "”。",
			})
		}
		if m := lostYearSign.FindString(s); m != "" {
			find(dates(s), fmt.Sprintf("统计期限写成“%s”，漏了“年”字。", dates(s)))
			return
		}
		m := wholePeriod.FindStringSubmatch(s)
		if m == nil {
			m = dottedPeriod.FindStringSubmatch(s)
		}
		switch {
		case m != nil:
			from, to := yearIn(m[1]), yearIn(m[2])
			if from != year || to != 0 && to != year {
				find(m[0], fmt.Sprintf("统计期限是“%s”，与报告年度%d年不一致。", m[0], year))
			}
			return
		case len(dateInText.FindAllString(s, 3)) >= 2:
			find(dates(s), fmt.Sprintf("统计期限“%s”不是报告年度的1月1日至12月31日。", dates(s)))
			return
		}
	}
}

// dates gives the stretch of a sentence from its first to its last date.
func dates(s string) string {
	all := dateInText.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return clip(s, 30)
	}
	return clip(s[all[0][0]:all[len(all)-1][1]], 40)
}

// yearIn reads a year in Arabic or Chinese digits; 0 for 同 and 当 and nothing.
func yearIn(s string) int {
	if y := yearAt(s, 0); y != 0 {
		return y
	}
	if n, ok := parseNumeral(s); ok && n > 1900 && n < 2100 {
		return int(n)
	}
	return 0
}

// checkFileYear compares the years in a file's name and in its folder's. A file
// is often named after the year it was published in, so that the year after is
// only a hint for the name and nothing for the folder.
func checkFileYear(file string, year int, v *rule.Verdict) {
	file = strings.ReplaceAll(file, `\`, "/")
	if years := isolatedYears(path.Base(file)); len(years) > 0 && !contains(years, year) {
		severity := rule.Warning
		if contains(years, year+1) {
			severity = rule.Info
		}
		v.Find(rule.Finding{
			Severity: severity, Message: fmt.Sprintf("文件名“%s”中的年份是%d，报告年度是%d年。", path.Base(file), years[0], year),
			Expected: fmt.Sprint(year), Actual: fmt.Sprint(years[0]), Fix: "请核对文件是否放错，或改正文件名。",
		})
	}
	folder := path.Base(path.Dir(file))
	if years := isolatedYears(folder); len(years) > 0 && !contains(years, year) && !contains(years, year+1) {
		v.Find(rule.Finding{
			Severity: rule.Warning, Message: fmt.Sprintf("文件所在文件夹“%s”的年份是%d，报告年度是%d年。", folder, years[0], year),
			Expected: fmt.Sprint(year), Actual: fmt.Sprint(years[0]), Fix: "请核对文件是否放错文件夹。",
		})
	}
}

// isolatedYears gives the numbers of exactly four digits that are years.
func isolatedYears(s string) []int {
	var years []int
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		digits, end := digitRun(s, i)
		if y := yearAt(digits, 0); len(digits) == 4 && y >= 2008 {
			years = append(years, y)
		}
		i = end
	}
	return years
}

func contains(years []int, year int) bool {
	for _, y := range years {
		if y == year {
			return true
		}
	}
	return false
}
