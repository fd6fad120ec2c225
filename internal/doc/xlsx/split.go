package xlsx

import (
	"regexp"
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// rowKind is what a row of a sheet is taken for.
type rowKind byte

const (
	blankRow   rowKind = iota
	coveredRow         // under a text merged over several rows
	textRow            // one text, no borders
	pairRow            // two texts, no borders: such as the unit beside the organ's name
	cellsRow           // three texts or more, no borders
	boxedRow           // cells with borders, or tied to other rows by a merge
)

// titleLength is the number of characters up to which a text merged across the
// columns is taken for a row of the table that it touches.
const titleLength = 40

// outlineNumber begins a heading of a document, which is never a row.
var outlineNumber = regexp.MustCompile(`^[\s　]*[一二三四五六七八九十]{1,3}、`)

// split cuts a sheet into paragraphs and tables: at empty rows, and where rows
// with one text and rows with several change. Borders, where a sheet uses
// them, decide before all else.
func (r *reader) split(s *sheetData) {
	kinds := s.kinds()
	for y := 0; y < len(kinds); {
		if kinds[y] < pairRow {
			if kinds[y] == textRow {
				r.paragraph(s, y)
			}
			y++
			continue
		}
		end := y + 1
		for end < len(kinds) && kinds[end] >= pairRow {
			end++
		}
		r.table(s, y, end)
		y = end
	}
}

// paragraph appends the texts of a row, several of them with a blank between.
func (r *reader) paragraph(s *sheetData, y int) {
	var texts []string
	at := doc.Place{}
	for _, c := range s.rows[y] {
		if c.text != "" {
			if texts == nil {
				at = s.place(y, c.col)
			}
			texts = append(texts, c.text)
		}
	}
	r.paras++
	at.Para = r.paras
	r.doc.Blocks = append(r.doc.Blocks, doc.Block{Para: &doc.Para{Text: strings.Join(texts, "　"), Place: at}})
}

func (s *sheetData) kinds() []rowKind {
	s.dropCovered()
	kinds := make([]rowKind, len(s.rows))
	boxes := false
	for y, cells := range s.rows {
		kinds[y] = kindOf(cells)
		boxes = boxes || kinds[y] == boxedRow
	}
	if boxes {
		s.unbox(kinds)
	}
	s.tie(kinds)
	if boxes {
		settleBoxed(kinds)
	} else {
		s.settlePlain(kinds)
	}
	return kinds
}

func kindOf(cells []sheetCell) rowKind {
	texts := 0
	for i := range cells {
		if cells[i].border {
			return boxedRow
		}
		if cells[i].text != "" {
			texts++
		}
	}
	switch texts {
	case 0:
		return blankRow
	case 1:
		return textRow
	case 2:
		return pairRow
	}
	return cellsRow
}

// dropCovered sorts the merged ranges and takes out the text of cells under
// the rest of one in its first row: programs keep it, nobody sees it.
func (s *sheetData) dropCovered() {
	slices.SortFunc(s.merges, func(a, b merge) int {
		if a.top != b.top {
			return a.top - b.top
		}
		return a.left - b.left
	})
	for _, m := range s.merges {
		if m.top >= len(s.rows) || m.right == m.left {
			continue
		}
		cells := s.rows[m.top]
		i, _ := slices.BinarySearchFunc(cells, m.left+1, func(c sheetCell, col int) int { return c.col - col })
		for ; i < len(cells) && cells[i].col <= m.right; i++ {
			cells[i].text = ""
		}
	}
}

// tie joins the rows that a merged range holds together. A text alone in its
// rows stays a paragraph, however many rows it is merged over.
func (s *sheetData) tie(kinds []rowKind) {
	texts, several := make([]int, len(kinds)+1), make([]int, len(kinds)+1)
	for y, k := range kinds {
		texts[y+1], several[y+1] = texts[y], several[y]
		if k >= textRow {
			texts[y+1]++
		}
		if k >= pairRow {
			several[y+1]++
		}
	}
	joined, covered := make([]int, len(kinds)+1), make([]int, len(kinds)+1)
	for _, m := range s.merges {
		bottom := min(m.bottom, len(kinds)-1)
		if bottom <= m.top {
			continue
		}
		alone := several[bottom+1] == several[m.top] && texts[bottom+1]-texts[m.top+1] == 0
		if alone {
			covered[m.top+1]++
			covered[bottom+1]--
		} else {
			joined[m.top]++
			joined[bottom+1]--
		}
	}
	inJoined, inCovered := 0, 0
	for y := range kinds {
		inJoined += joined[y]
		inCovered += covered[y]
		switch {
		case inJoined > 0:
			kinds[y] = boxedRow
		case inCovered > 0 && kinds[y] == blankRow:
			kinds[y] = coveredRow
		}
	}
}

// settleBoxed decides the rows without borders in a sheet that uses borders: a
// lonely row with two texts is text, such as the line above a table with the
// organ's name and the unit. Several such rows, and any with three texts or
// more, are cells.
func settleBoxed(kinds []rowKind) {
	for y := 0; y < len(kinds); y++ {
		if kinds[y] != pairRow && kinds[y] != cellsRow {
			continue
		}
		end := y + 1
		for end < len(kinds) && (kinds[end] == pairRow || kinds[end] == cellsRow) {
			end++
		}
		if end == y+1 && kinds[y] == pairRow {
			kinds[y] = textRow
		}
		y = end - 1
	}
}

// settlePlain decides the rows with one text in a sheet without borders: a
// short one merged across columns belongs to the table above or below it, and
// so does any short one between two rows of a table.
func (s *sheetData) settlePlain(kinds []rowKind) {
	wide := map[int]bool{}
	for _, m := range s.merges {
		if m.right > m.left {
			wide[m.top] = true
		}
	}
	cellsBeside := func(y int) bool { return y >= 0 && y < len(kinds) && kinds[y] >= pairRow }
	for y, k := range kinds {
		if k != textRow {
			continue
		}
		text := s.rows[y][0].text
		for _, c := range s.rows[y] {
			if c.text != "" {
				text = c.text
			}
		}
		if isRunningText(text) {
			continue
		}
		above, below := cellsBeside(y-1), cellsBeside(y+1)
		if above && below || wide[y] && (above || below) {
			kinds[y] = boxedRow
		}
	}
}
