package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Clients are the pages about programs that call the API.
type Clients struct {
	Kit    *web.Kit
	Office client.Office
	Trees  org.Trees
}

// Routes gives the pages.
func (p Clients) Routes() []web.Route {
	rule := web.Needs(account.EditClients)
	return []web.Route{
		{Method: "GET", Path: "/admin/clients", Frame: web.Admin, Rule: rule, Handle: p.list, Shows: []web.Checked{clientsTemplate}},
		{Method: "GET", Path: "/admin/clients/new", Frame: web.Admin, Rule: rule, Handle: p.ask, Shows: []web.Checked{clientNewTemplate}},
		{Method: "POST", Path: "/admin/clients/new", Frame: web.Admin, Rule: rule, Handle: p.create, Shows: []web.Checked{clientMadeTemplate}},
		{Method: "GET", Path: "/admin/clients/{client}/revoke", Frame: web.Admin, Rule: rule, Handle: p.confirm, Shows: []web.Checked{clientRevokeTemplate}},
		{Method: "POST", Path: "/admin/clients/{client}/revoke", Frame: web.Admin, Rule: rule, Handle: p.revoke},
	}
}

type clientsData struct{ List web.List }

var (
	clientsTemplate      = web.Define[clientsData]("admin/clients")
	clientNewTemplate    = web.Define[web.Form]("admin/client_new")
	clientMadeTemplate   = web.Define[clientMade]("admin/client_made")
	clientRevokeTemplate = web.Define[clientRevoke]("admin/client_revoke")
)

func (p Clients) list(w http.ResponseWriter, r *http.Request) error {
	say, q := p.Kit.Say(r), web.ReadList(r, nil, nil)
	page, err := p.Office.List(r.Context(), web.Actor(r), q)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	add := web.Action{Label: say.T("client.add"), Path: "/admin/clients/new", Primary: true}
	list := web.List{
		Caption: say.T("client.title"), Path: "/admin/clients", Query: q, Total: page.Total, Search: say.T("client.search"),
		Columns: []web.Column{
			{Label: say.T("client.name")},
			{Label: say.T("client.organ")},
			{Label: say.T("client.acts")},
			{Label: say.T("client.expires"), Narrow: true},
			{Label: say.T("client.used"), Narrow: true},
			{Label: say.T("client.state"), Narrow: true},
		},
		Actions: []web.Action{add},
		Empty:   web.Empty{Title: say.T("client.none"), Text: say.T("client.none-text"), Action: &add},
	}
	for _, c := range page.Rows {
		list.Rows = append(list.Rows, p.row(r, c, tree))
	}
	return clientsTemplate.Show(p.Kit, w, r, say.T("client.title"), clientsData{list})
}

func (p Clients) row(r *http.Request, c client.Client, tree *org.Tree) web.Row {
	say := p.Kit.Say(r)
	where, used := tree.Name(c.Organ), say.T("client.never")
	if c.Below {
		where = say.T("client.and-below", where)
	}
	if !c.UsedAt.IsZero() {
		used = c.UsedAt.Format("2006-01-02")
	}
	state := web.Cell{Text: say.T("client.live"), Badge: "green"}
	switch {
	case !c.RevokedAt.IsZero():
		state = web.Cell{Text: say.T("client.revoked"), Note: c.RevokedAt.Format("2006-01-02"), Badge: "grey"}
	case !c.Live(p.Kit.Now()):
		state = web.Cell{Text: say.T("client.lapsed"), Badge: "amber"}
	default:
		state.Note, state.Link = say.T("client.revoke-it"), "/admin/clients/"+c.ID+"/revoke"
	}
	return web.Row{Cells: []web.Cell{
		{Text: c.Name, Note: c.External},
		{Text: where},
		{Text: actNames(c.Acts, say.Lang == "en")},
		{Text: c.LastDay()},
		{Text: used},
		state,
	}}
}

// actNames puts acts in words.
func actNames(acts []account.Act, english bool) string {
	var names []string
	for _, right := range account.Rights() {
		switch {
		case !slices.Contains(acts, right.Act):
		case english:
			names = append(names, right.English)
		default:
			names = append(names, right.Chinese)
		}
	}
	if english {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}

// form is asked for a new client.
func (p Clients) form(r *http.Request) (web.Form, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	var acts []web.Option
	for _, act := range client.Grantable() {
		acts = append(acts, web.Option{Value: string(act), Label: actNames([]account.Act{act}, say.Lang == "en")})
	}
	return web.Form{
		Submit: say.T("client.create"), Cancel: "/admin/clients",
		Fields: []web.Field{
			{Name: "name", Label: say.T("client.name"), Hint: say.T("client.name-hint"), Required: true, MaxLength: 60},
			{Kind: web.Select, Name: "organ", Label: say.T("client.organ"), Required: true, Options: choice.Organs(tree, actor.Where(account.EditClients))},
			{Kind: web.Check, Name: "below", Label: say.T("client.below")},
			{Kind: web.Checks, Name: "acts", Label: say.T("client.acts"), Options: acts, Required: true},
			{
				Kind: web.Date, Name: "expires", Label: say.T("client.expires"), Hint: say.T("client.expires-hint"), Required: true, Narrow: true,
				Value: p.Kit.Now().AddDate(0, 6, 0).Format("2006-01-02"),
			},
			{Name: "external", Label: say.T("client.external"), Hint: say.T("client.external-hint")},
		},
	}, nil
}

func (p Clients) ask(w http.ResponseWriter, r *http.Request) error {
	form, err := p.form(r)
	if err != nil {
		return err
	}
	return clientNewTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("client.add"), form)
}

// clientMade shows the token, this once.
type clientMade struct {
	Client client.Client
	Token  string
}

func (p Clients) create(w http.ResponseWriter, r *http.Request) error {
	form, err := p.form(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	made, token, err := p.Office.Create(r.Context(), web.Actor(r), readClient(values))
	if err != nil {
		form.Fill(values)
		if form.Fail(err) {
			return clientNewTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("client.add"), form)
		}
		return err
	}
	if token == "" {
		return p.Kit.Done(w, r, "/admin/clients", p.Kit.Say(r).T("client.done", made.Name))
	}
	w.Header().Set("Cache-Control", "no-store")
	return clientMadeTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("client.made"), clientMade{made, token})
}

func readClient(values url.Values) client.Draft {
	d := client.Draft{
		Organ: values.Get("organ"), Name: values.Get("name"), Below: values.Get("below") != "", External: values.Get("external"),
	}
	for _, act := range values["acts"] {
		d.Acts = append(d.Acts, account.Act(act))
	}
	// A day that is none stays zero, which the office refuses with its reason.
	if day, err := time.ParseInLocation("2006-01-02", values.Get("expires"), clock.Shanghai); err == nil {
		d.Expires = day.AddDate(0, 0, 1)
	}
	return d
}

// clientRevoke asks before a client is cut off.
type clientRevoke struct {
	Client client.Client
	Form   web.Form
}

func (p Clients) confirm(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Office.Client(r.Context(), web.Actor(r), r.PathValue("client"))
	if err != nil {
		return err
	}
	if !c.RevokedAt.IsZero() {
		return errs.New(errs.Conflict, "这个接口凭据已经停用。")
	}
	say := p.Kit.Say(r)
	return clientRevokeTemplate.Show(p.Kit, w, r, say.T("client.revoke"), clientRevoke{
		c, web.Form{Submit: say.T("client.revoke"), Cancel: "/admin/clients", Danger: true},
	})
}

func (p Clients) revoke(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Revoke(r.Context(), web.Actor(r), r.PathValue("client")); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/clients", p.Kit.Say(r).T("client.revoke-done"))
}
