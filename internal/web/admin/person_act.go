package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// personAct is something done to an account after one question: is that meant?
type personAct struct {
	name   string // last part of its path
	needs  account.Act
	title  string // key; also the button's
	text   string // key: the consequence, with the name put in
	done   string // key of what is said then
	danger bool
	reason bool // asks for one, which is recorded
	// offered tells whether the page of somebody offers it.
	offered func(p account.Person, state account.State) bool
	do      personDo
}

// personDo gives the secret of an invitation, "" where it makes none.
type personDo func(o *account.Office, ctx context.Context, actor account.Actor, id, reason string) (string, error)

// plainAct fits an act that makes no invitation and asks for no reason.
func plainAct(do func(*account.Office, context.Context, account.Actor, string) error) personDo {
	return func(o *account.Office, ctx context.Context, actor account.Actor, id, _ string) (string, error) {
		return "", do(o, ctx, actor, id)
	}
}

// invitingAct fits an act that makes an invitation.
func invitingAct(do func(*account.Office, context.Context, account.Actor, string) (string, error)) personDo {
	return func(o *account.Office, ctx context.Context, actor account.Actor, id, _ string) (string, error) {
		return do(o, ctx, actor, id)
	}
}

// reasonedAct fits an act for a reason.
func reasonedAct(do func(*account.Office, context.Context, account.Actor, string, string) error) personDo {
	return func(o *account.Office, ctx context.Context, actor account.Actor, id, reason string) (string, error) {
		return "", do(o, ctx, actor, id, reason)
	}
}

// reasonField asks for the reason of an act.
func reasonField(say *locale.Catalogue) web.Field {
	return web.Field{Name: "reason", Label: say.T("people.act-reason"), Hint: say.T("people.act-reason-hint"), Required: true, MaxLength: account.MaxReason, Autocomplete: "off"}
}

func personActs() []personAct {
	active := func(p account.Person, _ account.State) bool { return p.Active }
	return []personAct{
		{
			name: "reinvite", needs: account.EditPeople, title: "people.reinvite", text: "people.reinvite-text", done: "people.reinvited",
			offered: active, do: invitingAct((*account.Office).Reinvite),
		},
		{
			name: "unlock", needs: account.SecurePeople, title: "people.unlock", text: "people.unlock-text", done: "people.unlocked",
			offered: func(_ account.Person, s account.State) bool { return s == account.Locked }, do: plainAct((*account.Office).Unlock),
		},
		{
			name: "factor", needs: account.SecurePeople, title: "people.factor", text: "people.factor-text", done: "people.factor-done", danger: true, reason: true,
			offered: func(p account.Person, _ account.State) bool { return p.Active && p.Factor != nil }, do: reasonedAct((*account.Office).ResetFactor),
		},
		{
			name: "password", needs: account.SecurePeople, title: "people.demand", text: "people.demand-text", done: "people.demanded",
			offered: func(p account.Person, _ account.State) bool { return p.Active && p.Hash != "" && !p.MustChange }, do: plainAct((*account.Office).DemandChange),
		},
		{
			name: "sessions", needs: account.SecurePeople, title: "people.sessions", text: "people.sessions-text", done: "people.sessions-done",
			offered: active, do: plainAct((*account.Office).EndSessions),
		},
		{
			name: "unlink", needs: account.SecurePeople, title: "people.unlink", text: "people.unlink-text", done: "people.unlinked", danger: true,
			offered: func(p account.Person, _ account.State) bool { return p.External != "" }, do: plainAct((*account.Office).Unlink),
		},
		{
			name: "leave", needs: account.EditPeople, title: "people.leave", text: "people.leave-text", done: "people.leave-done", danger: true,
			offered: active, do: plainAct((*account.Office).Leave),
		},
		{
			name: "return", needs: account.EditPeople, title: "people.return", text: "people.return-text", done: "people.return-done",
			offered: func(p account.Person, _ account.State) bool { return !p.Active }, do: invitingAct((*account.Office).Return),
		},
	}
}

// acts gives what may be done with an account now, as links.
func (p People) acts(r *http.Request, person account.Person, tree *org.Tree) []web.Action {
	say, actor, state := p.Kit.Say(r), web.Actor(r), person.State(p.Kit.Now())
	var links []web.Action
	add := func(act account.Act, offered bool, label, name string) {
		if offered && actor.May(act, person.Organ, tree) == nil {
			links = append(links, web.Action{Label: label, Path: personPath(person.ID) + "/" + name})
		}
	}
	add(account.EditPeople, true, say.T("people.edit"), "edit")
	add(account.EditPeople, person.Active && person.ID != actor.ID, say.T("people.transfer"), "transfer")
	add(account.SecurePeople, person.Active && person.External == "" && p.Issuer != "" && !person.Administers(), say.T("people.link"), "link")
	for _, a := range personActs() {
		own := person.ID == actor.ID && (a.name == "leave" || a.name == "factor")
		add(a.needs, a.offered(person, state) && !own, say.T(a.title), a.name)
	}
	return links
}

// personActData asks before an act.
type personActData struct {
	Text string
	Ends []string // roles that end with it
	Form web.Form
}

var personActTemplate = web.Define[personActData]("admin/person_act")

func (p People) actRoutes(page pager) []web.Route {
	var routes []web.Route
	for _, a := range personActs() {
		rule := web.Needs(a.needs)
		routes = append(routes,
			page("GET", "/{person}/"+a.name, rule, func(w http.ResponseWriter, r *http.Request) error { return p.askAct(w, r, a, nil, nil) }, personActTemplate),
			page("POST", "/{person}/"+a.name, rule, func(w http.ResponseWriter, r *http.Request) error { return p.doAct(w, r, a) }, personInvitedTemplate))
	}
	return routes
}

// askAct shows the question, with what went wrong when it was answered.
func (p People) askAct(w http.ResponseWriter, r *http.Request, a personAct, values url.Values, failed error) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	say, status := p.Kit.Say(r), http.StatusOK
	data := personActData{
		Text: say.T(a.text, person.Name),
		Form: web.Form{Submit: say.T(a.title), Cancel: personPath(person.ID), Danger: a.danger},
	}
	if a.reason {
		data.Form.Fields = append(data.Form.Fields, reasonField(say))
	}
	if a.name == "leave" {
		tree, err := p.Trees.Tree(r.Context())
		if err != nil {
			return err
		}
		if words := grantWords(say, person, tree); words != "" {
			data.Ends = strings.Split(words, say.T("people.comma"))
		}
	}
	if failed != nil {
		data.Form.Fill(values)
		if !data.Form.Fail(failed) {
			return failed
		}
		status = web.Status(failed)
	}
	return personActTemplate.ShowStatus(p.Kit, w, r, status, say.T(a.title), data)
}

func (p People) doAct(w http.ResponseWriter, r *http.Request, a personAct) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	id, say := r.PathValue("person"), p.Kit.Say(r)
	secret, err := a.do(p.Office, r.Context(), web.Actor(r), id, values.Get("reason"))
	if err != nil {
		return p.askAct(w, r, a, values, err)
	}
	person, err := p.person(r)
	if err != nil {
		return err
	}
	if secret != "" {
		return p.handOver(w, r, person, secret, say.T(a.done, person.Name))
	}
	return p.Kit.Done(w, r, personPath(id), say.T(a.done, person.Name))
}
