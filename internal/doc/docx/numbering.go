package docx

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc/markup"
)

// levels is how many levels a list has.
const levels = 9

// maxLabel bounds the pattern of a list label in bytes; Word allows 255 characters.
const maxLabel = 255 * 3

// numbering holds the lists of a document and counts through them as the
// paragraphs pass in reading order.
type numbering struct {
	lists     map[int]*list     // abstractNum by id
	instances map[int]*instance // num by id
	byStyle   map[string]*list  // lists that a numbering style defines
}

// list is an abstractNum. All its instances share its counters, unless an
// instance says where to start again.
type list struct {
	level     [levels]level
	styleLink string // this list is the definition of a numbering style
	link      string // this list is defined by that numbering style
	count     [levels]int
	counted   [levels]bool
}

// level is one level of a list.
type level struct {
	start   int
	format  string
	pattern string // %1 … %9 stand for the numbers of the levels
	suffix  string // tab, space or nothing
	legal   bool   // all numbers in Arabic digits
	restart int    // restarts after this level (1-based) or a higher one; unset: after any higher; 0: never
	style   string // paragraph style that goes with this level
}

// instance is a num: a use of a list, perhaps with levels of its own.
type instance struct {
	list    *list
	listID  int
	own     map[int]level // levels replaced
	startAt map[int]int   // levels that start again when first used
}

func parseNumbering(xml []byte) (*numbering, error) {
	n := &numbering{lists: map[int]*list{}, instances: map[int]*instance{}, byStyle: map[string]*list{}}
	s := markup.NewScanner(xml)
	for s.Child(0) {
		d := s.Depth()
		for s.Child(d) {
			switch string(s.Name) {
			case "abstractNum":
				if len(n.lists) < MaxDefinitions {
					id := s.Number("abstractNumId", unset)
					n.lists[id] = parseList(s)
				}
			case "num":
				if len(n.instances) < MaxDefinitions {
					id := s.Number("numId", unset)
					n.instances[id] = parseInstance(s)
				}
			}
		}
	}
	n.connect()
	return n, s.Err
}

// connect finds the list of each instance, through a numbering style where the
// list only names one.
func (n *numbering) connect() {
	for _, l := range n.lists {
		if l.styleLink != "" {
			n.byStyle[l.styleLink] = l
		}
	}
	for _, in := range n.instances {
		in.list = n.lists[in.listID]
		if in.list != nil && in.list.link != "" {
			if defined := n.byStyle[in.list.link]; defined != nil {
				in.list = defined
			}
		}
	}
}

func parseList(s *markup.Scanner) *list {
	l := &list{}
	for i := range l.level {
		l.level[i] = level{start: 0, format: "decimal", restart: unset}
	}
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "lvl":
			if i := s.Number("ilvl", unset); i >= 0 && i < levels {
				l.level[i] = parseLevel(s)
			}
		case "styleLink":
			l.styleLink = string(s.Val())
		case "numStyleLink":
			l.link = string(s.Val())
		}
	}
	return l
}

func parseLevel(s *markup.Scanner) level {
	lv := level{format: "decimal", suffix: "tab", restart: unset}
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "start":
			lv.start = s.Number("val", 0)
		case "numFmt":
			lv.format = string(s.Val())
		case "AlternateContent": // a custom format with a standard one to fall back to
			lv.format = parseFallbackFormat(s, lv.format)
		case "lvlText":
			lv.pattern = cut(string(s.Val()), maxLabel)
		case "suff":
			lv.suffix = string(s.Val())
		case "isLgl":
			lv.legal = s.On()
		case "lvlRestart":
			lv.restart = s.Number("val", unset)
		case "pStyle":
			lv.style = string(s.Val())
		}
	}
	return lv
}

func parseFallbackFormat(s *markup.Scanner, format string) string {
	d := s.Depth()
	for s.Child(d) {
		if string(s.Name) != "Fallback" {
			continue
		}
		for d := s.Depth(); s.Child(d); {
			if string(s.Name) == "numFmt" {
				format = string(s.Val())
			}
		}
	}
	return format
}

func parseInstance(s *markup.Scanner) *instance {
	in := &instance{listID: unset}
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "abstractNumId":
			in.listID = s.Number("val", unset)
		case "lvlOverride":
			i := s.Number("ilvl", unset)
			if i >= 0 && i < levels {
				in.parseOverride(s, i)
			}
		}
	}
	return in
}

func (in *instance) parseOverride(s *markup.Scanner, i int) {
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "startOverride":
			if in.startAt == nil {
				in.startAt = map[int]int{}
			}
			in.startAt[i] = s.Number("val", 0)
		case "lvl":
			if in.own == nil {
				in.own = map[int]level{}
			}
			in.own[i] = parseLevel(s)
		}
	}
}

func (in *instance) at(i int) level {
	if own, ok := in.own[i]; ok {
		return own
	}
	return in.list.level[i]
}

// levelOf is the level that goes with a paragraph style, else otherwise.
func (in *instance) levelOf(styleID string, otherwise int) int {
	for i := range levels {
		if in.at(i).style == styleID {
			return i
		}
	}
	return max(otherwise, 0)
}

// next counts one paragraph and gives its label as printed, with the blank
// that stands between it and the text; "" where the paragraph has no number.
func (n *numbering) next(num, ilvl int) string {
	in := n.instances[num]
	if in == nil || in.list == nil || ilvl < 0 || ilvl >= levels {
		return ""
	}
	in.advance(ilvl)
	lv := in.at(ilvl)
	return in.label(lv) + gap(lv)
}

// advance counts a paragraph of a level and restarts the levels below it. A
// higher level that no paragraph has had yet counts as begun: after 1.1 comes
// 2. LibreOffice prints it so; that Word does too is an assumption.
func (in *instance) advance(ilvl int) {
	l := in.list
	if first, ok := in.startAt[ilvl]; ok {
		l.count[ilvl] = first
		delete(in.startAt, ilvl)
	} else if l.counted[ilvl] {
		l.count[ilvl]++
	} else {
		l.count[ilvl] = in.at(ilvl).start
	}
	l.counted[ilvl] = true
	for above := range ilvl {
		if !l.counted[above] {
			l.counted[above] = true
			l.count[above] = in.at(above).start
		}
	}
	for below := ilvl + 1; below < levels; below++ {
		restart := in.at(below).restart
		if restart == unset || ilvl < restart {
			l.counted[below] = false
		}
	}
}

// label fills the pattern with the numbers of the levels.
func (in *instance) label(lv level) string {
	if lv.format == "bullet" {
		return strings.Map(symbol, lv.pattern)
	}
	var b strings.Builder
	for i := 0; i < len(lv.pattern); i++ {
		if lv.pattern[i] == '%' && i+1 < len(lv.pattern) && lv.pattern[i+1] >= '1' && lv.pattern[i+1] <= '9' {
			b.WriteString(in.numberAt(int(lv.pattern[i+1]-'1'), lv.legal))
			i++
			continue
		}
		b.WriteByte(lv.pattern[i])
	}
	return b.String()
}

func (in *instance) numberAt(i int, legal bool) string {
	lv := in.at(i)
	count := lv.start // a level below this one: Word's lists do not refer there
	if in.list.counted[i] {
		count = in.list.count[i]
	}
	if legal {
		lv.format = "decimal"
	}
	return formatNumber(count, lv.format)
}

// gap is what stands between label and text. A tab is a blank to the eye; after
// Chinese punctuation there is none to be seen.
func gap(lv level) string {
	if lv.suffix == "nothing" || lv.pattern == "" {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(lv.pattern)
	if lv.suffix == "tab" && fullWidth(last) {
		return ""
	}
	return " "
}

// fullWidth tells Chinese punctuation, which brings its own white.
func fullWidth(r rune) bool { return r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFE0 }

// cut shortens a string to at most n bytes without splitting a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
