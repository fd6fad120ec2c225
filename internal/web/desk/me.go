package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Me are the pages about one's own account, for officers and administrators.
type Me struct {
	Kit      *web.Kit
	Office   *account.Office
	Trees    org.Trees
	Contacts OwnContacts // nil where personal data are not kept
}

// OwnContacts keeps how to reach people, sealed.
type OwnContacts interface {
	// ContactsOf gives what is kept of a person, masked.
	ContactsOf(ctx context.Context, owner event.Subject) ([]account.Contact, error)
	// PutOwn keeps one of the actor's own; "" takes it away.
	PutOwn(ctx context.Context, actor account.Actor, kind, plain string) error
}

// Routes gives the pages.
func (p Me) Routes() []web.Route {
	page := func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk/me" + path, Frame: web.Desk, Rule: web.SignedIn(), Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "", p.show, meTemplate),
		page("GET", "/password", p.askPassword, mePasswordTemplate),
		page("POST", "/password", p.setPassword),
		page("GET", "/factor", p.askFactor, meFactorTemplate, meConfirmTemplate),
		page("POST", "/factor", p.setFactor, meCodesTemplate),
		page("GET", "/codes", p.askCodes, meConfirmTemplate),
		page("POST", "/codes", p.newCodes, meCodesTemplate),
		page("GET", "/sessions", p.sessions, meSessionsTemplate),
		page("POST", "/sessions", p.endOthers),
		page("GET", "/language", p.askLang, meLanguageTemplate),
		page("POST", "/language", p.setLang),
		page("GET", "/contact", p.askContact, meContactTemplate),
		page("POST", "/contact", p.setContact),
	}
}

// meData is what somebody is told of the own account.
type meData struct {
	Person   account.Person
	Organ    string
	Lang     string
	Roles    []meRole
	Contacts []meContact
	Sessions int
	HasHash  bool // signs in by password
}

// meRole is a role with what it allows.
type meRole struct {
	Name, Organ, Does string
	Rights            []string
}

// meContact is a contact as it is shown.
type meContact struct{ Label, Masked string }

var meTemplate = web.Define[meData]("desk/me")

func (p Me) show(w http.ResponseWriter, r *http.Request) error {
	actor, say := web.Actor(r), p.Kit.Say(r)
	person, err := p.Office.Own(r.Context(), actor)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	sessions, err := p.Office.OwnSessions(r.Context(), actor)
	if err != nil {
		return err
	}
	data := meData{Person: person, Organ: tree.Name(person.Organ), Lang: langWord(say, person.Lang), Sessions: len(sessions), HasHash: person.Hash != ""}
	for _, g := range person.Grants {
		data.Roles = append(data.Roles, roleOf(say, g, tree))
	}
	if data.Contacts, err = p.contacts(r); err != nil {
		return err
	}
	return meTemplate.Show(p.Kit, w, r, say.T("me.title"), data)
}

// roleOf puts a role in words, with the rights it gives and how far they go.
func roleOf(say *locale.Catalogue, g account.Grant, tree *org.Tree) meRole {
	info, _ := g.Role.Info()
	english := say.Lang == locale.English
	line := meRole{Name: info.Chinese, Organ: tree.Name(g.Organ), Does: info.Does}
	if english {
		line.Name, line.Does = info.English, info.DoesEN
	}
	for _, right := range account.Rights() {
		word := right.Chinese
		if english {
			word = right.English
		}
		switch right.Roles[g.Role] {
		case account.Own:
			line.Rights = append(line.Rights, word)
		case account.Below:
			line.Rights = append(line.Rights, say.T("me.below", word))
		}
	}
	return line
}

var mePasswordTemplate = web.Define[web.Form]("desk/me_password")

func (p Me) passwordForm(r *http.Request) (web.Form, error) {
	policy, err := p.Office.Policies.Policy(r.Context(), web.Actor(r).Organ)
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("me.password"), Cancel: "/desk/me", Fields: []web.Field{
		{Kind: web.Password, Name: "old", Label: say.T("me.old"), Required: true, Autocomplete: "current-password"},
		{
			Kind: web.Password, Name: "password", Label: say.T("me.new"), Required: true, Autocomplete: "new-password",
			Hint: say.T("me.rules", policy.Length, policy.Classes),
		},
		{Kind: web.Password, Name: "again", Label: say.T("me.again"), Required: true, Autocomplete: "new-password"},
	}}, err
}

func (p Me) askPassword(w http.ResponseWriter, r *http.Request) error {
	form, err := p.passwordForm(r)
	if err != nil {
		return err
	}
	return mePasswordTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("me.password"), form)
}

func (p Me) setPassword(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	err = differ(values)
	if err == nil {
		err = p.Office.ChangePassword(r.Context(), web.Actor(r), values.Get("old"), values.Get("password"), p.session(r))
	}
	if err != nil {
		form, formErr := p.passwordForm(r)
		if formErr == nil && form.Fail(err) {
			return mePasswordTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("me.password"), form)
		}
		return err
	}
	return p.Kit.Done(w, r, "/desk/me", say.T("me.password-done"))
}

// session gives the key of the session that asks.
func (p Me) session(r *http.Request) string {
	return account.SessionID(p.Kit.Sessions.Token(r.Context()))
}

func differ(values url.Values) error {
	var f errs.Fields
	if values.Get("password") != values.Get("again") {
		f.Add("again", "两次输入的口令不一样，请重新输入。")
	}
	return f.Err()
}

func langWord(say *locale.Catalogue, lang string) string {
	switch locale.Lang(lang) {
	case locale.Chinese:
		return "中文"
	case locale.English:
		return "English"
	}
	return say.T("me.lang-site")
}

// agentWords makes a browser's description short enough to be recognised.
func agentWords(agent string) string {
	system, browser := "", ""
	for _, s := range []struct{ mark, word string }{
		{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Mac OS", "macOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(agent, s.mark) {
			system = s.word
			break
		}
	}
	for _, b := range []struct{ mark, word string }{
		{"MicroMessenger", "微信"}, {"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	} {
		if strings.Contains(agent, b.mark) {
			browser = b.word
			break
		}
	}
	if words := strings.TrimSpace(browser + " " + system); words != "" {
		return words
	}
	return agent
}
