package html

import (
	"unicode/utf8"

	"golang.org/x/net/html"
)

// line gathers the text of one paragraph and treats blanks as a browser does:
// runs of blanks become one, none stands at the beginning or end, and a line
// break of the source between two wide characters leaves nothing (CSS Text 3,
// segment break transformation). No-break and full-width blanks are characters.
type line struct {
	text  []byte
	blank bool // a blank is due before the next character
	brk   bool // it came from a line break of the source
	pre   bool // some of the text keeps its blanks
}

func (l *line) reset() { *l = line{text: l.text[:0]} }

func (l *line) add(s string) {
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case ' ', '\t', '\f':
			l.blank = true
			i++
		case '\n', '\r':
			l.blank, l.brk = true, true
			i++
		default:
			end := i + 1
			for end < len(s) && !isCollapsible(s[end]) {
				end++
			}
			l.word(s[i:end])
			i = end
		}
	}
}

func (l *line) word(s string) {
	if l.blank && len(l.text) > 0 && l.text[len(l.text)-1] != '\n' && (!l.brk || !l.betweenWide(s)) {
		l.text = append(l.text, ' ')
	}
	l.blank, l.brk = false, false
	l.text = append(l.text, s...)
}

func (l *line) betweenWide(next string) bool {
	before, _ := utf8.DecodeLastRune(l.text)
	after, _ := utf8.DecodeRuneInString(next)
	return isWide(before) && isWide(after)
}

// addPre adds text whose blanks are kept.
func (l *line) addPre(s string) {
	if l.blank && len(l.text) > 0 {
		l.text = append(l.text, ' ')
	}
	l.blank, l.brk, l.pre = false, false, true
	l.text = append(l.text, s...)
}

func isCollapsible(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// isWide tells the characters of Chinese and Japanese print that are set
// without blanks between them.
func isWide(c rune) bool {
	return c >= 0x2e80 && c <= 0x9fff || c >= 0xf900 && c <= 0xfaff || c >= 0xff01 && c <= 0xff60 || c >= 0x20000 && c <= 0x3ffff ||
		c >= 0x2018 && c <= 0x201d
}

// collapsed gives all visible text under a node as one line.
func collapsed(n *html.Node) string {
	var l line
	gather(n, &l)
	return string(l.text)
}

func gather(n *html.Node, l *line) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			l.add(c.Data)
		case c.Type == html.ElementNode && !dropped(c) && !isHidden(c):
			l.blank = l.blank || isBlock(c)
			gather(c, l)
		}
	}
}
