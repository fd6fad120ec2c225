package read

import (
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// maxDigits is the most digits that are read as one whole number: more is
// several figures run together.
const maxDigits = 12

var (
	plainNumber = regexp.MustCompile(`^[+-]?\d+$`)
	grouped     = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	decimal     = regexp.MustCompile(`^-?\d+\.\d+$`)
	withUnit    = regexp.MustCompile(`^([\d,.]+)(件|条|笔|宗|项|次|例|起|份|个|部|人次|万元)$`)
	inYuan      = regexp.MustCompile(`^([\d,.]+)元$`)
	withNote    = regexp.MustCompile(`^(\d+)\((.*)\)$`)
	someDigit   = regexp.MustCompile(`\d`)
)

// marks are what people write into a cell instead of a figure.
var marks = map[string]bool{"/": true, "-": true, "—": true, "–": true, "――": true, "——": true, "--": true, "－": true, "无": true, "零": true, "\\": true, "*": true, "…": true, "无此项": true, "不涉及": true}

// figure reads the text of a cell. The reason is a Chinese clause, "" where the
// value is certain; inferred is the likely reading, offered and not used.
func figure(raw string, unit annual.Unit, place doc.Place) (v annual.Value, reason, inferred string) {
	if isShortNumber(raw) && unit != annual.TenThousandYuan && unit != annual.FreeText {
		n, _ := strconv.ParseInt(raw, 10, 64)
		return annual.Value{State: annual.Number, N: n, Raw: raw, Place: place}, "", ""
	}
	v = annual.Value{Raw: strings.TrimSpace(strings.Map(plainBlank, raw)), Place: place}
	s := halfWidth(v.Raw)
	switch {
	case s == "":
		v.State = annual.Empty
		return v, "", ""
	case marks[s]:
		v.State = annual.Mark
		return v, "", ""
	case unit == annual.FreeText:
		v.State = annual.Mark
		if plainNumber.MatchString(s) {
			return number(v, s, unit)
		}
		return v, "", ""
	}
	if m := withNote.FindStringSubmatch(s); m != nil {
		v.Note = m[2]
		s = m[1]
	}
	if m := withUnit.FindStringSubmatch(s); m != nil && (m[2] != "万元" || unit == annual.TenThousandYuan) {
		s = m[1]
	}
	switch {
	case plainNumber.MatchString(s), decimal.MatchString(s):
		return number(v, s, unit)
	case grouped.MatchString(s):
		return number(v, strings.ReplaceAll(s, ",", ""), unit)
	}
	if m := inYuan.FindStringSubmatch(s); m != nil && unit == annual.TenThousandYuan {
		return doubtful(v, "这一栏以万元为单位，但填的是“元”", yuanAsTenThousand(strings.ReplaceAll(m[1], ",", "")))
	}
	if joined := strings.Join(strings.Fields(s), ""); joined != s && plainNumber.MatchString(joined) {
		return doubtful(v, "单元格里的数字被空格或换行分开，不能确定是一个数还是几个数", joined)
	}
	if someDigit.MatchString(s) {
		return doubtful(v, "单元格里不是单纯的数字", "")
	}
	v.State = annual.Mark
	return v, "", ""
}

// isShortNumber is the usual case: a few plain digits and nothing else.
func isShortNumber(s string) bool {
	if s == "" || len(s) > maxDigits || (s[0] == '0' && len(s) > 1) {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func number(v annual.Value, s string, unit annual.Unit) (annual.Value, string, string) {
	if unit == annual.TenThousandYuan {
		n, err := annual.ParseTenThousandYuan(strings.TrimPrefix(s, "+"))
		if err != nil {
			return doubtful(v, "金额的小数超过六位（不足一分）或数字过大", "")
		}
		v.State, v.N = annual.Number, n
		return v, "", ""
	}
	digits := strings.TrimLeft(s, "+-")
	switch {
	case strings.Contains(digits, "."):
		whole, frac, _ := strings.Cut(s, ".")
		if strings.Trim(frac, "0") == "" {
			return doubtful(v, "件数应为整数，填写的是小数", whole)
		}
		return doubtful(v, "件数应为整数，填写的是小数", "")
	case len(digits) > 1 && digits[0] == '0':
		return doubtful(v, "数字以 0 开头，可能是几个数连在了一起", "")
	case len(digits) > maxDigits:
		return doubtful(v, "数字过长，可能是几个数连在了一起", "")
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return doubtful(v, "数字无法识别", "")
	}
	v.State, v.N = annual.Number, n
	return v, "", ""
}

func doubtful(v annual.Value, reason, inferred string) (annual.Value, string, string) {
	v.State = annual.Doubtful
	return v, reason, inferred
}

func yuanAsTenThousand(yuan string) string {
	whole, frac, _ := strings.Cut(yuan, ".")
	if len(frac) > 2 || whole == "" {
		return ""
	}
	fen, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if err != nil {
		return ""
	}
	return annual.FormatTenThousandYuan(fen)
}

// isFigure tells whether a piece of a line is a figure or a mark in its place.
func isFigure(s string) bool {
	if isShortNumber(s) {
		return true
	}
	s = halfWidth(strings.TrimSpace(s))
	if s == "" {
		return false
	}
	return marks[s] && s != "零" || plainNumber.MatchString(s) || decimal.MatchString(s) || grouped.MatchString(s) ||
		withUnit.MatchString(s) || inYuan.MatchString(s) || withNote.MatchString(s)
}

func plainBlank(c rune) rune {
	if c == '\u00a0' || c == '\u3000' || c == '\u200b' || c == '\ufeff' || c == '\t' {
		return ' '
	}
	return c
}

// halfWidth folds full-width digits and signs; the blanks inside stay.
func halfWidth(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '！' && c <= '～' {
			return c - '！' + '!'
		}
		return c
	}, s)
}
