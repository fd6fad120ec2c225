package guard

import (
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

	above *passage // the paragraph or printed line above
	seams []seam   // of a passage that was put together out of several
	// broken are the two printed lines of a passage that runs from one into the next.
	broken [2]*passage
	found  []hit
}

// seam says from which character on a passage is another unit's text.
type seam struct{ from, unit int }

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
			b.add(&passage{text: c.Text, place: c.Place, table: number, head: head, title: title, list: heads.list})
			for n := range c.Nested {
				b.addTable(&c.Nested[n])
			}
		}
		b.joinDigits(b.all[first:])
	}
}

// fewestBoxes is how many cells with one digit each in a row make a number.
const fewestBoxes = 11

// joinDigits finds numbers written one digit to a cell, as on forms.
func (b *cutter) joinDigits(row []*passage) {
	var run []*passage
	flush := func() {
		if len(run) >= fewestBoxes {
			joined := &passage{place: run[0].place, unit: -1, table: run[0].table, title: run[0].title, list: run[0].list}
			var text strings.Builder
			for _, p := range run {
				joined.seams = append(joined.seams, seam{len([]rune(text.String())), p.unit})
				text.WriteString(strings.TrimSpace(p.text))
			}
			joined.text = text.String()
			joined.f = fold(joined.text)
			joined.flat = joined.text
			b.all = append(b.all, joined)
		}
		run = nil
	}
	for _, p := range row {
		if s := strings.TrimSpace(string(p.f.runes)); len(s) == 1 && (isDigit(rune(s[0])) || s[0]|0x20 == 'x') {
			run = append(run, p)
			continue
		}
		flush()
	}
	flush()
}

// lineTail is how much of two printed lines is looked at where a number may run
// from one into the next.
const lineTail = 20

// joinLines finds numbers that run over the end of a printed line: sources of
// positions only (PDF) break a paragraph into lines.
func (b *cutter) joinLines(blocks []doc.Block) {
	at := 0
	for _, block := range blocks {
		if block.Para != nil && len(block.Para.Spans) > 0 {
			at++
		}
	}
	if at == 0 {
		return
	}
	for i, n := 1, len(b.all); i < n; i++ {
		above, below := b.all[i-1], b.all[i]
		if above.table != 0 || below.table != 0 || len(above.f.runes) == 0 || len(below.f.runes) == 0 ||
			!isDigit(above.f.runes[len(above.f.runes)-1]) || !isDigit(below.f.runes[0]) {
			continue
		}
		text := above.f.slice(len(above.f.runes)-lineTail, len(above.f.runes)) + below.f.slice(0, lineTail)
		b.all = append(b.all, &passage{text: text, f: fold(text), flat: text, place: above.place, unit: -1, seams: []seam{{0, above.unit}}, broken: [2]*passage{above, below}})
	}
}
