package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK01(t *testing.T) {
	testText(t, ruleK01(), []textCase{
		{"good", sound(), nil},
		{"Arabic number is K2's matter", edit("五、存在的主要", "5、 存在的主要"), nil},
		{"ERR-12", edit("五、存在的主要问题", "五、存在问题"), []string{"warning text/五 五、存在问题及改进情况"}},
		{"复议与诉讼", edit("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议与行政诉讼情况"), []string{"warning text/四 四、政府信息公开行政复议与行政诉讼情况"}},
		{"typing error", edit("四、政府信息公开行政复议", "四、政府信息公开行政法复议"), []string{"warning text/四 四、政府信息公开行政法复议、行政诉讼情况"}},
		{"missing", edit("六、其他需要报告的事项", ""), []string{"error text/六 无"}},
		{"none", &annual.Report{Form: annual.FormFor(2023), Year: 2023}, []string{"error text 无"}},
		{"out of order", swapped(), []string{"error text/五 一、二、三、五、四、六"}},
		{"narrative and table headings of one part", withHeading(sound(), 2, "二、主动公开工作情况"), nil},
	})
}

// swapped has parts four and five the wrong way round.
func swapped() *annual.Report {
	r := sound()
	for i := range r.Paras {
		if r.Paras[i].Kind != annual.HeadingPara {
			continue
		}
		switch r.Paras[i].Part {
		case 4:
			r.Paras[i].Part, r.Paras[i].Text = 5, r.Form.Headings[4]
		case 5:
			r.Paras[i].Part, r.Paras[i].Text = 4, r.Form.Headings[3]
		}
	}
	return r
}

func withHeading(r *annual.Report, part int, text string) *annual.Report {
	for i, p := range r.Paras {
		if p.Kind == annual.HeadingPara && p.Part == part {
			h := annual.Para{Part: part, Kind: annual.HeadingPara, Text: text}
			r.Paras = append(r.Paras[:i:i], append([]annual.Para{h}, r.Paras[i:]...)...)
			return r
		}
	}
	return r
}
