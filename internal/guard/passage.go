package guard

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// passage is a text that stands by itself, a paragraph or a cell, with what is
// known around it.
type passage struct {
	text  string
	f     folded
	flat  string // the folded text
	place doc.Place
	unit  int // its number in the order of inside.EachText; -1 where it is none
	table int // number of its table, 0 in running text
	head  heading
	title string // the heading or label over it
	list  listKind

	above  *passage // the paragraph or printed line above
	pieces []piece  // of a passage that was put together out of several
	found  []hit

	covered []string // by which rule a character was found; nil where none was
}

// piece is a part of a passage that is another passage's text: n characters of it.
type piece struct {
	of       *passage
	first, n int // in the passage that was put together
	at       int // in the other
}

// within gives for each piece that a stretch of characters touches which characters of
// the other passage they are, and from which character of the stretch on.
func (p *passage) within(from, to int, yield func(of *passage, a, b, skipped int)) {
	for _, one := range p.pieces {
		a, b := max(from, one.first), min(to, one.first+one.n)
		if a < b {
			yield(one.of, one.at+a-one.first, one.at+b-one.first, a-from)
		}
	}
}

// joined puts pieces of passages together into one that is no unit of its own.
func joined(of []*passage, from, to []int) *passage {
	p := &passage{unit: -1, place: of[0].place, table: of[0].table, head: of[0].head, title: of[0].title, list: of[0].list}
	for i, one := range of {
		n := to[i] - from[i]
		p.pieces = append(p.pieces, piece{of: one, first: len(p.f.runes), n: n, at: from[i]})
		p.f.runes = append(p.f.runes, one.f.runes[from[i]:to[i]]...)
	}
	p.flat = string(p.f.runes)
	p.text, p.f = p.flat, fold(p.flat)
	return p
}

// contextReach is how many characters before a number are looked at for what
// it is.
const contextReach = 24

// before is what stands in front of a character: the text up to a full stop, or
// the heading of a cell.
func (p *passage) before(at int) string {
	s := p.f.slice(at-contextReach, at)
	if at < contextReach && p.above != nil { // a printed line goes on from the one above
		n := len(p.above.f.runes)
		s = p.above.f.slice(n-(contextReach-at), n) + s
	}
	if i := strings.LastIndexAny(s, "。;!?"); i >= 0 {
		s = s[i:]
	}
	return p.title + " " + strings.Join(strings.Fields(s), "")
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// passages cuts blocks into passages, in the order of inside.EachText.
func passages(blocks []doc.Block) []*passage {
	b := &cutter{}
	for i := range blocks {
		if p := blocks[i].Para; p != nil {
			b.add(&passage{text: p.Text, place: p.Place})
		}
		if t := blocks[i].Table; t != nil {
			b.addTable(t)
		}
	}
	b.joinLines(blocks)
	return b.all
}

// cutter makes passages.
type cutter struct {
	all    []*passage
	units  int
	tables int
}

func (b *cutter) add(p *passage) {
	p.f = fold(p.text)
	p.flat = string(p.f.runes)
	p.unit = b.units
	b.units++
	if n := len(b.all); n > 0 && p.table == 0 && b.all[n-1].table == 0 {
		p.above = b.all[n-1]
	}
	b.all = append(b.all, p)
}

func (b *cutter) addTable(t *doc.Table) {
	b.tables++
	number := b.tables
	heads := readHeadings(t)
	for y := range t.Rows {
		row := &t.Rows[y]
		first := len(b.all)
		for x := range row.Cells {
			c := &row.Cells[x]
			head, title := heads.of(t, y, x)
			b.add(&passage{text: c.Text, place: c.Place, table: number, head: head, title: title, list: heads.listOf(y)})
			for n := range c.Nested {
				b.addTable(&c.Nested[n])
			}
		}
		b.joinDigits(b.all[first:])
	}
}

// fewestBoxes is how many cells with one digit each in a row make a number.
const fewestBoxes = 11

// joinDigits finds numbers that run over several cells of a row: one digit to a cell,
// as on forms, or an ID or telephone number cut where people cut it.
func (b *cutter) joinDigits(row []*passage) {
	var run []*passage
	for i := 0; i <= len(row); i++ {
		if i < len(row) && allDigits(row[i].f.runes) {
			run = append(run, row[i])
			continue
		}
		if len(run) > 1 {
			b.joinCells(run)
		}
		run = nil
	}
}

func (b *cutter) joinCells(run []*passage) {
	for i := 0; i < len(run); {
		n := min(cutNumber(run[i:]), len(run)-i)
		if n > 1 {
			from, to := make([]int, n), make([]int, n)
			for k, p := range run[i : i+n] {
				from[k], to[k] = trimmed(p.f.runes)
			}
			b.all = append(b.all, joined(run[i:i+n], from, to))
		}
		i += max(n, 1)
	}
}

// cutNumber tells how many cells make one number, from the first on; 0 where it is one
// by itself.
func cutNumber(cells []*passage) int {
	single := 0
	for single < len(cells) && digitsOf(cells[single]) == 1 {
		single++
	}
	if single >= fewestBoxes {
		return single
	}
	said := cells[0].head == idHeading || cells[0].head == phoneHeading
	var shape []int
	digits := ""
	for _, c := range cells[:min(len(cells), mostCut)] {
		shape = append(shape, digitsOf(c))
		digits += strings.TrimSpace(string(c.f.runes))
		switch usual := slices.Equal(shape, []int{6, 8, 4}) || slices.Equal(shape, []int{6, 4, 4, 4}); {
		case len(digits) == 18 && len(shape) > 1 && (said || usual) && possibleID(strings.ToUpper(digits)):
			return len(shape)
		case said && slices.Equal(shape, []int{3, 4, 4}) && mobileDigits(digits):
			return len(shape)
		}
	}
	return 0
}

// mostCut is over how many cells a number is cut, unless each digit has its own.
const mostCut = 4

func digitsOf(p *passage) int {
	from, to := trimmed(p.f.runes)
	return to - from
}

func allDigits(runes []rune) bool {
	from, to := trimmed(runes)
	for _, r := range runes[from:to] {
		if !isDigit(r) && !isX(r) {
			return false
		}
	}
	return to > from && to-from <= 18
}

// trimmed gives where a text begins and ends without the blanks around it.
func trimmed(runes []rune) (from, to int) {
	to = len(runes)
	for from < to && (runes[from] == ' ' || runes[from] == '\n') {
		from++
	}
	for to > from && (runes[to-1] == ' ' || runes[to-1] == '\n') {
		to--
	}
	return from, to
}

// lineTail is how much of two printed lines is looked at where a number may run
// from one into the next.
const lineTail = 20

// joinLines finds numbers that run over the end of a line. Where lines are those of a
// printed page (PDF) any may do; elsewhere only an ID number is told by its check
// character.
func (b *cutter) joinLines(blocks []doc.Block) {
	printed := false
	for _, block := range blocks {
		printed = printed || block.Para != nil && len(block.Para.Spans) > 0
	}
	for i, n := 1, len(b.all); i < n; i++ {
		above, below := b.all[i-1], b.all[i]
		if above.table != 0 || below.table != 0 || len(above.f.runes) == 0 || len(below.f.runes) == 0 ||
			!isDigit(above.f.runes[len(above.f.runes)-1]) || !isDigit(below.f.runes[0]) {
			continue
		}
		tail, head := max(0, len(above.f.runes)-lineTail), min(lineTail, len(below.f.runes))
		if !printed {
			tail, head = rowBefore(above.f.runes), rowFrom(below.f.runes)
			id := above.f.slice(tail, len(above.f.runes)) + below.f.slice(0, head)
			if len(id) != 18 || !possibleID(strings.ToUpper(id)) {
				continue
			}
		}
		b.all = append(b.all, joined([]*passage{above, below}, []int{tail, 0}, []int{len(above.f.runes), head}))
	}
}

// rowBefore is where the row of digits begins that ends a text, rowFrom where that
// ends which begins one.
func rowBefore(runes []rune) int {
	at := len(runes)
	for at > 0 && isDigit(runes[at-1]) && len(runes)-at < 18 {
		at--
	}
	return at
}

func rowFrom(runes []rune) int {
	at := 0
	for at < len(runes) && (isDigit(runes[at]) || isX(runes[at])) && at < 18 {
		at++
	}
	return at
}
