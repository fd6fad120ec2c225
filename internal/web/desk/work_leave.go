package desk

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// leaveForm hands everything that somebody has over to a colleague: one's own,
// or for heads that of somebody who is away.
func (p Work) leaveForm(r *http.Request, organ string) (web.Form, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	colleagues, err := p.Office.Colleagues(r.Context(), actor, organ)
	if err != nil {
		return web.Form{}, err
	}
	fields := []web.Field{{Kind: web.Hidden, Name: "organ", Value: organ}}
	if p.Office.MayAssign(r.Context(), actor, organ) == nil {
		var people []web.Option
		for _, c := range colleagues {
			people = append(people, web.Option{Value: c.ID, Label: c.Name, Chosen: c.ID == actor.ID})
		}
		fields = append(fields, web.Field{Kind: web.Select, Name: "from", Label: say.T("work.whose"), Options: people, Required: true})
	}
	fields = append(fields, web.Field{Kind: web.Select, Name: "for", Label: say.T("work.to"), Options: holderOptions(say, colleagues), Required: true})
	return web.Form{Submit: say.T("work.leave"), Cancel: "/desk/work", Fields: fields}, nil
}

// leaveOrgan is the organ that is meant: the one asked for, else where the actor
// works.
func leaveOrgan(actor account.Actor, asked string) string {
	if asked != "" {
		return asked
	}
	for _, place := range actor.Where(account.SeeWork) {
		return place.Organ
	}
	return actor.Organ
}

func (p Work) askLeave(w http.ResponseWriter, r *http.Request) error {
	form, err := p.leaveForm(r, leaveOrgan(web.Actor(r), r.URL.Query().Get("organ")))
	if err != nil {
		return err
	}
	return p.showLeave(w, r, http.StatusOK, form)
}

func (p Work) showLeave(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	say := p.Kit.Say(r)
	return workActTemplate.ShowStatus(p.Kit, w, r, status, say.T("work.leave"), workAct{Text: say.T("work.leave-text"), Form: form})
}

func (p Work) leave(w http.ResponseWriter, r *http.Request) error {
	actor, say := web.Actor(r), p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	organ, from := leaveOrgan(actor, values.Get("organ")), values.Get("from")
	if from == "" {
		from = actor.ID
	}
	to, err := work.ParseHolder(values.Get("for"))
	n := 0
	if err == nil {
		n, err = p.Office.PassAll(r.Context(), actor, organ, from, to)
	}
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "没有需要转交的事项。")
	}
	if err != nil {
		form, formErr := p.leaveForm(r, organ)
		if formErr != nil {
			return formErr
		}
		form.Fill(values)
		if !form.Fail(err) {
			return err
		}
		return p.showLeave(w, r, web.Status(err), form)
	}
	return p.Kit.Done(w, r, "/desk/work", say.T("work.leave-done", n))
}
