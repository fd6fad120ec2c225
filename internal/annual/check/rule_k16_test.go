package check

import (
	"testing"

	"gongkai/internal/annual"
)

// Sentences of the published reports of Suqian.
const (
	suqianFee2023 = "2023年对25件政府信息公开申请案件收取了信息处理费2950元。其中，沭阳县自然资源和规划局1件，收取420元；泗洪县人民政府2件，收取290元；泗洪县公安局15件，收取1500元；宿迁市自然资源和规划局宿城分局1件，收取140元；宿迁市公安局6件，收取600元，收费标准均符合《政府信息公开信息处理费管理办法》规定。"
	suqianFee2024 = "2024年有3件政府信息公开申请案件收取信息处理费2230元。其中，沭阳县民政局1件，收取880元；泗洪县人民政府办公室1件，收取1080元；泗洪县半城镇人民政府1件，收取270元，收费标准均符合规定。"
)

func TestK16(t *testing.T) {
	fees := func(text string, fen int64) *annual.Report {
		r := edit("本年度未收取信息处理费。", text)
		r.Set(table2, "fees", "amount", annual.Value{State: annual.Number, N: fen})
		return r
	}
	early := edit("本年度未收取信息处理费。", "")
	early.Year = 2020
	testText(t, ruleK16(), []textCase{
		{"good", sound(), nil},
		{"nil in figures", edit("本年度未收取信息处理费。", "全年收取政府信息公开信息处理费 0 元。"), nil},
		{"other words", edit("本年度未收取信息处理费。", "本局未发生政府信息公开收费事项。"), nil},
		{"says nothing", edit("本年度未收取信息处理费。", ""), []string{"error text/六 无"}},
		{"before the fee existed", early, nil},
		{"in another part", edit("本年度未收取信息处理费。", "", "清理失效文件。", "未收取信息处理费。"), []string{"warning text/六 第一部分"}},
		{"Suqian 2023", fees(suqianFee2023, 59_237_244_900), nil},
		{"Suqian 2024", fees(suqianFee2024, 72_701_257_800), nil},
		{"parts do not add up", fees("对3件申请收取信息处理费2230元。其中，甲局1件，收取880元；乙局2件，收取1300元。", 1e9), []string{"warning text/六 2230"}},
		{"cases do not add up", fees("对4件申请收取信息处理费2180元。其中，甲局1件，收取880元；乙局2件，收取1300元。", 1e9), []string{"warning text/六 4"}},
		{"not in table 2", fees("收取信息处理费400元。", 0), []string{"warning text/六 0万元"}},
	})
}

func TestK16FeeWithoutRequests(t *testing.T) {
	r := zeros("青河县水务局", 2023)
	r.Set(table2, "fees", "amount", annual.Value{State: annual.Number, N: 1e9})
	withText(r, 6, "全年收取信息处理费400元。")
	if got := summary(run(ruleK16(), &Input{Report: r})); len(got) != 1 || got[0] != "warning text/六 400" {
		t.Errorf("found %v", got)
	}
}
