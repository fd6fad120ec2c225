package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK16 wants part six to say how much processing fee was collected, or that
// none was. Amounts must add up and must fit the tables: the fee is itself an
// administrative fee of table 2, and nobody pays where nobody asked.
func ruleK16() Rule {
	return Rule{
		ID:       "K16",
		Title:    "其他需要报告的事项应当写明信息处理费收取情况",
		TitleEN:  "Part six states the processing fee collected, also when it is nil",
		Severity: rule.Error,
		Cite:     "国办函〔2020〕109号；国办公开办函〔2021〕30号",
		Since:    2021, // the fee began on 2021-01-01
		Check:    checkK16,
	}
}

func checkK16(in *Input, v *rule.Verdict) {
	p := in.text()
	where, s := feePassage(p)
	if s == nil {
		if p.parts[6] == "" && in.Report.Heading(6) == "" {
			v.Skip(rule.NotAssessable{Where: inPart(6), Reason: "没有读到第六部分，无法核对信息处理费。"})
			return
		}
		if strings.Contains(p.parts[6], excerptMark) {
			v.Skip(rule.NotAssessable{Where: inPart(6), Reason: "第六部分是节选，无法核对信息处理费。"})
			return
		}
		v.Find(rule.Finding{
			Where: inPart(6), Place: p.place(6), Message: "第六部分没有说明信息处理费收取情况，未收取的也应当写明。",
			Expected: "写明收取信息处理费的件数和金额，或写明未收取", Actual: "无", Fix: "请补写本年度信息处理费收取情况。",
		})
		return
	}
	if where != 6 {
		v.Find(rule.Finding{
			Severity: rule.Warning, Where: inPart(6), Place: s.Place, Message: "信息处理费收取情况写在" + partName(where) + "，应当写在第六部分。",
			Expected: "第六部分", Actual: partName(where), Fix: "请移到第六部分。",
		})
	}
	checkFee(in, s, v)
}

// feePassage finds the paragraph that tells of the fee, in part six if there.
func feePassage(p *prose) (part int, found *passage) {
	for s := range p.running {
		if !tellsFee(s) {
			continue
		}
		if s.Part == 6 {
			return 6, s
		}
		if found == nil && strings.Contains(s.text, "处理费") {
			part, found = s.Part, s
		}
	}
	return part, found
}

// tellsFee tells whether a paragraph says something about the fee.
func tellsFee(s *passage) bool {
	return containsAny(s.text, "处理费") || s.Part == 6 && containsAny(s.text, "收费", "费用", "收取")
}

// feeSaid is what a paragraph says about the fee.
type feeSaid struct {
	fen    int64 // the whole
	known  bool
	parts  []int64 // behind 其中
	cases  int64   // requests that were charged, -1 where not said
	shares []int64 // their parts
}

func checkFee(in *Input, s *passage, v *rule.Verdict) {
	fee := readFee(s.text)
	if !fee.known {
		return
	}
	find := func(message, expected, actual, fix string) {
		v.Find(rule.Finding{Severity: rule.Warning, Where: inPart(6), Place: s.Place, Message: message, Expected: expected, Actual: actual, Fix: fix})
	}
	if sum := total(fee.parts); len(fee.parts) > 1 && sum != fee.fen {
		find(fmt.Sprintf("信息处理费总额为%s元，各项之和为%s元。", yuan(fee.fen), yuan(sum)), addYuan(fee.parts)+" = "+yuan(sum), yuan(fee.fen), "请核对各项金额与总额。")
	}
	if sum := total(fee.shares); fee.cases >= 0 && len(fee.shares) > 1 && len(fee.shares) == len(fee.parts) && sum != fee.cases {
		find(fmt.Sprintf("收取信息处理费的申请为%d件，各项之和为%d件。", fee.cases, sum), fmt.Sprint(sum), fmt.Sprint(fee.cases), "请核对各项件数与总数。")
	}
	if fee.fen == 0 {
		return
	}
	if table := in.Report.Get(table2, "fees", "amount"); table.Known() && table.N < fee.fen {
		find(fmt.Sprintf("正文写收取信息处理费%s元，而%s“行政事业性收费”只有%s万元；信息处理费属于行政事业性收费。", yuan(fee.fen), tableName(table2), annual.FormatTenThousandYuan(table.N)),
			"不少于"+annual.FormatTenThousandYuan(fee.fen)+"万元", annual.FormatTenThousandYuan(table.N)+"万元", "请把信息处理费计入行政事业性收费，或核对金额。")
	}
	b := book{in}
	if requests := b.received()[1]; requests.known && requests.n == 0 && requests.bySum == 0 {
		find(fmt.Sprintf("正文写收取信息处理费%s元，而本年没有收到也没有结转申请。", yuan(fee.fen)), "0", yuan(fee.fen), "请核对收费金额或申请数量。")
	}
}

// readFee reads the first amount behind the fee's name and what follows 其中.
func readFee(text string) feeSaid {
	fee := feeSaid{cases: -1}
	at := strings.Index(text, "费")
	if at < 0 {
		return fee
	}
	figures := scanFigures(text)
	which := strings.Index(text, "其中")
	for k, f := range figures {
		behind := which >= 0 && f.start > which
		switch {
		case f.kind == yuanFigure && !behind && !fee.known && collected(text, figures, k):
			fee.fen, fee.known = f.fen(), f.decimals <= 2
		case f.kind == yuanFigure && behind && fee.known:
			fee.parts = append(fee.parts, f.fen())
		case f.kind == pieceFigure && !behind && fee.cases < 0:
			fee.cases = f.n
		case f.kind == pieceFigure && behind:
			fee.shares = append(fee.shares, f.n)
		}
	}
	return fee
}

// collected tells amounts that are said to be collected.
func collected(s string, figures []quantity, k int) bool {
	start := 0
	if k > 0 {
		start = figures[k-1].end
	}
	before := s[start:figures[k].start]
	if i := strings.LastIndex(before, "。"); i >= 0 {
		before = before[i:]
	}
	return containsAny(before, "处理费", "收费", "收取", "费用") && !containsAny(before, "减免", "应收", "未缴", "退还", "标准", "每件", "每页")
}

// fen gives an amount of yuan in fen.
func (f quantity) fen() int64 {
	n := f.n
	for range 2 - min(f.decimals, 2) {
		n *= 10
	}
	return n
}

func total(list []int64) int64 {
	var sum int64
	for _, n := range list {
		sum += n
	}
	return sum
}

// yuan prints fen as yuan.
func yuan(fen int64) string {
	if fen%100 == 0 {
		return fmt.Sprint(fen / 100)
	}
	return fmt.Sprintf("%d.%02d", fen/100, fen%100)
}

func addYuan(list []int64) string {
	var terms []string
	for _, n := range list {
		terms = append(terms, yuan(n))
	}
	return strings.Join(terms, "+")
}
