package admin

import (
	"iter"
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// organsImport takes in a list of organs, after a look at it.
type organsImport struct {
	Looked bool // a list was looked at
	Taken  org.Taken
	Form   web.Form
}

var organsImportTemplate = web.Define[organsImport]("admin/organs_import")

func (p Organs) importForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("organ.import-go"), Cancel: "/admin/organs", Upload: true, Fields: []web.Field{
		{Kind: web.File, Name: "sheet", Label: say.T("organ.sheet"), Hint: say.T("organ.sheet-hint"), Required: true, Accept: ".xlsx,.csv"},
		{Kind: web.Check, Name: "keep", Label: say.T("organ.import-keep"), Hint: say.T("organ.import-keep-hint")},
	}}
}

func (p Organs) askImport(w http.ResponseWriter, r *http.Request) error {
	return organsImportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("organ.import"), organsImport{Form: p.importForm(r)})
}

// sheet gives an empty list to fill in.
func (p Organs) sheet(w http.ResponseWriter, r *http.Request) error {
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("organ.import"), organHeads()[:len(org.Columns())-1], none) // without our key
}

func (p Organs) takeIn(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data := organsImport{Looked: true, Form: p.importForm(r)}
	dry := values.Get("keep") == ""
	lines, err := readOrgans(r)
	if err == nil {
		data.Taken, err = p.Office.Import(r.Context(), web.Actor(r), lines, dry)
	}
	say := p.Kit.Say(r)
	if err != nil {
		if data.Looked = false; data.Form.Fail(err) {
			return organsImportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("organ.import"), data)
		}
		return err
	}
	if dry || len(data.Taken.Problems) > 0 {
		data.Form.Fill(values)
		return organsImportTemplate.Show(p.Kit, w, r, say.T("organ.import"), data)
	}
	return p.Kit.Done(w, r, "/admin/organs", say.T("organ.imported", data.Taken.New, data.Taken.Changed, data.Taken.Same))
}

// readOrgans reads the list that was sent.
func readOrgans(r *http.Request) ([]org.Line, error) {
	rows, err := sheetRows(r)
	if err != nil {
		return nil, err
	}
	lines, err := org.Lines(rows)
	if err != nil {
		return nil, sheetError(errs.Public(err))
	}
	return lines, nil
}
