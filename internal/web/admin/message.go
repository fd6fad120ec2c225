package admin

import (
	"net/http"

	"gongkai/internal/locale"
	"gongkai/internal/notify"
	"gongkai/internal/web"
)

// messageData is one message; not what it says, which is the recipient's alone.
type messageData struct {
	Message                  notify.Message
	State, Tone, To, Channel string
	Next                     string
	Most                     int // attempts
	MayAgain                 bool
}

var messageTemplate = web.Define[messageData]("admin/message")

func (p Messages) show(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	m, err := p.Office.Message(ctx, actor, r.PathValue("message"))
	if err != nil {
		return err
	}
	names, err := p.Names.Names(ctx, []string{m.Person})
	if err != nil {
		return err
	}
	data := messageData{
		Message: m, To: names[m.Person], Channel: channelName(say, m.Channel), Next: nextTry(m), Most: notify.Attempts,
		MayAgain: m.State == notify.Failed && p.Office.MaySend(ctx, actor) == nil,
	}
	data.State, data.Tone = messageState(say, m.State)
	return messageTemplate.Show(p.Kit, w, r, say.T("message.one"), data)
}

// messageAct asks before something is done with messages.
type messageAct struct {
	Text string
	Form web.Form
}

var messageActTemplate = web.Define[messageAct]("admin/message_act")

func (p Messages) askAgain(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	if err := p.Office.MaySend(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	data := messageAct{say.T("message.again-all-text"), web.Form{Submit: say.T("message.again"), Cancel: "/admin/messages"}}
	if id := r.PathValue("message"); id != "" {
		data.Text, data.Form.Cancel = say.T("message.again-text"), "/admin/messages/"+id
	}
	return messageActTemplate.Show(p.Kit, w, r, say.T("message.again"), data)
}

func (p Messages) again(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	n, err := p.Office.Again(r.Context(), web.Actor(r), r.PathValue("message"))
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/messages", p.Kit.Say(r).T("message.again-done", n))
}

func (p Messages) testForm(say *locale.Catalogue) web.Form {
	var channels []web.Option
	for _, c := range p.Office.Offered() {
		channels = append(channels, web.Option{Value: string(c), Label: channelName(say, c), Chosen: len(channels) == 0})
	}
	return web.Form{Submit: say.T("message.test"), Cancel: "/admin/messages", Fields: []web.Field{
		{Kind: web.Radios, Name: "channel", Label: say.T("message.channel"), Options: channels, Required: true},
		{Name: "to", Label: say.T("message.test-to"), Hint: say.T("message.test-hint"), Required: true, MaxLength: 200},
	}}
}

func (p Messages) askTest(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	if err := p.Office.MaySend(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	return messageActTemplate.Show(p.Kit, w, r, say.T("message.test"), messageAct{say.T("message.test-text"), p.testForm(say)})
}

func (p Messages) test(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	if err := p.Office.MaySend(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.Office.Test(r.Context(), web.Actor(r), notify.Channel(values.Get("channel")), values.Get("to"), say.Lang == locale.English)
	if err != nil {
		form := p.testForm(say)
		form.Fill(values)
		if !form.Fail(err) {
			return err
		}
		return messageActTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("message.test"), messageAct{say.T("message.test-text"), form})
	}
	return p.Kit.Done(w, r, "/admin/messages", say.T("message.test-done"))
}
