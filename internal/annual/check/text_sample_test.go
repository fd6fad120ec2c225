package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// sound is an invented department's report with which no text rule finds
// fault: 11 requests received, 1 carried in, 10 concluded, 2 carried out.
func sound() *annual.Report {
	r := counted()
	r.File = "2023/2023-青河县水务局.docx"
	add := func(part int, kind annual.PartKind, text string) {
		r.Paras = append(r.Paras, annual.Para{Part: part, Kind: kind, Text: text})
	}
	add(0, annual.TitlePara, "青河县水务局2023年")
	add(0, annual.TitlePara, "政府信息公开工作年度报告")
	add(0, annual.BodyPara, "本年度报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号要求编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。所列数据的统计期限为2023年1月1日起至2023年12月31日止。电子版可从 http://www.qinghe.gov.cn 下载，如有疑问请与县水务局办公室联系（电话：0478-3000000）。")
	add(1, annual.HeadingPara, "一、总体情况")
	add(1, annual.BodyPara, "（一）主动公开情况。围绕饮水安全、防汛抗旱等重点领域，全年主动公开政府信息228条。")
	add(1, annual.BodyPara, "（二）依申请公开情况。2023年，我局共收到政府信息公开申请 11 件，上年结转1件，办结10件，结转下年度继续办理2件。")
	add(1, annual.SubheadingPara, "（三）政府信息管理情况")
	add(1, annual.BodyPara, "落实公文公开属性源头认定机制，清理失效文件。")
	add(1, annual.BodyPara, "（四）政府信息公开平台建设情况。规范门户网站专栏设置，及时更新栏目。")
	add(1, annual.BodyPara, "（五）监督保障情况。截至2023年12月底，组织业务培训2次，把公开工作纳入年度考核。")
	add(2, annual.HeadingPara, "二、主动公开政府信息情况")
	add(3, annual.HeadingPara, "三、收到和处理政府信息公开申请情况")
	add(4, annual.HeadingPara, "四、政府信息公开行政复议、行政诉讼情况")
	add(5, annual.HeadingPara, "五、存在的主要问题及改进情况")
	add(5, annual.BodyPara, "（一）存在的主要问题。政策解读形式单一，水利工程建设信息更新不够及时，答复文书的规范性有待提高。")
	add(5, annual.BodyPara, "（二）改进情况。建立信息更新台账，逐月核对；开展答复文书培训，完善审核流程；制作图解和短视频。")
	add(6, annual.HeadingPara, "六、其他需要报告的事项")
	add(6, annual.BodyPara, "本年度未收取信息处理费。无其他需要报告的事项。")
	add(6, annual.SignaturePara, "青河县水务局")
	add(6, annual.DatePara, "2024年1月15日")
	return r
}

func TestSoundReportHasNoTextFindings(t *testing.T) {
	v := rule.Run(textRules(), &Input{Report: sound()}, 2023)
	if len(v.Findings) != 0 || len(v.NotAssessable) != 0 {
		t.Errorf("found %+v\nskipped %+v", v.Findings, v.NotAssessable)
	}
}

// edit changes a sound report's text: pairs of old and new. A paragraph that
// becomes empty is taken out.
func edit(pairs ...string) *annual.Report {
	r := sound()
	replace := strings.NewReplacer(pairs...)
	for i := range r.Paras {
		r.Paras[i].Text = replace.Replace(r.Paras[i].Text)
	}
	r.Paras = slices.DeleteFunc(r.Paras, func(p annual.Para) bool { return p.Text == "" })
	return r
}

// textCase is a report with what one rule must find in it.
type textCase struct {
	name   string
	report *annual.Report
	want   []string // severity, place in the form, actual
}

func testText(t *testing.T, r Rule, cases []textCase) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := run(r, &Input{Report: tc.report})
			if diff := cmp.Diff(tc.want, summary(got)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%+v", diff, got)
			}
			for _, f := range got {
				if f.Message == "" || f.Fix == "" || f.Cite == "" || f.Expected == "" {
					t.Errorf("incomplete finding %+v", f)
				}
			}
		})
	}
}

// withText puts body paragraphs into a part of the report.
func withText(r *annual.Report, part int, paras ...string) *annual.Report {
	for _, text := range paras {
		r.Paras = append(r.Paras, annual.Para{Part: part, Text: text})
	}
	return r
}

// run applies one rule to a report.
func run(r Rule, in *Input) []rule.Finding {
	return rule.Run([]Rule{r}, in, in.Report.Year).Findings
}

// summary says findings in short: severity, place in the form, actual.
func summary(findings []rule.Finding) []string {
	var out []string
	for _, f := range findings {
		place := strings.Trim(f.Where.Table+"/"+f.Where.Row+"/"+f.Where.Column, "/")
		out = append(out, strings.Join(strings.Fields(string(f.Severity)+" "+place+" "+f.Actual), " "))
	}
	return out
}
