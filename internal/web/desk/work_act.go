package desk

import (
	"net/http"

	"gongkai/internal/web"
	"gongkai/internal/work"
)

// workAct is a short form about an item, with what follows in words.
type workAct struct {
	Text string
	Name string
	Form web.Form
}

var workActTemplate = web.Define[workAct]("desk/work_act")

// act asks before something is done with an item, and does it.
type act struct {
	title, text, submit string
	danger              bool
	fields              []web.Field
}

func (p Work) doneAct(r *http.Request) act {
	say := p.Kit.Say(r)
	return act{title: say.T("work.finish"), text: say.T("work.finish-text"), submit: say.T("work.finish"), fields: []web.Field{
		{Kind: web.TextArea, Name: "note", Label: say.T("work.closing"), Hint: say.T("work.closing-hint"), Required: true, Rows: 3, MaxLength: work.MaxNote},
	}}
}

func (p Work) withdrawAct(r *http.Request) act {
	say := p.Kit.Say(r)
	return act{title: say.T("work.withdraw"), text: say.T("work.withdraw-text"), submit: say.T("work.withdraw"), danger: true, fields: []web.Field{
		{Kind: web.TextArea, Name: "note", Label: say.T("work.reason"), Required: true, Rows: 3, MaxLength: work.MaxNote},
	}}
}

func (p Work) passAct(r *http.Request, i work.Listed) (act, error) {
	say := p.Kit.Say(r)
	colleagues, err := p.Office.Colleagues(r.Context(), web.Actor(r), i.Organ)
	return act{title: say.T("work.pass"), text: say.T("work.pass-text"), submit: say.T("work.pass"), fields: []web.Field{
		{Kind: web.Select, Name: "for", Label: say.T("work.to"), Options: holderOptions(say, colleagues), Required: true},
	}}, err
}

// showAct shows the form of an act; wrong is what went wrong with it, nil at
// first.
func (p Work) showAct(w http.ResponseWriter, r *http.Request, i work.Listed, a act, wrong error) error {
	form := web.Form{Fields: a.fields, Submit: a.submit, Danger: a.danger, Cancel: "/desk/work/" + i.ID}
	status := http.StatusOK
	if wrong != nil {
		form.Fill(r.PostForm)
		if !form.Fail(wrong) {
			return wrong
		}
		status = web.Status(wrong)
	}
	return workActTemplate.ShowStatus(p.Kit, w, r, status, a.title, workAct{a.text, i.Title, form})
}

func (p Work) item(r *http.Request) (work.Listed, error) {
	return p.Office.Item(r.Context(), web.Actor(r), r.PathValue("work"))
}

func (p Work) askDone(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	return p.showAct(w, r, i, p.doneAct(r), nil)
}

func (p Work) done(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Finish(r.Context(), web.Actor(r), i.ID, values.Get("note")); err != nil {
		return p.showAct(w, r, i, p.doneAct(r), err)
	}
	return p.Kit.Done(w, r, "/desk/work", p.Kit.Say(r).T("work.finish-done", i.Title))
}

func (p Work) askWithdraw(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err == nil {
		err = p.Office.MayAssign(r.Context(), web.Actor(r), i.Organ)
	}
	if err != nil {
		return err
	}
	return p.showAct(w, r, i, p.withdrawAct(r), nil)
}

func (p Work) withdraw(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Withdraw(r.Context(), web.Actor(r), i.ID, values.Get("note")); err != nil {
		return p.showAct(w, r, i, p.withdrawAct(r), err)
	}
	return p.Kit.Done(w, r, "/desk/work/"+i.ID, p.Kit.Say(r).T("work.withdraw-done"))
}

func (p Work) askPass(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	a, err := p.passAct(r, i)
	if err != nil {
		return err
	}
	return p.showAct(w, r, i, a, nil)
}

func (p Work) pass(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	to, err := work.ParseHolder(values.Get("for"))
	if err == nil {
		err = p.Office.Pass(r.Context(), web.Actor(r), i.ID, to)
	}
	if err != nil {
		a, actErr := p.passAct(r, i)
		if actErr != nil {
			return actErr
		}
		return p.showAct(w, r, i, a, err)
	}
	return p.Kit.Done(w, r, "/desk/work", p.Kit.Say(r).T("work.pass-done", i.Title))
}

// take makes an item of the actor's role the actor's own.
func (p Work) take(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Pass(r.Context(), web.Actor(r), i.ID, work.Holder{Person: web.Actor(r).ID}); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/desk/work/"+i.ID, p.Kit.Say(r).T("work.take-done"))
}
