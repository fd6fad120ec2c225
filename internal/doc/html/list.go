package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// list counts the items of an ordered list. A nil list numbers nothing.
type list struct {
	next, step int
	kind       string
}

func newList(n *html.Node) *list {
	l := &list{next: 1, step: 1, kind: attr(n, "type")}
	if _, ok := attribute(n, "reversed"); ok {
		l.step, l.next = -1, 0
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.Li {
				l.next++
			}
		}
	}
	if start, err := strconv.Atoi(strings.TrimSpace(attr(n, "start"))); err == nil {
		l.next = start
	}
	for _, property := range []string{"list-style-type", "list-style"} {
		if v := declared(attr(n, "style"), property); v != "" {
			l.kind = v
		}
	}
	return l
}

// number gives the printed number of an item with its point and blank.
func (l *list) number(n *html.Node) string {
	if l == nil {
		return ""
	}
	if v, err := strconv.Atoi(strings.TrimSpace(attr(n, "value"))); err == nil {
		l.next = v
	}
	k := l.next
	l.next += l.step
	switch {
	case l.kind == "none" || declares(attr(n, "style"), "list-style-type", "none"):
		return ""
	case l.kind == "a" || l.kind == "lower-alpha" || l.kind == "lower-latin":
		return letters(k, 'a') + ". "
	case l.kind == "A" || l.kind == "upper-alpha" || l.kind == "upper-latin":
		return letters(k, 'A') + ". "
	case l.kind == "i" || l.kind == "lower-roman":
		return strings.ToLower(roman(k)) + ". "
	case l.kind == "I" || l.kind == "upper-roman":
		return roman(k) + ". "
	case strings.Contains(l.kind, "cjk") || strings.Contains(l.kind, "chinese"):
		return chinese(k) + "、"
	}
	return strconv.Itoa(k) + ". "
}

func letters(k int, first byte) string {
	if k < 1 {
		return strconv.Itoa(k)
	}
	var s string
	for ; k > 0; k = (k - 1) / 26 {
		s = string(rune(first+byte((k-1)%26))) + s
	}
	return s
}

func roman(k int) string {
	if k < 1 || k > 3999 {
		return strconv.Itoa(k)
	}
	values := [...]int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := [...]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; k >= v; k -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}

// chinese writes 1 to 99 as Chinese numerals.
func chinese(k int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case k < 1 || k > 99:
		return strconv.Itoa(k)
	case k < 10:
		return digits[k]
	case k < 20:
		return "十" + digits[k-10]
	}
	return digits[k/10] + "十" + digits[k%10]
}
