// Package csv reads lists that spreadsheets save as text: values separated by
// commas, semicolons or tabs, in UTF-8, UTF-16 or GB18030, as Excel and WPS write
// them. It knows nothing of what a list is about.
package csv

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"gongkai/internal/doc/text"
	"gongkai/internal/errs"
)

// Limits of a list.
const (
	MaxRows  = 200_000
	MaxCells = 200 // in a row
)

// Read gives the cells of a list, as they were printed: row i stands in line i+1
// of the file, so that lines which a quoted cell goes on in are empty rows.
// Errors are errs.Invalid and errs.TooLarge.
func Read(data []byte) ([][]string, error) {
	printed, _, err := text.Decode(data)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "表格的文字编码无法识别，请另存为 UTF-8 或者 GB18030 编码的 CSV 文件。")
	}
	r := csv.NewReader(strings.NewReader(printed))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(printed), -1, true
	r.TrimLeadingSpace = r.Comma != '\t' // a tab would pass for a blank
	var rows [][]string
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "表格无法读取：引号不成对或者行已损坏，请另存为 CSV 文件后重试。")
		}
		line, _ := r.FieldPos(0)
		if line > MaxRows || len(record) > MaxCells {
			return nil, errs.New(errs.TooLarge, "表格太大：最多%d行、%d列，请分成几份。", MaxRows, MaxCells)
		}
		for len(rows) < line-1 {
			rows = append(rows, nil)
		}
		rows = append(rows, record)
	}
}

// separator is the one of comma, semicolon and tab that the first line has most.
func separator(printed string) rune {
	first, _, _ := strings.Cut(printed, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, c := range ";\t" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}
