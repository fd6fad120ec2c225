package letters

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
	"gongkai/internal/locale"
	"gongkai/internal/release"
	"gongkai/internal/web"
)

// maskData is what can be taken out of a file.
type maskData struct {
	Name   string
	Back   string
	Spots  []spotRow
	Words  []wordRow
	Wrong  string
	Submit string
}

// spotRow is a place where something was found, with the choice of why it goes.
type spotRow struct {
	guard.Spot
	Where   string
	Field   string
	Options []web.Option
}

// wordRow is room for words that go as well.
type wordRow struct {
	Nth              int
	Text, Why, Value string
	Options          []web.Option
}

// wordRows is how many of them the form has.
const wordRows = 8

var maskTemplate = web.Define[maskData]("desk/letter_mask")

func (p Files) askMask(w http.ResponseWriter, r *http.Request) error {
	return p.showMask(w, r, nil, nil)
}

func (p Files) showMask(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	spots, err := p.Office.Spots(ctx, actor, r.PathValue("request"), r.PathValue("released"))
	if err != nil {
		return err
	}
	request, f, err := p.load(r)
	if err != nil {
		return err
	}
	if !f.Maskable {
		return errs.New(errs.Unsupported, "只能对 docx、xlsx 和文本文件作去标识化处理；请先转换为这些格式，或者人工处理后重新上传。")
	}
	data := maskData{Name: f.Name, Back: filesPath(request) + "/" + f.ID}
	for _, s := range spots {
		why := "privacy"
		field := "why-" + strconv.Itoa(s.Nth)
		if typed != nil {
			why = typed.Get(field)
		}
		data.Spots = append(data.Spots, spotRow{s, s.Place.String(), field, grounds(say, why, true)})
	}
	for n := 1; n <= wordRows; n++ {
		row := wordRow{Nth: n, Text: "words-" + strconv.Itoa(n), Why: "words-why-" + strconv.Itoa(n)}
		why := "privacy"
		if typed != nil {
			row.Value, why = typed.Get(row.Text), typed.Get(row.Why)
		}
		row.Options = grounds(say, why, false)
		data.Words = append(data.Words, row)
	}
	status := http.StatusOK
	if wrong != nil {
		switch errs.KindOf(wrong) {
		case errs.Invalid, errs.Conflict, errs.TooMany, errs.Unsupported, errs.Corrupt, errs.Encrypted:
			data.Wrong, status = errs.Public(wrong), http.StatusUnprocessableEntity
		default:
			return wrong
		}
	}
	return maskTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.mask-of", f.Name), data)
}

func grounds(say *locale.Catalogue, chosen string, stay bool) (all []web.Option) {
	if stay {
		all = append(all, web.Option{Label: say.T("letters.stays"), Chosen: chosen == ""})
	}
	for _, g := range release.Grounds() {
		all = append(all, web.Option{Value: g.Value, Label: groundWord(say, g), Chosen: chosen == g.Value})
	}
	return all
}

func (p Files) mask(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.Actor(r)
	id, file := r.PathValue("request"), r.PathValue("released")
	spots, err := p.Office.Spots(ctx, actor, id, file)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	var cuts []release.Cut
	for _, s := range spots {
		if why := values.Get("why-" + strconv.Itoa(s.Nth)); why != "" {
			cuts = append(cuts, release.Cut{Spot: s.Nth, Why: why})
		}
	}
	for n := 1; n <= wordRows; n++ {
		if words := strings.TrimSpace(values.Get("words-" + strconv.Itoa(n))); words != "" {
			cuts = append(cuts, release.Cut{Words: words, Why: values.Get("words-why-" + strconv.Itoa(n))})
		}
	}
	if err := p.Office.Mask(ctx, actor, id, file, cuts); err != nil {
		return p.showMask(w, r, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.masked-now"))
	return web.Redirect(w, r, "/desk/requests/"+id+"/release/"+file)
}

// handled gives a file to somebody who handles its request.
func (p Files) handled(r *http.Request) (foi.Request, release.Checked, error) {
	request, f, err := p.load(r)
	if err == nil {
		err = p.handles(r, request)
	}
	return request, f, err
}

func (p Files) askWaive(w http.ResponseWriter, r *http.Request) error {
	return p.showWaive(w, r, nil, nil)
}

func (p Files) showWaive(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	var open []web.Option
	for _, found := range f.Findings {
		if !found.Passed() {
			open = append(open, web.Option{Value: found.Key, Label: found.Message, Hint: found.Place.String()})
		}
	}
	return p.form(w, r, say.T("letters.waive-of", f.Name), say.T("letters.waive-text"), web.Form{
		Submit: say.T("letters.waive"), Cancel: filesPath(request) + "/" + f.ID, Fields: []web.Field{
			{Kind: web.Checks, Name: "findings", Label: say.T("letters.findings"), Options: open, Required: true},
			{Kind: web.TextArea, Name: "reason", Label: say.T("letters.waive-reason"), Hint: say.T("letters.waive-hint"), Rows: 3, MaxLength: 500, Required: true},
		},
	}, typed, wrong)
}

func (p Files) waive(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Waive(r.Context(), web.Actor(r), request.ID, f.ID, values["findings"], values.Get("reason")); err != nil {
		return p.showWaive(w, r, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.waived"))
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

func (p Files) askAgree(w http.ResponseWriter, r *http.Request) error {
	return p.showAgree(w, r, nil, nil)
}

func (p Files) showAgree(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
	}
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	form := web.Form{Submit: say.T("letters.decide"), Cancel: filesPath(request) + "/" + f.ID, Danger: true}
	for _, found := range f.Findings {
		if found.Waiver != nil && !found.Passed() {
			form.Fields = append(form.Fields, web.Field{Kind: web.Fact, Label: found.Message, Value: found.Waiver.Reason})
		}
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Radios, Name: "agrees", Label: say.T("letters.decision"), Required: true, Options: []web.Option{
		{Value: "yes", Label: say.T("letters.agree"), Hint: say.T("letters.agree-hint")}, {Value: "no", Label: say.T("letters.deny")},
	}})
	return p.form(w, r, say.T("letters.agree-of", f.Name), say.T("letters.agree-text"), form, typed, wrong)
}

func (p Files) agree(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
	}
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	done := map[string]string{"yes": say.T("letters.agreed"), "no": say.T("letters.denied")}[values.Get("agrees")]
	if done == "" {
		sentence := "请选择是否同意放行。"
		return p.showAgree(w, r, values, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "agrees", Public: sentence}}})
	}
	if err := p.Office.Agree(r.Context(), web.Actor(r), request.ID, f.ID, values.Get("agrees") == "yes"); err != nil {
		return p.showAgree(w, r, values, err)
	}
	p.Kit.Toast(r, done)
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

func (p Files) askRemove(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.form(w, r, say.T("letters.remove-of", f.Name), say.T("letters.remove-text"), web.Form{Submit: say.T("letters.remove"), Cancel: filesPath(request) + "/" + f.ID, Danger: true}, nil, nil)
}

func (p Files) remove(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Remove(r.Context(), web.Actor(r), request.ID, f.ID); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.removed", f.Name))
	return web.Redirect(w, r, filesPath(request))
}
