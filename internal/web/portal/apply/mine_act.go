package apply

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// act is something that the applicant does with their request, asked for on a
// page of its own.
type act struct {
	name   string
	event  event.Kind
	tone   string // of the button
	label  func(say *locale.Catalogue) string
	text   func(say *locale.Catalogue) string
	fields func(say *locale.Catalogue, r foi.Request) []web.Field
	deed   func(values url.Values, files []foi.File) foi.Deed
	upload bool
}

func (a act) path() string { return Path + "/mine/" + a.name }

// actData is the page of an act.
type actData struct {
	Number string
	Text   string
	Items  []string
	Form   web.Form
}

var actTemplate = web.Define[actData]("portal/apply_act")

// acts gives what applicants may do themselves where the table has it.
func acts() []act {
	none := func(*locale.Catalogue, foi.Request) []web.Field { return nil }
	return []act{
		{
			name: "confirm", event: foi.Confirmed, tone: "primary", fields: none,
			label: func(say *locale.Catalogue) string { return say.T("apply.confirm") },
			text:  func(say *locale.Catalogue) string { return say.T("apply.confirm-text") },
			deed:  func(url.Values, []foi.File) foi.Deed { return foi.Confirm{How: "申请人在网上确认"} },
		},
		{
			name: "correct", event: foi.Corrected, tone: "primary", fields: correctFields, upload: true,
			label: func(say *locale.Catalogue) string { return say.T("apply.correct") },
			text:  func(say *locale.Catalogue) string { return say.T("apply.correct-text") },
			deed: func(v url.Values, files []foi.File) foi.Deed {
				return foi.Correct{Ask: foi.Ask{Text: strings.TrimSpace(v.Get("text")), Form: chosen(foi.Forms(), v.Get("form")), Way: chosen(foi.Ways(), v.Get("way"))}, Excuse: v.Get("excuse"), Files: files}
			},
		},
		{
			name: "reasons", event: foi.ReasonsGiven, tone: "primary",
			label: func(say *locale.Catalogue) string { return say.T("apply.reasons") },
			text:  func(say *locale.Catalogue) string { return say.T("apply.reasons-text") },
			fields: func(say *locale.Catalogue, _ foi.Request) []web.Field {
				return []web.Field{{Kind: web.TextArea, Name: "text", Label: say.T("apply.reasons-field"), Required: true, Rows: 6, MaxLength: foi.MaxText}}
			},
			deed: func(v url.Values, _ []foi.File) foi.Deed { return foi.GiveReasons{Text: v.Get("text")} },
		},
		{
			name: "publish", event: foi.PublicationProposed, fields: none,
			label: func(say *locale.Catalogue) string { return say.T("apply.propose") },
			text:  func(say *locale.Catalogue) string { return say.T("apply.propose-text") },
			deed:  func(url.Values, []foi.File) foi.Deed { return foi.ProposePublication{} },
		},
		{
			name: "withdraw", event: foi.Withdrawn, tone: "danger",
			label: func(say *locale.Catalogue) string { return say.T("apply.withdraw") },
			text:  func(say *locale.Catalogue) string { return say.T("apply.withdraw-text") },
			fields: func(say *locale.Catalogue, _ foi.Request) []web.Field {
				return []web.Field{{Kind: web.Check, Name: "sure", Label: say.T("apply.withdraw-sure"), Required: true}}
			},
			deed: func(url.Values, []foi.File) foi.Deed { return foi.Withdraw{} },
		},
	}
}

func actOf(kind event.Kind) (act, bool) {
	all := acts()
	i := slices.IndexFunc(all, func(a act) bool { return a.event == kind })
	if i < 0 {
		return act{}, false
	}
	return all[i], true
}

// chosen gives a value that is among some, "" for another.
func chosen(all []foi.Choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return value
		}
	}
	return ""
}

func correctFields(say *locale.Catalogue, r foi.Request) []web.Field {
	return []web.Field{
		{Kind: web.TextArea, Name: "text", Label: say.T("apply.correct-field"), Hint: say.T("apply.text-hint"), Value: r.Ask.Text, Required: true, Rows: 7, MaxLength: foi.MaxText},
		{Kind: web.Radios, Name: "form", Label: say.T("apply.form"), Options: options(say, foi.Forms()), Value: r.Ask.Form, Required: true},
		{Kind: web.Radios, Name: "way", Label: say.T("apply.way"), Options: options(say, foi.Ways()), Value: r.Ask.Way, Required: true},
		{Kind: web.TextArea, Name: "excuse", Label: say.T("apply.excuse"), Hint: say.T("apply.excuse-hint"), Rows: 3, MaxLength: 2000},
		{Kind: web.File, Name: "file", Label: say.T("apply.correct-file"), Hint: say.T("apply.file-hint", intake.MaxFile>>20), Accept: accept},
	}
}

// may gives the request where the act is open now, and tells where to go where it
// is not.
func (p Apply) may(r *http.Request, a act) (request foi.Request, elsewhere string, err error) {
	request, ok, err := p.mineRequest(r)
	if err != nil || !ok {
		return request, Path + "/track", err
	}
	scene, err := p.Desk.Scene(r.Context(), event.Public, request.Organ)
	if err != nil {
		return request, "", err
	}
	for _, o := range request.OptionsOfApplicant(scene) {
		if o.Event == a.event {
			return request, "", o.Why
		}
	}
	return request, Path + "/mine", nil
}

func (p Apply) askAct(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		request, elsewhere, err := p.may(r, a)
		switch {
		case err != nil:
			return err
		case elsewhere != "":
			return web.Redirect(w, r, elsewhere)
		}
		return p.showAct(w, r, a, request, nil, nil)
	}
}

// showAct shows the form of an act; wrong is what went wrong with it.
func (p Apply) showAct(w http.ResponseWriter, r *http.Request, a act, request foi.Request, values url.Values, wrong error) error {
	say := p.say(r)
	fields := append([]web.Field{{Kind: web.Hidden, Name: formField, Value: formOf(request.ID)}}, a.fields(say, request)...)
	form := web.Form{Fields: fields, Submit: a.label(say), Danger: a.tone == "danger", Cancel: Path + "/mine", Upload: a.upload}
	status := http.StatusOK
	if wrong != nil {
		form.Fill(values)
		if !form.Fail(wrong) {
			return wrong
		}
		status = web.Status(wrong)
	}
	data := actData{Number: request.Number, Text: a.text(say), Form: form}
	if a.event == foi.Corrected && request.Correction != nil {
		data.Items = request.Correction.Items
	}
	web.Private(w)
	return actTemplate.ShowStatus(p.Kit, w, r, status, a.label(say), data)
}

// act does what the applicant asks for.
func (p Apply) act(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		request, elsewhere, err := p.may(r, a)
		switch {
		case err != nil:
			return err
		case elsewhere != "":
			return web.Redirect(w, r, elsewhere)
		}
		values, files, wrong := p.readAct(r, a, request)
		if wrong == nil {
			wrong = p.Desk.ByApplicant(r.Context(), request.ID, a.deed(values, files))
		}
		if wrong != nil {
			return p.showAct(w, r, a, request, values, wrong)
		}
		return web.Redirect(w, r, Path+"/mine?done="+a.name)
	}
}

func (p Apply) readAct(r *http.Request, a act, request foi.Request) (values url.Values, files []foi.File, err error) {
	if err := tooMuch(r, step{upload: a.upload}); err != nil {
		return nil, nil, err
	}
	if values, err = p.Kit.ReadForm(r); err != nil {
		return nil, nil, err
	}
	if values.Get(formField) != formOf(request.ID) {
		return values, nil, errs.New(errs.Conflict, "这一页属于另一件申请，没有办理。请核对上面的申请编号后再按一次。")
	}
	var f errs.Fields
	if a.event == foi.Withdrawn && values.Get("sure") == "" {
		f.Add("sure", "撤回不能取消，请先勾选确认。")
	}
	if a.event == foi.Corrected {
		if err := intake.CheckText(values.Get("text")); err != nil {
			return values, nil, err
		}
	}
	if err := f.Err(); err != nil || !a.upload {
		return values, nil, err
	}
	file, err := p.sent(r, "correction")
	if err != nil {
		return values, nil, err
	}
	if file != nil {
		files = []foi.File{*file}
	}
	return values, files, nil
}

// sent keeps a file that comes with an answer; nil when there is none.
func (p Apply) sent(r *http.Request, what string) (*foi.File, error) {
	file, header, err := r.FormFile("file")
	if err != nil || header.Size == 0 && header.Filename == "" { // none was chosen
		return nil, nil
	}
	defer file.Close()
	kept, err := p.Counter.Receive(r.Context(), p.address(r), header.Filename, what, file)
	return &kept, inField("file", err)
}

// doneWords says what was just done.
func doneWords(say *locale.Catalogue, name string) string {
	return map[string]string{
		"confirm": say.T("apply.confirm-done"), "correct": say.T("apply.correct-done"), "reasons": say.T("apply.reasons-done"),
		"publish": say.T("apply.propose-done"), "withdraw": say.T("apply.withdraw-done"), "opinion": say.T("apply.opinion-done"),
	}[name]
}
