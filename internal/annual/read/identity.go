package read

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/annual"
)

var (
	yearDigits  = regexp.MustCompile(`(?:19|20)\d{2}年`)
	titleYear   = regexp.MustCompile(`((?:19|20)\d{2})年`)
	periodYear  = regexp.MustCompile(`(20\d{2})年1月1日.{0,6}(?:20\d{2}年)?12月31日`)
	anyYear     = regexp.MustCompile(`(20[0-4]\d)年`)
	fileYear    = regexp.MustCompile(`(?:^|[^0-9])(20[0-4]\d)(?:[^0-9]|$)`)
	titleReport = regexp.MustCompile(`(?:关于)?(?:政府|法定)?信息(?:与政务)?公开(?:工作)?(?:的)?年度?报告?.*$|政务公开(?:工作)?年度报告.*$`)
)

// yearOf finds the year reported on: in the title, else in the statement of the
// statistical period, else the year named most often, else in the file's name.
// It gives 0 where none of these tells.
func yearOf(lines []line, name string) int {
	title := ""
	for i := range lines {
		if lines[i].head {
			break
		}
		if isTitleEnd(&lines[i]) {
			title = lines[i].folded
			if !titleYear.MatchString(title) && i > 0 {
				title = lines[i-1].folded + title
			}
			if m := titleYear.FindStringSubmatch(title); m != nil {
				return atoi(m[1])
			}
		}
	}
	count := make(map[string]int)
	for i := range lines {
		if lines[i].used || lines[i].table > 0 {
			continue
		}
		if m := periodYear.FindStringSubmatch(lines[i].folded); m != nil {
			return atoi(m[1])
		}
		for _, m := range anyYear.FindAllStringSubmatch(lines[i].folded, -1) {
			count[m[1]]++
		}
	}
	best := ""
	for y, n := range count {
		if n > count[best] || n == count[best] && y > best {
			best = y
		}
	}
	if m := fileYear.FindStringSubmatch(path.Base(strings.ReplaceAll(name, `\`, "/"))); m != nil && (best == "" || count[best] < 3) {
		return atoi(m[1])
	}
	return atoi(best)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// organOf finds the organ that reports: in the title, else the signature.
func organOf(r *annual.Report) string {
	if organ, _ := splitTitle(fold(r.Find(annual.TitlePara))); organ != "" {
		return organ
	}
	return fold(r.Find(annual.SignaturePara))
}

// splitTitle parts a folded title into the organ's name and the year. The year
// stands before or behind the name.
func splitTitle(title string) (organ, year string) {
	if m := titleYear.FindStringSubmatch(title); m != nil {
		year = m[1]
	}
	s := titleReport.ReplaceAllString(title, "")
	if s == title {
		return "", year
	}
	if year == "" {
		s = strings.TrimPrefix(s, "年") // the figures of the year have slipped to another line
	}
	if loc := titleYear.FindStringIndex(s); loc != nil {
		before, after := s[:loc[0]], strings.TrimPrefix(s[loc[1]:], "度")
		if before == "" {
			s = after
		} else {
			s = before + after
		}
	}
	s = strings.TrimSuffix(strings.Trim(s, "-_.、:"), "关于")
	return s, year
}
