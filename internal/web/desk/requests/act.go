package requests

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
	"gongkai/internal/web/sheet"
)

// form is the short form of a row of the table.
type form = deed.Form[*scene, *values, foi.Deed]

// forms gives every form, in the order of a request's life.
func forms() []form {
	return slices.Concat(receiptForms(), consultForms(), timeForms(), feeForms(), replyForms(), serviceForms(), endForms(), disputeForms(), logForms())
}

// scene is the form of an act on its page, with what it knows.
type scene struct {
	p       Pages
	w       http.ResponseWriter
	r       *http.Request
	form    form
	why     error // the act is not permitted now
	say     *locale.Catalogue
	actor   account.Actor
	request foi.Request
	cal     *calendar.Calendar
	today   calendar.Date
	tree    *org.Tree
	row     foi.Transition
	facts   foi.Facts  // of a third party, read from the form
	kept    *foi.Typed // what the actor has put aside of this form; nil for nothing
	resumed bool       // the form begins with it
}

// actData is the page of an act.
type actData struct {
	Number, Headline, Status, Tone string
	Left, LeftTone                 string
	Path                           string
	Text, Cite, Effect             string
	Why                            string // the act is not permitted now; "" when it is
	Form                           *web.Form
	Asked                          string // what is asked for
	Release                        string // page of the files that go out with a reply; "" where none do
	Letters                        []draftLetter
	Kept                           *keptData
}

// draftLetter is a reply as it lies before those who pass it on.
type draftLetter struct {
	Path  string
	Sheet sheet.View
}

var actTemplate = web.Define[actData]("desk/request_act")

// actRoutes gives the pages of the forms.
func (p Pages) actRoutes() []web.Route {
	var all []web.Route
	for _, f := range forms() {
		routes := f.Routes(root+"/{request}", actTemplate, p.scene)
		if all = append(all, routes...); previews(f) {
			show := routes[1]
			show.Path, show.Shows = show.Path+"/preview", []web.Checked{previewTemplate}
			show.Handle = func(w http.ResponseWriter, r *http.Request) error { return p.preview(w, r, f) }
			all = append(all, show)
		}
	}
	return all
}

// scene loads the request and judges the right to the form.
func (p Pages) scene(w http.ResponseWriter, r *http.Request, f form) (*scene, error) {
	ctx := r.Context()
	s := &scene{p: p, w: w, r: r, form: f, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today(), facts: foi.Facts{}}
	var err error
	if s.request, err = p.Desk.Request(ctx, s.actor, r.PathValue("request")); err != nil {
		return nil, err
	}
	if s.tree, err = p.Trees.Tree(ctx); err != nil {
		return nil, err
	}
	if err := s.actor.May(f.Right, s.request.Organ, s.tree); err != nil {
		return nil, err
	}
	if err := s.fetch(); err != nil {
		return nil, err
	}
	s.row, s.why = foi.RowOf(s.request.Status, f.Event, f.Right)
	if s.cal, err = p.Desk.CalendarOf(ctx, s.request.Organ); err != nil || s.why != nil {
		return s, err
	}
	options, err := p.Desk.Options(ctx, s.actor, s.request)
	for _, o := range options {
		if o.Event == f.Event {
			s.why = o.Why
		}
	}
	return s, err
}

// Why tells what stands against the act itself.
func (s *scene) Why() error { return s.why }

// Read reads the form and keeps its files.
func (s *scene) Read() (*deed.Values, error) {
	v, err := s.p.readForm(s.r, append(filesOf(s.request), s.keptFiles()...)...)
	return v.Values, err
}

// Unasked tells whether what was typed calls for further questions.
func (s *scene) Unasked(v *deed.Values) bool {
	return s.form.Unasked != nil && s.form.Unasked(&values{v})
}

// Show answers with the page of the act around a form that may not be there.
func (s *scene) Show(status int, form *web.Form) error {
	d := actData{
		Number: s.request.Number, Headline: s.request.Headline(), Status: statusWord(s.say, s.request.Status), Tone: statusTone(s.request.Status), Path: path(s.request.ID),
		Text: s.form.Text(s.say), Cite: s.row.Cite, Asked: s.request.Ask.Text, Form: form, Kept: s.keptData(form),
	}
	if passes(s.form) || s.form.Event == foi.Submitted {
		d.Release = d.Path + "/release"
	}
	if s.row.Clock != foi.None {
		d.Effect = s.say.In(s.row.Clock.Words())
	}
	if !s.request.Due.IsZero() {
		d.Left, d.LeftTone = course.Standing(s.say, s.cal, s.today, s.request.Due)
	}
	if s.why != nil {
		d.Why = errs.Public(s.why)
	}
	var err error
	if d.Letters, err = s.draftLetters(); err != nil {
		return err
	}
	return actTemplate.ShowStatus(s.p.Kit, s.w, s.r, status, actWord(s.say, s.form.Event), d)
}

// passes tells whether a form passes a draft on, or sends it back.
func passes(f form) bool { return f.In(replyForms()) && f.Event != foi.Submitted }

// draftLetters gives the reply that is passed on, word for word.
func (s *scene) draftLetters() ([]draftLetter, error) {
	if !passes(s.form) {
		return nil, nil
	}
	_, papers, err := s.p.Letters.List(s.r.Context(), s.actor, s.request.ID)
	if err != nil {
		return nil, err
	}
	var all []draftLetter
	for _, p := range papers {
		if !p.Reply() || p.State != foi.PaperDraft {
			continue
		}
		_, shown, err := s.p.Letters.Letter(s.r.Context(), s.actor, s.request.ID, p.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, draftLetter{path(s.request.ID) + "/letters/" + p.ID, sheet.Of(shown.Sheet)})
	}
	return all, nil
}

// Draw makes the form with what was typed so far.
func (s *scene) Draw(v *deed.Values) (*web.Form, error) {
	f := s.form
	fields, err := f.Fields(s, &values{v})
	if err != nil {
		return nil, err
	}
	form := &web.Form{Submit: actWord(s.say, f.Event), Cancel: path(s.request.ID), Danger: f.Danger, Upload: f.Upload, Fields: fields}
	if previews(f) {
		form.Preview, form.Prompt = path(s.request.ID)+"/"+f.Slug+"/preview", s.say.T("requests.preview")
	}
	if f.Grows {
		form.Buttons = append(form.Buttons, web.Option{Value: deed.More, Label: s.say.T("requests.update")})
	}
	if deed.Written(form) {
		s.keeps(form, v)
	}
	return form, nil
}

// Do does the deed.
func (s *scene) Do(v *deed.Values) error {
	done := s.form.Deed(s, &values{v})
	if err := v.Err(); err != nil {
		return err
	}
	if ask, ok := done.(foi.Consult); ok {
		return s.p.Desk.Consult(s.r.Context(), s.actor, s.request.ID, ask, s.facts)
	}
	return s.p.Desk.Do(s.r.Context(), s.actor, s.request.ID, done)
}

// Done tells what comes next.
func (s *scene) Done() error {
	after, err := s.p.Desk.Store.Request(s.r.Context(), s.request.ID)
	if err != nil {
		return err
	}
	return s.p.Kit.Done(s.w, s.r, path(after.ID), s.say.T("requests.done", actWord(s.say, s.form.Event), nextWords(s.say, after)))
}

// told tells whether a text says something.
func told(text string) bool { return strings.TrimSpace(text) != "" }
