package admin

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

// organChange asks for a change of an organ, with what follows from it.
type organChange struct {
	Organ   string
	Follows string
	Form    web.Form
}

var organChangeTemplate = web.Define[organChange]("admin/organ_change")

// organAct is something that can be done to an organ: what it is called, what it
// asks, and what it does.
type organAct struct {
	title, follows, done string
	danger               bool
	fields               []web.Field
	do                   func(ctx context.Context, actor account.Actor, values url.Values) error
}

func (p Organs) ask(r *http.Request) (organAct, organChange, error) {
	organ, err := p.Office.Organ(r.Context(), web.Actor(r), r.PathValue("organ"))
	if err != nil {
		return organAct{}, organChange{}, err
	}
	tree, err := p.Office.Book.Tree(r.Context())
	if err != nil {
		return organAct{}, organChange{}, err
	}
	if err := web.Actor(r).May(account.EditOrgans, organ.ID, tree); err != nil {
		return organAct{}, organChange{}, err
	}
	act, err := p.act(r, organ, tree)
	return act, organChange{
		Organ: organ.Last().Name, Follows: act.follows,
		Form: web.Form{Submit: act.title, Cancel: "/admin/organs/" + organ.ID, Danger: act.danger, Fields: act.fields},
	}, err
}

func (p Organs) askChange(w http.ResponseWriter, r *http.Request) error {
	act, data, err := p.ask(r)
	if err != nil {
		return err
	}
	return organChangeTemplate.Show(p.Kit, w, r, act.title, data)
}

func (p Organs) change(w http.ResponseWriter, r *http.Request) error {
	act, data, err := p.ask(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := act.do(r.Context(), web.Actor(r), values); err != nil {
		data.Form.Fill(values)
		if data.Form.Fail(err) {
			return organChangeTemplate.ShowStatus(p.Kit, w, r, web.Status(err), act.title, data)
		}
		return err
	}
	return p.Kit.Done(w, r, "/admin/organs/"+r.PathValue("organ"), act.done)
}
