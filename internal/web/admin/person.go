package admin

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// personData is somebody's page.
type personData struct {
	Person   account.Person
	Organ    string
	State    string
	Tone     string
	Strange  string // time until which browsers never used before are locked out; "" when they are not
	Known    string // the same of browsers used before
	Linked   string // identity at the provider; "" for none or not to be shown
	Invited  bool   // an invitation is open
	Waiting  bool   // no way to sign in yet
	Roles    []personRole
	Acts     []web.Action // what may be done now
	Contacts []contactLine
	History  []historyLine
	Earlier  int // lines of history that are not shown
	MayGrant bool
}

// personRole is a role somebody holds.
type personRole struct {
	Role, Organ, Does string
	Revoke            string // page that takes it away; "" for who may not
}

// historyLine is something that has happened.
type historyLine struct {
	At         string
	What, Note string
	Reason     string
	Who        string
}

var personTemplate = web.Define[personData]("admin/person")

// mostHistory is how many lines of history a page shows; the log has all.
const mostHistory = 60

// person gives who the page is about, if the actor may see them.
func (p People) person(r *http.Request) (account.Person, error) {
	return p.Office.Person(r.Context(), web.Actor(r), r.PathValue("person"))
}

func personPath(id string) string { return "/admin/people/" + id }

func (p People) show(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say, actor, now := p.Kit.Say(r), web.Actor(r), p.Kit.Now()
	data := personData{
		Person: person, Organ: tree.Name(person.Organ), Acts: p.acts(r, person, tree),
		Invited:  person.InviteDigest != "" && now.Before(person.InviteUntil),
		MayGrant: person.Active && person.ID != actor.ID && actor.May(account.GrantRoles, person.Organ, tree) == nil,
	}
	data.State, data.Tone = stateWords(say, person.State(now))
	data.Strange, data.Known = until(person.Strange, now), until(person.Known, now)
	data.Waiting = person.State(now) == account.Invited
	if actor.May(account.SecurePeople, person.Organ, tree) == nil {
		data.Linked = person.External
	}
	for _, g := range person.Grants {
		line := personRole{Role: roleName(say, g.Role), Organ: tree.Name(g.Organ), Does: roleDoes(say, g.Role)}
		if data.MayGrant && actor.May(account.GrantRoles, g.Organ, tree) == nil {
			line.Revoke = personPath(person.ID) + "/revoke?" + grantQuery(g)
		}
		data.Roles = append(data.Roles, line)
	}
	if data.Contacts, err = p.contacts(r, person, tree); err != nil {
		return err
	}
	if data.History, data.Earlier, err = p.history(r, person, tree); err != nil {
		return err
	}
	return personTemplate.Show(p.Kit, w, r, person.Name, data)
}

func until(l account.Lock, now time.Time) string {
	if !l.Shut(now) {
		return ""
	}
	return l.Until.Format("15:04")
}

func roleDoes(say *locale.Catalogue, role account.Role) string {
	info, _ := role.Info()
	if say.Lang == locale.English {
		return info.DoesEN
	}
	return info.Does
}

// history gives what has happened to somebody, the newest first. When and how
// somebody signed in is shown only to who keeps accounts secure.
func (p People) history(r *http.Request, person account.Person, tree *org.Tree) (lines []historyLine, earlier int, err error) {
	events, err := p.History.EventsOf(r.Context(), event.Subject{Type: "person", ID: person.ID})
	if err != nil {
		return nil, 0, err
	}
	if web.Actor(r).May(account.SecurePeople, person.Organ, tree) != nil {
		events = slices.DeleteFunc(events, func(e event.Event) bool { return strings.HasPrefix(string(e.Kind), "session.") })
	}
	slices.Reverse(events)
	if len(events) > mostHistory {
		earlier = len(events) - mostHistory
		events = events[:mostHistory]
	}
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := p.Office.Names(r.Context(), ids)
	if err != nil {
		return nil, 0, err
	}
	for _, e := range events {
		lines = append(lines, p.historyLine(p.Kit.Say(r), e, names, tree))
	}
	return lines, earlier, nil
}

func (p People) historyLine(say *locale.Catalogue, e event.Event, names map[string]string, tree *org.Tree) historyLine {
	line := historyLine{At: e.At.Format("2006-01-02 15:04"), What: string(e.Kind), Who: names[e.Actor]}
	if i := slices.IndexFunc(p.Meanings, func(m event.Meaning) bool { return m.Kind == e.Kind }); i >= 0 {
		line.What = p.Meanings[i].Chinese
		if say.Lang == locale.English {
			line.What = p.Meanings[i].English
		}
	}
	switch {
	case e.Actor == event.System:
		line.Who = say.T("people.by-system")
	case e.Actor == event.Public:
		line.Who = say.T("people.by-public")
	}
	var about struct {
		Role             account.Role
		From, To, Reason string
	}
	if json.Unmarshal(e.Data, &about) == nil {
		switch {
		case about.Role != "":
			line.Note = say.T("people.role-at", roleName(say, about.Role), tree.Name(e.Organ))
		case about.From != "":
			line.Note = tree.Name(about.From) + " → " + tree.Name(about.To)
		}
		line.Reason = about.Reason
	}
	return line
}
