package check

import (
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// Bounds of a fee in 万元. mostFees is more than a large city collects;
// fromYuan is the factor by which a figure in yuan exceeds the year before,
// give or take what fees really change; smallFees is below which an equal
// number in the text says nothing.
const (
	mostFees  = 1_000_000 * annual.FenPerTenThousandYuan
	fromYuan  = 10_000
	smallFees = 100 * annual.FenPerTenThousandYuan
)

// ruleK22: fees are in 万元; a figure in yuan is ten thousand times too large.
func ruleK22() Rule {
	return Rule{
		ID: "K22", Severity: rule.Warning, Cite: formNotice, Since: 2021,
		Title:   "行政事业性收费金额以万元为单位",
		TitleEN: "The amount of fees is in units of ten thousand yuan",
		Check: func(in *Input, v *rule.Verdict) {
			r := in.Report
			ref := annual.Ref{Table: table2, Row: "fees", Column: "amount"}
			fee, ok := r.Cells[ref]
			if !ok {
				return
			}
			why := feeDoubt(in, fee)
			if why == "" {
				return
			}
			f := rule.Finding{
				Where: rule.Where(ref), Place: fee.Place,
				Message:  "“行政事业性收费”的金额可能误以元为单位：" + why + "。",
				Expected: "以万元为单位的金额", Actual: fee.Raw,
				Fix: "请核对收费台账；以元计的金额除以10000后填写，不要四舍五入为0。",
			}
			if fee.Known() {
				f.Expected = "若以元计，应为" + annual.FormatTenThousandYuan(fee.N/fromYuan) + "万元"
				f.Actual = annual.FormatTenThousandYuan(fee.N)
			}
			v.Find(f)
		},
	}
}

// feeDoubt says why a fee seems to be in yuan, "" if it does not.
func feeDoubt(in *Input, fee annual.Value) string {
	printed := fee.Raw + fee.Note
	if strings.Contains(printed, "元") && !strings.Contains(printed, "万元") {
		return "格内写有“" + clip(printed, 20) + "”"
	}
	if !fee.Known() || fee.N <= 0 {
		return ""
	}
	if fee.N > mostFees {
		return "金额超过100亿元"
	}
	if in.Previous != nil && in.Previous.Form.ID == in.Report.Form.ID && consecutive(in) {
		before := in.Previous.Get(table2, "fees", "amount")
		if before.Known() && before.N > 0 && fee.N/before.N >= fromYuan/4 && fee.N/before.N <= fromYuan*4 {
			return "是上一年" + annual.FormatTenThousandYuan(before.N) + "的约" + itoa(fee.N/before.N) + "倍"
		}
	}
	if fee.N >= smallFees && saysYuan(in.text(), annual.FormatTenThousandYuan(fee.N)) {
		return "正文中有相同的数字以元为单位"
	}
	return ""
}

// saysYuan tells whether the text gives the figure with the unit 元.
func saysYuan(text *prose, figure string) bool {
	for p := range text.running {
		for rest := p.text; ; {
			i := strings.Index(rest, figure)
			if i < 0 {
				break
			}
			after := rest[i+len(figure):]
			startsNumber := i == 0 || !strings.ContainsRune("0123456789.,", rune(rest[i-1]))
			if startsNumber && strings.HasPrefix(after, "元") {
				return true
			}
			rest = after
		}
	}
	return false
}
