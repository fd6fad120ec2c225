package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestX6(t *testing.T) {
	for _, tc := range []struct {
		name, row, text string
		want            []string
	}{
		{"dropped for an unpaid fee, no word on fees", "R3.6.2", "无其他需要报告的事项。", []string{"X6 warning table3/R3.6.2/C7"}},
		{"abusive number, no word on fees", "R3.5.4", "无。", []string{"X6 warning table3/R3.5.4/C7"}},
		{"fees told of", "R3.6.2", "本年度发出收 费通知1件，收取信息处理费100元。", nil},
		{"other results", "R3.6.1", "无。", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲县教育局", 2024)
			r.Set("table3", tc.row, "C7", annual.Int(1))
			say(r, 6, tc.text)
			wantHeads(t, apply(ruleX6(), &Input{Report: r}).Findings, tc.want...)
		})
	}
}
