package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"golang.org/x/net/html/atom"
	"gongkai/internal/doc"
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
		return strings.ToLower(doc.Roman(k)) + ". "
	case l.kind == "I" || l.kind == "upper-roman":
		return doc.Roman(k) + ". "
	case strings.Contains(l.kind, "cjk") || strings.Contains(l.kind, "chinese"):
		return doc.PlainNumerals().Count(k) + "、"
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
