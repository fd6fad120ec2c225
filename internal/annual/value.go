package annual

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"gongkai/internal/doc"
)

// State tells what a cell holds.
type State uint8

const (
	// Absent — the source has no such cell.
	Absent State = iota
	// Empty — the cell is there and nothing is in it. Empty is not zero.
	Empty
	// Number — a figure.
	Number
	// Mark — something that is no figure, such as “/”, “-” or “无”.
	Mark
	// Doubtful — a figure stands there but cannot be read with certainty; a
	// Doubt of the report says why.
	Doubtful
)

// Value is what a cell of a table holds.
type Value struct {
	State State
	N     int64     // the figure; for money in 万元 it is fen
	Raw   string    // as printed
	Note  string    // a remark in the cell beside the figure: 其中修订16件
	Place doc.Place // where it stands
}

// Int makes a figure, as printed by this program.
func Int(n int64) Value {
	return Value{State: Number, N: n, Raw: strconv.FormatInt(n, 10)}
}

// Known tells whether the value is a figure.
func (v Value) Known() bool { return v.State == Number }

// FenPerTenThousandYuan is how many fen are 1 万元.
const FenPerTenThousandYuan = 1_000_000

// FormatTenThousandYuan prints fen as 万元 with as many decimals as it needs, up
// to 6: nothing is rounded, so a fee of 30 yuan is 0.003 and never 0.00.
func FormatTenThousandYuan(fen int64) string {
	sign := ""
	u := uint64(fen)
	if fen < 0 {
		sign, u = "-", uint64(-fen)
	}
	s := sign + strconv.FormatUint(u/FenPerTenThousandYuan, 10)
	frac := u % FenPerTenThousandYuan
	if frac == 0 {
		return s
	}
	digits := strconv.FormatUint(FenPerTenThousandYuan+frac, 10)[1:]
	return s + "." + strings.TrimRight(digits, "0")
}

// ShortTenThousandYuan prints fen as 万元 for running text, with two decimals.
func ShortTenThousandYuan(fen int64) string { return RoundTenThousandYuan(fen, 2) }

// mostPlaces is how many decimals a fen takes in 万元.
const mostPlaces = 6

// RoundTenThousandYuan prints fen as 万元 with so many decimals, 0 for two: with two
// 12 345.67 yuan is 1.23, 30 yuan is 0.003, never 0.00.
func RoundTenThousandYuan(fen int64, places int) string {
	return FormatTenThousandYuan(RoundFen(fen, places))
}

// RoundFen rounds half away from zero to so many decimals of 万元, 0 for two, but keeps
// an amount whole of which nothing would be shown.
func RoundFen(fen int64, places int) int64 {
	if places <= 0 {
		places = 2
	}
	step := int64(1)
	for range mostPlaces - places {
		step *= 10
	}
	rest := fen % step
	short := fen - rest
	switch {
	case rest >= (step+1)/2 && rest > 0 && short <= math.MaxInt64-step:
		short += step
	case rest <= -(step+1)/2 && rest < 0 && short >= math.MinInt64+step:
		short -= step
	}
	if fen > -step && fen < step {
		short = fen
	}
	return short
}

var errNotMoney = errors.New("not an amount in 万元 with at most 6 decimals")

// ParseTenThousandYuan reads a decimal amount of 万元 into fen. More than six
// decimals (less than a fen) are an error unless they are zeros.
func ParseTenThousandYuan(s string) (int64, error) {
	whole, frac, _ := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	if len(frac) > 6 {
		return 0, errNotMoney
	}
	neg := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	digits := whole + frac + strings.Repeat("0", 6-len(frac))
	if whole == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, errNotMoney
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, errNotMoney
	}
	if neg {
		n = -n
	}
	return n, nil
}

// Print gives the figure as it is written into a form: digits without
// separators, money as 万元. What is no figure is given as it was printed.
func (v Value) Print(unit Unit) string {
	switch {
	case v.State != Number:
		return v.Raw
	case unit == TenThousandYuan:
		return FormatTenThousandYuan(v.N)
	default:
		return strconv.FormatInt(v.N, 10)
	}
}
