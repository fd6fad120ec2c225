package documents

import (
	"context"
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
	"gongkai/internal/web/sheet"
)

// form is the short form of a row of the table. Its deed is nil for the release
// guard and the masks, which the desk asks for itself.
type form = deed.Form[*scene, *values, publish.Deed]

// forms gives every form, in the order of a document's life.
func forms() []form {
	return slices.Concat(draftForms(), chainForms(), consentForms(), guardForms(), issueForms(), linkForms(), afterForms())
}

// nothing is asked: what happens is said, and confirmed with the button.
func nothing(*scene, *values) ([]web.Field, error) { return nil, nil }

// scene is the form of an act on its page, with what it knows.
type scene struct {
	p        Pages
	w        http.ResponseWriter
	r        *http.Request
	form     form
	why      error // the act is not permitted now
	say      *locale.Catalogue
	actor    account.Actor
	document publish.Document
	cal      *calendar.Calendar
	today    calendar.Date
	tree     *org.Tree
	row      publish.Transition
	learned  bool              // the guard has looked while the deed was refused
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

// actRoutes gives the pages of the forms.
func (p Pages) actRoutes() []web.Route {
	var all []web.Route
	for _, f := range forms() {
		all = append(all, f.Routes(root+"/{document}", actTemplate, p.scene)...)
	}
	return all
}

// scene loads the document and judges the right to the form.
func (p Pages) scene(w http.ResponseWriter, r *http.Request, f form) (*scene, error) {
	ctx := r.Context()
	s := &scene{p: p, w: w, r: r, form: f, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today(), called: map[string]string{}}
	var err error
	if s.document, err = p.Desk.Document(ctx, s.actor, r.PathValue("document")); err != nil {
		return nil, err
	}
	if s.tree, err = p.Trees.Tree(ctx); err != nil {
		return nil, err
	}
	s.row, s.why = publish.RowOf(s.document.Status, f.Event, f.Right)
	if err := s.document.Permits(s.row.Who, s.actor, s.tree); err != nil {
		return nil, err
	}
	if s.cal, err = p.Desk.CalendarOf(ctx, s.document.Organ); err != nil || s.why != nil {
		return s, err
	}
	options, err := p.options(ctx, s.actor, s.document)
	for _, o := range options {
		if o.Event == f.Event && o.Who.Right == f.Right {
			s.why = o.Why
		}
	}
	return s, err
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

// Why tells what stands against the act itself.
func (s *scene) Why() error { return s.why }

// Read reads the form and keeps its files.
func (s *scene) Read() (*deed.Values, error) {
	v, err := s.p.readForm(s.r, s.document.Files...)
	return v.Values, err
}

// Unasked tells whether what was typed calls for further questions.
func (s *scene) Unasked(v *deed.Values) bool {
	return s.form.Unasked != nil && s.form.Unasked(&values{v})
}

// Show answers with the page of the act around a form that may not be there.
func (s *scene) Show(status int, form *web.Form) error {
	d := s.document
	v := &view{p: s.p, say: s.say, document: d, tree: s.tree}
	data := actData{
		Title: d.Title, Number: d.Number, Status: statusWord(s.say, d.Status), Tone: statusTone(d.Status), Path: path(d.ID),
		Text: s.form.Text(s.say), Cite: s.row.Cite, Sheet: sheetOf(s.tree.Name(d.Organ), d.Content), Files: v.attachments(d.Files), Attribute: v.attribute(),
		Form: form,
	}
	if !d.Due.IsZero() {
		data.Left, data.LeftTone = course.Standing(s.say, s.cal, s.today, d.Due)
	}
	if s.why != nil {
		data.Why = errs.Public(s.why)
	}
	return actTemplate.ShowStatus(s.p.Kit, s.w, s.r, status, formWord(s.say, s.form.Event), data)
}

// Draw makes the form with what was typed so far.
func (s *scene) Draw(v *deed.Values) (*web.Form, error) {
	f := s.form
	fields, err := f.Fields(s, &values{v})
	if err != nil {
		return nil, err
	}
	fields = append(s.knows(&values{v}), fields...)
	form := &web.Form{Submit: actWord(s.say, f.Event), Cancel: path(s.document.ID), Danger: f.Danger, Upload: f.Upload, Fields: fields}
	if f.Event == publish.Cleared {
		form.Submit = s.say.T("documents.clear-now")
	}
	if f.Event == publish.Edited {
		form.Submit = s.say.T("documents.save")
	}
	if f.Grows {
		form.Buttons = append(form.Buttons, web.Option{Value: deed.More, Label: s.say.T("documents.update")})
	}
	return form, nil
}

// Do does the deed.
func (s *scene) Do(v *deed.Values) error {
	if s.form.Event == publish.Masked { // the copy is made first
		return s.named(s.p.Desk.Mask(s.r.Context(), s.actor, s.document.ID, v.Text("part")))
	}
	if s.form.Deed == nil {
		return s.named(s.p.Desk.Scan(s.r.Context(), s.actor, s.document.ID))
	}
	done := s.form.Deed(s, &values{v})
	if err := v.Err(); err != nil {
		return err
	}
	err := s.p.Desk.DoSeen(s.r.Context(), s.actor, s.document.ID, v.Get(seenField), done)
	if publish.Stale(err) {
		return s.stale(&values{v}, err)
	}
	err = s.named(err)
	if err != nil && s.form.Event == publish.Submitted { // what the guard has found by now is shown
		if now, again := s.p.Desk.Document(s.r.Context(), s.actor, s.document.ID); again == nil {
			s.document, s.learned = now, true
		}
	}
	return err
}

// Learned tells whether the guard has found something that the form asks about.
func (s *scene) Learned() bool { return s.learned }

// Done tells what comes next.
func (s *scene) Done() error {
	after, err := s.p.Desk.Store.Document(s.r.Context(), s.document.ID)
	if err != nil {
		return err
	}
	did := s.form.Event
	if did == publish.Cleared && after.Status == publish.Drafting {
		did = publish.Returned
	}
	return s.p.Kit.Done(s.w, s.r, path(after.ID), s.say.T("documents.done", actWord(s.say, did), nextWords(s.say, after)))
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
