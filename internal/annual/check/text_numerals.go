package check

import "strings"

// numeralDigits are the digits of Chinese numerals, ordinary and formal.
var numeralDigits = map[rune]int64{
	'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

// numeralUnits are the powers of ten within a group of four digits.
var numeralUnits = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// longestNumeral is how many characters a numeral may have; longer strings of
// numeral characters are no figures. It also keeps all values within int64.
const longestNumeral = 24

func isNumeralRune(c rune) bool {
	if _, ok := numeralDigits[c]; ok {
		return true
	}
	_, ok := numeralUnits[c]
	return ok || c == '万' || c == '亿'
}

// parseNumeral reads a whole number in Chinese numerals: 十二, 三百零五, 两千零三,
// 一万二千, 一千二 (1200, as spoken), or digit by digit, 二〇二三. Anything else, such
// as 一十百 or 三五 as “three to five”, gives false: a year of four digits is the
// only thing that is written digit by digit.
func parseNumeral(s string) (int64, bool) {
	runes := []rune(s)
	if len(runes) == 0 || len(runes) > longestNumeral {
		return 0, false
	}
	if !strings.ContainsAny(s, "十拾百佰千仟万亿") {
		return parseDigits(runes)
	}
	if runes[len(runes)-1] == '零' || runes[len(runes)-1] == '〇' {
		return 0, false
	}
	var n numeral
	for _, c := range runes {
		if !n.add(c) {
			return 0, false
		}
	}
	return n.value()
}

// parseDigits reads one digit, or four as a year.
func parseDigits(runes []rune) (int64, bool) {
	if len(runes) != 1 && len(runes) != 4 {
		return 0, false
	}
	var n int64
	for _, c := range runes {
		d, ok := numeralDigits[c]
		if !ok {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// numeral adds up a number in groups of four digits: 亿, 万 and the rest.
type numeral struct {
	sum   int64 // closed groups
	group int64 // the open group without its last digit
	digit int64 // the last digit, waiting for its unit; -1 for none
	last  int64 // the unit before: units must fall within a group
	big   int64 // the closing unit before: 亿 comes before 万
	zero  bool  // a 零 stands before digit: 一百零二 is no 一百二
	open  bool
}

func (n *numeral) add(c rune) bool {
	if !n.open {
		n.open, n.digit, n.last, n.big = true, -1, 10_000, 1_000_000_000_000
	}
	if d, ok := numeralDigits[c]; ok {
		return n.addDigit(d)
	}
	if u, ok := numeralUnits[c]; ok {
		return n.addUnit(u)
	}
	switch c {
	case '万':
		return n.closeGroup(10_000)
	case '亿':
		return n.closeGroup(100_000_000)
	}
	return false
}

func (n *numeral) addDigit(d int64) bool {
	if d == 0 {
		if n.digit > 0 || n.zero {
			return false
		}
		n.zero = true
		return true
	}
	if n.digit >= 0 {
		return false
	}
	n.digit = d
	return true
}

func (n *numeral) addUnit(u int64) bool {
	if u >= n.last {
		return false
	}
	if n.digit < 0 {
		if u != 10 {
			return false
		}
		n.digit = 1
	}
	n.group += n.digit * u
	n.digit, n.last, n.zero = -1, u, false
	return true
}

func (n *numeral) closeGroup(unit int64) bool {
	if unit >= n.big {
		return false
	}
	group := n.group + max(n.digit, 0)
	if group == 0 {
		return false
	}
	n.sum += group * unit
	n.group, n.digit, n.last, n.big, n.zero = 0, -1, 10_000, unit, false
	return true
}

func (n *numeral) value() (int64, bool) {
	last := max(n.digit, 0)
	if last > 0 && !n.zero && n.group+n.sum > 0 {
		last *= n.spoken()
	}
	return n.sum + n.group + last, true
}

// spoken is what a last digit stands for right behind a unit: the next lower
// one, so that 一千二 is 1200 and 三万五 is 35000; behind 十 it stands for itself.
func (n *numeral) spoken() int64 {
	if n.last < 10_000 {
		return n.last / 10
	}
	return n.big / 10
}
