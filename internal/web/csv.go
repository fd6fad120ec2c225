package web

import (
	"encoding/csv"
	"iter"
	"net/http"
	"strings"
)

// WriteCSV answers with values separated by commas: a heading, then the rows as
// they come, in UTF-8 with the mark that Excel and WPS tell it by. The name has no
// ending. A cell that a spreadsheet would take for a formula gets an apostrophe in
// front.
func WriteCSV(w http.ResponseWriter, name string, columns []string, rows iter.Seq2[[]string, error]) error {
	var out strings.Builder
	out.WriteString("\ufeff")
	list := csv.NewWriter(&out)
	if err := list.Write(columns); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		plain := make([]string, len(row))
		for i, cell := range row {
			plain[i] = noFormula(cell)
		}
		if err := list.Write(plain); err != nil {
			return err
		}
	}
	list.Flush()
	if err := list.Error(); err != nil {
		return err
	}
	Attach(w, name+".csv", "text/csv; charset=utf-8")
	_, err := w.Write([]byte(out.String()))
	return err
}

func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
