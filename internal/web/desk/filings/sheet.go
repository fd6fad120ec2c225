package filings

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/web"
)

// heads are those of the workbook of a return, out and in.
var heads = []string{filing.SheetName, filing.SheetLabel, "单位", "上期", "去年同期", filing.SheetValue, "计数口径"}

// sheet hands out the form as a workbook, with the figures before, and those that were
// filled in so far.
func (p Pages) sheet(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	c, say := b.Shown(), p.Kit.Say(r)
	known := func(f filing.Field, values map[string]int64) string {
		if n, ok := values[f.Key]; ok {
			return f.Print(n)
		}
		return ""
	}
	return web.WriteXLSX(w, title(say, b), heads, func(yield func([]string, error) bool) {
		for _, f := range b.Fields {
			unit := ""
			if f.Money {
				unit = "万元"
			}
			meaning := f.Figure.Meaning
			if f.Figure.Unit.Sheet() {
				meaning = ""
			}
			if !yield([]string{f.Key, f.Label.Chinese, unit, known(f, b.Scene.Before), known(f, b.Scene.LastYear), known(f, c.Values), meaning}, nil) {
				return
			}
		}
	})
}

// uploadData is a workbook that is taken in.
type uploadData struct {
	Form     web.Form
	Workbook string
}

var uploadTemplate = web.Define[uploadData]("desk/filing_upload")

const sheetField = "sheet"

func (p Pages) uploadForm(r *http.Request, b filing.Bench) uploadData {
	say, one := p.Kit.Say(r), filing.Path(b.Return.ID)
	return uploadData{Workbook: one + "/sheet", Form: web.Form{Submit: say.T("filings.upload"), Cancel: one, Upload: true, Fields: []web.Field{
		{Kind: web.File, Name: sheetField, Label: say.T("filings.workbook"), Hint: say.T("filings.workbook-hint"), Accept: ".xlsx,.csv", Required: true},
		{Kind: web.TextArea, Name: "source", Label: say.T("filings.source"), Hint: say.T("filings.source-hint"), Value: b.Shown().Source, Rows: 2, MaxLength: filing.MaxText},
	}}}
}

func (p Pages) askUpload(w http.ResponseWriter, r *http.Request) error {
	b, err := p.fillable(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return uploadTemplate.Show(p.Kit, w, r, say.T("filings.upload-of", title(say, b)), p.uploadForm(r, b))
}

// takeIn fills a return with what a workbook says; nothing of it is kept while a cell
// is wrong.
func (p Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	b, err := p.fillable(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	c := b.Shown()
	var values map[string]int64
	rows, err := p.rows(r)
	if err == nil {
		values, err = filing.ReadSheet(b.Fields, rows)
	}
	if err == nil {
		fill := filing.Content{Values: values, Source: typed.Get("source"), Files: c.Files, Remarks: c.Remarks}
		err = p.Office.Do(r.Context(), web.Actor(r), b.Return.ID, filing.Fill{Content: fill})
	}
	if err == nil {
		return p.Kit.Done(w, r, filing.Path(b.Return.ID)+"/edit", say.T("filings.uploaded", len(values)))
	}
	data := p.uploadForm(r, b)
	data.Form.Fill(typed)
	if errs.KindOf(err) != errs.Internal && len(errs.FieldsOf(err)) == 0 {
		err = errs.AtField(sheetField, err)
	}
	if !data.Form.Fail(err) {
		return err
	}
	return uploadTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("filings.upload-of", title(say, b)), data)
}

// rows reads the workbook that was sent.
func (p Pages) rows(r *http.Request) ([][]string, error) {
	file, head, err := r.FormFile(sheetField)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, errs.New(errs.Invalid, "请选择工作簿（xlsx 或者 csv）。")
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errs.New(errs.Invalid, "文件“%s”是空的。", strings.TrimSpace(head.Filename))
	}
	return p.Reader.Rows(r.Context(), head.Filename, data)
}

// may judges a right that a page shows a form for.
func (p Pages) may(r *http.Request, act account.Act, organ string) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	return web.Actor(r).May(act, organ, tree)
}
