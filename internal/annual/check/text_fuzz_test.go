package check

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/rule"
)

// FuzzText: no text makes the rules panic, and what they say is valid text.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		suqian2023, suqian2024, huaian2024, shanghai, science2, suqianFee2023,
		"（", "（（（））", "其中件1件，占%", "20231月1日至202312月31日", "十十十百件一件", "结转（件）1件", "收到1件（", "\xff\xfe件1",
		"统计期限2023年1月至", "截止截止1", "信息公开复议未\x80\x80", "XX", "[bookmark", "公开办函〔2021〕30号", "六个部分总体情况", "行政复议1件均获维持",
		"第１部分 9999999999999999999999件", "1.1.1.1件", "1,000,00件", "，，。。", "11010519491231002X",
	} {
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, text string, part int) {
		r := counted()
		r.Paras = []annual.Para{{Part: part, Text: text}, {Part: 1, Kind: annual.HeadingPara, Text: text}, {Kind: annual.TitlePara, Text: text}, {Part: 6, Kind: annual.SignaturePara, Text: text}}
		in := &Input{Report: r, Previous: counted()}
		for _, finding := range rule.Run(textRules(), in, r.Year).Findings {
			if utf8.ValidString(text) && !utf8.ValidString(finding.Message+finding.Actual+finding.Expected) {
				t.Errorf("the finding is no valid text: %q", finding.Message)
			}
		}
	})
}

// Long texts of anything come to an end: with anything quadratic this test
// would run into the time limit of the whole run.
func TestLongTextEnds(t *testing.T) {
	for _, unit := range []string{"收到申请1件", "收到申请1件，", "（", "）", "其中1件、", "十", "1", "截止", "12件（3件）", "年", "X", "2023年", "复议，诉讼未", "未信息公开复", "依申请公开未收到公民、", "（一）主动公开。", "信息处理费1元，其中", "公开办函〔", "1件占5%，"} {
		t.Run(unit, func(t *testing.T) {
			r := withText(counted(), 1, strings.Repeat(unit, 300_000/len(unit)))
			r.Paras = append(r.Paras, annual.Para{Part: 6, Text: r.Paras[0].Text})
			rule.Run(textRules(), &Input{Report: r, Previous: counted()}, r.Year)
		})
	}
}

// Reports whose text agrees with their tables have no text errors.
func TestGeneratedReportsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := annualtest.Gen().Draw(t, "report")
		for _, f := range rule.Run(textRules(), &Input{Report: r}, r.Year).Findings {
			if f.Rule != "K23" {
				t.Errorf("%s %s: %s", f.Rule, f.Severity, f.Message)
			}
		}
	})
}

// BenchmarkTextRules checks a report of about 20 kB of text.
func BenchmarkTextRules(b *testing.B) {
	r := sound()
	filler := "围绕招商引资、重大产业项目建设等领域强化政府信息公开，不断激活市场活力，开展征集调查33期，收到公众意见382条，充分保障公众的知情权。"
	for part := 1; part <= 6; part++ {
		for range 15 {
			withText(r, part, filler)
		}
	}
	withText(r, 1, suqian2024, huaian2024)
	size := 0
	for _, p := range r.Paras {
		size += len(p.Text)
	}
	rules := textRules()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		rule.Run(rules, &Input{Report: r}, r.Year)
	}
}
