package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
)

func TestK26(t *testing.T) {
	say := func(text string) *annual.Report { return edit("清理失效文件。", text) }
	testText(t, ruleK26(), []textCase{
		{"good", sound(), nil},
		{"Z1 mobile", say("申请人张某13812341234提出申请。"), []string{"error text/一 138****1234"}},
		{"mobile as contact", edit("0478-3000000", "13812341234"), []string{"warning text 138****1234"}},
		{"second number behind a slash", edit("0478-3000000", "0478-3000000/13812341234"), []string{"warning text 138****1234"}},
		{"Z2 identity number", say("身份证号11010519491231002X。"), []string{"error text/一 11*************02X"}},
		{"wrong check digit", say("编号110105194912310021。"), nil},
		{"old identity number", say("身份证号110105491231002。"), []string{"warning text/一 11**********002"}},
		{"bank card", say("账号6222021234567890128。"), []string{"error text/一 ***************0128"}},
		{"full width and blanks", say("１３８ １２３４ １２３４"), []string{"error text/一 138****1234"}},
		{"amount", say("投资13812341234元，访问量13812341234次。"), nil},
		{"amount with decimals", say("投资13575394432.52元。"), nil},
		{"address on the net", say("http://a.gov.cn/art/13812341234.html 和 post_13812341234"), nil},
		{"office telephone", say("电话010-12345678901234。"), nil},
		{"already masked", say("138****1234"), nil},
	})
}

func TestK26NeverShowsTheNumber(t *testing.T) {
	r := edit("清理失效文件。", "身份证号11010519491231002X，手机13812341234。")
	for _, f := range run(ruleK26(), &Input{Report: r}) {
		for _, text := range []string{f.Message, f.Actual, f.Expected, f.Fix} {
			if strings.Contains(text, "11010519491231002X") || strings.Contains(text, "13812341234") {
				t.Errorf("the finding repeats the number: %+v", f)
			}
		}
	}
}
