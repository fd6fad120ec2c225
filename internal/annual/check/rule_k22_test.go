package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK22(t *testing.T) {
	fee := func(year int, raw string) *annual.Report {
		r := zeros("甲县财政局", year)
		n, err := annual.ParseTenThousandYuan(raw)
		v := annual.Value{State: annual.Number, N: n, Raw: raw}
		if err != nil {
			v = annual.Value{State: annual.Mark, Raw: raw}
		}
		r.Set("table2", "fees", "amount", v)
		return r
	}
	for _, tc := range []struct {
		name, now, before, text string
		bad                     bool
	}{
		{name: "plausible", now: "7730.28"},
		{name: "a large city", now: "316441"},
		{name: "beyond any city", now: "1000000.01", bad: true},
		{name: "unit in the cell", now: "984361元", bad: true},
		{name: "the right unit in the cell", now: "47.9659万元"},
		{name: "ten thousand times last year", now: "552300", before: "54.1", bad: true},
		{name: "ten times last year", now: "541", before: "54.1"},
		{name: "the same figure in yuan in the text", now: "984361", text: "全年收取行政事业性收费984361元。", bad: true},
		{name: "the same figure in 万元 in the text", now: "984361", text: "全年收取行政事业性收费984361万元。"},
		{name: "part of a longer figure", now: "4361", text: "全年收取984361元。"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := &Input{Report: fee(2024, tc.now)}
			if tc.before != "" {
				in.Previous = fee(2023, tc.before)
			}
			if tc.text != "" {
				say(in.Report, 1, tc.text)
			}
			var want []string
			if tc.bad {
				want = []string{"K22 warning table2/fees/amount"}
			}
			wantHeads(t, apply(ruleK22(), in).Findings, want...)
		})
	}
}
