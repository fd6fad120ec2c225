package check

import (
	"strings"
	"unicode/utf8"
)

// numberStyle is the way in which a heading is numbered.
type numberStyle uint8

const (
	unnumbered     numberStyle = iota
	chineseNumber              // 一、
	arabicNumber               // 1、 or 1.
	chineseBracket             // （一）
	arabicBracket              // （1）
)

// numbering is the number at the start of a line.
type numbering struct {
	style  numberStyle
	n      int
	prefix string // as printed
	rest   string // the line behind it
}

// longestNumberPrefix is how many bytes a number at the start of a line may have.
const longestNumberPrefix = 24

// readNumbering reads the number at the start of a tidy line.
func readNumbering(s string) numbering {
	switch c := runeAt(s, 0); {
	case c == '（' || c == '(':
		return bracketNumbering(s)
	case c >= '0' && c <= '9':
		digits, end := digitRun(s, 0)
		mark := runeAt(s, end)
		if n, ok := parseCount(digits); ok && n < 100 && strings.ContainsRune("、.．", mark) && !isASCIIDigit(runeAt(s, end+utf8.RuneLen(mark))) {
			end += utf8.RuneLen(mark)
			return numbering{arabicNumber, int(n), s[:end], s[end:]}
		}
	case isNumeralRune(c):
		end := numeralEnd(s, 0)
		mark := runeAt(s, end)
		if n, ok := parseNumeral(s[:end]); ok && n < 100 && (mark == '、' || mark == '.' || mark == '．') {
			end += utf8.RuneLen(mark)
			return numbering{chineseNumber, int(n), s[:end], s[end:]}
		}
	}
	return numbering{rest: s}
}

func isASCIIDigit(c rune) bool { return c >= '0' && c <= '9' }

// numeralEnd is the end of the Chinese numeral characters that begin at i.
func numeralEnd(s string, i int) int {
	for i < len(s) && i < longestNumberPrefix && isNumeralRune(runeAt(s, i)) {
		i = nextRune(s, i)
	}
	return i
}

func bracketNumbering(s string) numbering {
	closing := strings.IndexAny(s, "）)")
	if closing < 0 || closing > longestNumberPrefix {
		return numbering{rest: s}
	}
	inside := s[utf8.RuneLen(runeAt(s, 0)):closing]
	end := nextRune(s, closing)
	if n, ok := parseCount(inside); ok && n < 100 {
		return numbering{arabicBracket, int(n), s[:end], s[end:]}
	}
	if n, ok := parseNumeral(inside); ok && n < 100 {
		return numbering{chineseBracket, int(n), s[:end], s[end:]}
	}
	return numbering{rest: s}
}

// chineseOrdinals write 1 to 20 for messages.
var chineseOrdinals = strings.Fields("零 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十")

// inChinese writes a small number in Chinese.
func inChinese(n int) string {
	if n >= 0 && n < len(chineseOrdinals) {
		return chineseOrdinals[n]
	}
	return "？"
}
