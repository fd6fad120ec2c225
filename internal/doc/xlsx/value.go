package xlsx

import (
	"math"
	"strconv"
	"strings"
)

// format is what a cell style says about how a value is printed.
type format struct {
	border   bool
	kind     formatKind
	code     string   // date formats
	sections []string // of the others
	decimals int      // fixed decimals of the first section
}

type formatKind int

const (
	plainNumber formatKind = iota
	percent
	dateTime
)

// builtInDates are the date formats that files name by number only, in the
// spelling of a Chinese system.
var builtInDates = map[string]string{
	"14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm",
	"21": "h:mm:ss", "22": "yyyy/m/d h:mm", "27": "yyyy年m月", "28": "m月d日", "29": "m月d日", "30": "m-d-yy", "31": "yyyy年m月d日",
	"32": "h时mm分", "33": "h时mm分ss秒", "34": "上午/下午h时mm分", "35": "上午/下午h时mm分ss秒", "36": "yyyy年m月", "45": "mm:ss", "46": "[h]:mm:ss",
	"47": "mm:ss.0", "50": "yyyy年m月", "51": "m月d日", "52": "yyyy年m月", "53": "m月d日", "54": "m月d日", "55": "上午/下午h时mm分",
	"56": "上午/下午h时mm分ss秒", "57": "yyyy年m月", "58": "m月d日",
}

func newFormat(id, code string) format {
	if code == "" {
		switch {
		case builtInDates[id] != "":
			return format{kind: dateTime, code: builtInDates[id]}
		case id == "9":
			return format{kind: percent}
		case id == "10":
			return format{kind: percent, decimals: 2}
		}
		return format{}
	}
	f := format{sections: splitSections(code)}
	bare := withoutLiterals(f.sections[0])
	f.decimals = fixedDecimals(bare)
	switch {
	case strings.Contains(bare, "%"):
		f.kind = percent
	case !strings.EqualFold(bare, "general") && isDate(strings.ToLower(bare)):
		f.kind, f.code = dateTime, f.sections[0]
	}
	return f
}

func isDate(bare string) bool {
	return strings.ContainsAny(bare, "ymdhs") || strings.Contains(bare, "aaa")
}

// splitSections cuts a format code at the semicolons outside quotes.
func splitSections(code string) []string {
	var all []string
	start, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			quoted = !quoted
		case code[i] == '\\' && !quoted:
			i++
		case code[i] == ';' && !quoted:
			all = append(all, code[start:i])
			start = i + 1
		}
	}
	return append(all, code[min(start, len(code)):])
}

// withoutLiterals takes quoted and escaped text and bracketed conditions,
// colours and locales out of a section; elapsed time such as [h] stays.
func withoutLiterals(section string) string {
	var b strings.Builder
	for i := 0; i < len(section); i++ {
		switch section[i] {
		case '"':
			for i++; i < len(section) && section[i] != '"'; i++ {
				continue
			}
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(section[i:], ']')
			if end < 0 {
				return b.String()
			}
			if isElapsed(section[i+1 : i+end]) {
				b.WriteString(section[i+1 : i+end])
			}
			i += end
		default:
			b.WriteByte(section[i])
		}
	}
	return b.String()
}

func isElapsed(s string) bool {
	s = strings.ToLower(s)
	return s != "" && (strings.Trim(s, "h") == "" || strings.Trim(s, "m") == "" || strings.Trim(s, "s") == "")
}

func fixedDecimals(bare string) int {
	_, after, ok := strings.Cut(bare, ".")
	if !ok {
		return 0
	}
	k := 0
	for k < len(after) && k < 15 && after[k] == '0' {
		k++
	}
	return k
}

// number gives a stored number as text: dates and percentages as printed;
// others with all their digits, without separators, units and rounding of the
// format, but with the trailing zeros it prints behind a decimal fraction. A
// value that its format does not print at all is "".
func (f *format) number(raw string, date1904 bool) string {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return raw
	}
	if f.unprinted(v) {
		return ""
	}
	switch f.kind {
	case dateTime:
		if s, ok := formatDate(v, f.code, date1904); ok {
			return s
		}
	case percent:
		return strconv.FormatFloat(v*100, 'f', f.decimals, 64) + "%"
	}
	s := plain(raw, v)
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		if have := len(s) - dot - 1; have < f.decimals {
			s += strings.Repeat("0", f.decimals-have)
		}
	}
	return s
}

// unprinted tells values whose section of the format is empty, such as zero
// under 0;-0;;@.
func (f *format) unprinted(v float64) bool {
	switch n := len(f.sections); {
	case n < 2:
		return false
	case v < 0:
		return f.sections[1] == ""
	case v == 0 && n > 2:
		return f.sections[2] == ""
	}
	return f.sections[0] == ""
}

// plain writes a number without exponent. Files hold binary fractions with up
// to 17 digits; the 15 that Excel itself shows are kept, so that
// 59237.244899999998 is 59237.2449.
func plain(raw string, v float64) string {
	digits := 0
	for i := range len(raw) {
		switch c := raw[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == '-' && i == 0:
		default:
			digits = math.MaxInt32
		}
	}
	if digits <= 15 || digits < math.MaxInt32 && !strings.Contains(raw, ".") {
		return raw
	}
	if math.Abs(v) >= 1e21 || v != 0 && math.Abs(v) < 1e-9 {
		return raw
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}
