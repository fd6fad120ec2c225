package desk

import (
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// substitutesData is who stands in for whom in an organ, now and to come.
type substitutesData struct {
	Organ string
	Lines []substituteLine
	Form  web.Form
}

// substituteLine is one of them.
type substituteLine struct {
	Away, Stands, From, Until string
	Now                       bool
	End                       string // where it is ended early; "" for who may not
}

var substitutesTemplate = web.Define[substitutesData]("desk/work_substitutes")

func (p Work) substitutes(w http.ResponseWriter, r *http.Request) error {
	return p.showSubstitutes(w, r, leaveOrgan(web.Actor(r), r.URL.Query().Get("organ")), nil, nil)
}

func (p Work) showSubstitutes(w http.ResponseWriter, r *http.Request, organ string, typed url.Values, wrong error) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	all, err := p.Office.SubstitutesOf(ctx, actor, organ)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for _, s := range all {
		ids = append(ids, s.Away, s.Stands)
	}
	names, err := p.namesOf(r, ids)
	if err != nil {
		return err
	}
	assigns := p.Office.MayAssign(ctx, actor, organ) == nil
	data := substitutesData{Organ: tree.Name(organ)}
	for _, s := range all {
		line := substituteLine{Away: names.of(s.Away), Stands: names.of(s.Stands), From: s.From.String(), Until: s.Until.String(), Now: s.On(p.Office.Today())}
		if assigns || actor.ID == s.Away || actor.ID == s.Stands {
			line.End = "/desk/work/substitutes/" + s.ID + "/end"
		}
		data.Lines = append(data.Lines, line)
	}
	if data.Form, err = p.substituteForm(r, organ, assigns); err != nil {
		return err
	}
	status := http.StatusOK
	if typed != nil {
		data.Form.Fill(typed)
	}
	if wrong != nil {
		if status = web.Status(wrong); !data.Form.Fail(wrong) {
			return wrong
		}
	}
	return substitutesTemplate.ShowStatus(p.Kit, w, r, status, say.T("work.substitutes"), data)
}

// substituteForm asks who stands in for the actor, or, for who hands out work, for
// anybody.
func (p Work) substituteForm(r *http.Request, organ string, assigns bool) (web.Form, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	colleagues, err := p.Office.Colleagues(r.Context(), actor, organ)
	if err != nil {
		return web.Form{}, err
	}
	away, stands := []web.Option{}, []web.Option{{Label: say.T("work.choose")}}
	for _, c := range colleagues {
		var roles []string
		for _, role := range c.Roles {
			roles = append(roles, roleWord(say, role))
		}
		label := c.Name + "（" + strings.Join(roles, "、") + "）"
		away = append(away, web.Option{Value: c.ID, Label: label})
		if c.ID != actor.ID || assigns {
			stands = append(stands, web.Option{Value: c.ID, Label: label})
		}
	}
	f := web.Form{Submit: say.T("work.name-substitute"), Cancel: "/desk/work", Fields: []web.Field{{Kind: web.Hidden, Name: "organ", Value: organ}}}
	if assigns {
		f.Fields = append(f.Fields, web.Field{Kind: web.Select, Name: "away", Label: say.T("work.away"), Options: away, Value: actor.ID, Required: true})
	}
	today := p.Office.Today().String()
	f.Fields = append(f.Fields,
		web.Field{Kind: web.Select, Name: "stands", Label: say.T("work.stands"), Hint: say.T("work.stands-hint"), Options: stands, Required: true},
		web.Field{Kind: web.Date, Name: "from", Label: say.T("work.away-from"), Value: today, Narrow: true, Beside: true, Required: true},
		web.Field{Kind: web.Date, Name: "until", Label: say.T("work.away-until"), Narrow: true, Beside: true, Required: true},
	)
	return f, nil
}

func (p Work) nameSubstitute(w http.ResponseWriter, r *http.Request) error {
	actor, say := web.Actor(r), p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	s := work.Substitute{Organ: leaveOrgan(actor, values.Get("organ")), Away: values.Get("away"), Stands: values.Get("stands")}
	if s.Away == "" {
		s.Away = actor.ID
	}
	var f errs.Fields
	for name, to := range map[string]*calendar.Date{"from": &s.From, "until": &s.Until} {
		if text := strings.TrimSpace(values.Get(name)); text != "" {
			if *to, err = calendar.ParseDate(text); err != nil {
				f.Add(name, "%s", errs.Public(err))
			}
		}
	}
	if err = f.Err(); err == nil {
		err = p.Office.NameSubstitute(r.Context(), actor, s)
	}
	if err != nil {
		return p.showSubstitutes(w, r, s.Organ, values, err)
	}
	return p.Kit.Done(w, r, "/desk/work/substitutes?"+url.Values{"organ": {s.Organ}}.Encode(), say.T("work.substitute-named"))
}

func (p Work) endSubstitute(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.EndSubstitute(r.Context(), web.Actor(r), r.PathValue("substitute")); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/desk/work/substitutes", p.Kit.Say(r).T("work.substitute-ended"))
}

// standsFor names those for whom whoever looks stands in today.
func (p Work) standsFor(r *http.Request) ([]string, error) {
	actor := web.Actor(r)
	if !actor.Can(account.SeeWork) {
		return nil, nil
	}
	away, err := p.Office.StandsFor(r.Context(), actor.ID)
	if err != nil || len(away) == 0 {
		return nil, err
	}
	var ids, all []string
	for _, a := range away {
		ids = append(ids, a.Person)
	}
	names, err := p.namesOf(r, ids)
	for _, id := range ids {
		all = append(all, names.of(id))
	}
	return all, err
}
