package xlsx

import (
	"strings"
	"unicode"

	"gongkai/internal/doc"
)

// leaveOutHidden takes hidden rows and columns out of a sheet, as they are not
// printed, and gives notice of their text. The text of a merged range stands
// in its first visible cell.
func (r *reader) leaveOutHidden(s *sheetData) {
	rows := make([]int, len(s.rows)+1) // visible rows before each one
	s.rowNumber = nil
	for y := range s.rows {
		rows[y+1] = rows[y]
		if !s.hiddenRow[y] {
			rows[y+1]++
			s.rowNumber = append(s.rowNumber, y+1)
		}
	}
	cols := make([]int, MaxColumns+1)
	for x := range MaxColumns {
		cols[x+1] = cols[x]
		if !s.hiddenCol[x] {
			cols[x+1]++
			s.colNumber = append(s.colNumber, x+1)
		}
	}
	anchors := s.moveMerges(rows, cols)
	visible := make([][]sheetCell, rows[len(s.rows)])
	for y, cells := range s.rows {
		for _, c := range cells {
			to, kept := slot{rows[y], cols[c.col]}, !s.hiddenRow[y] && !s.hiddenCol[c.col]
			if at, ok := anchors[slot{y, c.col}]; ok {
				to, kept = at, true
			}
			if kept {
				visible[to.row] = put(visible[to.row], sheetCell{to.col, c.text, c.border})
			} else if c.text != "" {
				r.notice(doc.HiddenText, c.text, doc.Place{Sheet: s.name, Row: y + 1, Col: c.col + 1})
			}
		}
	}
	s.rows = visible
}

type slot struct{ row, col int }

// moveMerges counts the merged ranges in visible rows and columns and tells
// where the text of those goes whose first cell is hidden.
func (s *sheetData) moveMerges(rows, cols []int) map[slot]slot {
	anchors := map[slot]slot{}
	kept := s.merges[:0]
	for _, m := range s.merges {
		row := func(y int) int { return rows[min(y, len(rows)-1)] }
		col := func(x int) int { return cols[min(x, len(cols)-1)] }
		now := merge{row(m.top), col(m.left), row(m.bottom+1) - 1, col(m.right+1) - 1}
		if now.bottom < now.top || now.right < now.left {
			continue
		}
		anchors[slot{m.top, m.left}] = slot{now.top, now.left}
		kept = append(kept, now)
	}
	s.merges = kept
	return anchors
}

// put inserts a cell in order of columns; text wins over an empty cell.
func put(cells []sheetCell, c sheetCell) []sheetCell {
	for i := range cells {
		switch {
		case cells[i].col == c.col:
			if cells[i].text == "" {
				cells[i].text = c.text
			}
			cells[i].border = cells[i].border || c.border
			return cells
		case cells[i].col > c.col:
			cells = append(cells, sheetCell{})
			copy(cells[i+1:], cells[i:])
			cells[i] = c
			return cells
		}
	}
	return append(cells, c)
}

// isBlank tells texts that leave no ink.
func isBlank(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool {
		return !unicode.IsSpace(c) && c != '\u200b' && c != '\ufeff'
	}) < 0
}
