package admin

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path/filepath"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Channels are the pages about accounts of channels.
type Channels struct {
	Kit    *web.Kit
	Office *channel.Office
	Trees  org.Trees
	Files  interface {
		Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	}
	Names interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

const channelsPath = "/admin/channels"

// Routes gives the pages.
func (p Channels) Routes() []web.Route {
	see, edit := web.Needs(account.SeeSettings), web.Needs(account.EditSettings)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		r := web.Route{Method: method, Path: channelsPath + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
		if method == http.MethodPost {
			r.Upload = maxChannelCover + 1<<20
		}
		return r
	}
	return []web.Route{
		page("GET", "", see, p.list, channelsTemplate),
		page("GET", "/new", edit, p.askNew, channelTemplate),
		page("POST", "/new", edit, p.create, channelTemplate),
		page("GET", "/{organ}/edit", edit, p.ask, channelTemplate),
		page("POST", "/{organ}/edit", edit, p.save, channelTemplate),
		page("POST", "/{organ}/try", edit, p.try),
		page("GET", "/{organ}/end", edit, p.askEnd, channelEndTemplate),
		page("POST", "/{organ}/end", edit, p.end),
	}
}

// maxChannelCover is how large a usual cover may be.
const maxChannelCover = 5 << 20

type channelsData struct{ List web.List }

// channelData is an account while it is set up or changed.
type channelData struct {
	Form web.Form
	Try  string // address that tries the connection; "" before there is an account
	End  string
}

type channelEnd struct {
	Name string
	Form web.Form
}

var (
	channelsTemplate   = web.Define[channelsData]("admin/channels")
	channelTemplate    = web.Define[channelData]("admin/channel")
	channelEndTemplate = web.Define[channelEnd]("admin/channel_end")
)

func (p Channels) list(w http.ResponseWriter, r *http.Request) error {
	ctx, say, actor := r.Context(), p.Kit.Say(r), web.Actor(r)
	all, err := p.Office.Accounts(ctx, actor)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for _, a := range all {
		ids = append(ids, a.SetBy)
	}
	names, err := p.Names.Names(ctx, ids)
	if err != nil {
		return err
	}
	l := web.List{
		Caption: say.T("channels.accounts"), Path: channelsPath, Query: web.ReadList(r, nil, nil), Total: len(all),
		Columns: []web.Column{
			{Label: say.T("channels.account-organ")},
			{Label: say.T("channels.channel")},
			{Label: say.T("channels.account-name")},
			{Label: say.T("channels.app"), Narrow: true},
			{Label: say.T("channels.account-state"), Narrow: true},
			{Label: say.T("channels.account-set"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("channels.account-none"), Text: say.T("channels.account-none-text")},
	}
	if actor.Can(account.EditSettings) {
		add := web.Action{Label: say.T("channels.account-add"), Path: channelsPath + "/new", Primary: true}
		l.Actions, l.Empty.Action = []web.Action{add}, &add
	}
	for _, a := range all {
		state, app := web.Cell{Text: say.T("channels.account-open"), Badge: "green"}, "…"+a.Tail
		if !a.Open() {
			state, app = web.Cell{Text: say.T("channels.account-closed"), Badge: "grey"}, ""
		}
		name := web.Cell{Text: a.Name}
		if actor.May(account.EditSettings, a.Organ, tree) == nil {
			name.Link = channelsPath + "/" + a.Organ + "/edit"
		}
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: tree.Name(a.Organ)}, {Text: channelWord(say.Lang == "en", a.Channel)}, name, {Text: app}, state, {Text: a.SetAt.Format("2006-01-02"), Note: names[a.SetBy]},
		}})
	}
	return channelsTemplate.Show(p.Kit, w, r, say.T("channels.accounts"), channelsData{l})
}

func channelWord(english bool, c publish.Channel) string {
	if english {
		return c.Words().English
	}
	return c.Words().Chinese
}

// fields asks for an account; organs is "" for one that is known.
func (p Channels) form(r *http.Request, a channel.Account, organs []web.Option) web.Form {
	say := p.Kit.Say(r)
	f := web.Form{Submit: say.T("channels.account-save"), Cancel: channelsPath, Upload: true}
	if organs != nil {
		f.Fields = append(f.Fields, web.Field{Kind: web.Select, Name: "organ", Label: say.T("channels.account-organ"), Options: append([]web.Option{{Label: say.T("channels.account-choose")}}, organs...), Required: true})
	}
	app, secret := say.T("channels.app-hint"), say.T("channels.secret-hint")
	if a.Open() {
		app, secret = say.T("channels.keys-kept", a.Tail), say.T("channels.two-sentences", say.T("channels.secret-hint"), say.T("channels.keys-kept", a.Tail))
	}
	f.Fields = append(f.Fields,
		web.Field{Name: "name", Label: say.T("channels.account-name"), Value: a.Name, MaxLength: 60, Required: true},
		web.Field{Name: "app", Label: say.T("channels.app"), Hint: app, Autocomplete: "off", MaxLength: 64, Required: !a.Open()},
		web.Field{Kind: web.Password, Name: "secret", Label: say.T("channels.secret"), Hint: secret, Autocomplete: "off", MaxLength: 128, Required: !a.Open()},
		web.Field{Name: "author", Label: say.T("channels.account-author"), Value: a.Author, MaxLength: 16},
	)
	if a.Cover.Hash != "" {
		f.Fields = append(f.Fields, web.Field{Kind: web.Fact, Label: say.T("channels.account-cover-is"), Value: a.Cover.Name})
	}
	f.Fields = append(f.Fields, web.Field{Kind: web.File, Name: "cover", Label: say.T("channels.account-cover"), Hint: say.T("channels.account-cover-hint"), Accept: ".jpg,.jpeg,.png", Required: a.Cover.Hash == ""})
	return f
}

func (p Channels) organs(r *http.Request) ([]web.Option, *org.Tree, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return nil, nil, err
	}
	return choice.Organs(tree, web.Actor(r).Where(account.EditSettings)), tree, nil
}

func (p Channels) askNew(w http.ResponseWriter, r *http.Request) error {
	organs, _, err := p.organs(r)
	if err != nil {
		return err
	}
	return channelTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("channels.account-add"), channelData{Form: p.form(r, channel.Account{}, organs)})
}

func (p Channels) create(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	organs, tree, err := p.organs(r)
	if err != nil {
		return err
	}
	organ := values.Get("organ")
	var wrong error
	if _, ok := tree.Node(organ); !ok {
		var f errs.Fields
		f.Add("organ", "请选择机关。")
		wrong = f.Err()
	} else {
		wrong = p.set(r, organ, values)
	}
	if wrong != nil {
		f := p.form(r, channel.Account{}, organs)
		return p.again(w, r, p.Kit.Say(r).T("channels.account-add"), channelData{Form: f}, values, wrong)
	}
	return p.Kit.Done(w, r, channelsPath+"/"+organ+"/edit", p.Kit.Say(r).T("channels.account-saved"))
}

// account gives the account in the address, to those who may change it.
func (p Channels) account(r *http.Request) (channel.Account, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return channel.Account{}, err
	}
	organ := r.PathValue("organ")
	if err := web.Actor(r).May(account.EditSettings, organ, tree); err != nil {
		return channel.Account{}, err
	}
	return p.Office.Account(r.Context(), web.Actor(r), organ, publish.WeChat)
}

func (p Channels) data(r *http.Request, a channel.Account) channelData {
	d := channelData{Form: p.form(r, a, nil)}
	if a.Open() {
		d.Try, d.End = channelsPath+"/"+a.Organ+"/try", channelsPath+"/"+a.Organ+"/end"
	}
	return d
}

func (p Channels) ask(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	return channelTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("channels.account-edit"), p.data(r, a))
}

func (p Channels) save(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if wrong := p.set(r, a.Organ, values); wrong != nil {
		return p.again(w, r, p.Kit.Say(r).T("channels.account-edit"), p.data(r, a), values, wrong)
	}
	return p.Kit.Done(w, r, channelsPath+"/"+a.Organ+"/edit", p.Kit.Say(r).T("channels.account-saved"))
}

// again shows the form with what is wrong. The secret is not sent back.
func (p Channels) again(w http.ResponseWriter, r *http.Request, title string, data channelData, values url.Values, wrong error) error {
	data.Form.Fill(values)
	if !data.Form.Fail(wrong) {
		return wrong
	}
	return channelTemplate.ShowStatus(p.Kit, w, r, web.Status(wrong), title, data)
}

// set keeps what the form says. The right is judged before a file is kept.
func (p Channels) set(r *http.Request, organ string, values url.Values) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	if err := web.Actor(r).May(account.EditSettings, organ, tree); err != nil {
		return err
	}
	cover, err := p.cover(r)
	if err != nil {
		return err
	}
	return p.Office.Set(r.Context(), web.Actor(r), channel.Setting{
		Organ: organ, Channel: publish.WeChat, Name: values.Get("name"), Author: values.Get("author"), Keys: channel.Keys{App: values.Get("app"), Secret: values.Get("secret")}, Cover: cover,
	})
}

// cover keeps the cover that came with the form; nil for none.
func (p Channels) cover(r *http.Request) (*publish.File, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File["cover"]) == 0 || r.MultipartForm.File["cover"][0].Size == 0 {
		return nil, nil
	}
	head := r.MultipartForm.File["cover"][0]
	content, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	info, err := p.Files.Put(r.Context(), content, maxChannelCover)
	var wrong errs.Fields
	switch {
	case errs.KindOf(err) == errs.TooLarge:
		wrong.Add("cover", "封面图片太大，最多 %d MB。", maxChannelCover>>20)
	case err != nil:
		return nil, err
	case info.MediaType != "image/jpeg" && info.MediaType != "image/png":
		wrong.Add("cover", "封面请用 JPG 或者 PNG 图片。")
	}
	return &publish.File{Hash: info.Hash, Name: filepath.Base(head.Filename)}, wrong.Err()
}

func (p Channels) try(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Try(r.Context(), web.Actor(r), a.Organ, a.Channel); err != nil {
		data := p.data(r, a)
		data.Form.Summary = errs.Public(err)
		return channelTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("channels.account-edit"), data)
	}
	return p.Kit.Done(w, r, channelsPath+"/"+a.Organ+"/edit", p.Kit.Say(r).T("channels.account-good"))
}

func (p Channels) askEnd(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return channelEndTemplate.Show(p.Kit, w, r, say.T("channels.account-end"), channelEnd{a.Name, web.Form{Submit: say.T("channels.account-end"), Cancel: channelsPath + "/" + a.Organ + "/edit", Danger: true}})
}

func (p Channels) end(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.End(r.Context(), web.Actor(r), a.Organ, a.Channel); err != nil {
		return err
	}
	return p.Kit.Done(w, r, channelsPath, p.Kit.Say(r).T("channels.account-ended"))
}
