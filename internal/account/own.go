package account

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Own gives the actor's own record.
func (o *Office) Own(ctx context.Context, actor Actor) (Person, error) {
	return o.Store.Person(ctx, actor.ID)
}

// OwnSessions gives the actor's sessions, the newest first.
func (o *Office) OwnSessions(ctx context.Context, actor Actor) ([]Session, error) {
	return o.Store.Sessions(ctx, actor.ID)
}

// EndOwnSessions signs the actor out everywhere but here.
func (o *Office) EndOwnSessions(ctx context.Context, actor Actor, session string) error {
	pen := o.pen(actor.ID)
	err := o.Store.Update(ctx, actor.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		return []event.Event{pen.Write(p.Organ, subject(p.ID), "session.ended-others", nil)}, nil
	})
	if err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, actor.ID, session)
}

// SessionID is how a session's token is kept.
func SessionID(token string) string { return digest(token) }

// Confirm makes sure that it is the person who sits at the screen, before the
// second factor or its recovery codes are changed: by the password, or for
// somebody who has none by a code of the second factor. Somebody who signs in at
// the provider and has no second factor yet is taken at the session's word.
func (o *Office) Confirm(ctx context.Context, actor Actor, proof string) error {
	p, err := o.Store.Person(ctx, actor.ID)
	if err != nil {
		return err
	}
	if p.Known.Shut(o.Clock.Now()) {
		return errLocked(p.Known)
	}
	switch {
	case proof == "" && (p.Hash != "" || p.Factor != nil):
		return errs.InField("proof", "请填写，确认是您本人。")
	case p.Hash != "":
		right, err := o.Hasher.right(ctx, proof, p.Hash)
		if err == nil && !right {
			err = o.refuse(ctx, p, true, errs.InField("proof", "口令不正确。"))
		}
		return err
	case p.Factor != nil:
		if err := o.checkFactor(ctx, p.ID, proof, true); len(errs.FieldsOf(err)) > 0 {
			return errs.AtField("proof", err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// SetLang keeps the language that the actor reads; "" for the site's.
func (o *Office) SetLang(ctx context.Context, actor Actor, lang string) error {
	pen := o.pen(actor.ID)
	return o.Store.Update(ctx, actor.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		if p.Lang == lang {
			return nil, nil
		}
		p.Lang = lang
		return []event.Event{pen.Write(p.Organ, subject(p.ID), "person.language", map[string]string{"lang": lang})}, nil
	})
}

// Names gives the names of people by key, for histories and lists; who is not
// known is left out.
func (o *Office) Names(ctx context.Context, ids []string) (map[string]string, error) {
	return o.Store.Names(ctx, ids)
}

// Contact is a way to reach somebody, as it is shown.
type Contact struct {
	ID     string // of the sealed record
	Kind   string // KindPhone, KindEmail
	Masked string
}

// Kinds of contact, as personal data are kept.
const (
	KindPhone = "phone"
	KindEmail = "email"
)
