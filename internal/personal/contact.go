package personal

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// ContactsOf gives how to reach somebody who works here, masked.
func (v *Vault) ContactsOf(ctx context.Context, owner event.Subject) ([]account.Contact, error) {
	shown, err := v.Masked(ctx, owner)
	if err != nil {
		return nil, err
	}
	var all []account.Contact
	for _, s := range shown {
		if s.Masked != "" {
			all = append(all, account.Contact{ID: s.ID, Kind: string(s.Kind), Masked: s.Masked})
		}
	}
	return all, nil
}

// PutOwn keeps how to reach the actor; "" takes it away.
func (v *Vault) PutOwn(ctx context.Context, actor account.Actor, kind, plain string) error {
	if k := Kind(kind); k != Phone && k != Email {
		return errs.New(errs.Invalid, "只能保存电话和电子邮箱。")
	}
	owner := event.Subject{Type: "person", ID: actor.ID}
	if plain == "" {
		return v.take(ctx, actor, owner, Kind(kind))
	}
	_, err := v.Put(ctx, actor, actor.Organ, owner, Kind(kind), plain)
	if errs.KindOf(err) == errs.Invalid {
		return errs.AtField(kind, err)
	}
	return err
}

// take erases an owner's datum of a kind, where there is one.
func (v *Vault) take(ctx context.Context, actor account.Actor, owner event.Subject, kind Kind) error {
	data, err := v.Store.OfOwner(ctx, owner)
	if err != nil {
		return err
	}
	var mine []Datum
	for _, d := range data {
		if d.Kind == kind && d.Sealed != nil {
			mine = append(mine, d)
		}
	}
	if len(mine) == 0 {
		return nil
	}
	return v.erase(ctx, v.pen(actor), mine)
}
