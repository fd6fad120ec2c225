package notify

import (
	"context"
	"maps"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Mine gives what the actor was told, the latest first.
func (o *Office) Mine(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Notice], error) {
	return o.Store.Notices(ctx, actor.ID, q)
}

// Unread counts what the actor has not read, to a hundred.
func (o *Office) Unread(ctx context.Context, actor account.Actor) (int, error) {
	return o.Store.Unread(ctx, actor.ID)
}

// Open gives one of the actor's notices and marks it read.
func (o *Office) Open(ctx context.Context, actor account.Actor, id string) (Notice, error) {
	n, err := o.Store.Notice(ctx, actor.ID, id)
	if err != nil || !n.ReadAt.IsZero() {
		return n, err
	}
	return n, o.Store.MarkRead(ctx, actor.ID, id, o.Clock.Now())
}

// ReadAll marks everything read.
func (o *Office) ReadAll(ctx context.Context, actor account.Actor) error {
	return o.Store.MarkRead(ctx, actor.ID, "", o.Clock.Now())
}

// Way is a channel as somebody has chosen it.
type Way struct {
	Channel Channel
	Choice  Choice
	Offered bool // the deployment has it
	Address bool // the person has an address for it
}

// Ways gives how the actor gets messages.
func (o *Office) Ways(ctx context.Context, actor account.Actor) ([]Way, error) {
	choices, err := o.choices(ctx, Recipient{ID: actor.ID, Organ: actor.Organ})
	if err != nil {
		return nil, err
	}
	var ways []Way
	for _, channel := range Channels() {
		has, err := o.Addresses.Has(ctx, person(actor.ID), contact[channel])
		if err != nil {
			return nil, err
		}
		ways = append(ways, Way{channel, choices[channel], o.Senders[channel] != nil, has})
	}
	return ways, nil
}

// choices gives what somebody chose, or what is usual in the organ.
func (o *Office) choices(ctx context.Context, who Recipient) (map[Channel]Choice, error) {
	own, err := o.Store.Choices(ctx, who.ID)
	if err != nil {
		return nil, err
	}
	all := map[Channel]Choice{}
	for _, channel := range Channels() {
		if all[channel], err = o.Default(ctx, who.Organ, channel); err != nil {
			return nil, err
		}
	}
	maps.Copy(all, own)
	return all, nil
}

// Choose keeps how the actor wants to get messages.
func (o *Office) Choose(ctx context.Context, actor account.Actor, choices map[Channel]Choice) error {
	if !actor.SignedIn() || actor.Client != nil {
		return errs.New(errs.Unauthenticated, "请先登录。")
	}
	var f errs.Fields
	for _, channel := range Channels() {
		if c, ok := choices[channel]; ok && c.awakeFor() < minAwake {
			f.Add(string(channel)+"-until", "免打扰时间太长：每天至少要有%d分钟可以发送消息。", minAwake)
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	e := o.pen(actor.ID).Write(actor.Organ, person(actor.ID), chosen, map[string]bool{"mail": choices[Mail].Enabled, "sms": choices[SMS].Enabled})
	return o.Store.Choose(ctx, actor.ID, choices, []event.Event{e})
}
