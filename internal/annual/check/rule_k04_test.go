package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK04(t *testing.T) {
	testText(t, ruleK04(), []textCase{
		{"good", sound(), nil},
		{"MODEL: six and 等部分", edit("其他需要报告的事项六部分组成", "以及其他需要报告的事项等部分组成"), nil},
		{"no list", edit("由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成", ""), nil},
		{"ERR-4 five listed, six said", edit("政府信息公开行政复议、行政诉讼情况、存在", "存在"), []string{"warning text 说6个部分，列出5个部分，正文有6个部分"}},
		{"ERR-7 the opening stands in part one", withText(&annual.Report{Form: annual.FormFor(2024), Year: 2024}, 1, "本年报由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况以及其他需要报告的事项组成。"), nil},
		{"six listed, five said", edit("事项六部分", "事项5个部分"), []string{"warning text 说5个部分，列出6个部分，正文有6个部分"}},
	})
}
