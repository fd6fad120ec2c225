package open

import (
	"context"

	"gongkai/internal/doc"
	"gongkai/internal/doc/csv"
	"gongkai/internal/errs"
)

// Rows reads a list: the cells of the first table of a document, or of a text
// whose values are separated by commas, semicolons or tabs. Row i of what it gives
// is line i+1 of the sheet. Errors are those of Read.
func (o *Opener) Rows(ctx context.Context, name string, data []byte) ([][]string, error) {
	if sniff(data) == kindText && int64(len(data)) <= o.options.MaxBytes {
		return csv.Read(data)
	}
	d, err := o.Read(ctx, name, data)
	if err != nil {
		return nil, err
	}
	for table := range d.Tables {
		return rows(table)
	}
	return nil, errs.New(errs.Invalid, "文件中没有表格；请使用 xlsx 或者 csv 文件。")
}

// maxRow is the last line of a sheet that is read as a list.
const maxRow = csv.MaxRows

func rows(table *doc.Table) ([][]string, error) {
	var all [][]string
	for i, row := range table.Rows {
		line := i + 1
		if len(row.Cells) > 0 && row.Cells[0].Place.Row > 0 {
			line = row.Cells[0].Place.Row
		}
		if line > maxRow || table.Cols > csv.MaxCells {
			return nil, errs.New(errs.TooLarge, "表格太大：最多%d行、%d列，请分成几份。", maxRow, csv.MaxCells)
		}
		for len(all) < line-1 {
			all = append(all, nil)
		}
		cells := make([]string, table.Cols)
		for _, c := range row.Cells {
			if c.Col < len(cells) {
				cells[c.Col] = c.Text
			}
		}
		all = append(all, cells)
	}
	return all, nil
}

// Sheet gives a spreadsheet with all its tables; csv is one, though its bytes are
// those of a text.
func (o *Opener) Sheet(ctx context.Context, name string, data []byte) (*doc.Doc, error) {
	if sniff(data) != kindText || int64(len(data)) > o.options.MaxBytes {
		return o.Read(ctx, name, data)
	}
	all, err := csv.Read(data)
	if err != nil {
		return nil, err
	}
	t := &doc.Table{Grid: true}
	for i, cells := range all {
		row := doc.Row{Place: doc.Place{Row: i + 1}}
		for col, text := range cells {
			row.Cells = append(row.Cells, doc.Cell{Text: text, Col: col, ColSpan: 1, RowSpan: 1, Place: doc.Place{Row: i + 1, Col: col + 1}})
		}
		t.Rows, t.Cols = append(t.Rows, row), max(t.Cols, len(cells))
	}
	d := &doc.Doc{}
	d.AddTable(t)
	return d, nil
}
