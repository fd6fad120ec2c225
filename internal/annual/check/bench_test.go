package check

import (
	"testing"

	"gongkai/internal/annual"
)

// fullReport is the largest table of the worked cases with text of usual
// length, about 3,500 characters, a third of its sentences with figures.
func fullReport() *annual.Report {
	r := hangzhou()
	for part := 1; part <= 6; part++ {
		say(r, part, "全年新收政府信息公开申请14069件，办结13810件，结转下年度继续办理819件。")
		for range 4 {
			say(r, part, "围绕重点工作和群众关切，坚持以公开为常态、不公开为例外，健全政府信息管理制度，严格落实先审查、后公开的要求，"+
				"持续提升公开的质量和时效，优化平台栏目设置，方便公众查阅。开展工作考核和社会评议，未发生责任追究情形，未收取信息处理费。")
		}
	}
	return r
}

// All rules over one full report.
func BenchmarkCheck(b *testing.B) {
	r, rules := fullReport(), Rules()
	b.ReportAllocs()
	for b.Loop() {
		CheckWith(rules, &Input{Report: r})
	}
}

func BenchmarkNumberRules(b *testing.B) {
	r, before, rules := fullReport(), fullReport(), numberRules()
	before.Year--
	b.ReportAllocs()
	for b.Loop() {
		CheckWith(rules, &Input{Report: r, Previous: before})
	}
}

// A report with a finding or two in every row.
func BenchmarkCheckBroken(b *testing.B) {
	r, rules := fullReport(), numberRules()
	for _, row := range rowsOfTable3(r) {
		v := r.Get("table3", row.ID, "C7")
		v.N += 7
		r.Set("table3", row.ID, "C7", v)
	}
	b.ReportAllocs()
	for b.Loop() {
		CheckWith(rules, &Input{Report: r})
	}
}
