package xlsx

import (
	"strings"
	"unicode/utf8"
)

// maxBoxHeight is the number of rows up to which a boxed text is looked at.
const maxBoxHeight = 200

// unbox finds the headings and texts of a sheet in which everything stands in
// one frame: rows that are one cell across all columns and are numbered as
// headings, long, or end as a sentence. It does so only where no text stands
// outside the frame and two numbered headings stand in it, that is, where the
// frame holds a document and not a table.
func (s *sheetData) unbox(kinds []rowKind) {
	var across []merge
	headings := 0
	for _, k := range kinds {
		if k == textRow {
			return
		}
	}
	for _, m := range s.merges {
		if m.right > m.left && m.bottom < len(kinds) && m.bottom-m.top < maxBoxHeight && s.isAcross(m) {
			across = append(across, m)
			if outlineNumber.MatchString(s.textAt(m)) {
				headings++
			}
		}
	}
	if headings < 2 {
		return
	}
	for _, m := range across {
		if isRunningText(s.textAt(m)) {
			setText(kinds, m)
		}
	}
	for _, m := range across {
		// A title or date between such rows, or before the first.
		isText := func(y int) bool { return y < 0 || y < len(kinds) && kinds[y] < pairRow }
		if s.textAt(m) != "" && isText(m.top-1) && isText(m.bottom+1) {
			setText(kinds, m)
		}
	}
}

func isRunningText(text string) bool {
	return outlineNumber.MatchString(text) || utf8.RuneCountInString(text) > titleLength || strings.HasSuffix(text, "。")
}

func setText(kinds []rowKind, m merge) {
	kinds[m.top] = textRow
	for y := m.top + 1; y <= m.bottom; y++ {
		kinds[y] = blankRow
	}
}

// isAcross tells whether a merged range covers all that its rows hold.
func (s *sheetData) isAcross(m merge) bool {
	for _, cells := range s.rows[m.top : m.bottom+1] {
		if n := len(cells); n > 0 && (cells[0].col < m.left || cells[n-1].col > m.right) {
			return false
		}
	}
	return len(s.rows[m.top]) > 0
}

func (s *sheetData) textAt(m merge) string {
	if cells := s.rows[m.top]; len(cells) > 0 && cells[0].col == m.left {
		return cells[0].text
	}
	return ""
}
