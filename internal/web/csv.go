package web

import (
	"encoding/csv"
	"io"
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

// StreamCSV answers like WriteCSV, with rows sent as they come: for what may be too
// long to be held. A row that fails breaks the answer off, so that nobody takes a part
// for the whole.
func StreamCSV(w http.ResponseWriter, name string, columns []string, rows iter.Seq2[[]string, error]) error {
	Attach(w, name+".csv", "text/csv; charset=utf-8")
	return Streamed(w, func(out io.Writer) error {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return err
		}
		list := csv.NewWriter(out)
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
		return list.Error()
	})
}

// Streamed sends an answer while it is made. What goes wrong before anything was sent
// is an error as ever; later it breaks the connection.
func Streamed(w http.ResponseWriter, write func(io.Writer) error) error {
	out := &begun{w: w}
	err := write(out)
	if err != nil && out.sent {
		panic(http.ErrAbortHandler)
	}
	return err
}

// begun notes that something was sent.
type begun struct {
	w    io.Writer
	sent bool
}

func (b *begun) Write(data []byte) (int, error) {
	b.sent = true
	return b.w.Write(data)
}

func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
