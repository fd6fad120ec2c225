package apply

import (
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// step is a page of the wizard: one thing that is asked.
type step struct {
	name   string
	group  int // which of the groups it belongs to
	title  func(say *locale.Catalogue, d intake.Draft) string
	lead   func(say *locale.Catalogue, d intake.Draft) string
	form   func(r *http.Request, t typed) (web.Form, error)
	take   func(values url.Values, d *intake.Draft) error
	skip   func(d intake.Draft) bool
	more   func(r *http.Request, t typed, data *stepData) error // what stands around the form
	upload bool
	files  string                                                          // sort of the file that the field "file" brings
	done   func(r *http.Request, d intake.Draft) error                     // what is still missing after the answer; nil for nothing
	again  func(r *http.Request, t typed, values url.Values) (bool, error) // whether the page comes once more; nil for never
}

func (s step) path() string { return Path + "/" + s.name }

// stepData is a page of the wizard.
type stepData struct {
	Groups []group
	Lead   string
	Lost   bool
	Form   web.Form
	Search *web.Form
	More   string // what was left out of the choice
	Near   []near
	Live   bool // what is near is shown while somebody types
	Files  []fileLine
	Joint  []jointLine
	Token  string
	Remove string
	Page   string
	On     string // where to go when nothing more is to be added
	Back   string
}

// group is a line of the way through the wizard.
type group struct {
	Label      string
	Done, Here bool
}

type fileLine struct {
	No   int
	Name string
	Size string
}

type jointLine struct {
	No   int
	Name string
}

var stepTemplate = web.Define[stepData]("portal/apply_step")

// steps gives the pages in their order.
func (p Apply) steps() []step {
	return []step{p.organStep(), p.kindStep(), p.whoStep(), p.paperStep(), p.contactStep(), p.othersStep(), p.jointStep(), p.agentStep(), p.whatStep(), p.howStep()}
}

func groups(say *locale.Catalogue, here int) []group {
	labels := []string{say.T("apply.group-organ"), say.T("apply.group-who"), say.T("apply.group-what"), say.T("apply.group-how"), say.T("apply.group-check")}
	var all []group
	for i, label := range labels {
		all = append(all, group{label, i < here, i == here})
	}
	return all
}

// after gives the page that follows one.
func (p Apply) after(s step, d intake.Draft) string {
	all := p.steps()
	i := slices.IndexFunc(all, func(o step) bool { return o.name == s.name })
	for _, next := range all[i+1:] {
		if next.skip == nil || !next.skip(d) {
			return next.path()
		}
	}
	return Path + "/check"
}

// before gives the page before one.
func (p Apply) before(s step, d intake.Draft) string {
	back := Path
	for _, o := range p.steps() {
		if o.name == s.name {
			break
		}
		if o.skip == nil || !o.skip(d) {
			back = o.path()
		}
	}
	return back
}

// early tells whether a page comes before something is known that it needs.
func (p Apply) early(s step, d intake.Draft) bool {
	all := p.steps()
	at := func(name string) int { return slices.IndexFunc(all, func(o step) bool { return o.name == name }) }
	next := d.Next()
	return next != intake.StepCheck && at(s.name) > at(next)
}

// ask shows a page with what was typed into it before.
func (p Apply) ask(s step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		t, err := p.draft(r)
		switch {
		case err != nil:
			return err
		case t.request != "":
			return web.Redirect(w, r, Path+"/receipt")
		case p.early(s, t.Draft):
			return web.Redirect(w, r, Path+"/"+t.Next())
		}
		form, err := s.form(r, t)
		if err != nil {
			return err
		}
		return p.showStep(w, r, s, t, form, http.StatusOK)
	}
}

func (p Apply) showStep(w http.ResponseWriter, r *http.Request, s step, t typed, form web.Form, status int) error {
	say := p.say(r)
	if form.Submit == "" {
		form.Submit = say.T("apply.continue")
	}
	form.Upload = s.upload
	form.Fields = append([]web.Field{{Kind: web.Hidden, Name: formField, Value: formOf(t.secret)}}, form.Fields...)
	data := stepData{
		Groups: groups(say, s.group), Lead: s.lead(say, t.Draft), Lost: t.lost, Form: form,
		Token: formOf(t.secret), Back: p.before(s, t.Draft), Remove: Path + "/remove", Page: s.name,
	}
	if s.more != nil {
		if err := s.more(r, t, &data); err != nil {
			return err
		}
	}
	web.Private(w)
	return stepTemplate.ShowStatus(p.Kit, w, r, status, s.title(say, t.Draft), data)
}

var errOtherDraft = errs.New(errs.Conflict, "这一页属于另一件申请：可能在别的窗口里重新开始过，或者时间太久。您刚才填写的内容还在本页，请核对后再按一次按钮，将填入现在这件申请。")

// answer takes what was typed into the draft and goes on. What is wrong is told
// beside its field, and what was typed is kept.
func (p Apply) answer(s step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		t, err := p.draft(r)
		if err != nil {
			return err
		}
		if t.request != "" {
			return web.Redirect(w, r, Path+"/receipt")
		}
		wrong := tooMuch(r, s)
		var values url.Values
		if wrong == nil {
			values, wrong = p.Kit.ReadForm(r)
		}
		if wrong == nil && values.Get(formField) != formOf(t.secret) {
			wrong = errOtherDraft
		}
		if wrong == nil {
			wrong = p.enter(r, s, &t, values)
		}
		if wrong == nil {
			return p.onward(w, r, s, t, values)
		}
		form, err := s.form(r, t)
		if err != nil {
			return err
		}
		form.Fill(values)
		if !form.Fail(wrong) {
			return wrong
		}
		return p.showStep(w, r, s, t, form, web.Status(wrong))
	}
}

// enter takes an answer into the draft and keeps it. A file that came with it is
// kept also where something else is wrong: a browser does not send it again.
func (p Apply) enter(r *http.Request, s step, t *typed, values url.Values) error {
	wrong := s.take(values, &t.Draft)
	if wrong == nil {
		wrong = p.keep(r, t)
	}
	if s.upload && t.secret != "" {
		if err := p.attach(r, s, t); err != nil {
			return err
		}
	}
	if wrong == nil && s.done != nil {
		wrong = s.done(r, t.Draft)
	}
	return wrong
}

// onward leads to the page after an answer: back to the check where something
// was changed from there, to the same page where another is to be added.
func (p Apply) onward(w http.ResponseWriter, r *http.Request, s step, t typed, values url.Values) error {
	change := ""
	if r.URL.Query().Has("change") {
		change = "?change=1"
	}
	if s.again != nil {
		again, err := s.again(r, t, values)
		if err != nil {
			return err
		}
		if again {
			return web.Redirect(w, r, s.path()+change)
		}
	}
	to := p.after(s, t.Draft)
	if next := t.Next(); change != "" {
		to = Path + "/" + next
		if next != intake.StepCheck {
			to += change
		}
	}
	return web.Redirect(w, r, to)
}

// more tells whether another is to be added.
func more(_ *http.Request, _ typed, values url.Values) (bool, error) {
	return values.Get("more") == "1", nil
}

// tooMuch refuses at once what is announced to be too large, before it is sent.
func tooMuch(r *http.Request, s step) error {
	if s.upload && r.ContentLength > upload {
		return errs.New(errs.TooLarge, "文件太大（%.0f MB），最多 %d MB；请降低拍照或者扫描的分辨率，或者改为寄送复印件。", float64(r.ContentLength)/(1<<20), intake.MaxFile>>20)
	}
	return nil
}

// attach keeps the file that a form brings, if it brings one.
func (p Apply) attach(r *http.Request, s step, t *typed) error {
	file, header, err := r.FormFile("file")
	if err != nil { // none was chosen
		return nil
	}
	defer file.Close()
	if header.Size == 0 && header.Filename == "" {
		return nil
	}
	return inField("file", p.Counter.Attach(r.Context(), p.address(r), t.secret, &t.Draft, header.Filename, s.files, file))
}

// inField says beside a field what is wrong with the whole.
func inField(name string, err error) error {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.TooLarge, errs.Unsupported, errs.TooMany, errs.Corrupt:
		return &errs.Error{Kind: errs.KindOf(err), Public: errs.Public(err), Cause: err, Fields: errs.Fields{{Name: name, Public: errs.Public(err)}}}
	}
	return err
}

// always gives the same words for every draft.
func always(key func(*locale.Catalogue) string) func(*locale.Catalogue, intake.Draft) string {
	return func(say *locale.Catalogue, _ intake.Draft) string { return key(say) }
}
