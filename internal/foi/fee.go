package foi

import (
	"fmt"
	"strconv"

	"gongkai/internal/errs"
)

// MaxFeeCount is the largest number of pieces or pages that is charged. No organ
// handles a fraction of it; a larger number is a mistake in the input. All sums
// below it fit into an int64 of fen.
const MaxFeeCount = 10_000_000

// listedBands is how many growing bands an explanation lists one by one.
const listedBands = 12

// Fee is what is to be paid, and why.
type Fee struct {
	Method FeeMethod
	Count  int64
	Fen    int64
	Steps  []FeeStep
}

// FeeStep is one band of the explanation.
type FeeStep struct {
	From  int64 // rank of the first piece or page; 0 in the last step, the total
	To    int64
	Count int64
	Price int64 // fen for each; in a row of growing bands that of the first
	Top   int64 // fen for each in the last of a row of growing bands; else 0
	Fen   int64 // for all of the step
	Cite  string

	unit, unitEN string
	every        int64 // units in a growing band
	waived       bool
}

// Charge gives the fee for a number of pieces that one applicant asked in one
// calendar month, or of pages of one request. The count is 0 … MaxFeeCount.
func Charge(method FeeMethod, count int64) (Fee, error) {
	t, err := checkFee(method, count)
	if err != nil {
		return Fee{}, err
	}
	f := Fee{Method: method, Count: count}
	for i := 0; ; i++ {
		b := t.band(i)
		if b.From > count {
			break
		}
		if i >= len(t.Bands)+listedBands {
			f.Steps = append(f.Steps, t.growing(i, count))
			break
		}
		to := count
		if b.To != 0 {
			to = min(b.To, count)
		}
		n := to - b.From + 1
		f.Steps = append(f.Steps, FeeStep{From: b.From, To: to, Count: n, Price: b.Fen, Fen: n * b.Fen, Cite: t.Cite, unit: t.Unit, unitEN: t.UnitEN})
		if b.To == 0 {
			break
		}
	}
	for _, s := range f.Steps {
		f.Fen += s.Fen
	}
	f.Steps = append(f.Steps, FeeStep{Count: count, Fen: f.Fen, Cite: t.Cite, unit: t.Unit, unitEN: t.UnitEN})
	return f, nil
}

// ChargePublished is the fee by pages when the information was published
// already and the organ only says where it is: nothing may be charged.
func ChargePublished(count int64) (Fee, error) {
	t, err := checkFee(ByPages, count)
	if err != nil {
		return Fee{}, err
	}
	return Fee{Method: ByPages, Count: count, Steps: []FeeStep{{Count: count, Cite: t.Cite, unit: t.Unit, unitEN: t.UnitEN, waived: true}}}, nil
}

// ChargeMore gives the fee for further pieces of an applicant who has asked
// before in the same calendar month.
func ChargeMore(before, more int64) (int64, error) {
	earlier, err := Charge(ByPieces, before)
	if err != nil {
		return 0, err
	}
	if _, err := checkFee(ByPieces, more); err != nil {
		return 0, err
	}
	all, err := Charge(ByPieces, before+more)
	if err != nil {
		return 0, err
	}
	return all.Fen - earlier.Fen, nil
}

// PriceOf gives the price in fen of the k-th piece of the month or the k-th page
// of the request, k from 1.
func PriceOf(method FeeMethod, k int64) (int64, error) {
	t, err := checkFee(method, k)
	if err != nil {
		return 0, err
	}
	if k == 0 {
		return 0, errs.New(errs.Invalid, "序号从 1 开始。")
	}
	for _, b := range t.Bands {
		if b.To == 0 || k <= b.To {
			return b.Fen, nil
		}
	}
	last := t.Bands[len(t.Bands)-1]
	return last.Fen + t.Add*((k-last.To-1)/t.Every+1), nil
}

func checkFee(method FeeMethod, count int64) (Tariff, error) {
	t, ok := TariffOf(method)
	switch {
	case !ok:
		return Tariff{}, errs.New(errs.Invalid, "没有这种计收方式；只能按件（pieces）或者按量（pages）计收，二者择一（国办函〔2020〕109号§3）。")
	case count < 0:
		return Tariff{}, errs.New(errs.Invalid, "数量不能是负数（%d）；请填写%s数。", count, t.Unit)
	case count > MaxFeeCount:
		return Tariff{}, errs.New(errs.TooLarge, "数量 %d 过大，最多计算 %d %s；请核对。", count, int64(MaxFeeCount), t.Unit)
	}
	return t, nil
}

// Chinese says the step in one sentence without its citation.
func (s FeeStep) Chinese() string {
	switch {
	case s.waived:
		return fmt.Sprintf("所申请信息已主动公开、仅告知获取方式和途径的，不按量收费（%d %s）", s.Count, s.unit)
	case s.From == 0:
		return fmt.Sprintf("合计 %d %s，应收 %s 元", s.Count, s.unit, Yuan(s.Fen))
	case s.Price == 0:
		return fmt.Sprintf("第 %s %s，免费", ranks(s.From, s.To), s.unit)
	case s.Top != 0:
		return fmt.Sprintf("第 %s %s，每 %d %s一档，由每%s %s 元逐档递增至 %s 元，小计 %s 元", ranks(s.From, s.To), s.unit, s.every, s.unit, s.unit, Yuan(s.Price), Yuan(s.Top), Yuan(s.Fen))
	default:
		return fmt.Sprintf("第 %s %s，%d %s × %s 元 = %s 元", ranks(s.From, s.To), s.unit, s.Count, s.unit, Yuan(s.Price), Yuan(s.Fen))
	}
}

// English says the step in one sentence without its citation.
func (s FeeStep) English() string {
	switch {
	case s.waived:
		return fmt.Sprintf("already published, only the place is told: no fee by pages (%s)", s.units())
	case s.From == 0:
		return fmt.Sprintf("together %s: %s yuan", s.units(), Yuan(s.Fen))
	case s.Price == 0:
		return fmt.Sprintf("%s %s: free", s.unitEN, ranks(s.From, s.To))
	case s.Top != 0:
		return fmt.Sprintf("%s %s: rising from %s to %s yuan each: %s yuan", s.unitEN, ranks(s.From, s.To), Yuan(s.Price), Yuan(s.Top), Yuan(s.Fen))
	default:
		return fmt.Sprintf("%s %s: %s × %s yuan = %s yuan", s.unitEN, ranks(s.From, s.To), s.units(), Yuan(s.Price), Yuan(s.Fen))
	}
}

func (s FeeStep) units() string {
	if s.Count == 1 {
		return "1 " + s.unitEN
	}
	return fmt.Sprintf("%d %ss", s.Count, s.unitEN)
}

func ranks(from, to int64) string {
	if from == to {
		return strconv.FormatInt(from, 10)
	}
	return strconv.FormatInt(from, 10) + "–" + strconv.FormatInt(to, 10)
}

// Yuan writes an amount of fen in yuan: 4300, 380.5, 0.01.
func Yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	s := sign + strconv.FormatInt(fen/100, 10)
	switch rest := fen % 100; {
	case rest == 0:
		return s
	case rest%10 == 0:
		return s + "." + strconv.FormatInt(rest/10, 10)
	default:
		return s + fmt.Sprintf(".%02d", rest)
	}
}
