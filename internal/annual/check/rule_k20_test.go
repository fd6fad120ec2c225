package check

import (
	"testing"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/org"
)

func TestK20Dates(t *testing.T) {
	for _, tc := range []struct {
		name, organ, date string
		bad               bool
	}{
		{"department in January", "甲县教育局", "2024年1月31日", false},
		{"department in February", "甲县教育局", "2024年2月1日", true},
		{"department in Chinese numerals", "甲县教育局", "二〇二四年二月二十一日", true},
		{"government in March", "甲县人民政府", "2024年3月31日", false},
		{"government in April", "甲县人民政府", "2024年4月1日", true},
		{"before the year was over", "甲县教育局", "2023年12月28日", true},
		{"last year's date left in", "甲县教育局", "2023年1月10日", true},
		{"township: the law names no day", "甲县乙镇人民政府", "2024年4月10日", false},
		{"kind not known", "某公司", "2024年6月1日", false},
		{"no date in it", "甲县教育局", "二月", false},
		{"no such day", "甲县教育局", "2024年2月31日", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros(tc.organ, 2023)
			r.Paras = append(r.Paras, annual.Para{Part: 6, Kind: annual.DatePara, Text: tc.date})
			got := apply(ruleK20(), &Input{Report: r}).Findings
			if (len(got) > 0) != tc.bad {
				t.Errorf("findings %v, bad %v", got, tc.bad)
			}
		})
	}
}

func TestK20KnownDays(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2024, m, d, 9, 0, 0, 0, time.UTC) }
	for _, tc := range []struct {
		name string
		in   Input
		want int
	}{
		{"submitted and published in time", Input{Submitted: day(1, 20), Published: day(1, 31)}, 0},
		{"published late", Input{Submitted: day(1, 20), Published: day(2, 5)}, 1},
		{"both late", Input{Submitted: day(2, 4), Published: day(2, 5)}, 2},
		{"later than the local notice says", Input{Submitted: day(1, 30), Due: day(1, 26)}, 1},
		{"a local notice cannot move the day back (ERR-11)", Input{Submitted: day(2, 20), Due: day(2, 29)}, 1},
		{"township with a day of its own", Input{Kind: org.Township, Submitted: day(2, 1), Due: day(1, 20)}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.in.Report = zeros("甲县教育局", 2023)
			if got := apply(ruleK20(), &tc.in).Findings; len(got) != tc.want {
				t.Errorf("%d findings, want %d: %v", len(got), tc.want, got)
			}
		})
	}
}

func TestK20DeadlineInText(t *testing.T) {
	for text, want := range map[string]bool{
		"各部门应于每年2月底前报送本单位年度报告。":     true,
		"各部门、单位应于1月31日前公布年报。":       false,
		"区政府于4月10日前公布政府年度报告。":       true,
		"区政府于3月底前公布政府年度报告。":         false,
		"8月底前完成年报问题的自查。":            false,
		"各部门于2月底前完成网站改版。":           false,
		"督促各单位于1月底前在网站公布2023年年度报告。": false,
	} {
		r := zeros("甲县教育局", 2023)
		say(r, 1, text)
		if got := len(apply(ruleK20(), &Input{Report: r}).Findings) > 0; got != want {
			t.Errorf("%s: found %v, want %v", text, got, want)
		}
	}
}
