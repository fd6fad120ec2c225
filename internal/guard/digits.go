package guard

import "strings"

// number is a number as it is written: its digits, and where they stand. Blanks,
// dashes and the like may part the digits into groups.
type number struct {
	digits   string // an X at the end where there is one
	size     int    // how many
	from, to int    // characters of the passage
	shape    []int  // lengths of the groups
	sep      rune   // what parts them; 0 where nothing does
	gap      int    // how many characters part the first two
	mixed    bool   // not always the same
	alone    bool   // no further digits hang on it by a blank
	glued    bool   // letters stand right before it
	loose    bool   // it may be a part of something else: only a check character tells
	noisy    bool   // letters stand for digits, as character recognition writes them
}

// group is a row of digits.
type group struct {
	from, to int
	digits   string
	noisy    bool
}

// mostGroups bounds how many groups make one number: one digit a group.
const mostGroups = 19

// A number has as many digits at least and at most that anybody looks for it.
const (
	shortestNumber = 7
	longestNumber  = 30
)

// numbers gives all that may be read as one number: single groups, and groups
// in a row that something parts. Parts of a code (2306-150823-04-01) and of a longer
// word are loose.
func (p *passage) numbers() []number {
	var all []number
	groups := p.groups()
	figures := p.figures(groups)
	for i := range groups {
		if !figures[i] { // one by itself is too short for a number
			all = p.from(groups, i, all)
		}
	}
	return all
}

// longestRow is how many groups of one or two digits in a row may be a number that
// somebody has cut; more of them are a row of figures.
const longestRow = 40

// figures marks the groups of rows of figures, so that a page of them costs no more than
// reading it.
func (p *passage) figures(groups []group) []bool {
	all := make([]bool, len(groups))
	for i := 0; i < len(groups); {
		from := i
		for i++; i < len(groups) && len(groups[i-1].digits) <= 2 && len(groups[i].digits) <= 2 && p.linked(groups, i-1); i++ {
		}
		if i-from > longestRow {
			for k := from; k < i; k++ {
				all[k] = true
			}
		}
	}
	return all
}

// from adds the numbers that begin with a group. They share their digits and shapes.
func (p *passage) from(groups []group, i int, all []number) []number {
	var digits []byte
	var shape []int
	n := number{from: groups[i].from, alone: !p.linked(groups, i-1), glued: isLetter(p.f.rune(groups[i].from - 1))}
	begins, first := p.begins(groups, i), len(all)
	for j := i; j < len(groups) && j-i < mostGroups; j++ {
		if j > i {
			sep, ok := p.between(&groups[j-1], &groups[j])
			if !ok {
				break
			}
			if j == i+1 {
				n.gap = groups[j].from - groups[i].to
			}
			n.mixed = n.mixed || n.sep != 0 && sep != n.sep
			n.sep = sep
		}
		digits, shape = append(digits, groups[j].digits...), append(shape, len(groups[j].digits))
		n.noisy = n.noisy || groups[j].noisy
		n.to = groups[j].to
		if len(digits) > longestNumber {
			break
		}
		if len(digits) < shortestNumber {
			continue
		}
		one := n
		one.size, one.shape = len(digits), shape[:len(shape):len(shape)]
		one.alone = n.alone && !p.linked(groups, j)
		one.loose = !begins || !p.ends(groups, j) || p.part(n.sep)
		all = append(all, one)
	}
	written := string(digits)
	for k := first; k < len(all); k++ {
		all[k].digits = written[:all[k].size]
	}
	return all
}

// part tells what parts a number of many kinds, and so is told by a check character
// only: a line that ends outside of a table.
func (p *passage) part(sep rune) bool { return sep == '\n' && p.table == 0 }

// groups finds the rows of digits; an X that ends one belongs to it.
func (p *passage) groups() (all []group) {
	f := &p.f
	for i := 0; i < len(f.runes); {
		switch {
		case isDigit(f.runes[i]):
			g, word := p.group(i), p.misread(i)
			if word.noisy {
				g = word
				for n := len(all); n > 0 && all[n-1].from >= g.from; n = len(all) {
					all = all[:n-1]
				}
			}
			all = append(all, g)
			i = g.to
		case chineseDigits[f.runes[i]] != 0:
			g := p.spelled(i)
			if len(g.digits) >= fewestSpelled {
				all = append(all, g)
			}
			i = g.to
		default:
			i++
		}
	}
	return all
}

func (p *passage) group(i int) group {
	f := &p.f
	from := i
	for i < len(f.runes) && isDigit(f.runes[i]) {
		i++
	}
	digits := []byte(f.slice(from, i))
	if r := f.rune(i); isX(r) && !isWord(f.rune(i+1)) || r == '*' && f.rune(i+1) != '*' && len(digits) == 17 { // × is written for X
		digits = append(digits, 'X')
		i++
	}
	return group{from: from, to: i, digits: string(digits)}
}

// isX tells an X, also those of other scripts.
func isX(r rune) bool { return strings.ContainsRune("XxⅩⅹХхΧχ", r) }

// fewestSpelled is how many digits in Chinese make a number: a mobile telephone's.
const fewestSpelled = 11

var chineseDigits = map[rune]byte{
	'〇': '0', '零': '0', '○': '0', '一': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9', '幺': '1',
	'壹': '1', '贰': '2', '叁': '3', '肆': '4', '伍': '5', '陆': '6', '柒': '7', '捌': '8', '玖': '9',
}

// spelled reads a number written digit by digit in Chinese.
func (p *passage) spelled(i int) group {
	from := i
	var digits []byte
	for ; chineseDigits[p.f.rune(i)] != 0; i++ {
		digits = append(digits, chineseDigits[p.f.rune(i)])
	}
	if isX(p.f.rune(i)) {
		digits = append(digits, 'X')
		i++
	}
	return group{from: from, to: i, digits: string(digits)}
}

// misreadAs are the letters that character recognition takes digits for.
var misreadAs = map[rune]byte{'O': '0', 'o': '0', 'Q': '0', 'D': '0', 'l': '1', 'I': '1', 'i': '1', '|': '1', 'Z': '2', 'z': '2', 'S': '5', 's': '5', 'G': '6', 'B': '8', 'g': '9'}

// misread reads the word around a digit where some of its digits were taken for
// letters and it is as long as the number of a mobile telephone or an ID number.
func (p *passage) misread(at int) group {
	inWord := func(r rune) bool { return isWord(r) || r == '|' }
	const longest = 19
	from, to := at, at
	for inWord(p.f.rune(from-1)) && at-from < longest {
		from--
	}
	for inWord(p.f.rune(to)) && to-from < longest {
		to++
	}
	if n := to - from; n != 11 && n != 18 {
		return group{}
	}
	digits, letters := make([]byte, 0, longest), 0
	for i, r := range p.f.runes[from:to] {
		switch {
		case isDigit(r):
			digits = append(digits, byte(r))
		case misreadAs[r] != 0:
			digits = append(digits, misreadAs[r])
			letters++
		case i == 17 && isX(r):
			digits = append(digits, 'X')
		default:
			return group{}
		}
	}
	number := string(digits)
	plausible := mobileDigits(number) || len(number) == 18 && possibleID(number)
	return group{from: from, to: to, digits: number, noisy: plausible && letters > 0 && 2*letters < len(number)}
}

// longestGap is how many characters part two groups at most: a dash between blanks.
const longestGap = 3

// between gives the character that parts two groups.
func (p *passage) between(a, b *group) (sep rune, ok bool) {
	if b.from-a.to > longestGap {
		return 0, false
	}
	for i := a.to; i < b.from; i++ {
		switch r := p.f.runes[i]; {
		case r == ' ':
			if sep == 0 {
				sep = r
			}
		case !strings.ContainsRune("-./)\n", r), sep != 0 && sep != ' ' && (sep != ')' || r != '-'):
			return 0, false
		default:
			sep = r
		}
	}
	return sep, sep != 0
}

// linked tells whether a blank or dash parts group i and the one after it.
func (p *passage) linked(groups []group, i int) bool {
	if i < 0 || i+1 >= len(groups) {
		return false
	}
	sep, ok := p.between(&groups[i], &groups[i+1])
	return ok && (sep == ' ' || sep == '-' || sep == '\n' && p.table > 0)
}

// begins tells whether a number may begin with a group.
func (p *passage) begins(groups []group, i int) bool {
	at := groups[i].from
	before, further := p.f.rune(at-1), p.f.rune(at-2)
	switch {
	case isDigit(before), before == '*', before == '=', before == '%', before == '&', before == '?':
		return false
	case before == '-':
		return !isWord(further) || i > 0 && groups[i-1].to == at-1 && len(groups[i-1].digits) >= 15
	case before == '_', before == '#':
		return !isWord(further)
	case before == ',':
		return !isDigit(further) || !p.thousands(&groups[i])
	case before == '.':
		return !isDigit(further)
	case before == '/':
		return isDigit(further) // of two numbers in a row; else an address on the net
	}
	return true
}

// thousands tells a group of three digits between commas.
func (p *passage) thousands(g *group) bool { return len(g.digits) == 3 }

// ends tells whether a number may end with a group.
func (p *passage) ends(groups []group, j int) bool {
	at := groups[j].to
	after, next := p.f.rune(at), p.f.rune(at+1)
	long := len(groups[j].digits) >= 11
	switch {
	case after == '_':
		return !isWord(next)
	case isWord(after), after == '*':
		return false
	case after == '-':
		return !isWord(next)
	case after == ',':
		return !isDigit(next) || j+1 < len(groups) && !p.thousands(&groups[j+1])
	case after == '.':
		return !isDigit(next)
	case after == '/':
		return isDigit(next) || next == 0
	}
	return !strings.ContainsRune("元万亿亩吨页%㎡", after) && (long || !strings.ContainsRune("件条份次户个", after)) || after == 0
}

// single tells whether each group is one digit.
func (n *number) single() bool {
	for _, l := range n.shape {
		if l != 1 {
			return false
		}
	}
	return len(n.shape) > 1
}
