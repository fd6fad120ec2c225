package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// formatDate prints a serial day number after a date format. It gives false
// for numbers that are no dates.
func formatDate(serial float64, code string, date1904 bool) (string, bool) {
	if serial < 0 || serial >= 2958466 {
		return "", false
	}
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * 86400)
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		// The format counts a 29 February 1900 that never was.
		base = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	at := base.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	tokens := dateTokens(code)
	var b strings.Builder
	for i, t := range tokens {
		b.WriteString(t.print(at, serial, isMinute(tokens, i)))
	}
	return b.String(), true
}

// dateToken is a run of one letter, an am/pm mark, or literal text.
type dateToken struct {
	letter  byte // y, m, d, a, h, s; p for the am/pm mark; 0 for text
	length  int
	text    string
	elapsed bool // [h]
}

func dateTokens(code string) []dateToken {
	var all []dateToken
	twelve := false
	for i := 0; i < len(code); {
		rest := code[i:]
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			end := strings.IndexByte(rest[1:], '"')
			if end < 0 {
				end = len(rest) - 1
			}
			all = append(all, dateToken{text: rest[1 : 1+end]})
			i += min(end+2, len(rest))
		case code[i] == '\\' && len(rest) > 1:
			all = append(all, dateToken{text: rest[1:2]})
			i += 2
		case code[i] == '_' || code[i] == '*':
			i += min(2, len(rest))
		case code[i] == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return all
			}
			if isElapsed(rest[1:end]) {
				all = append(all, dateToken{letter: rest[1] | 0x20, length: end - 1, elapsed: true})
			}
			i += end + 1
		case code[i] == '@':
			i++
		case dayHalf(rest) != "":
			all = append(all, dateToken{letter: 'p', text: dayHalf(rest)})
			i += len(dayHalf(rest))
			twelve = true
		case strings.IndexByte("ymdahs", c) >= 0:
			n := 1
			for n < len(rest) && rest[n]|0x20 == c {
				n++
			}
			all = append(all, dateToken{letter: c, length: n})
			i += n
		default:
			all = append(all, dateToken{text: rest[:1]})
			i++
		}
	}
	if twelve {
		for i := range all {
			if all[i].letter == 'h' {
				all[i].text = "12"
			}
		}
	}
	return all
}

func dayHalf(s string) string {
	for _, mark := range []string{"AM/PM", "am/pm", "A/P", "上午/下午"} {
		if strings.HasPrefix(s, mark) {
			return mark
		}
	}
	return ""
}

// isMinute tells whether an m is a minute: after an hour or before a second.
func isMinute(tokens []dateToken, i int) bool {
	if tokens[i].letter != 'm' {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if tokens[k].letter != 0 && tokens[k].letter != 'p' {
			if tokens[k].letter == 'h' {
				return true
			}
			break
		}
	}
	for k := i + 1; k < len(tokens); k++ {
		if tokens[k].letter != 0 {
			return tokens[k].letter == 's'
		}
	}
	return tokens[i].elapsed
}

func (t dateToken) print(at time.Time, serial float64, minute bool) string {
	switch {
	case t.letter == 0:
		return t.text
	case t.elapsed:
		units := map[byte]float64{'h': 24, 'm': 1440, 's': 86400}[t.letter]
		return strconv.FormatFloat(math.Floor(serial*units+1e-6), 'f', 0, 64)
	case minute:
		return padded(at.Minute(), t.length)
	}
	switch t.letter {
	case 'y':
		if t.length <= 2 {
			return padded(at.Year()%100, 2)
		}
		return padded(at.Year(), 4)
	case 'm':
		if t.length > 2 {
			return at.Month().String()[:3]
		}
		return padded(int(at.Month()), t.length)
	case 'd':
		if t.length > 2 {
			return at.Weekday().String()[:3]
		}
		return padded(at.Day(), t.length)
	case 'a':
		name := string([]rune("日一二三四五六")[at.Weekday()])
		if t.length > 3 {
			return "星期" + name
		}
		return name
	case 'h':
		hour := at.Hour()
		if t.text == "12" {
			hour = (hour+11)%12 + 1
		}
		return padded(hour, t.length)
	case 's':
		return padded(at.Second(), t.length)
	}
	marks := strings.Split(t.text, "/")
	return marks[at.Hour()/12]
}

func padded(k, width int) string {
	s := strconv.Itoa(k)
	for len(s) < min(width, 4) {
		s = "0" + s
	}
	return s
}
