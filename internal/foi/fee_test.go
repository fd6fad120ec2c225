package foi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
)

func TestCharge(t *testing.T) {
	for _, r := range []struct {
		name   string
		method FeeMethod
		count  int64
		yuan   int64
	}{
		{"none", ByPieces, 0, 0},
		{"M1", ByPieces, 1, 0},
		{"M1", ByPieces, 10, 0},
		{"M2", ByPieces, 11, 100},
		{"M3", ByPieces, 14, 400},
		{"M4", ByPieces, 30, 2000},
		{"M5", ByPieces, 31, 2200},
		{"M6", ByPieces, 40, 4000},
		{"M7", ByPieces, 41, 4300},
		{"M8", ByPieces, 50, 7000},
		{"M8", ByPieces, 51, 7400},
		{"M9", ByPieces, 60, 11000},
		{"M9", ByPieces, 100, 37000},
		{"M11", ByPages, 30, 0},
		{"M11", ByPages, 31, 10},
		{"M12", ByPages, 68, 380},
		{"M12", ByPages, 70, 400},
		{"M13", ByPages, 100, 700},
		{"M13", ByPages, 101, 720},
		{"M14", ByPages, 150, 1700},
		{"M14", ByPages, 200, 2700},
		{"M14", ByPages, 201, 2740},
		{"M15", ByPages, 250, 4700},
		{"M15", ByPages, 500, 14700},
		{"M15", ByPages, 1000, 34700},
	} {
		f, err := Charge(r.method, r.count)
		if err != nil || f.Fen != r.yuan*100 {
			t.Errorf("%s: %d by %s = %d fen, %v; want %d yuan", r.name, r.count, r.method, f.Fen, err, r.yuan)
		}
	}
}

func TestMonthResets(t *testing.T) {
	var days []calendar.Date
	for range 10 {
		days = append(days, calendar.On(2025, 5, 31), calendar.On(2025, 6, 1))
	}
	fees, err := ChargeMonths(days)
	if err != nil || len(fees) != 2 {
		t.Fatalf("M10: %d months, %v", len(fees), err)
	}
	for _, m := range fees {
		if m.Fee.Fen != 0 || m.Fee.Count != 10 {
			t.Errorf("M10: %s: %d pieces, %d fen; want 10 and 0", m.Month, m.Fee.Count, m.Fee.Fen)
		}
	}
}

func TestPublishedIsFree(t *testing.T) {
	f, err := ChargePublished(500)
	if err != nil || f.Fen != 0 || !strings.Contains(f.Steps[0].Chinese(), "不按量收费") {
		t.Errorf("M17: %+v, %v", f, err)
	}
}

func TestChargeRefuses(t *testing.T) {
	for name, err := range map[string]error{
		"M16 both":       second(Charge("pieces+pages", 5)),
		"no method":      second(Charge("", 5)),
		"negative":       second(Charge(ByPages, -1)),
		"beyond the end": second(Charge(ByPieces, MaxFeeCount+1)),
		"overflow":       second(Charge(ByPieces, 1<<62)),
		"rank 0":         second(PriceOf(ByPieces, 0)),
		"sum":            second(ChargeMore(MaxFeeCount, MaxFeeCount)),
		"less":           second(ChargeMore(5, -1)),
	} {
		if k := errs.KindOf(err); k != errs.Invalid && k != errs.TooLarge {
			t.Errorf("%s: %v, want a refusal", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestFeeExplanation(t *testing.T) {
	f, err := Charge(ByPieces, 41)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range f.Steps {
		got = append(got, s.Chinese())
	}
	want := []string{"第 1–10 件，免费", "第 11–30 件，20 件 × 100 元 = 2000 元", "第 31–40 件，10 件 × 200 元 = 2000 元", "第 41 件，1 件 × 300 元 = 300 元", "合计 41 件，应收 4300 元"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("M7: %s", diff)
	}
	for _, s := range f.Steps {
		if err := law.CheckCitation(s.Cite); err != nil {
			t.Error(err)
		}
	}
}

// The fee is the sum of the prices of the single pieces or pages, and so are
// the steps, which stay few however large the count.
func TestFeeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		method := rapid.SampledFrom([]FeeMethod{ByPieces, ByPages}).Draw(t, "method")
		n := rapid.Int64Range(0, 3000).Draw(t, "count")
		f, err := Charge(method, n)
		if err != nil {
			t.Fatal(err)
		}
		var single, steps, covered int64
		for k := int64(1); k <= n; k++ {
			price, err := PriceOf(method, k)
			if err != nil {
				t.Fatal(err)
			}
			single += price
		}
		for _, s := range f.Steps {
			if s.From != 0 {
				steps += s.Fen
				covered += s.Count
			}
			if s.Chinese() == "" || s.English() == "" {
				t.Fatal("a step says nothing")
			}
		}
		if f.Fen != single || steps != f.Fen || covered != n {
			t.Fatalf("%d fen, single prices give %d, steps %d over %d of %d", f.Fen, single, steps, covered, n)
		}
		if len(f.Steps) > listedBands+6 {
			t.Fatalf("%d steps", len(f.Steps))
		}
		more := rapid.Int64Range(0, 200).Draw(t, "more")
		if method == ByPieces {
			extra, err := ChargeMore(n, more)
			after, err2 := Charge(method, n+more)
			if err != nil || err2 != nil || after.Fen != f.Fen+extra {
				t.Fatalf("%d and %d more: %d + %d, together %d", n, more, f.Fen, extra, after.Fen)
			}
		}
	})
}

func TestLargestFee(t *testing.T) {
	f, err := Charge(ByPieces, MaxFeeCount)
	last, err2 := PriceOf(ByPieces, MaxFeeCount)
	if err != nil || err2 != nil || f.Fen <= 0 || f.Steps[len(f.Steps)-2].Top != last {
		t.Errorf("%d fen, the last at %d (%v, %v)", f.Fen, last, err, err2)
	}
}

func TestYuan(t *testing.T) {
	for fen, want := range map[int64]string{0: "0", 1: "0.01", 10: "0.1", 430000: "4300", 38050: "380.5", -5: "-0.05"} {
		if got := Yuan(fen); got != want {
			t.Errorf("Yuan(%d) = %s, want %s", fen, got, want)
		}
	}
}

func BenchmarkCharge(b *testing.B) {
	for b.Loop() {
		if _, err := Charge(ByPieces, 41); err != nil {
			b.Fatal(err)
		}
	}
}
