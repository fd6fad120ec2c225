package notify

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// may judges rights on the outbox, which is the whole deployment's: they hold
// where somebody has them in the organs that are below none.
func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act) (organ string, err error) {
	roots, h, err := o.Roots.Roots(ctx)
	if err != nil {
		return "", err
	}
	for _, root := range roots {
		if err := actor.May(act, root, h); err != nil {
			return "", err
		}
		organ = root
	}
	if organ == "" {
		return "", errs.New(errs.Conflict, "系统还没有初始化。")
	}
	return organ, nil
}

// Messages gives the outbox, the latest first.
func (o *Office) Messages(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Message], error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return paging.Page[Message]{}, err
	}
	return o.Store.Messages(ctx, q)
}

// Message gives one message.
func (o *Office) Message(ctx context.Context, actor account.Actor, id string) (Message, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return Message{}, err
	}
	return o.Store.Message(ctx, id)
}

// MaySend tells whether the actor may send messages again and try channels out.
func (o *Office) MaySend(ctx context.Context, actor account.Actor) error {
	_, err := o.may(ctx, actor, account.RunJobs)
	return err
}

// CountFailed counts the messages that were given up.
func (o *Office) CountFailed(ctx context.Context, actor account.Actor) (int, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return 0, nil // nothing that this person could deal with
	}
	return o.Store.Failed(ctx)
}

// Again tries a message anew that was given up, or all of them for "". It gives
// how many.
func (o *Office) Again(ctx context.Context, actor account.Actor, id string) (int, error) {
	organ, err := o.may(ctx, actor, account.RunJobs)
	if err != nil {
		return 0, err
	}
	pen := o.pen(actor.ID)
	n, err := o.Store.Again(ctx, id, pen.At, func(id string) []event.Event {
		return []event.Event{pen.Write(organ, event.Subject{Type: "message", ID: id}, retried, nil)}
	})
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, errs.New(errs.Conflict, "没有发送失败的消息，不需要重新发送。")
	case o.Wake == nil:
		return n, nil
	}
	return n, o.Wake(ctx, pen.At)
}

// Offered gives the channels that the deployment has.
func (o *Office) Offered() []Channel {
	var all []Channel
	for _, c := range Channels() {
		if o.Senders[c] != nil {
			all = append(all, c)
		}
	}
	return all
}

// Test sends a message to an address at once and tells what went wrong. The
// address is not kept.
func (o *Office) Test(ctx context.Context, actor account.Actor, channel Channel, to string, english bool) error {
	organ, err := o.may(ctx, actor, account.RunJobs)
	if err != nil {
		return err
	}
	sender := o.Senders[channel]
	if sender == nil {
		return errs.InField("channel", "本系统没有配置这种方式；请在配置文件中设置邮件服务器或者短信网关后重启。")
	}
	if to = strings.TrimSpace(to); to == "" || len(to) > 200 {
		return errs.InField("to", "请填写接收测试消息的地址或者号码。")
	}
	now := o.Clock.Now()
	l := Letter{ID: o.IDs.New(), To: to, Subject: "【" + o.Site(ctx) + "】" + testing(english), Text: testing(english), At: now}
	if channel == SMS {
		l.Text = l.Subject
	}
	sending := sender.Send(ctx, l)
	e := o.pen(actor.ID).Write(organ, event.Subject{Type: "message", ID: l.ID}, tested, map[string]any{"channel": channel, "sent": sending == nil})
	if err := o.Store.Settle(ctx, nil, []event.Event{e}); err != nil {
		return err
	}
	if sending != nil {
		return errs.AtField("to", sending)
	}
	return nil
}
