package setting

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/errs"
)

// Pattern is how the numbers of a series are written: {code} the organ's code,
// {yyyy} the year or {yyyymm} year and month, {serial} the place in the year, with
// {serial:5} padded to so many digits.
type Pattern struct{ pieces []string }

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// ParsePattern reads one. A series begins anew every year, so a pattern without
// the year would give a number twice.
func ParsePattern(s string) (Pattern, error) {
	var p Pattern
	year, serial, last := false, false, 0
	for _, at := range placeholder.FindAllStringIndex(s, -1) {
		piece := s[at[0]:at[1]]
		p.pieces = append(p.pieces, s[last:at[0]], piece)
		last = at[1]
		switch {
		case piece == "{yyyy}" || piece == "{yyyymm}":
			year = true
		case piece == "{serial}" || width(piece) > 0:
			serial = true
		case piece != "{code}":
			return p, errs.New(errs.Invalid, "编号格式中的“%s”不认识；可以用 {code}、{yyyy}、{yyyymm}、{serial}、{serial:5}。", piece)
		}
	}
	p.pieces = append(p.pieces, s[last:])
	if !year || !serial || strings.ContainsAny(strings.Join(placeholder.Split(s, -1), ""), "{} ") {
		return p, errs.New(errs.Invalid, "编号格式“%s”要有年份 {yyyy} 或者 {yyyymm} 和流水号 {serial}，否则会重号；不能有空格，例如 {code}/{yyyy}-{serial:5}。", s)
	}
	return p, nil
}

// width gives the digits of {serial:5}, 0 for another placeholder.
func width(piece string) int {
	digits, ok := strings.CutPrefix(strings.TrimSuffix(piece, "}"), "{serial:")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

// NeedsCode tells whether a number contains the organ's code.
func (p Pattern) NeedsCode() bool {
	for _, piece := range p.pieces {
		if piece == "{code}" {
			return true
		}
	}
	return false
}

// Number writes the n-th number of a year.
func (p Pattern) Number(code string, year, month int, n int64) string {
	var b strings.Builder
	for _, piece := range p.pieces {
		switch {
		case piece == "{code}":
			b.WriteString(code)
		case piece == "{yyyy}":
			fmt.Fprintf(&b, "%04d", year)
		case piece == "{yyyymm}":
			fmt.Fprintf(&b, "%04d%02d", year, month)
		case piece == "{serial}":
			fmt.Fprintf(&b, "%d", n)
		case width(piece) > 0:
			fmt.Fprintf(&b, "%0*d", width(piece), n)
		default:
			b.WriteString(piece)
		}
	}
	return b.String()
}
