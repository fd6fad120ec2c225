package notify

import (
	"context"

	"gongkai/internal/account"
)

// contact is the kind of address that a channel goes to.
var contact = map[Channel]string{Mail: account.KindEmail, SMS: account.KindPhone}

// Tell tells people something: on the pages, and by the channels that they want.
// Who has left, or has been told the same before, is passed over.
func (o *Office) Tell(ctx context.Context, notices []Notice) error {
	all, err := o.tellings(ctx, notices)
	if err != nil || len(all) == 0 {
		return err
	}
	kept, err := o.Store.Tell(ctx, all)
	if err != nil {
		return err
	}
	return o.wake(ctx, kept)
}

// tellings adds the messages to notices.
func (o *Office) tellings(ctx context.Context, notices []Notice) ([]Telling, error) {
	var ids []string
	for _, n := range notices {
		ids = append(ids, n.Person)
	}
	people, err := o.Store.Recipients(ctx, ids)
	if err != nil {
		return nil, err
	}
	wants := map[string]map[Channel]Choice{}
	var all []Telling
	for _, n := range notices {
		who, ok := people[n.Person]
		if !ok || !who.Active {
			continue
		}
		if wants[who.ID] == nil {
			if wants[who.ID], err = o.reachable(ctx, who); err != nil {
				return nil, err
			}
		}
		if n.ID = o.IDs.New(); n.At.IsZero() {
			n.At = o.Clock.Now()
		}
		all = append(all, Telling{n, o.messages(n, who, wants[who.ID])})
	}
	return all, nil
}

// reachable gives the channels that somebody wants and can be reached by.
func (o *Office) reachable(ctx context.Context, who Recipient) (map[Channel]Choice, error) {
	choices, err := o.choices(ctx, who)
	if err != nil {
		return nil, err
	}
	wants := map[Channel]Choice{}
	for channel, choice := range choices {
		if !choice.Enabled || o.Senders[channel] == nil {
			continue
		}
		has, err := o.Addresses.Has(ctx, person(who.ID), contact[channel])
		if err != nil {
			return nil, err
		}
		if has {
			wants[channel] = choice
		}
	}
	return wants, nil
}

// messages are what goes out beside a notice. Their time counts from now: a
// notice may tell of something that happened while nobody was there to tell it.
func (o *Office) messages(n Notice, who Recipient, wants map[Channel]Choice) []Message {
	var all []Message
	now := o.Clock.Now()
	for _, channel := range Channels() {
		choice, ok := wants[channel]
		if !ok {
			continue
		}
		all = append(all, Message{
			ID: o.IDs.New(), Person: who.ID, Channel: channel, Title: n.Say(who.Lang == "en"), Link: n.Link, Urgent: n.Urgent,
			State: Waiting, NotBefore: choice.When(n.Urgent, now), CreatedAt: now,
		})
	}
	return all
}

// wake lets messages be sent at their times.
func (o *Office) wake(ctx context.Context, kept []Telling) error {
	if o.Wake == nil {
		return nil
	}
	for _, t := range kept {
		for _, m := range t.Messages {
			if err := o.Wake(ctx, m.NotBefore); err != nil {
				return err
			}
		}
	}
	return nil
}

// readAtOnce is how many events are read at a time.
const readAtOnce = 500

// Watch reads events on and tells people what they are told of them; it gives
// how many events it read. Where several processes watch, one of them tells.
func (o *Office) Watch(ctx context.Context) (int, error) {
	events, from, next, err := o.Store.Read(ctx, readAtOnce)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	var notices []Notice
	for _, e := range events {
		notices = append(notices, security(e)...)
		for _, source := range o.Sources {
			more, err := source(ctx, e)
			if err != nil {
				return 0, err
			}
			notices = append(notices, more...)
		}
	}
	all, err := o.tellings(ctx, notices)
	if err != nil {
		return 0, err
	}
	kept, err := o.Store.TellRead(ctx, all, from, next)
	if err != nil {
		return 0, err
	}
	return len(events), o.wake(ctx, kept)
}
