package collected

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/collect"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

const sendersPath = "/admin/senders"

// senderRoutes are the pages about who may send reports.
func (p Pages) senderRoutes() []web.Route {
	admin := func(method, under string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: sendersPath + under, Frame: web.Admin, Rule: web.Needs(account.EditClients), Handle: handle, Shows: shows}
	}
	return []web.Route{
		admin("GET", "", p.senders, sendersTemplate),
		admin("GET", "/new", p.askSender, senderTemplate),
		admin("POST", "/new", p.addSender, senderTemplate),
		admin("GET", "/{sender}/end", p.askEnd, senderTemplate),
		admin("POST", "/{sender}/end", p.endSender, senderTemplate),
	}
}

type sendersData struct {
	Key  string
	List web.List
}

var sendersTemplate = web.Define[sendersData]("admin/senders")

func (p Pages) senders(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, nil, nil)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	heads := []string{say.T("collected.sender"), say.T("collected.sender-organ"), say.T("collected.sender-key"), say.T("collected.sender-used"), say.T("reports.status")}
	fetch := func(q paging.Query) (paging.Page[collect.Sender], error) { return p.Desk.Senders(ctx, actor, q) }
	used := func(s collect.Sender) string {
		if s.UsedAt.IsZero() {
			return ""
		}
		return s.UsedAt.Format("2006-01-02 15:04")
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("collected.senders"), heads, web.EveryPage(q, fetch, func(s collect.Sender) []string {
			state := say.T("collected.sender-live")
			if !s.EndedAt.IsZero() {
				state = say.T("collected.sender-ended")
			}
			return []string{s.Name, tree.Name(s.Organ), s.Key, used(s), state}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	add := web.Action{Label: say.T("collected.sender-add"), Path: sendersPath + "/new", Primary: true}
	l := web.List{
		Caption: say.T("collected.senders"), Path: sendersPath, Query: q, Total: page.Total, AtLeast: page.AtLeast, Search: say.T("collected.sender"), Export: true, Actions: []web.Action{add},
		Empty: web.Empty{Title: say.T("collected.no-senders"), Text: say.T("collected.no-senders-text"), Action: &add},
	}
	for _, h := range heads {
		l.Columns = append(l.Columns, web.Column{Label: h})
	}
	for _, s := range page.Rows {
		state := web.Cell{Text: say.T("collected.sender-live"), Badge: "green", Note: say.T("collected.sender-end"), Link: sendersPath + "/" + s.ID + "/end"}
		if !s.EndedAt.IsZero() {
			state = web.Cell{Text: say.T("collected.sender-ended"), Badge: "grey", Note: s.EndedAt.Format("2006-01-02")}
		}
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{{Text: s.Name}, {Text: tree.Name(s.Organ)}, {Text: s.Key}, {Text: used(s)}, state}})
	}
	return sendersTemplate.Show(p.Kit, w, r, say.T("collected.senders"), sendersData{p.Key, l})
}

// senderData is the form of a sender.
type senderData struct {
	Text string
	Form web.Form
}

var senderTemplate = web.Define[senderData]("admin/sender")

func (p Pages) senderForm(r *http.Request) (senderData, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return senderData{}, err
	}
	return senderData{Text: say.T("collected.sender-text"), Form: web.Form{Submit: say.T("collected.sender-add"), Cancel: sendersPath, Fields: []web.Field{
		{Name: "name", Label: say.T("collected.sender"), Required: true, MaxLength: 60},
		{Kind: web.Select, Name: "organ", Label: say.T("collected.sender-organ"), Hint: say.T("collected.sender-organ-hint"), Options: choice.Organs(tree, web.Actor(r).Where(account.EditClients)), Required: true},
		{Name: "key", Label: say.T("collected.sender-key"), Hint: say.T("collected.sender-key-hint"), Required: true, MaxLength: 200},
	}}}, nil
}

func (p Pages) askSender(w http.ResponseWriter, r *http.Request) error {
	data, err := p.senderForm(r)
	if err != nil {
		return err
	}
	return senderTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("collected.sender-add"), data)
}

func (p Pages) addSender(w http.ResponseWriter, r *http.Request) error {
	return p.sent(w, r, p.senderForm, "collected.sender-add", func(v url.Values) error {
		return p.Desk.AddSender(r.Context(), web.Actor(r), v.Get("organ"), v.Get("name"), v.Get("key"))
	})
}

func (p Pages) endForm(r *http.Request) (senderData, error) {
	say := p.Kit.Say(r)
	s, err := p.Desk.Sender(r.Context(), web.Actor(r), r.PathValue("sender"))
	return senderData{Text: say.T("collected.sender-end-text", s.Name), Form: web.Form{Submit: say.T("collected.sender-end"), Cancel: sendersPath, Danger: true}}, err
}

func (p Pages) askEnd(w http.ResponseWriter, r *http.Request) error {
	data, err := p.endForm(r)
	if err != nil {
		return err
	}
	return senderTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("collected.sender-end"), data)
}

func (p Pages) endSender(w http.ResponseWriter, r *http.Request) error {
	return p.sent(w, r, p.endForm, "collected.sender-end", func(url.Values) error {
		return p.Desk.EndSender(r.Context(), web.Actor(r), r.PathValue("sender"))
	})
}

// sent takes a form that was sent.
func (p Pages) sent(w http.ResponseWriter, r *http.Request, form func(*http.Request) (senderData, error), title string, do func(url.Values) error) error {
	say := p.Kit.Say(r)
	data, err := form(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err = do(typed); err == nil {
		return p.Kit.Done(w, r, sendersPath, say.T("reports.done", say.T(title)))
	}
	data.Form.Fill(typed)
	if !data.Form.Fail(err) {
		return err
	}
	return senderTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T(title), data)
}
