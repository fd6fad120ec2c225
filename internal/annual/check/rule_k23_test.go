package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK23(t *testing.T) {
	testText(t, ruleK23(), []textCase{
		{"good", sound(), nil},
		{"no address, no date", edit("电子版可从 http://www.qinghe.gov.cn 下载，", "", "2024年1月15日", ""), []string{"warning text 缺下载网址、日期"}},
		{"no contact", edit("如有疑问请与县水务局办公室联系（电话：0478-3000000）。", ""), []string{"warning text 缺联系方式"}},
		{"other organ signs", signedBy("青河县农业农村局"), []string{"warning text/六 青河县农业农村局"}},
		{"region left out", signedBy("水务局"), nil},
		{"its office signs", signedBy("青河县水务局办公室"), nil},
	})
}

// signedBy is a sound report with another signature.
func signedBy(organ string) *annual.Report {
	r := sound()
	for i := range r.Paras {
		if r.Paras[i].Kind == annual.SignaturePara {
			r.Paras[i].Text = organ
		}
	}
	return r
}
