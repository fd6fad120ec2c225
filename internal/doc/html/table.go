package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/internal/doc"
)

// grid forms a table as the HTML standard does ("forming a table"): cells go
// to the first free column, cells from above grow down, spans end with their
// row group. Where two cells would overlap the later one is cut, so that every
// slot has one owner.
type grid struct {
	r      *reader
	table  *doc.Table
	at     doc.Place
	until  []int // per column: first row that is free again
	cut    bool  // a limit was met
	nested bool
}

// readTable reads one table; its caption becomes nothing here, it is read as a
// paragraph before it.
func (r *reader) readTable(n *html.Node, ctx context, at doc.Place) *doc.Table {
	g := &grid{r: r, at: at, table: &doc.Table{Grid: true, Place: at}, nested: at.Row > 0}
	groups := rowGroups(n)
	first := 0
	for i, group := range groups {
		g.group(group, ctx)
		if i+1 < len(groups) && g.spansGoOn(groups[i+1].node) {
			continue
		}
		g.endSpans(first)
		first = len(g.table.Rows)
	}
	if g.table.Cols == 0 {
		return nil
	}
	if g.cut {
		r.notice(doc.Truncated, "表格超过"+strconv.Itoa(MaxColumns)+"列或全文超过"+strconv.Itoa(MaxCells)+"个单元格，其余未读", at)
	}
	return g.table
}

func (g *grid) group(group rowGroup, ctx context) {
	for c := range group.node.ChildNodes() {
		if c.DataAtom != atom.Tr || isHidden(c) {
			if c.DataAtom == atom.Tr {
				g.hiddenRow(c)
			}
			continue
		}
		g.row(c, group.header, ctx)
	}
}

// spansGoOn tells the one case in which spans may leave their group: the first
// row of the next one has exactly the columns that they leave free. LibreOffice
// writes such tables when only a part of a header is repeated; a browser would
// show the row shifted.
func (g *grid) spansGoOn(next *html.Node) bool {
	rows, carried := len(g.table.Rows), 0
	for _, until := range g.until {
		if until > rows && until < MaxRows {
			carried++
		}
	}
	for tr := range next.ChildNodes() {
		if tr.DataAtom != atom.Tr {
			continue
		}
		own := 0
		for c := range tr.ChildNodes() {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				own += min(spanOf(c, "colspan", MaxColumns), MaxColumns)
			}
		}
		return carried > 0 && own+carried == g.table.Cols
	}
	return false
}

func (g *grid) hiddenRow(n *html.Node) {
	if text := collapsed(n); !isBlank(text) {
		g.r.notice(doc.HiddenText, text, g.at)
	}
}

// endSpans cuts the spans that reach beyond their row group.
func (g *grid) endSpans(first int) {
	rows := len(g.table.Rows)
	for y := first; y < rows; y++ {
		cells := g.table.Rows[y].Cells
		for i := range cells {
			if y+cells[i].RowSpan > rows {
				cells[i].RowSpan = rows - y
			}
		}
	}
	for x := range g.until {
		g.until[x] = min(g.until[x], rows)
	}
}

func (g *grid) row(n *html.Node, header bool, ctx context) {
	y := len(g.table.Rows)
	row := doc.Row{Header: header, Place: g.place(y, -1)}
	x := 0
	for c := range n.ChildNodes() {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th || isHidden(c) {
			continue
		}
		for x < len(g.until) && g.until[x] > y {
			x++
		}
		if x >= MaxColumns || g.r.cells >= MaxCells {
			g.cut = true
			break
		}
		cell := g.cell(c, x, y, ctx)
		row.Cells = append(row.Cells, cell)
		x += min(spanOf(c, "colspan", MaxColumns), MaxColumns-x)
	}
	g.table.Rows = append(g.table.Rows, row)
}

func (g *grid) cell(n *html.Node, x, y int, ctx context) doc.Cell {
	g.r.cells++
	width := min(spanOf(n, "colspan", MaxColumns), MaxColumns-x)
	height := spanOf(n, "rowspan", MaxRows)
	if v := strings.TrimSpace(attr(n, "rowspan")); v != "" && strings.Trim(v, "0") == "" {
		height = MaxRows
	}
	width = g.occupy(x, width, y+height, y)
	g.table.Cols = max(g.table.Cols, x+width)
	cell := doc.Cell{Col: x, ColSpan: width, RowSpan: height, Header: n.DataAtom == atom.Th || attr(n, "class") == classEmptyHeader, Place: g.place(y, x)}
	content := &cellContent{r: g.r, at: cell.Place}
	f := &flow{r: g.r, out: content}
	ctx.list = nil
	f.children(n, ctx.inside(n))
	f.flush()
	cell.Text = strings.Join(content.lines, "\n")
	cell.Nested = content.nested
	return cell
}

// occupy takes the slots of a cell and gives its width, cut where a cell from
// above is in the way.
func (g *grid) occupy(x, width, until, y int) int {
	for len(g.until) < x+width {
		g.until = append(g.until, 0)
	}
	for i := range width {
		if g.until[x+i] > y {
			return i
		}
		g.until[x+i] = until
	}
	return width
}

// spanOf reads a span attribute as the standard does: leading digits, at least
// 1, at most limit.
func spanOf(n *html.Node, name string, limit int) int {
	v := strings.TrimLeft(attr(n, name), " \t\r\n\f+")
	span := 0
	for i := 0; i < len(v) && v[i] >= '0' && v[i] <= '9'; i++ {
		span = min(span*10+int(v[i]-'0'), limit)
	}
	return max(span, 1)
}

// place counts rows and columns from 1; inside a nested table it stays the
// place of the outer cell, the only one a reader can find.
func (g *grid) place(y, x int) doc.Place {
	if g.nested {
		return g.at
	}
	p := g.at
	p.Row, p.Col = y+1, x+1
	return p
}

// cellContent gathers the content of a cell.
type cellContent struct {
	r      *reader
	at     doc.Place
	lines  []string
	nested []doc.Table
}

func (c *cellContent) paragraph(text string, _ doc.Style) { c.lines = append(c.lines, text) }

func (c *cellContent) table(n *html.Node, ctx context) {
	if t := c.r.readTable(n, ctx, c.at); t != nil {
		c.nested = append(c.nested, *t)
	}
}

func (c *cellContent) place() doc.Place { return c.at }
