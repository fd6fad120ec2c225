package publish

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// Cells that belong to another: to the one at the left, to the one above.
const leftward, upward = "<", "^"

// mostHeader is how many rows a header may have.
const mostHeader = 5

// tableOf reads a table.
func tableOf(lines []string) *doc.Table {
	t := &doc.Table{Grid: true}
	for i, line := range lines {
		if rule.MatchString(line) && i > 0 && i <= mostHeader && i == len(t.Rows) {
			for r := range t.Rows {
				t.Rows[r].Header = true
			}
			continue
		}
		var row doc.Row
		for col, text := range cellsOf(line) {
			row.Cells = append(row.Cells, doc.Cell{Text: text, Col: col, ColSpan: 1, RowSpan: 1})
		}
		t.Rows = append(t.Rows, row)
		t.Cols = max(t.Cols, len(row.Cells))
	}
	merge(t)
	for r, row := range t.Rows {
		for k := range row.Cells {
			c := &t.Rows[r].Cells[k]
			c.Header, c.Text = row.Header, strings.TrimPrefix(c.Text, escaped)
		}
	}
	return t
}

// escaped stands before the text of a cell that would be read as a mark; no text that
// was typed has it (trim).
const escaped = "\x00"

// gridPlace is a place of the grid.
type gridPlace struct{ row, col int }

// merge joins the cells that belong to another. Marks that make no rectangle are taken
// for empty cells.
func merge(t *doc.Table) {
	owners := map[gridPlace]gridPlace{}
	for r, row := range t.Rows {
		for c, cell := range row.Cells {
			at := gridPlace{r, c}
			owners[at] = at
			if from, ok := owners[gridPlace{r, c - 1}]; ok && cell.Text == leftward {
				owners[at] = from
			}
			if from, ok := owners[gridPlace{r - 1, c}]; ok && cell.Text == upward {
				owners[at] = from
			}
		}
	}
	sound := rectangles(t, owners)
	for r := range t.Rows {
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			own := owners[gridPlace{r, c}] == gridPlace{r, c}
			if mark := cell.Text == leftward || cell.Text == upward; mark && (own || !sound) {
				cell.Text = ""
			}
			if !sound {
				cell.ColSpan, cell.RowSpan = 1, 1
			}
		}
		if sound {
			t.Rows[r].Cells = slices.DeleteFunc(t.Rows[r].Cells, func(c doc.Cell) bool { return owners[gridPlace{r, c.Col}] != gridPlace{r, c.Col} })
		}
	}
}

// rectangles sets the spans of the owners; false when one is no rectangle.
func rectangles(t *doc.Table, owners map[gridPlace]gridPlace) bool {
	n := map[gridPlace]int{}
	for at, o := range owners {
		c := &t.Rows[o.row].Cells[o.col]
		c.RowSpan, c.ColSpan = max(c.RowSpan, at.row-o.row+1), max(c.ColSpan, at.col-o.col+1)
		n[o]++
	}
	for o, places := range n {
		c := t.Rows[o.row].Cells[o.col]
		if places != c.RowSpan*c.ColSpan {
			return false
		}
	}
	return true
}

// cellsOf cuts a row at its bars.
func cellsOf(line string) []string {
	var all []string
	var b strings.Builder
	runes := []rune(strings.TrimPrefix(line, "|"))
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '\\' && i+1 < len(runes):
			i++
			switch string(runes[i]) {
			case "n":
				b.WriteByte('\n')
			case leftward, upward:
				b.WriteString(escaped + string(runes[i]))
			default:
				b.WriteRune(runes[i])
			}
		case r == '|':
			all = append(all, cellOf(b.String()))
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	if rest := cellOf(b.String()); rest != "" {
		all = append(all, rest)
	}
	return all
}

// cellOf gives the text of a cell; one that was kept from being a mark keeps that.
func cellOf(raw string) string {
	text := cellText(raw)
	if (text == leftward || text == upward) && strings.Contains(raw, escaped) {
		return escaped + text
	}
	return text
}

func printTable(b *strings.Builder, t *doc.Table) {
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = make([]string, max(t.Cols, len(row.Cells)))
	}
	set := func(r, c int, text string) {
		if r < len(rows) && c < len(rows[r]) {
			rows[r][c] = text
		}
	}
	for i, row := range t.Rows {
		for k, c := range row.Cells {
			if !t.Grid {
				set(i, k, printCell(c.Text))
				continue
			}
			for r := range max(c.RowSpan, 1) {
				for col := range max(c.ColSpan, 1) {
					mark := leftward
					if col == 0 {
						mark = upward
					}
					set(i+r, c.Col+col, mark)
				}
			}
			set(i, c.Col, printCell(c.Text))
		}
	}
	header := 0
	for header < len(t.Rows) && header < mostHeader && t.Rows[header].Header {
		header++
	}
	for i, cells := range rows {
		if len(cells) == 0 {
			continue
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if i == header-1 {
			b.WriteString("|" + strings.Repeat(" --- |", len(cells)) + "\n")
		}
	}
}

func printCell(text string) string {
	text = cellText(text)
	if text == leftward || text == upward {
		return `\` + text
	}
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`).Replace(text)
}
