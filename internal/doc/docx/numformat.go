package docx

import (
	"strconv"
	"strings"

	"gongkai/internal/doc"
)

// formatNumber prints a list number in one of the formats of ISO/IEC 29500-1
// §17.18.59. Formats that no Chinese office uses, and numbers beyond what a
// format can say, are printed in Arabic digits.
func formatNumber(n int, format string) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return doc.Roman(n)
	case "lowerRoman":
		return strings.ToLower(doc.Roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand":
		return doc.PlainNumerals().Count(n)
	case "japaneseCounting":
		return japanese(n)
	case "chineseLegalSimplified":
		return doc.Numerals{Digits: "零壹贰叁肆伍陆柒捌玖", Units: "拾佰仟"}.Count(n)
	case "ideographLegalTraditional":
		return doc.Numerals{Digits: "零壹貳參肆伍陸柒捌玖", Units: "拾佰仟"}.Count(n)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return digits(n, []rune("〇一二三四五六七八九"))
	case "decimalFullWidth", "decimalFullWidth2":
		return digits(n, []rune("０１２３４５６７８９"))
	case "ideographTraditional":
		return oneOf(n, []rune("甲乙丙丁戊己庚辛壬癸"))
	case "ideographZodiac":
		return oneOf(n, []rune("子丑寅卯辰巳午未申酉戌亥"))
	case "ideographEnclosedCircle":
		return oneOf(n, []rune("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return oneOf(n, []rune("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"))
	case "decimalEnclosedParen":
		return oneOf(n, []rune("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"))
	case "decimalEnclosedFullstop":
		return oneOf(n, []rune("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	}
	return strconv.Itoa(n)
}

// japanese counts up to 9999 without 一 before a unit and without zeros: 百五.
func japanese(n int) string {
	if n == 0 {
		return "〇"
	}
	if n > 9999 {
		return strconv.Itoa(n)
	}
	digits, units := []rune("〇一二三四五六七八九"), []rune(" 十百千")
	var b strings.Builder
	for place, power := 3, 1000; place >= 0; place, power = place-1, power/10 {
		d := n / power % 10
		if d > 1 || d == 1 && place == 0 {
			b.WriteRune(digits[d])
		}
		if d > 0 && place > 0 {
			b.WriteRune(units[place])
		}
	}
	return b.String()
}

func digits(n int, glyphs []rune) string {
	return strings.Map(func(r rune) rune { return glyphs[r-'0'] }, strconv.Itoa(n))
}

func oneOf(n int, glyphs []rune) string {
	if n < 1 || n > len(glyphs) {
		return strconv.Itoa(n)
	}
	return string(glyphs[n-1])
}

// letters counts A … Z, AA, BB … ZZ, AAA as Word does.
func letters(n int, first byte) string {
	const most = 26 * 9
	if n < 1 || n > most {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune(first)+rune((n-1)%26)), (n-1)/26+1)
}
