package check

import (
	"strconv"
	"strings"
)

// figureKind tells what a figure in the text counts.
type figureKind uint8

const (
	otherFigure figureKind = iota // dates, ordinals, anything not compared
	pieceFigure                   // so many 件, 条, 宗, 例, 起, 份
	percentFigure
	yuanFigure
)

// quantity is a number in a sentence with its unit.
type quantity struct {
	start, end int // bytes in the sentence, unit included
	kind       figureKind
	n          int64  // pieces, or yuan without decimals; for a percentage its digits without the point
	decimals   int    // of a percentage or an amount, as printed
	unit       string // 件 …
	approx     bool   // 近7万条, 18万余条
	vague      bool   // a bare 一件, which is often no count at all
}

// pieceUnits are the measure words that reports count requests and cases with.
const pieceUnits = "件条宗例起份封"

// maxFigures is how many figures of one sentence are looked at; a longer list
// is no sentence.
const maxFigures = 400

// scanFigures finds the figures of a sentence, in order. Figures inside quotes
// are slogans and left out.
func scanFigures(s string) []quantity {
	var figures []quantity
	quoted := 0
	for i := 0; i < len(s) && len(figures) < maxFigures; {
		c := s[i]
		if c < 0x80 {
			if !isDigit(c) {
				i++
				continue
			}
			f := arabicFigure(s, i)
			if quoted == 0 {
				figures = append(figures, f)
			}
			i = f.end
			continue
		}
		r := runeAt(s, i)
		switch {
		case r == '“' || r == '《':
			quoted++
		case (r == '”' || r == '》') && quoted > 0:
			quoted--
		case quoted == 0 && isNumeralRune(r):
			f := chineseFigure(s, i)
			if f.kind != otherFigure {
				figures = append(figures, f)
			}
			i = f.end
			continue
		}
		i = nextRune(s, i)
	}
	return figures
}

// arabicFigure reads the figure whose first digit is at i.
func arabicFigure(s string, i int) quantity {
	f := quantity{start: i}
	digits, end := digitsAt(s, i)
	fraction := ""
	if end+1 < len(s) && s[end] == '.' && isDigit(s[end+1]) {
		fraction, end = digitRun(s, end+1)
	}
	f.end = end
	if before := runeBefore(s, i); isASCIIWord(before) || before == '.' || before == '第' || before == '-' {
		return f
	}
	n, err := strconv.ParseInt(digits+fraction, 10, 64)
	if err != nil || n > 1e12 {
		return f
	}
	f.n, f.decimals = n, len(fraction)
	f.approx = saysAbout(s[:i])
	end = f.scale(s, end)
	f.readUnit(s, end)
	return f
}

// digitsAt reads digits with or without thousands separators: 3,607.
func digitsAt(s string, i int) (string, int) {
	digits, end := digitRun(s, i)
	for len(digits) <= 12 && end+3 < len(s) && s[end] == ',' && (len(digits) > 3 || end-i <= 3) {
		group, next := digitRun(s, end+1)
		if len(group) != 3 {
			break
		}
		digits, end = digits+group, next
	}
	return digits, end
}

func digitRun(s string, i int) (string, int) {
	end := i
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	return s[i:end], end
}

// scale applies 万 and 亿 and notes 余, 多 and 来.
func (f *quantity) scale(s string, end int) int {
	power := 0
	switch {
	case strings.HasPrefix(s[end:], "万"):
		power, end = 4, end+len("万")
	case strings.HasPrefix(s[end:], "亿"):
		power, end = 8, end+len("亿")
	}
	if power > 0 {
		for range power {
			if f.decimals > 0 {
				f.decimals--
			} else {
				f.n *= 10
			}
		}
	}
	for _, more := range []string{"余", "多", "来", "几"} {
		if rest, ok := strings.CutPrefix(s[end:], more); ok && startsWithUnit(rest) {
			return len(s) - len(rest) + f.setApprox()
		}
	}
	return end
}

func (f *quantity) setApprox() int {
	f.approx = true
	return 0
}

func startsWithUnit(s string) bool {
	return s != "" && (strings.ContainsRune(pieceUnits, runeAt(s, 0)) || strings.HasPrefix(s, "元") || s[0] == '%')
}

// readUnit reads what stands behind the digits and decides what the figure is.
func (f *quantity) readUnit(s string, end int) {
	f.end = end
	rest := s[end:]
	switch {
	case rest == "":
	case rest[0] == '%':
		f.kind, f.end = percentFigure, end+1
	case strings.HasPrefix(rest, "个百分点"):
		f.end = end + len("个百分点")
	case strings.HasPrefix(rest, "元"):
		f.kind, f.end = yuanFigure, end+len("元")
	case strings.ContainsRune(pieceUnits, runeAt(rest, 0)) && f.decimals == 0 && runeAt(s, nextRune(s, end)) != '次':
		f.kind, f.end = pieceFigure, nextRune(s, end)
		f.unit = s[end:f.end]
	}
}

// saysAbout tells whether what stands before a figure makes it approximate.
func saysAbout(before string) bool {
	for _, w := range []string{"近", "约", "逾", "超", "超过", "大约", "不足", "不到", "至少", "左右"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// chineseFigure reads a count in Chinese numerals: 十二件. What is no count, such
// as 一是, 第三, 每一件, is skipped.
func chineseFigure(s string, i int) quantity {
	end := i
	for n := 0; end < len(s) && n <= longestNumeral && isNumeralRune(runeAt(s, end)); n++ {
		end = nextRune(s, end)
	}
	f := quantity{start: i, end: end}
	if before := runeBefore(s, i); strings.ContainsRune("第每同某任这那哪唯统另万", before) || isASCIIWord(before) {
		return f
	}
	n, ok := parseNumeral(s[i:end])
	if !ok {
		return f
	}
	f.n = n
	f.approx = saysAbout(s[:i])
	f.vague = s[i:end] == "一"
	next := f.scale(s, end)
	if next >= len(s) || !strings.ContainsRune(pieceUnits, runeAt(s, next)) {
		return f
	}
	f.readUnit(s, next)
	return f
}
