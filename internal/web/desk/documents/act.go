package documents

import (
	"context"
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/sheet"
)

// form is the short form of a row of the table: what is asked, and the deed that the
// answers make. That a row may happen, and by whom, the table says.
type form struct {
	event  event.Kind
	slug   string // in the address
	right  account.Act
	text   func(say *locale.Catalogue) string // what happens, and what follows from it
	danger bool                               // it cannot be undone
	upload bool
	grows  bool // answers call for further questions
	fields func(s *scene, v *values) ([]web.Field, error)
	deed   func(s *scene, v *values) publish.Deed // nil for the release guard, which the desk asks itself
}

// forms gives every form, in the order of a document's life.
func forms() []form {
	return slices.Concat(draftForms(), chainForms(), consentForms(), guardForms(), issueForms(), linkForms(), afterForms())
}

// formOf finds the form of a row of the table. Drafts go back from five desks: their
// rows are told apart by the right.
func formOf(t publish.Transition) (form, bool) {
	for _, f := range forms() {
		if f.event == t.Event && f.right == t.Who.Right {
			return f, true
		}
	}
	return form{}, false
}

// nothing is asked: what happens is said, and confirmed with the button.
func nothing(*scene, *values) ([]web.Field, error) { return nil, nil }

// scene is what the form of an act knows.
type scene struct {
	p        Pages
	r        *http.Request
	say      *locale.Catalogue
	actor    account.Actor
	document publish.Document
	cal      *calendar.Calendar
	today    calendar.Date
	tree     *org.Tree
	row      publish.Transition
	called   map[string]string // fields of the form, by the name that the rules have for them
}

// actData is the page of an act.
type actData struct {
	Title, Number, Status, Tone string
	Left, LeftTone              string
	Path                        string
	Text, Cite                  string
	Why                         string // the act is not permitted now; "" when it is
	Form                        *web.Form
	Sheet                       sheet.View
	Files                       []attachment
	Attribute                   []fact
}

var actTemplate = web.Define[actData]("desk/document_act")

// actRoutes gives two routes for each form, with the right of its row.
func (p Pages) actRoutes() []web.Route {
	var all []web.Route
	for _, f := range forms() {
		at := web.Route{Path: root + "/{document}/" + f.slug, Frame: web.Desk, Rule: web.Needs(f.right), Shows: []web.Checked{actTemplate}}
		ask, do := at, at
		ask.Method, ask.Handle = "GET", func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, f) }
		do.Method, do.Handle = "POST", func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, f) }
		if f.upload {
			do.Upload = maxUpload
		}
		all = append(all, ask, do)
	}
	return all
}

// permits tells with nil whether an actor has the right of a row for a document, in
// the organ that issues it or the section that drafts it.
func permits(d publish.Document, who publish.Who, actor account.Actor, tree *org.Tree) error {
	err := actor.May(who.Right, d.Organ, tree)
	switch who.In {
	case publish.InSection:
		return actor.May(who.Right, d.Section, tree)
	case publish.InEither:
		if err != nil {
			return actor.May(who.Right, d.Section, tree)
		}
	case publish.InOrgan:
	}
	return err
}

// scene loads the document and judges the right to the form. What stands against the
// act itself is given as why.
func (p Pages) scene(r *http.Request, f form) (s *scene, why error, err error) {
	ctx := r.Context()
	s = &scene{p: p, r: r, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today(), called: map[string]string{}}
	if s.document, err = p.Desk.Document(ctx, s.actor, r.PathValue("document")); err != nil {
		return s, nil, err
	}
	if s.tree, err = p.Trees.Tree(ctx); err != nil {
		return s, nil, err
	}
	for _, t := range publish.Table() {
		here := slices.Contains(t.From, s.document.Status)
		if t.Event == f.event && t.Who.Right == f.right && (here || s.row.Event == "") {
			if s.row = t; here {
				break
			}
		}
	}
	if err := permits(s.document, s.row.Who, s.actor, s.tree); err != nil {
		return s, nil, err
	}
	if s.cal, err = p.Desk.Calendars.Calendar(ctx); err != nil {
		return s, nil, err
	}
	if !slices.Contains(s.row.From, s.document.Status) {
		act, _ := publish.ActOf(f.event)
		return s, errs.New(errs.Conflict, "该文件现在是“%s”，不能办理“%s”（%s）。", s.document.Status.Words().Chinese, act.Chinese, s.row.Cite), nil
	}
	options, err := p.options(ctx, s.actor, s.document)
	for _, o := range options {
		if o.Event == f.event && o.Who.Right == f.right {
			return s, o.Why, err
		}
	}
	return s, nil, err
}

// options gives what an actor may do with a document now. That the guard has not
// looked yet stands against nothing: it looks when the document is to be published,
// before anything is out.
func (p Pages) options(ctx context.Context, actor account.Actor, d publish.Document) ([]publish.Option, error) {
	d.Scans = slices.Clone(d.Scans)
	for _, part := range d.Unscanned() {
		d.Scans = append(d.Scans, publish.Scan{Part: part.Name, Digest: part.Digest})
	}
	return p.Desk.Options(ctx, actor, d)
}

// page makes the page of an act around a form that may not be there.
func (s *scene) page(f form, why error) actData {
	d := s.document
	v := &view{p: s.p, say: s.say, document: d, tree: s.tree}
	data := actData{
		Title: d.Title, Number: d.Number, Status: statusWord(s.say, d.Status), Tone: statusTone(d.Status), Path: path(d.ID),
		Text: f.text(s.say), Cite: s.row.Cite, Sheet: sheetOf(s.tree.Name(d.Organ), d.Content), Files: v.attachments(d.Files), Attribute: v.attribute(),
	}
	if !d.Due.IsZero() {
		data.Left, data.LeftTone = left(s.say, s.cal, s.today, d.Due)
	}
	if why != nil {
		data.Why = errs.Public(why)
	}
	return data
}

// draw makes the form with what was typed so far.
func (s *scene) draw(f form, v *values) (*web.Form, error) {
	fields, err := f.fields(s, v)
	if err != nil {
		return nil, err
	}
	form := &web.Form{Submit: actWord(s.say, f.event), Cancel: path(s.document.ID), Danger: f.danger, Upload: f.upload, Fields: fields}
	if f.event == publish.Edited {
		form.Submit = s.say.T("documents.save")
	}
	if f.grows {
		form.Buttons = append(form.Buttons, web.Option{Value: doMore, Label: s.say.T("documents.update")})
	}
	return form, nil
}

// doMore is the button that asks for what a choice calls for.
const doMore = "more"

func (p Pages) ask(w http.ResponseWriter, r *http.Request, f form) error {
	s, why, err := p.scene(r, f)
	if err != nil {
		return err
	}
	data, status := s.page(f, why), http.StatusOK
	if why != nil {
		status = web.Status(why)
	} else {
		v := &values{Values: r.URL.Query(), first: true, files: map[string][]publish.File{}}
		if data.Form, err = s.draw(f, v); err != nil {
			return err
		}
		data.Form.Keep(v.kept())
	}
	return actTemplate.ShowStatus(p.Kit, w, r, status, actWord(s.say, f.event), data)
}

func (p Pages) do(w http.ResponseWriter, r *http.Request, f form) error {
	s, why, err := p.scene(r, f)
	if err != nil {
		return err
	}
	v, err := p.readForm(r, s.document.Files...)
	if err != nil {
		return err
	}
	data := s.page(f, why)
	if data.Form, err = s.draw(f, v); err != nil {
		return err
	}
	data.Form.Fill(v.Values)
	data.Form.Keep(v.kept())
	show := func(status int) error {
		return actTemplate.ShowStatus(p.Kit, w, r, status, actWord(s.say, f.event), data)
	}
	if v.Get(web.DoField) == doMore {
		return show(http.StatusOK)
	}
	if err = why; err == nil {
		err = s.done(f, v)
	}
	if err != nil {
		if !data.Form.Fail(s.named(err)) {
			return err
		}
		return show(web.Status(err))
	}
	after, err := p.Desk.Store.Document(r.Context(), s.document.ID)
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, path(after.ID), s.say.T("documents.done", actWord(s.say, f.event), nextWords(s.say, after)))
}

// done does the deed.
func (s *scene) done(f form, v *values) error {
	if f.deed == nil {
		return s.p.Desk.Scan(s.r.Context(), s.actor, s.document.ID)
	}
	deed := f.deed(s, v)
	if err := v.err(); err != nil {
		return err
	}
	return s.p.Desk.Do(s.r.Context(), s.actor, s.document.ID, deed)
}

// named gives an error with the form's names of its fields.
func (s *scene) named(err error) error {
	fields := slices.Clone(errs.FieldsOf(err))
	if len(fields) == 0 {
		return err
	}
	for i, f := range fields {
		if name, ok := s.called[f.Name]; ok {
			fields[i].Name = name
		}
	}
	return &errs.Error{Kind: errs.KindOf(err), Public: errs.Public(err), Fields: fields}
}
