package filings

import (
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// editData is a return while it is filled in, beside what speaks against it.
type editData struct {
	Form     web.Form
	Findings findings
	Sheet    bool
	Back     string // why it was sent back
	Why      string // of a correction
	Workbook string
	Upload   string
}

// previewData is what speaks against what is typed now.
type previewData struct{ Findings findings }

var (
	editTemplate    = web.Define[editData]("desk/filing_edit")
	previewTemplate = web.Define[previewData]("desk/filing_preview")
)

const filesField = "files"

// taker takes in evidence: PDF, pictures, office files (which are zip archives), text.
func (p Pages) taker() deed.Papers {
	return deed.Papers{
		Kit: p.Kit, Files: p.Files, Key: "filing files sent", Only: filesField, Single: true, Most: filing.MaxFiles,
		Types: []string{"application/pdf", "image/jpeg", "image/png", "application/zip", "text/plain; charset=utf-8"}, Named: "PDF、JPG、PNG、TXT，或者 docx、xlsx 文件",
	}
}

func handed(f filing.File) deed.File { return deed.File{Hash: f.Hash, Name: f.Name} }

// fillable opens a return that may be filled in now.
func (p Pages) fillable(r *http.Request) (filing.Bench, error) {
	b, err := p.open(r)
	if err != nil {
		return b, err
	}
	if err := p.Office.May(r.Context(), web.Actor(r), account.FileFigures, b.Return.ID); err != nil {
		return b, err
	}
	_, err = filing.RowOf(b.Return.Status, filing.Edited, account.FileFigures)
	return b, err
}

func (p Pages) askEdit(w http.ResponseWriter, r *http.Request) error {
	b, err := p.fillable(r)
	if err != nil {
		return err
	}
	say, found := p.Kit.Say(r), []filing.Finding{}
	if b.Return.Draft != nil {
		found = b.Findings
	}
	f := editForm(say, b, b.Shown(), found)
	for _, paper := range b.Shown().Files {
		f.Keep([]web.Kept{{Field: filesField, Value: paper.Hash + "/" + paper.Name, Name: paper.Name}})
	}
	return p.drawEdit(w, r, b, f, found, http.StatusOK)
}

func (p Pages) drawEdit(w http.ResponseWriter, r *http.Request, b filing.Bench, f web.Form, found []filing.Finding, status int) error {
	say := p.Kit.Say(r)
	one := filing.Path(b.Return.ID)
	data := editData{Form: f, Findings: *drawFindings(say, found, one+"/edit"), Workbook: one + "/sheet", Upload: one + "/upload"}
	if b.Return.Draft == nil {
		data.Findings.Clean = say.T("filings.not-yet")
	}
	for _, field := range b.Fields {
		data.Sheet = data.Sheet || field.Figure.Unit.Sheet()
	}
	if d := b.Return.Draft; d != nil {
		data.Back, data.Why = d.Back, d.Why
	}
	return editTemplate.ShowStatus(p.Kit, w, r, status, say.T("filings.fill", title(say, b)), data)
}

// editForm asks for every figure, with those before beside it.
func editForm(say *locale.Catalogue, b filing.Bench, c filing.Content, found []filing.Finding) web.Form {
	one := filing.Path(b.Return.ID)
	f := web.Form{
		Submit: say.T("filings.save"), Cancel: one, Upload: true, Preview: one + "/preview", Prompt: say.T("filings.check"),
		Buttons: []web.Option{{Value: "submit", Label: say.T("filings.save-submit")}},
		Fields:  []web.Field{{Kind: web.Check, Name: "nil", Label: say.T("filings.nil-tick"), Hint: say.T("filings.nil-hint"), Value: map[bool]string{true: "1"}[c.Nil]}},
	}
	for _, field := range b.Fields {
		if !field.Figure.Unit.Sheet() {
			f.Fields = append(f.Fields, numberField(say, b.Scene, field, c))
		}
	}
	f.Fields = append(f.Fields, grids(say, b, c, found)...)
	f.Fields = append(
		f.Fields,
		web.Field{Kind: web.Section, Label: say.T("filings.evidence"), Hint: say.T("filings.evidence-hint")},
		web.Field{Kind: web.TextArea, Name: "source", Label: say.T("filings.source"), Hint: say.T("filings.source-hint"), Value: c.Source, Rows: 2, MaxLength: filing.MaxText},
		web.Field{Kind: web.File, Name: filesField, Label: say.T("filings.files"), Hint: say.T("filings.files-hint", filing.MaxFiles, deed.MaxFile>>20), Accept: ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt", Multiple: true},
	)
	var remarks []web.Field
	for _, one := range found {
		if one.Severity == rule.Warning {
			remarks = append(remarks, web.Field{Name: "remark-" + one.Key, Label: say.T("filings.remark"), Hint: one.Message, Value: one.Remark, MaxLength: filing.MaxText})
		}
	}
	if len(remarks) > 0 {
		f.Fields = append(append(f.Fields, web.Field{Kind: web.Section, Label: say.T("filings.remarks"), Hint: say.T("filings.remarks-hint")}), remarks...)
	}
	return f
}

func numberField(say *locale.Catalogue, s filing.Scene, f filing.Field, c filing.Content) web.Field {
	known := func(values map[string]int64) string {
		if n, ok := values[f.Key]; ok {
			return f.Print(n)
		}
		return "—"
	}
	field := web.Field{Name: "v-" + f.Key, Label: say.In(f.Label), InputMode: "numeric", MaxLength: 20, Narrow: true, Required: true}
	if n, ok := c.Values[f.Key]; ok {
		field.Value = f.Print(n)
	}
	if f.Money {
		field.InputMode = "decimal"
	}
	field.Hint = say.T("filings.before", known(s.Before), known(s.LastYear))
	if s.Period.Every == filing.Yearly {
		field.Hint = say.T("filings.before-only", known(s.Before))
	}
	field.Hint += "　" + f.Figure.Meaning
	return field
}

// typed is what a form of figures said.
type typed struct {
	values  *deed.Values
	content filing.Content
	wrong   errs.Fields
}

// readEdit reads the form.
func (p Pages) readEdit(r *http.Request, b filing.Bench) (typed, error) {
	var known []string
	for _, f := range b.Return.Papers() {
		known = append(known, f.Hash)
	}
	v, err := p.taker().Read(r, known...)
	if err != nil {
		return typed{}, err
	}
	t := typed{values: v, content: filing.Content{Nil: v.Yes("nil"), Source: v.Text("source"), Remarks: map[string]string{}}}
	values, wrong := filing.Read(b.Fields, func(key string) string { return v.Get("v-" + key) })
	t.content.Values = filing.AddUp(b.Fields, values)
	if !t.content.Nil {
		for _, w := range wrong {
			t.wrong.Add("v-"+w.Name, "%s", w.Public)
		}
	}
	t.wrong = append(t.wrong, v.Wrong...)
	for name := range v.Values {
		if key, ok := strings.CutPrefix(name, "remark-"); ok {
			t.content.Remarks[key] = v.Text(name)
		}
	}
	for _, f := range v.Files[filesField] {
		t.content.Files = append(t.content.Files, filing.File{Hash: f.Hash, Name: f.Name})
	}
	return t, nil
}

func (p Pages) edit(w http.ResponseWriter, r *http.Request) error {
	b, err := p.fillable(r)
	if err != nil {
		return err
	}
	t, err := p.readEdit(r, b)
	if err != nil {
		return err
	}
	submit := t.values.Get(web.DoField) == "submit"
	deeds, say := []filing.Deed{filing.Fill{Content: t.content, Whole: true}}, p.Kit.Say(r)
	done := say.T("filings.saved")
	if submit {
		deeds, done = append(deeds, filing.Submit{}), say.T("filings.submitted")
	}
	if err = t.wrong.Err(); err == nil {
		err = p.Office.Do(r.Context(), web.Actor(r), b.Return.ID, deeds...)
	}
	if err == nil {
		return p.Kit.Done(w, r, filing.Path(b.Return.ID), done)
	}
	found := t.content.Examine(b.Scene)
	f := editForm(say, b, t.content, found)
	t.values.Fill(&f)
	if !f.Fail(placed(err)) {
		return err
	}
	return p.drawEdit(w, r, b, f, found, web.Status(err))
}

// placed puts what the office says of a figure beside the figure's field.
func placed(err error) error {
	all := errs.FieldsOf(err)
	if len(all) == 0 {
		return err
	}
	moved := make(errs.Fields, len(all))
	for i, f := range all {
		moved[i] = f
		if !strings.HasPrefix(f.Name, "v-") && !strings.HasPrefix(f.Name, "remark-") && f.Name != "source" && f.Name != filesField {
			moved[i].Name = "v-" + f.Name
		}
	}
	return &errs.Error{Kind: errs.KindOf(err), Public: errs.Public(err), Fields: moved}
}

// preview says what speaks against the figures as they are typed; nothing is kept.
func (p Pages) preview(w http.ResponseWriter, r *http.Request) error {
	b, err := p.fillable(r)
	if err != nil {
		return err
	}
	t, err := p.readEdit(r, b)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	found := t.content.Examine(b.Scene)
	for i := range t.wrong { // what cannot be read is wrong before it is missing
		key := strings.TrimPrefix(t.wrong[i].Name, "v-")
		found = dropField(found, key)
		found = append([]filing.Finding{{Field: key, Severity: rule.Error, Message: t.wrong[i].Public}}, found...)
	}
	return previewTemplate.ShowFragment(p.Kit, w, r, say.T("filings.check"), previewData{*drawFindings(say, found, filing.Path(b.Return.ID)+"/edit")})
}

func dropField(all []filing.Finding, field string) []filing.Finding {
	var rest []filing.Finding
	for _, f := range all {
		if f.Field != field {
			rest = append(rest, f)
		}
	}
	return rest
}
