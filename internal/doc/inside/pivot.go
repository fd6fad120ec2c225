package inside

import (
	"path"
	"strconv"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// pivotCache is the copy of its source that a pivot table keeps: every row of
// it, whatever the table shows.
type pivotCache struct {
	source string
	fields []string
	items  [][]string // shared values of each field
	rows   []doc.Row
	cells  int
}

// readPivotCache reads the definition of a cache with its records.
func readPivotCache(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	c := &pivotCache{}
	if err := c.definition(markup.NewScanner(part)); err != nil {
		return err
	}
	related, err := p.Relations(name)
	if err != nil {
		return err
	}
	for _, r := range related {
		if r.Kind != "pivotCacheRecords" || r.External {
			continue
		}
		records, err := p.XML(r.Target)
		if err != nil {
			return err
		}
		if err := c.records(markup.NewScanner(records)); err != nil {
			return err
		}
	}
	t := &doc.Table{Grid: true, Rows: append([]doc.Row{c.head()}, c.rows...)}
	blocks := []doc.Block{{Table: t}}
	if len(c.rows) == 0 {
		for _, items := range c.items {
			blocks = append(blocks, paragraphs(doc.Place{}, items...)...)
		}
	}
	f.add(Layer{Kind: PivotCache, Name: c.source, Blocks: blocks, Count: max(len(c.rows), len(blocks)-1)})
	if c.cells > MaxSheetCells {
		f.add(Layer{Kind: Left, Name: path.Base(name) + "过大，其余记录没有读取"})
	}
	return nil
}

func (c *pivotCache) head() (row doc.Row) {
	for i, name := range c.fields {
		row.Cells = append(row.Cells, doc.Cell{Text: name, Col: i, ColSpan: 1, RowSpan: 1, Header: true})
	}
	return row
}

func (c *pivotCache) definition(s *markup.Scanner) error {
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		switch string(s.Name) {
		case "worksheetSource":
			c.source = attr(s, "sheet")
		case "cacheField":
			c.fields = append(c.fields, attr(s, "name"))
			c.items = append(c.items, nil)
		case "sharedItems":
			for d := s.Depth(); s.Child(d) && len(c.items) > 0; {
				last := len(c.items) - 1
				c.items[last] = append(c.items[last], plainNumber(attr(s, "v")))
			}
		}
	}
	return s.Err
}

// records reads the rows; an x is a number in the shared values of its field.
func (c *pivotCache) records(s *markup.Scanner) error {
	for s.Child(0) {
		for d := s.Depth(); s.Child(d) && c.cells <= MaxSheetCells; {
			row := doc.Row{Place: doc.Place{Row: len(c.rows) + 1}}
			col := 0
			for d := s.Depth(); s.Child(d); col++ {
				text := attr(s, "v")
				if string(s.Name) == "x" {
					text = c.item(col, text)
				}
				c.cells++
				row.Cells = append(row.Cells, doc.Cell{Text: plainNumber(text), Col: col, ColSpan: 1, RowSpan: 1, Place: doc.Place{Row: row.Place.Row, Col: col + 1}})
			}
			c.rows = append(c.rows, row)
		}
	}
	return s.Err
}

func (c *pivotCache) item(col int, index string) string {
	i, err := strconv.Atoi(index)
	if err != nil || col >= len(c.items) || i < 0 || i >= len(c.items[col]) {
		return ""
	}
	return c.items[col][i]
}
