package notify

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// lease is how long nobody else touches messages that are being sent.
const lease = 5 * time.Minute

// Deliver sends what is due and gives how many letters went out. It may run in
// several processes at once. What fails is kept for later and fails nothing else.
func (o *Office) Deliver(ctx context.Context) (int, error) {
	channels := slices.Sorted(maps.Keys(o.Senders))
	sent := 0
	for ctx.Err() == nil {
		now := o.Clock.Now()
		messages, err := o.Store.Claim(ctx, channels, now, now.Add(lease))
		if err != nil {
			return sent, err
		}
		if len(messages) == 0 {
			break
		}
		ok, err := o.deliver(ctx, messages)
		if err != nil {
			return sent, err
		}
		if ok {
			sent++
		}
	}
	next, err := o.Store.NextDue(ctx, channels)
	if err == nil && !next.IsZero() && o.Wake != nil {
		err = o.Wake(ctx, next)
	}
	return sent, errors.Join(err, ctx.Err())
}

// deliver sends the messages of one person and keeps how it ended.
func (o *Office) deliver(ctx context.Context, messages []Message) (ok bool, err error) {
	first := messages[0]
	people, err := o.Store.Recipients(ctx, []string{first.Person})
	if err != nil {
		return false, err
	}
	who := people[first.Person]
	choices, err := o.choices(ctx, who)
	if err != nil {
		return false, err
	}
	messages, late := putOff(messages, choices[first.Channel], o.Clock.Now())
	if len(messages) == 0 {
		return false, o.Store.Settle(ctx, late, nil)
	}
	sending := o.send(ctx, messages, who)
	if ctx.Err() != nil && sending != nil { // the process stops: this was no attempt
		return false, nil
	}
	pen := o.pen(event.System)
	var events []event.Event
	for i := range messages {
		m := &messages[i]
		if sending == nil {
			m.State, m.SentAt, m.Error = Sent, pen.At, ""
			m.Attempts++
			continue
		}
		m.failed(errs.Public(sending), errs.KindOf(sending) == errs.Invalid, choices[m.Channel], pen.At)
		if m.State == Failed {
			events = append(events, pen.Write(who.Organ, event.Subject{Type: "message", ID: m.ID}, given, map[string]any{"channel": m.Channel, "person": m.Person}))
		}
	}
	// What went out is kept also when the process is asked to stop.
	return sending == nil, o.Store.Settle(context.WithoutCancel(ctx), append(messages, late...), events)
}

// putOff takes out what must not go out now: it was due before the quiet hours
// began, but nobody came to send it.
func putOff(messages []Message, c Choice, now time.Time) (send, late []Message) {
	for _, m := range messages {
		if at := c.awake(m.Urgent, now); at.After(now) {
			m.NotBefore = at
			late = append(late, m)
			continue
		}
		send = append(send, m)
	}
	return send, late
}

func (o *Office) send(ctx context.Context, messages []Message, who Recipient) error {
	channel := messages[0].Channel
	if !who.Active {
		return errs.New(errs.Invalid, "收件人的账户已停用。")
	}
	to, err := o.Addresses.Plain(ctx, person(who.ID), contact[channel], "message")
	if err != nil {
		return err
	}
	if to == "" {
		return errs.New(errs.Invalid, "收件人没有登记联系方式。")
	}
	return o.Senders[channel].Send(ctx, compose(messages, o.Site(ctx), o.Base, to, who.Lang == "en", o.Clock.Now()))
}

// Forget drops what was read, and what was sent, before a moment.
func (o *Office) Forget(ctx context.Context, before time.Time) (int, error) {
	return o.Store.Forget(ctx, before)
}
