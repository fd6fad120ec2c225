package guard

// number is a number as it is written: its digits, and where they stand. Blanks
// and dashes may part the digits into groups.
type number struct {
	digits   string // an X at the end where there is one
	from, to int    // characters of the passage
	shape    []int  // lengths of the groups
	sep      rune   // what parts them; 0 where nothing does
	alone    bool   // no further digits hang on it by a blank
	glued    bool   // letters stand right before it
}

// group is a row of digits.
type group struct {
	from, to int
	digits   string
}

// mostGroups bounds how many groups make one number: one digit a group.
const mostGroups = 19

// longestNumber is how many digits a number has that anybody looks for.
const longestNumber = 30

// numbers gives all that may be read as one number: single groups, and groups
// in a row that the same character parts. Parts of a code (2306-150823-04-01) and
// of a longer word are none.
func (p *passage) numbers() []number {
	var all []number
	groups := p.groups()
	for i := range groups {
		if !p.begins(groups, i) {
			continue
		}
		n := number{from: groups[i].from, alone: !p.linked(groups, i-1), glued: isLetter(p.f.rune(groups[i].from - 1))}
		for j := i; j < len(groups) && j-i < mostGroups; j++ {
			if j > i {
				sep, ok := p.between(&groups[j-1], &groups[j])
				if !ok || n.sep != 0 && sep != n.sep {
					break
				}
				n.sep = sep
			}
			n.digits += groups[j].digits
			n.to = groups[j].to
			n.shape = append(n.shape[:j-i:j-i], len(groups[j].digits))
			if len(n.digits) > longestNumber {
				break
			}
			if p.ends(groups, j) {
				one := n
				one.alone = n.alone && !p.linked(groups, j)
				all = append(all, one)
			}
		}
	}
	return all
}

// groups finds the rows of digits; an X that ends one belongs to it.
func (p *passage) groups() (all []group) {
	f := &p.f
	for i := 0; i < len(f.runes); i++ {
		if !isDigit(f.runes[i]) {
			continue
		}
		from := i
		for i < len(f.runes) && isDigit(f.runes[i]) {
			i++
		}
		if r := f.rune(i); (r == 'X' || r == 'x') && !isWord(f.rune(i+1)) {
			i++
		}
		digits := []byte(f.slice(from, i))
		if last := len(digits) - 1; digits[last] == 'x' {
			digits[last] = 'X'
		}
		all = append(all, group{from, i, string(digits)})
	}
	return all
}

// between gives the one character that parts two groups.
func (p *passage) between(a, b *group) (sep rune, ok bool) {
	if b.from-a.to != 1 {
		return 0, false
	}
	sep = p.f.runes[a.to]
	return sep, sep == ' ' || sep == '-' || sep == '\n' && p.table > 0
}

// linked tells whether a blank parts group i and the one after it.
func (p *passage) linked(groups []group, i int) bool {
	if i < 0 || i+1 >= len(groups) {
		return false
	}
	_, ok := p.between(&groups[i], &groups[i+1])
	return ok
}

// begins tells whether a number may begin with a group.
func (p *passage) begins(groups []group, i int) bool {
	before := p.f.rune(groups[i].from - 1)
	switch {
	case isDigit(before), before == '_', before == '*', before == '=', before == '#', before == '%', before == '&', before == '?':
		return false
	case before == '-' && i > 0:
		return false
	case before == '.' || before == ',':
		return !isDigit(p.f.rune(groups[i].from - 2))
	case before == '/':
		return isDigit(p.f.rune(groups[i].from - 2)) // of two numbers in a row; else an address on the net
	}
	return true
}

// ends tells whether a number may end with a group.
func (p *passage) ends(groups []group, j int) bool {
	at := groups[j].to
	after, next := p.f.rune(at), p.f.rune(at+1)
	switch {
	case isWord(after), after == '*':
		return false
	case after == '-':
		return !isWord(next)
	case after == '.', after == ',':
		return !isDigit(next)
	case after == '/':
		return isDigit(next) || next == 0
	}
	for _, unit := range "元万亿件条份次户个亩吨页%㎡" {
		if after == unit {
			return false
		}
	}
	return true
}

// shaped tells whether the groups have these lengths.
func (n *number) shaped(lengths ...int) bool {
	if len(n.shape) != len(lengths) {
		return false
	}
	for i, l := range lengths {
		if n.shape[i] != l {
			return false
		}
	}
	return true
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
