package admin

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/notify"
	"gongkai/internal/web"
)

// Messages are the pages about what goes out by mail and text message.
type Messages struct {
	Kit    *web.Kit
	Office *notify.Office
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Routes gives the pages.
func (p Messages) Routes() []web.Route {
	see, run := web.Needs(account.SeeJobs), web.Needs(account.RunJobs)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/messages" + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "", see, p.list, messagesTemplate),
		page("GET", "/again", run, p.askAgain, messageActTemplate),
		page("POST", "/again", run, p.again),
		page("GET", "/test", run, p.askTest, messageActTemplate),
		page("POST", "/test", run, p.test, messageActTemplate),
		page("GET", "/{message}", see, p.show, messageTemplate),
		page("GET", "/{message}/again", run, p.askAgain, messageActTemplate),
		page("POST", "/{message}/again", run, p.again),
	}
}

type messagesData struct {
	List    web.List
	Failed  int
	MaySend bool
	Missing []string // channels that are not configured
}

var messagesTemplate = web.Define[messagesData]("admin/messages")

func (p Messages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, nil, []string{notify.FilterState, notify.FilterChannel})
	page, err := p.Office.Messages(ctx, actor, q)
	if err != nil {
		return err
	}
	var ids []string
	for _, m := range page.Rows {
		ids = append(ids, m.Person)
	}
	names, err := p.Names.Names(ctx, ids)
	if err != nil {
		return err
	}
	data := messagesData{MaySend: p.Office.MaySend(ctx, actor) == nil, Missing: p.missing(say)}
	if data.Failed, err = p.Office.CountFailed(ctx, actor); err != nil {
		return err
	}
	data.List = web.List{
		Caption: say.T("message.title"), Path: "/admin/messages", Query: q, Total: page.Total, AtLeast: page.AtLeast,
		Columns: []web.Column{
			{Label: say.T("message.to")},
			{Label: say.T("message.channel"), Narrow: true},
			{Label: say.T("message.state"), Narrow: true},
			{Label: say.T("message.attempts"), Number: true},
			{Label: say.T("message.created"), Narrow: true},
			{Label: say.T("message.next"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: notify.FilterState, Label: say.T("message.state"), Options: messageStates(say)},
			{Name: notify.FilterChannel, Label: say.T("message.channel"), Options: []web.Option{
				{Value: string(notify.Mail), Label: channelName(say, notify.Mail)}, {Value: string(notify.SMS), Label: channelName(say, notify.SMS)},
			}},
		},
		Empty: web.Empty{Title: say.T("message.none"), Text: say.T("message.none-text")},
	}
	if data.MaySend && len(p.Office.Offered()) > 0 {
		data.List.Actions = []web.Action{{Label: say.T("message.test"), Path: "/admin/messages/test"}}
	}
	for _, m := range page.Rows {
		data.List.Rows = append(data.List.Rows, messageRow(say, m, names[m.Person]))
	}
	return messagesTemplate.Show(p.Kit, w, r, say.T("message.title"), data)
}

// missing tells which channels the deployment has not.
func (p Messages) missing(say *locale.Catalogue) []string {
	var all []string
	if p.Office.Senders[notify.Mail] == nil {
		all = append(all, say.T("message.no-mail"))
	}
	if p.Office.Senders[notify.SMS] == nil {
		all = append(all, say.T("message.no-sms"))
	}
	return all
}

// messageRow tells what became of a message; what it says is the recipient's
// alone.
func messageRow(say *locale.Catalogue, m notify.Message, name string) web.Row {
	state, tone := messageState(say, m.State)
	row := web.Row{Cells: []web.Cell{
		{Text: name, Link: "/admin/messages/" + m.ID, Note: m.Error},
		{Text: channelName(say, m.Channel)},
		{Text: state, Badge: tone},
		{Text: strconv.Itoa(m.Attempts)},
		{Text: clockText(m.CreatedAt)},
		{Text: nextTry(m)},
	}}
	if m.State == notify.Failed {
		row.Tone = "red"
	}
	return row
}

// nextTry is when a message goes out; "" when it does not.
func nextTry(m notify.Message) string {
	if m.State != notify.Waiting {
		return ""
	}
	return clockText(m.NotBefore)
}

func channelName(say *locale.Catalogue, c notify.Channel) string {
	if c == notify.SMS {
		return say.T("notice.sms")
	}
	return say.T("notice.mail")
}

func messageState(say *locale.Catalogue, s notify.State) (name, tone string) {
	switch s {
	case notify.Sent:
		return say.T("message.sent"), "green"
	case notify.Failed:
		return say.T("message.failed"), "red"
	}
	return say.T("message.waiting"), "blue"
}

func messageStates(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, s := range notify.States() {
		name, _ := messageState(say, s)
		all = append(all, web.Option{Value: string(s), Label: name})
	}
	return all
}
