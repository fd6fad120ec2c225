package admin

import (
	"io"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strings"

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
		{Kind: web.File, Name: "sheet", Label: say.T("organ.sheet"), Hint: say.T("organ.sheet-hint"), Required: true, Accept: ".xlsx"},
		{Kind: web.Check, Name: "keep", Label: say.T("organ.import-keep"), Hint: say.T("organ.import-keep-hint")},
	}}
}

func (p Organs) askImport(w http.ResponseWriter, r *http.Request) error {
	return organsImportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("organ.import"), organsImport{Form: p.importForm(r)})
}

// sheet gives an empty list to fill in.
func (p Organs) sheet(w http.ResponseWriter, r *http.Request) error {
	var heads []string
	for _, c := range org.Columns() {
		heads = append(heads, string(c))
	}
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("organ.import"), heads, none)
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

// readOrgans reads the list that was sent, its columns found by their names.
func readOrgans(r *http.Request) ([]org.Line, error) {
	file, header, err := r.FormFile("sheet")
	if err != nil {
		return nil, sheetError("请选择要导入的表格文件（xlsx）。")
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	table, err := firstTable(r.Context(), header.Filename, raw)
	if err != nil {
		return nil, err
	}
	columns := map[int]org.Column{}
	for _, c := range table.Rows[0].Cells {
		if name := org.Column(strings.TrimSpace(c.Text)); slices.Contains(org.Columns(), name) {
			columns[c.Col] = name
		}
	}
	var lines []org.Line
	for i, row := range table.Rows[1:] {
		line := org.Line{Number: i + 2, Cells: map[org.Column]string{}}
		for _, c := range row.Cells {
			if name, ok := columns[c.Col]; ok && strings.TrimSpace(c.Text) != "" {
				line.Cells[name] = c.Text
			}
		}
		if len(line.Cells) > 0 {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 || !slices.Contains(slices.Collect(maps.Values(columns)), org.NameColumn) {
		return nil, sheetError("表中没有找到“" + string(org.NameColumn) + "”列，或者没有内容；列名见可以下载的空表。")
	}
	return lines, nil
}
