package admin

import (
	"errors"
	"io"
	"net/http"

	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
)

// sheetRows reads the list that a form sent in its field “sheet”, xlsx or CSV:
// row i is line i+1 of the sheet. What is wrong with the file is said beside
// the field.
func sheetRows(r *http.Request) ([][]string, error) {
	file, header, err := r.FormFile("sheet")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, sheetError("请选择要导入的表格文件（xlsx 或者 csv）。")
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	opener := open.New(open.Options{MaxBytes: maxSheet})
	defer func() { _ = opener.Close() }() // only read
	rows, err := opener.Rows(r.Context(), header.Filename, data)
	if err != nil && errs.KindOf(err) != errs.Internal {
		return nil, sheetError(errs.Public(err))
	}
	return rows, err
}
