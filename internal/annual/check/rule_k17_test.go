package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
)

func TestK17(t *testing.T) {
	testText(t, ruleK17(), []textCase{
		{"good", sound(), nil},
		{"no problems", edit("政策解读形式单一，水利工程建设信息更新不够及时，答复文书的规范性有待提高。", "总体情况良好。", "（一）存在的主要问题。", ""), []string{"warning text/五 缺存在的主要问题"}},
		{"no measures", edit("建立信息更新台账，逐月核对；开展答复文书培训，完善审核流程；制作图解和短视频。", "无。", "（二）改进情况。", ""), []string{"warning text/五 缺改进措施"}},
		{"heading only", withoutPart(sound(), 5), []string{"warning text/五 无内容"}},
	})
}

func withoutPart(r *annual.Report, part int) *annual.Report {
	var kept []annual.Para
	for _, p := range r.Paras {
		if p.Part != part || p.Kind == annual.HeadingPara {
			kept = append(kept, p)
		}
	}
	r.Paras = kept
	return r
}

func TestK17Copies(t *testing.T) {
	last := edit("2023", "2022")
	rewritten := edit("政策解读形式单一，水利工程建设信息更新不够及时，答复文书的规范性有待提高。", "河湖管护信息公开不够全面，群众反映查询不便。",
		"建立信息更新台账，逐月核对；开展答复文书培训，完善审核流程；制作图解和短视频。", "完善河湖长名录公示，增设检索入口，加强督促检查。")
	neighbour := sound()
	neighbour.Organ = "青河县农业农村局"
	for _, tc := range []struct {
		name string
		in   *Input
		want string
	}{
		{"copy of last year", &Input{Report: sound(), Previous: last}, "上年度报告"},
		{"copy of a neighbour", &Input{Report: sound(), Neighbours: []*annual.Report{neighbour}}, "青河县农业农村局"},
		{"rewritten", &Input{Report: sound(), Previous: rewritten}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := run(ruleK17(), tc.in)
			if tc.want == "" && len(got) != 0 || tc.want != "" && (len(got) != 1 || !strings.Contains(got[0].Message, tc.want)) {
				t.Errorf("found %+v", got)
			}
		})
	}
}

func TestSimilarity(t *testing.T) {
	long := "政策解读质量仍需提升，个别单位政策解读内容简单、形式单一。"
	if got := Similarity(long, long); got != 1 {
		t.Errorf("a text and itself: %v, want 1", got)
	}
	if got := Similarity(long+"2023年", long+"2024年"); got != 1 {
		t.Errorf("only the year changed: %v, want 1", got)
	}
	if got := Similarity(long, "河湖管护信息公开不够全面，群众反映查询不便。"); got > 0.2 {
		t.Errorf("different texts: %v", got)
	}
	if got := Similarity("", long); got != 0 {
		t.Errorf("nothing and a text: %v, want 0", got)
	}
}
