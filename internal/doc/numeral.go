package doc

import (
	"strconv"
	"strings"
)

// Numerals are the signs with which Chinese numbers are counted in lists.
type Numerals struct {
	Digits   string // 0 to 9
	Units    string // tens, hundreds, thousands
	ShortTen bool   // 10 to 19 are 十 to 十九 rather than 一十
}

// PlainNumerals are the everyday ones: 一百零五.
func PlainNumerals() Numerals { return Numerals{"〇一二三四五六七八九", "十百千", true} }

// Count prints a number of 0 to 9999 with units: 一百零五. Others are printed in
// Arabic digits.
func (s Numerals) Count(n int) string {
	digit, unit := []rune(s.Digits), []rune(s.Units)
	switch {
	case n < 0 || n > 9999:
		return strconv.Itoa(n)
	case n == 0:
		return string(digit[0])
	}
	var b strings.Builder
	gap := false
	for place, power := 3, 1000; place >= 0; place, power = place-1, power/10 {
		d := n / power % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune('零')
			gap = false
		}
		if !s.ShortTen || d != 1 || place != 1 || n >= 20 {
			b.WriteRune(digit[d])
		}
		if place > 0 {
			b.WriteRune(unit[place-1])
		}
	}
	return b.String()
}

// Roman prints a number of 1 to 3999 in Roman capitals, others in Arabic digits.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	values := [...]int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := [...]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}
