package web

import (
	"io"
	"iter"
	"net/http"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/errs"
)

// maxSheet is how many rows an exported sheet has at most, the heading included;
// a spreadsheet holds no more.
const maxSheet = excelize.TotalRows

// WriteXLSX answers with a spreadsheet: a heading, then the rows as they come.
// The name has no ending. Nothing is sent when a row fails.
func WriteXLSX(w http.ResponseWriter, name string, columns []string, rows iter.Seq2[[]string, error]) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	if err := fill(book, columns, rows); err != nil {
		return err
	}
	Attach(w, name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return book.Write(w, excelize.Options{})
}

// PutXLSX writes such a spreadsheet where it is not the whole answer.
func PutXLSX(to io.Writer, columns []string, rows iter.Seq2[[]string, error]) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	if err := fill(book, columns, rows); err != nil {
		return err
	}
	return book.Write(to, excelize.Options{})
}

func fill(book *excelize.File, columns []string, rows iter.Seq2[[]string, error]) error {
	const sheet = "Sheet1"
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetColWidth(1, max(1, len(columns)), 22); err != nil {
		return err
	}
	if err := out.SetRow("A1", cells(columns), excelize.RowOpts{StyleID: bold}); err != nil {
		return err
	}
	line := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		if line++; line > maxSheet {
			return errs.New(errs.TooLarge, "内容超过 %d 行，一张表装不下，请加上查询条件后分几次导出。", maxSheet-1)
		}
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, cells(row)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// cells gives a row as text. A cell never becomes a formula: excelize writes
// strings as strings; control characters, which XML cannot hold, are dropped.
func cells(row []string) []any {
	all := make([]any, len(row))
	for i, text := range row {
		all[i] = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' {
				return -1
			}
			return r
		}, text)
	}
	return all
}
