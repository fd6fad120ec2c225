package apply

import (
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// checkData is everything that was typed, before it is handed in.
type checkData struct {
	Groups []group
	Parts  []checkPart
	Form   web.Form
	Back   string
}

type checkPart struct {
	Title string
	Lines []checkLine
}

type checkLine struct{ Label, Text, Change string }

var checkTemplate = web.Define[checkData]("portal/apply_check")

func (p Apply) askCheck(w http.ResponseWriter, r *http.Request) error {
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.showCheck(w, r, t, nil)
}

// showCheck shows the answers; wrong is what went wrong with handing them in.
func (p Apply) showCheck(w http.ResponseWriter, r *http.Request, t typed, wrong error) error {
	switch {
	case t.request != "":
		return web.Redirect(w, r, Path+"/receipt")
	case t.Next() != intake.StepCheck:
		return web.Redirect(w, r, Path+"/"+t.Next())
	}
	say := p.say(r)
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	form := web.Form{Submit: say.T("apply.submit"), Fields: []web.Field{{Kind: web.Hidden, Name: formField, Value: formOf(t.secret)}}}
	status := http.StatusOK
	if wrong != nil {
		if !form.Fail(wrong) {
			return wrong
		}
		status = web.Status(wrong)
	}
	web.Private(w)
	return checkTemplate.ShowStatus(p.Kit, w, r, status, say.T("apply.check"), checkData{groups(say, 4), parts(say, t.Draft, tree.Name(t.Organ)), form, Path + "/how"})
}

func parts(say *locale.Catalogue, d intake.Draft, organ string) []checkPart {
	line := func(label, text, page string) checkLine {
		if text == "" {
			text = say.T("apply.left-out")
		}
		return checkLine{label, text, Path + "/" + page + "?change=1"}
	}
	who := []checkLine{line(say.T("apply.kind-field"), kindWords(say, d.Who.Kind), intake.StepKind)}
	if d.Who.Natural() {
		who = append(who, line(say.T("apply.name"), d.Who.Name, intake.StepWho), line(say.T("apply.paper-line"), strings.TrimSpace(d.Who.Paper+" "+d.Who.IDNumber+d.Who.PaperNumber), intake.StepWho))
	} else {
		who = append(who, line(say.T("apply.organisation"), d.Who.Organisation, intake.StepWho), line(say.T("apply.credit-code"), d.Who.CreditCode+d.Who.PaperNumber, intake.StepWho), line(say.T("apply.contact-person"), d.Who.Name, intake.StepWho))
	}
	who = append(who,
		line(say.T("apply.paper"), names(d.Of("identity")), "paper"),
		line(say.T("apply.phone"), d.Reach.Phone, intake.StepContact), line(say.T("apply.email"), d.Reach.Email, intake.StepContact), line(say.T("apply.address"), d.Reach.Address, intake.StepContact),
		line(say.T("apply.others"), othersWords(say, d.Others), intake.StepOthers),
	)
	if d.Others.Joins {
		var joint []string
		for _, j := range d.Others.Joint {
			joint = append(joint, j.Name+j.Organisation)
		}
		who = append(who, line(say.T("apply.joint"), strings.Join(joint, "、"), intake.StepJoint))
	}
	if d.Others.Acts {
		who = append(who, line(say.T("apply.agent"), d.Others.Agent.Name+" "+d.Others.Agent.Phone, intake.StepAgent), line(say.T("apply.authority"), names(d.Of("authority")), intake.StepAgent))
	}
	return []checkPart{
		{say.T("apply.group-organ"), []checkLine{line(say.T("apply.organ-field"), organ, intake.StepOrgan)}},
		{say.T("apply.group-who"), who},
		{say.T("apply.group-what"), []checkLine{line(say.T("apply.text"), d.Ask.Text, intake.StepWhat)}},
		{say.T("apply.group-how"), []checkLine{line(say.T("apply.form"), choiceWords(say, foi.Forms(), d.Ask.Form), intake.StepHow), line(say.T("apply.way"), choiceWords(say, foi.Ways(), d.Ask.Way), intake.StepHow)}},
	}
}

func names(files []intake.File) string {
	var all []string
	for _, f := range files {
		all = append(all, f.Name)
	}
	return strings.Join(all, "、")
}

func othersWords(say *locale.Catalogue, o intake.Others) string {
	switch {
	case o.Joins && o.Acts:
		return say.T("apply.others-both")
	case o.Joins:
		return say.T("apply.others-joint")
	case o.Acts:
		return say.T("apply.others-agent")
	}
	return say.T("apply.others-none")
}

func choiceWords(say *locale.Catalogue, all []foi.Choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return word(say, c.Word)
		}
	}
	return value
}

// submit hands the request in. Pressed twice, it is one request.
func (p Apply) submit(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	if t.secret == "" {
		return web.Redirect(w, r, Path)
	}
	if values.Get(formField) != formOf(t.secret) {
		return p.showCheck(w, r, t, errs.New(errs.Conflict, "这一页属于另一件申请，没有提交。下面是现在正在填写的申请，请核对后再提交。"))
	}
	id, err := p.Counter.Submit(r.Context(), p.address(r), t.secret)
	if err != nil {
		return p.showCheck(w, r, t, err)
	}
	if p.own(r, mineKey) != id {
		if err := p.let(r, mineKey, id); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, Path+"/receipt?new=1")
}
