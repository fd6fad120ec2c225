package consultations

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/deed"
)

// editData is a consultation while it is written.
type editData struct {
	Path, Name string // of the consultation; "" for a new one
	Back       string // why it came back
	Periods    []period
	Form       web.Form
}

// period is how long a kind stands open at least.
type period struct{ Kind, Least string }

var editTemplate = web.Define[editData]("desk/consultation_edit")

// The fields of files.
const (
	draftFiles       = "draft-files"
	explanationFiles = "explanation-files"
)

// form asks for a consultation.
func form(say *locale.Catalogue, c consult.Content) web.Form {
	kinds := web.Field{Kind: web.Radios, Name: "kind", Label: say.T("consult.kind"), Value: string(c.Kind), Required: true}
	for _, s := range consult.Sorts() {
		kinds.Options = append(kinds.Options, web.Option{Value: string(s.Kind), Label: say.In(s.Word), Hint: s.Cite})
	}
	files := func(name, label string) web.Field {
		return web.Field{Kind: web.File, Name: name, Label: label, Hint: say.T("consult.files-hint", consult.MaxFiles, deed.MaxFile>>20), Accept: ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.txt", Multiple: true}
	}
	past := ""
	if c.Past {
		past = "1"
	}
	f := web.Form{Submit: say.T("consult.save"), Upload: true, Fields: []web.Field{
		{Name: "title", Label: say.T("consult.title"), Hint: say.T("consult.title-hint"), Value: c.Title, MaxLength: consult.MaxTitle, Required: true},
		kinds,
		{Kind: web.Section, Label: say.T("consult.period")},
		{Kind: web.Date, Name: "from", Label: say.T("consult.opens"), Value: iso(c.From), Narrow: true, Beside: true, Wanted: true},
		{Kind: web.Date, Name: "until", Label: say.T("consult.closes"), Hint: say.T("consult.closes-hint"), Value: iso(c.Until), Narrow: true, Beside: true, Wanted: true},
		{Kind: web.TextArea, Name: "urgent", Label: say.T("consult.urgent"), Hint: say.T("consult.urgent-hint"), Value: c.Urgent, Rows: 2, MaxLength: consult.MaxReason},
		{Kind: web.Check, Name: "past", Label: say.T("consult.past"), Hint: say.T("consult.past-hint"), Value: past},
		{Kind: web.Section, Label: say.T("consult.draft"), Hint: say.T("consult.paper-hint")},
		{Kind: web.TextArea, Name: "draft", Label: say.T("consult.draft-text"), Value: c.Draft.Text, Rows: 10, MaxLength: consult.MaxText, Wanted: true},
		files(draftFiles, say.T("consult.draft-files")),
		{Kind: web.Section, Label: say.T("consult.explanation"), Hint: say.T("consult.explanation-hint")},
		{Kind: web.TextArea, Name: "explanation", Label: say.T("consult.explanation-text"), Value: c.Explanation.Text, Rows: 8, MaxLength: consult.MaxText, Wanted: true},
		files(explanationFiles, say.T("consult.explanation-files")),
		{Kind: web.Section, Label: say.T("consult.ways"), Hint: say.T("consult.ways-hint")},
		{Name: "email", Label: say.T("consult.email"), Value: c.Email, MaxLength: consult.MaxContact},
		{Name: "address", Label: say.T("consult.address"), Value: c.Address, MaxLength: consult.MaxContact},
		{Name: "fax", Label: say.T("consult.fax"), Value: c.Fax, MaxLength: consult.MaxContact, Narrow: true},
		{Name: "contact", Label: say.T("consult.contact-who"), Hint: say.T("consult.contact-who-hint"), Value: c.Contact, MaxLength: consult.MaxContact, Wanted: true},
		{Name: "phone", Label: say.T("consult.phone"), Value: c.Phone, MaxLength: consult.MaxContact, Narrow: true, Wanted: true},
	}}
	for name, paper := range map[string]consult.Paper{draftFiles: c.Draft, explanationFiles: c.Explanation} {
		for _, one := range paper.Files {
			f.Keep([]web.Kept{{Field: name, Value: one.Hash + "/" + one.Name, Name: one.Name}})
		}
	}
	return f
}

// typed reads the form that was sent.
func (p Pages) typed(r *http.Request, have []consult.File) (*deed.Values, consult.Content, error) {
	var known []string
	for _, f := range have {
		known = append(known, f.Hash)
	}
	v, err := p.taker("").Read(r, known...)
	if err != nil {
		return nil, consult.Content{}, err
	}
	paper := func(text, field string) consult.Paper {
		one := consult.Paper{Text: v.Text(text)}
		for _, f := range v.Files[field] {
			one.Files = append(one.Files, consult.File{Hash: f.Hash, Name: f.Name})
		}
		return one
	}
	c := consult.Content{
		Title: v.Text("title"), Kind: consult.Kind(v.Get("kind")), From: v.DayOrNone("from"), Until: v.DayOrNone("until"), Urgent: v.Text("urgent"), Past: v.Yes("past"),
		Draft: paper("draft", draftFiles), Explanation: paper("explanation", explanationFiles),
		Email: v.Text("email"), Address: v.Text("address"), Fax: v.Text("fax"), Contact: v.Text("contact"), Phone: v.Text("phone"),
	}
	return v, c, nil
}

func (p Pages) newForm(r *http.Request) (editData, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return editData{}, err
	}
	f := form(say, consult.Content{})
	f.Cancel = root
	var organs []web.Option
	for _, o := range choice.Organs(tree, actor.Where(account.HandleConsultations)) {
		if n, ok := tree.Node(o.Value); ok && n.Nature != org.Internal {
			organs = append(organs, o)
		}
	}
	field := web.Field{Kind: web.Select, Name: "organ", Label: say.T("consult.organ"), Options: organs, Required: true}
	if len(organs) == 1 {
		field = web.Field{Kind: web.Hidden, Name: "organ", Value: organs[0].Value}
	}
	f.Fields = append([]web.Field{field}, f.Fields...)
	data := editData{Form: f}
	if len(organs) > 0 {
		data.Periods, err = p.periods(r, organs[0].Value)
	}
	return data, err
}

func (p Pages) periods(r *http.Request, organ string) ([]period, error) {
	say := p.Kit.Say(r)
	policy, err := p.Desk.PolicyOf(r.Context(), organ)
	var all []period
	for _, s := range consult.Sorts() {
		all = append(all, period{say.In(s.Word), say.In(policy.Period(s.Kind))})
	}
	return all, err
}

func (p Pages) askNew(w http.ResponseWriter, r *http.Request) error {
	data, err := p.newForm(r)
	if err != nil {
		return err
	}
	return editTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.new"), data)
}

func (p Pages) add(w http.ResponseWriter, r *http.Request) error {
	v, content, err := p.typed(r, nil)
	if err != nil {
		return err
	}
	say, id := p.Kit.Say(r), ""
	if err = v.Err(); err == nil {
		id, err = p.Desk.Begin(r.Context(), web.Actor(r), v.Get("organ"), content)
	}
	if err == nil {
		return p.Kit.Done(w, r, consult.Path(id), say.T("consult.saved"))
	}
	data, drawing := p.newForm(r)
	if drawing != nil {
		return drawing
	}
	v.Fill(&data.Form)
	if !data.Form.Fail(err) {
		return err
	}
	return editTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("consult.new"), data)
}

// editable opens a consultation that may be changed now.
func (p Pages) editable(r *http.Request) (consult.Bench, editData, error) {
	b, err := p.opened(r, account.HandleConsultations)
	if err != nil {
		return b, editData{}, err
	}
	if _, err := consult.RowOf(b.Consultation.Status, consult.Edited, account.HandleConsultations); err != nil {
		return b, editData{}, err
	}
	c := b.Consultation
	data := editData{Path: consult.Path(c.ID), Name: c.Content.Title, Back: c.Back, Form: form(p.Kit.Say(r), c.Content)}
	data.Form.Cancel = data.Path
	data.Periods, err = p.periods(r, c.Organ)
	return b, data, err
}

func (p Pages) askEdit(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.editable(r)
	if err != nil {
		return err
	}
	return editTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.edit"), data)
}

func (p Pages) edit(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.editable(r)
	if err != nil {
		return err
	}
	v, content, err := p.typed(r, b.Consultation.Files())
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	if err = v.Err(); err == nil {
		err = p.Desk.Do(r.Context(), web.Actor(r), b.Consultation.ID, consult.Edit{Content: content})
	}
	if err == nil {
		return p.Kit.Done(w, r, data.Path, say.T("consult.saved"))
	}
	data.Form = form(say, consult.Content{}) // the files are those that came with what was sent
	data.Form.Cancel = data.Path
	v.Fill(&data.Form)
	if !data.Form.Fail(err) {
		return err
	}
	return editTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("consult.edit"), data)
}
