package requests

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/sheet"
)

// form is the short form of a row of the table: what is asked, and the deed that
// the answers make. That a row may happen, and by whom, the table says.
type form struct {
	event  event.Kind
	slug   string // in the address
	right  account.Act
	text   func(say *locale.Catalogue) string // what happens, and what follows from it
	danger bool                               // it cannot be undone
	upload bool
	counts bool // the answers can be tried out before they are sent
	grows  bool // it has as many parts as one likes
	// unasked tells whether an answer calls for further questions; nil for never.
	unasked func(v *values) bool
	fields  func(s *scene, v *values) ([]web.Field, error)
	deed    func(s *scene, v *values) foi.Deed
}

// forms gives every form, in the order of a request's life.
func forms() []form {
	return slices.Concat(receiptForms(), consultForms(), timeForms(), feeForms(), replyForms(), serviceForms(), endForms(), disputeForms(), logForms())
}

// formOf finds the form of a row of the table. Drafts go back from three desks:
// their rows are told apart by the right.
func formOf(t foi.Transition) (form, bool) {
	for _, f := range forms() {
		if f.event == t.Event && f.right == t.Who.Right {
			return f, true
		}
	}
	return form{}, false
}

// scene is what the form of an act knows.
type scene struct {
	p       Pages
	r       *http.Request
	say     *locale.Catalogue
	actor   account.Actor
	request foi.Request
	cal     *calendar.Calendar
	today   calendar.Date
	tree    *org.Tree
	row     foi.Transition
	facts   foi.Facts // of a third party, read from the form
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
}

// draftLetter is a reply as it lies before those who pass it on.
type draftLetter struct {
	Path  string
	Sheet sheet.View
}

var actTemplate = web.Define[actData]("desk/request_act")

// maxUpload is how many bytes the files of one form may have.
const maxUpload = 60 << 20

// actRoutes gives two routes for each form, with the right of its row.
func (p Pages) actRoutes() []web.Route {
	var all []web.Route
	for _, f := range forms() {
		at := web.Route{Path: root + "/{request}/" + f.slug, Frame: web.Desk, Rule: web.Needs(f.right), Shows: []web.Checked{actTemplate}}
		ask, do := at, at
		ask.Method, ask.Handle = "GET", func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, f) }
		do.Method, do.Handle = "POST", func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, f) }
		if f.upload {
			do.Upload = maxUpload
		}
		if all = append(all, ask, do); p.previews(f) {
			show := do
			show.Path, show.Shows = at.Path+"/preview", []web.Checked{previewTemplate}
			show.Handle = func(w http.ResponseWriter, r *http.Request) error { return p.preview(w, r, f) }
			all = append(all, show)
		}
	}
	return all
}

// scene loads the request and judges the right to the form. What stands against
// the act itself is given as why.
func (p Pages) scene(r *http.Request, f form) (s *scene, why error, err error) {
	ctx := r.Context()
	s = &scene{p: p, r: r, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today(), facts: foi.Facts{}}
	if s.request, err = p.Desk.Request(ctx, s.actor, r.PathValue("request")); err != nil {
		return s, nil, err
	}
	if s.tree, err = p.Trees.Tree(ctx); err != nil {
		return s, nil, err
	}
	if err := s.actor.May(f.right, s.request.Organ, s.tree); err != nil {
		return s, nil, err
	}
	if s.cal, err = p.Desk.Calendars.Calendar(ctx); err != nil {
		return s, nil, err
	}
	for _, t := range foi.Table() {
		here := slices.Contains(t.From, s.request.Status)
		if t.Event == f.event && t.Who.Right == f.right && (here || s.row.Event == "") {
			if s.row = t; here {
				break
			}
		}
	}
	if !slices.Contains(s.row.From, s.request.Status) {
		act, _ := foi.ActOf(f.event)
		return s, errs.New(errs.Conflict, "该申请现在是“%s”，不能办理“%s”（%s）。", s.request.Status.Words().Chinese, act.Chinese, s.row.Cite), nil
	}
	options, err := p.Desk.Options(ctx, s.actor, s.request)
	for _, o := range options {
		if o.Event == f.event {
			return s, o.Why, err
		}
	}
	return s, nil, err
}

// page makes the page of an act around a form that may not be there.
func (s *scene) page(f form, why error) actData {
	d := actData{
		Number: s.request.Number, Headline: s.request.Headline(), Status: statusWord(s.say, s.request.Status), Tone: statusTone(s.request.Status), Path: path(s.request.ID),
		Text: f.text(s.say), Cite: s.row.Cite, Asked: s.request.Ask.Text,
	}
	if passes(f) || f.event == foi.Submitted {
		d.Release = d.Path + "/release"
	}
	if s.row.Clock != foi.None {
		d.Effect = in(s.say, s.row.Clock.Words())
	}
	if !s.request.Due.IsZero() {
		d.Left, d.LeftTone = left(s.say, s.cal, s.today, s.request.Due)
	}
	if why != nil {
		d.Why = errs.Public(why)
	}
	return d
}

// passes tells whether a form passes a draft on, or sends it back.
func passes(f form) bool {
	return slices.ContainsFunc(replyForms(), func(other form) bool { return other.slug == f.slug }) && f.event != foi.Submitted
}

// draftLetters gives the reply that is passed on, word for word.
func (s *scene) draftLetters(f form) ([]draftLetter, error) {
	if !passes(f) {
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

// draw makes the form with what was typed so far.
func (s *scene) draw(f form, v *values) (*web.Form, error) {
	fields, err := f.fields(s, v)
	if err != nil {
		return nil, err
	}
	form := &web.Form{Submit: actWord(s.say, f.event), Cancel: path(s.request.ID), Danger: f.danger, Upload: f.upload, Fields: fields}
	if s.p.previews(f) {
		form.Preview, form.Prompt = path(s.request.ID)+"/"+f.slug+"/preview", s.say.T("requests.preview")
	}
	if f.grows {
		form.Buttons = append(form.Buttons, web.Option{Value: doMore, Label: s.say.T("requests.update")})
	}
	return form, nil
}

// doMore is the button that asks for further parts of a form.
const doMore = "more"

func (p Pages) ask(w http.ResponseWriter, r *http.Request, f form) error {
	s, why, err := p.scene(r, f)
	if err != nil {
		return err
	}
	data, status := s.page(f, why), http.StatusOK
	if data.Letters, err = s.draftLetters(f); err != nil {
		return err
	}
	if why != nil {
		status = web.Status(why)
	} else {
		v := &values{Values: r.URL.Query(), first: true}
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
	v, err := p.readForm(r, filesOf(s.request)...)
	if err != nil {
		return err
	}
	data, more := s.page(f, why), f.unasked != nil && f.unasked(v)
	if data.Letters, err = s.draftLetters(f); err != nil {
		return err
	}
	if data.Form, err = s.draw(f, v); err != nil {
		return err
	}
	data.Form.Fill(v.Values)
	data.Form.Keep(v.kept())
	show := func(status int) error {
		return actTemplate.ShowStatus(p.Kit, w, r, status, actWord(s.say, f.event), data)
	}
	if why != nil {
		data.Form.Fail(why)
		return show(web.Status(why))
	}
	deed := f.deed(s, v)
	if more || v.Get(web.DoField) == doMore {
		return show(http.StatusOK)
	}
	err = v.err()
	if err == nil {
		err = s.done(deed)
	}
	if err != nil {
		if !data.Form.Fail(err) {
			return err
		}
		return show(web.Status(err))
	}
	after, err := p.Desk.Store.Request(r.Context(), s.request.ID)
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, path(after.ID), s.say.T("requests.done", actWord(s.say, f.event), nextWords(s.say, after)))
}

// done does the deed.
func (s *scene) done(deed foi.Deed) error {
	if ask, ok := deed.(foi.Consult); ok {
		return s.p.Desk.Consult(s.r.Context(), s.actor, s.request.ID, ask, s.facts)
	}
	return s.p.Desk.Do(s.r.Context(), s.actor, s.request.ID, deed)
}

// told tells whether a text says something.
func told(text string) bool { return strings.TrimSpace(text) != "" }
