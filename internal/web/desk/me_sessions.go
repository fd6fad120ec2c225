package desk

import (
	"cmp"
	"net/http"
	"time"

	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// meSessions lists the browsers in which somebody is signed in.
type meSessions struct {
	Lines  []sessionLine
	Others int
	Form   web.Form
}

type sessionLine struct {
	Agent, Address string
	Began, Seen    time.Time
	Here           bool
}

var (
	meSessionsTemplate = web.Define[meSessions]("desk/me_sessions")
	meLanguageTemplate = web.Define[web.Form]("desk/me_language")
)

func (p Me) sessions(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Office.OwnSessions(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	say, here := p.Kit.Say(r), p.session(r)
	data := meSessions{Form: web.Form{Submit: say.T("me.end-others"), Cancel: "/desk/me"}}
	for _, s := range all {
		line := sessionLine{cmp.Or(agentWords(s.Agent), say.T("me.agent-unknown")), s.Address, s.CreatedAt, s.SeenAt, s.ID == here}
		if !line.Here {
			data.Others++
		}
		data.Lines = append(data.Lines, line)
	}
	return meSessionsTemplate.Show(p.Kit, w, r, say.T("me.sessions"), data)
}

func (p Me) endOthers(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.EndOwnSessions(r.Context(), web.Actor(r), p.session(r)); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/desk/me/sessions", p.Kit.Say(r).T("me.ended-others"))
}

func (p Me) askLang(w http.ResponseWriter, r *http.Request) error {
	person, err := p.Office.Own(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return meLanguageTemplate.Show(p.Kit, w, r, say.T("me.language"), web.Form{Submit: say.T("me.save"), Cancel: "/desk/me", Fields: []web.Field{{
		Kind: web.Radios, Name: "lang", Label: say.T("me.language"), Required: true, Options: []web.Option{
			{Value: string(locale.Chinese), Label: "中文", Chosen: person.Lang == string(locale.Chinese)},
			{Value: string(locale.English), Label: "English", Chosen: person.Lang == string(locale.English)},
			{Value: "", Label: say.T("me.lang-site"), Hint: say.T("me.lang-site-hint"), Chosen: person.Lang == ""},
		},
	}}})
}

func (p Me) setLang(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	lang := locale.Lang(values.Get("lang"))
	if lang != locale.Chinese && lang != locale.English {
		lang = ""
	}
	if err := p.Office.SetLang(r.Context(), web.Actor(r), string(lang)); err != nil {
		return err
	}
	if lang != "" {
		p.Kit.SetLang(w, lang)
	}
	return p.Kit.Done(w, r, "/desk/me", p.Kit.Say(r).T("me.saved"))
}
