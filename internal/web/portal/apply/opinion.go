package apply

import (
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/web"
)

// opinionData is what a third party was asked, and its answer.
type opinionData struct {
	Number, Organ string
	About         string
	Sent, Until   string
	Late          bool
	Answered      string // day of the answer; "" before
	Withdrawn     string
	Agreed        bool
	Done          string
	Form          *web.Form
}

var opinionTemplate = web.Define[opinionData]("portal/apply_opinion")

func (p Apply) codeField(r *http.Request) web.Field {
	say := p.say(r)
	return web.Field{Name: "code", Label: say.T("apply.opinion-code"), Hint: say.T("apply.opinion-code-hint"), Required: true, MaxLength: 12, Narrow: true, Autocomplete: "off"}
}

func (p Apply) askOpinion(w http.ResponseWriter, r *http.Request) error {
	form, err := p.trackForm(r, p.codeField(r))
	if err != nil {
		return err
	}
	say := p.say(r)
	return trackTemplate.Show(p.Kit, w, r, say.T("apply.opinion"), trackData{Lead: say.T("apply.opinion-lead"), Form: form, Hint: say.T("apply.opinion-hint")})
}

func (p Apply) openOpinion(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	request, ref, wrong := p.Counter.Asked(r.Context(), p.address(r), organOf(tree, values.Get("organ")), values.Get("number"), values.Get("code"))
	if wrong == nil {
		if err := p.let(r, opinionKey, request+"/"+ref); err != nil {
			return err
		}
		return web.Redirect(w, r, Path+"/opinion/answer")
	}
	form, err := p.trackForm(r, p.codeField(r))
	if err != nil {
		return err
	}
	status, err := p.refused(&form, values, wrong)
	if err != nil {
		return err
	}
	web.Private(w)
	say := p.say(r)
	return trackTemplate.ShowStatus(p.Kit, w, r, status, say.T("apply.opinion"), trackData{Lead: say.T("apply.opinion-lead"), Form: form, Hint: say.T("apply.opinion-hint")})
}

// question gives the consultation that the visitor was let in to.
func (p Apply) question(r *http.Request) (foi.Request, foi.Consultation, bool, error) {
	id, ref, _ := strings.Cut(p.own(r, opinionKey), "/")
	if id == "" {
		return foi.Request{}, foi.Consultation{}, false, nil
	}
	request, err := p.Requests.Request(r.Context(), id)
	if err != nil {
		return request, foi.Consultation{}, false, err
	}
	k, ok := intake.Question(request, ref)
	return request, k, ok, nil
}

func (p Apply) askAnswer(w http.ResponseWriter, r *http.Request) error {
	request, k, ok, err := p.question(r)
	if err != nil {
		return err
	}
	if !ok {
		return web.Redirect(w, r, Path+"/opinion")
	}
	return p.showAnswer(w, r, request, k, nil, nil)
}

func (p Apply) showAnswer(w http.ResponseWriter, r *http.Request, request foi.Request, k foi.Consultation, values url.Values, wrong error) error {
	web.Private(w)
	say := p.say(r)
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	cal, err := p.Desk.CalendarOf(r.Context(), request.Organ)
	if err != nil {
		return err
	}
	data := opinionData{
		Number: request.Number, Organ: tree.Name(request.Organ), About: k.About, Sent: dayWords(say, k.SentOn), Answered: dayWords(say, k.AnsweredOn),
		Withdrawn: dayWords(say, k.WithdrawnOn), Agreed: k.Agrees, Done: doneWords(say, r.URL.Query().Get("done")),
	}
	if !k.ReceivedOn.IsZero() {
		if a, err := k.Limit(cal); err == nil {
			data.Until, data.Late = dayWords(say, a.Deadline), p.today().After(a.Deadline)
		}
	}
	status := http.StatusOK
	if data.Answered == "" && data.Withdrawn == "" {
		form := web.Form{Submit: say.T("apply.opinion-send"), Upload: true, Fields: []web.Field{
			{Kind: web.Hidden, Name: formField, Value: formOf(request.ID + "/" + k.Ref)},
			{Kind: web.Radios, Name: "agrees", Label: say.T("apply.opinion-field"), Required: true, Options: []web.Option{
				{Value: "yes", Label: say.T("apply.opinion-yes")}, {Value: "no", Label: say.T("apply.opinion-no"), Hint: say.T("apply.opinion-no-hint")},
			}},
			{Kind: web.TextArea, Name: "reasons", Label: say.T("apply.opinion-reasons"), Hint: say.T("apply.opinion-reasons-hint"), Rows: 6, MaxLength: foi.MaxText},
			{Kind: web.File, Name: "file", Label: say.T("apply.opinion-file"), Hint: say.T("apply.file-hint", intake.MaxFile>>20), Accept: accept},
		}}
		if wrong != nil {
			form.Fill(values)
			if !form.Fail(wrong) {
				return wrong
			}
			status = web.Status(wrong)
		}
		data.Form = &form
	} else if wrong != nil {
		return wrong
	}
	return opinionTemplate.ShowStatus(p.Kit, w, r, status, say.T("apply.opinion"), data)
}

// answerOpinion takes the opinion. One that comes late is taken all the same.
func (p Apply) answerOpinion(w http.ResponseWriter, r *http.Request) error {
	request, k, ok, err := p.question(r)
	if err != nil {
		return err
	}
	if !ok {
		return web.Redirect(w, r, Path+"/opinion")
	}
	values, given, wrong := p.readOpinion(r, request, k)
	if wrong == nil {
		wrong = p.Counter.Opine(r.Context(), request.ID, given)
	}
	if wrong != nil {
		return p.showAnswer(w, r, request, k, values, wrong)
	}
	return web.Redirect(w, r, Path+"/opinion/answer?done=opinion")
}

func (p Apply) readOpinion(r *http.Request, request foi.Request, k foi.Consultation) (url.Values, foi.GiveOpinion, error) {
	given := foi.GiveOpinion{Ref: k.Ref}
	if err := tooMuch(r, step{upload: true}); err != nil {
		return nil, given, err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return nil, given, err
	}
	if values.Get(formField) != formOf(request.ID+"/"+k.Ref) {
		return values, given, errs.New(errs.Conflict, "这一页属于另一次征求意见，没有提交。请核对上面的编号后再按一次。")
	}
	var f errs.Fields
	switch values.Get("agrees") {
	case "yes":
		given.Agrees = true
	case "no":
	default:
		f.Add("agrees", "请选择是否同意公开。")
	}
	given.Reasons = values.Get("reasons")
	if !given.Agrees && strings.TrimSpace(given.Reasons) == "" && len(f) == 0 {
		f.Add("reasons", "不同意公开的，请写明公开会怎样损害您的合法权益（条例§32）。")
	}
	if err := f.Err(); err != nil {
		return values, given, err
	}
	file, err := p.sent(r, "opinion")
	if file != nil {
		given.Files = []foi.File{*file}
	}
	return values, given, err
}
