// Package personal keeps personal data: ID numbers, telephone numbers, addresses
// and the like. They are sealed at rest, shown masked, found by a blind index,
// and revealed only as an act with a reason, which is an event (个人信息保护法§6, §51).
// Events hold the key of a datum, never the datum, so that it can be erased on
// schedule (个人信息保护法§19) while the log stays whole.
//
// Start at Vault.
package personal

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Datum is a personal datum as it is kept.
type Datum struct {
	ID         string
	Organ      string        // whose business it is
	Owner      event.Subject // the record that it belongs to
	Kind       Kind
	Sealed     []byte // nil once it is erased
	Blind      string // "" once it is erased
	CreatedAt  time.Time
	EraseAfter calendar.Date // the last day on which it is kept; zero while its owner is
	ErasedAt   time.Time
}

// Store keeps data.
type Store interface {
	// Datum gives NotFound when there is none.
	Datum(ctx context.Context, id string) (Datum, error)
	OfOwner(ctx context.Context, owner event.Subject) ([]Datum, error)
	// ByBlind gives data with an index, at most 1000, in the organs given.
	ByBlind(ctx context.Context, kind Kind, blind string, places []account.Place) ([]Datum, error)
	// Put keeps a datum and empties those of the owner and kind before it, whose
	// keys write is given.
	Put(ctx context.Context, d Datum, write func(before []string) []event.Event) error
	// Erase empties data and keeps their rows.
	Erase(ctx context.Context, ids []string, at time.Time, events []event.Event) error
	// Due gives data whose last day is before a day, at most so many.
	Due(ctx context.Context, today calendar.Date, most int) ([]Datum, error)
	// OfLeavers gives the own data of people who left before a time.
	OfLeavers(ctx context.Context, before time.Time, most int) ([]Datum, error)
	// Schedule sets the last day of an owner's data.
	Schedule(ctx context.Context, owner event.Subject, last calendar.Date, events []event.Event) error
	// After gives the data with keys after one, at most so many, for sealing anew.
	After(ctx context.Context, id string, most int) ([]Datum, error)
	// Reseal changes how a datum is sealed, if it still is as it was.
	Reseal(ctx context.Context, id string, before, after []byte) error
	Append(ctx context.Context, events ...event.Event) error
}

// Sealer is what the vault wants of the key file.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
	Blind(kind, text string) string
	Stale(sealed []byte) bool
}

// Vault is what is done with personal data.
type Vault struct {
	Store  Store
	Seals  Sealer
	Organs account.Hierarchies
	Clock  clock.Clock
	IDs    ident.Source
	// Leavers tells how long the own data of people who have left are kept; nil
	// keeps them.
	Leavers func(ctx context.Context) (time.Duration, error)
}

// reveals names the act by which an owner's data are shown whole: those of
// applicants are the business of officers, those of colleagues of who looks after
// people (GB/T 22239-2019 8.1.4.2, least privilege).
func reveals(owner event.Subject) account.Act {
	if owner.Type == person {
		return account.RevealContact
	}
	return account.RevealPersonal
}

// person is the type of owners who work here.
const person = "person"

func place(id string) string { return "personal/" + id }

// Put keeps a datum of an owner in place of one of the same kind. Whether the
// actor may is judged by the room that the owner belongs to.
func (v *Vault) Put(ctx context.Context, actor account.Actor, organ string, owner event.Subject, kind Kind, plain string) (Datum, error) {
	d, err := v.seal(organ, owner, kind, plain)
	if err != nil {
		return d, err
	}
	return d, v.Store.Put(ctx, d, func(before []string) []event.Event {
		pen := v.pen(actor)
		var events []event.Event
		for _, id := range before {
			events = append(events, pen.Write(organ, owner, "personal.erased", reference(Datum{ID: id, Kind: kind})))
		}
		return append(events, pen.Write(organ, owner, "personal.kept", reference(d)))
	})
}

// Seal makes the first datum of a kind that an owner has, and its event, and keeps
// neither: for a room that keeps them in the same change as its own record.
func (v *Vault) Seal(actor, organ string, owner event.Subject, kind Kind, plain string) (Datum, event.Event, error) {
	d, err := v.seal(organ, owner, kind, plain)
	if err != nil {
		return d, event.Event{}, err
	}
	return d, v.pen(account.Actor{ID: actor}).Write(organ, owner, "personal.kept", reference(d)), nil
}

func (v *Vault) seal(organ string, owner event.Subject, kind Kind, plain string) (Datum, error) {
	plain = kind.Normal(plain)
	if err := kind.Check(plain); err != nil {
		return Datum{}, err
	}
	d := Datum{ID: v.IDs.New(), Organ: organ, Owner: owner, Kind: kind, CreatedAt: v.Clock.Now(), Blind: v.Seals.Blind(string(kind), plain)}
	var err error
	d.Sealed, err = v.Seals.Seal(place(d.ID), []byte(plain))
	return d, err
}

// EraseAfter sets the last day on which an owner's data are kept
// (个人信息保护法§19, §47): the room that the owner belongs to knows when the matter is
// closed.
func (v *Vault) EraseAfter(ctx context.Context, actor account.Actor, organ string, owner event.Subject, last calendar.Date) error {
	scheduled := v.pen(actor).Write(organ, owner, "personal.scheduled", map[string]string{"until": last.String()})
	return v.Store.Schedule(ctx, owner, last, []event.Event{scheduled})
}

func reference(d Datum) map[string]string {
	return map[string]string{"datum": d.ID, "kind": string(d.Kind)}
}

// Shown is a datum as it may be shown.
type Shown struct {
	ID     string
	Kind   Kind
	Masked string // "" once it is erased
}

// Masked gives what may be shown of an owner's data.
func (v *Vault) Masked(ctx context.Context, owner event.Subject) ([]Shown, error) {
	data, err := v.Store.OfOwner(ctx, owner)
	if err != nil {
		return nil, err
	}
	var all []Shown
	for _, d := range data {
		s := Shown{ID: d.ID, Kind: d.Kind}
		if d.Sealed != nil {
			plain, err := v.Seals.Open(place(d.ID), d.Sealed)
			if err != nil {
				return nil, err
			}
			s.Masked = d.Kind.Mask(string(plain))
		}
		all = append(all, s)
	}
	return all, nil
}

// Reveal shows a datum whole, to those whose work needs it, for a reason.
func (v *Vault) Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error) {
	d, err := v.Store.Datum(ctx, id)
	if err != nil {
		return "", err
	}
	h, err := v.Organs.Hierarchy(ctx)
	if err != nil {
		return "", err
	}
	if err := actor.May(reveals(d.Owner), d.Organ, h); err != nil {
		return "", err
	}
	if err := account.CheckReason(reason); err != nil {
		return "", err
	}
	if d.Sealed == nil {
		return "", errs.New(errs.NotFound, "这项个人信息已于%s按期限删除。", d.ErasedAt.Format("2006-01-02"))
	}
	plain, err := v.Seals.Open(place(d.ID), d.Sealed)
	if err != nil {
		return "", err
	}
	data := reference(d)
	data["reason"] = strings.TrimSpace(reason)
	if err := v.Store.Append(ctx, v.pen(actor).Write(d.Organ, d.Owner, "personal.revealed", data)); err != nil {
		return "", err // what is not on record is not shown
	}
	return string(plain), nil
}

// Open gives the data of several owners, by owner and kind: masked, or whole for a
// room that has judged the right and put the purpose on record itself.
func (v *Vault) Open(ctx context.Context, owners []event.Subject, whole bool) (map[string]map[Kind]string, error) {
	all := map[string]map[Kind]string{}
	for _, owner := range owners {
		data, err := v.Store.OfOwner(ctx, owner)
		if err != nil {
			return nil, err
		}
		told := map[Kind]string{}
		for _, d := range data {
			if d.Sealed == nil {
				continue
			}
			plain, err := v.Seals.Open(place(d.ID), d.Sealed)
			if err != nil {
				return nil, err
			}
			if told[d.Kind] = string(plain); !whole {
				told[d.Kind] = d.Kind.Mask(string(plain))
			}
		}
		all[owner.String()] = told
	}
	return all, nil
}

// Find gives the owners of an exact value, applicants and not colleagues, in the
// organs where the actor works with personal data. Looking is recorded as well.
func (v *Vault) Find(ctx context.Context, actor account.Actor, kind Kind, plain string) ([]event.Subject, error) {
	places := actor.Where(account.RevealPersonal)
	if len(places) == 0 {
		return nil, actor.May(account.RevealPersonal, "", nowhere{})
	}
	data, err := v.Store.ByBlind(ctx, kind, v.Seals.Blind(string(kind), kind.Normal(plain)), places)
	if err != nil {
		return nil, err
	}
	var owners []event.Subject
	for _, d := range data {
		if d.Owner.Type != person {
			owners = append(owners, d.Owner)
		}
	}
	searched := v.pen(actor).Write(actor.Organ, event.Subject{Type: person, ID: actor.ID}, "personal.searched", map[string]any{"kind": kind, "found": len(owners)})
	if err := v.Store.Append(ctx, searched); err != nil {
		return nil, err
	}
	return owners, nil
}

// Plain gives a datum to the program itself, say the address that a message goes
// to; "" when there is none. It is no act of a person, but recorded like one,
// with its purpose.
func (v *Vault) Plain(ctx context.Context, owner event.Subject, kind, purpose string) (string, error) {
	d, ok, err := v.kept(ctx, owner, Kind(kind))
	if err != nil || !ok {
		return "", err
	}
	plain, err := v.Seals.Open(place(d.ID), d.Sealed)
	if err != nil {
		return "", err
	}
	data := reference(d)
	data["purpose"] = purpose
	used := v.pen(account.Actor{ID: event.System}).Write(d.Organ, d.Owner, "personal.used", data)
	return string(plain), v.Store.Append(ctx, used)
}

// Has tells whether an owner has a datum of a kind; it opens nothing.
func (v *Vault) Has(ctx context.Context, owner event.Subject, kind string) (bool, error) {
	_, ok, err := v.kept(ctx, owner, Kind(kind))
	return ok, err
}

func (v *Vault) kept(ctx context.Context, owner event.Subject, kind Kind) (d Datum, ok bool, err error) {
	data, err := v.Store.OfOwner(ctx, owner)
	for _, d := range data {
		if d.Kind == kind && d.Sealed != nil {
			return d, true, nil
		}
	}
	return Datum{}, false, err
}

// eraseAtOnce is how many data one transaction erases.
const eraseAtOnce = 500

// Erase empties the data whose time is over, and gives their number. It runs
// every night.
func (v *Vault) Erase(ctx context.Context) (int, error) {
	now := v.Clock.Now()
	today := calendar.On(now.Year(), now.Month(), now.Day())
	total, err := v.eraseAll(ctx, func() ([]Datum, error) { return v.Store.Due(ctx, today, eraseAtOnce) })
	if err != nil || v.Leavers == nil {
		return total, err
	}
	kept, err := v.Leavers(ctx)
	if err != nil {
		return total, err
	}
	left, err := v.eraseAll(ctx, func() ([]Datum, error) { return v.Store.OfLeavers(ctx, now.Add(-kept), eraseAtOnce) })
	return total + left, err
}

// eraseAll empties what is due until nothing more is.
func (v *Vault) eraseAll(ctx context.Context, more func() ([]Datum, error)) (total int, err error) {
	for {
		due, err := more()
		if err != nil || len(due) == 0 {
			return total, err
		}
		if err := v.erase(ctx, v.pen(account.Actor{ID: event.System}), due); err != nil {
			return total, err
		}
		total += len(due)
	}
}

func (v *Vault) erase(ctx context.Context, pen event.Pen, data []Datum) error {
	var ids []string
	var events []event.Event
	for _, d := range data {
		ids = append(ids, d.ID)
		events = append(events, pen.Write(d.Organ, d.Owner, "personal.erased", reference(d)))
	}
	return v.Store.Erase(ctx, ids, pen.At, events)
}

// Reseal seals everything with the active key that an older one has sealed, and
// gives the number. It may be broken off and run again.
func (v *Vault) Reseal(ctx context.Context) (int, error) {
	total := 0
	err := v.each(ctx, func(d Datum) error {
		if !v.Seals.Stale(d.Sealed) {
			return nil
		}
		plain, err := v.Seals.Open(place(d.ID), d.Sealed)
		if err != nil {
			return err
		}
		fresh, err := v.Seals.Seal(place(d.ID), plain)
		if err != nil {
			return err
		}
		err = v.Store.Reseal(ctx, d.ID, d.Sealed, fresh)
		if errs.KindOf(err) == errs.Conflict { // erased or sealed anew in this moment
			return nil
		}
		total++
		return err
	})
	return total, err
}

// Sealed goes through everything that the vault has sealed.
func (v *Vault) Sealed(ctx context.Context, look func(place string, sealed []byte) error) error {
	return v.each(ctx, func(d Datum) error { return look(place(d.ID), d.Sealed) })
}

// each goes through all data that are not erased.
func (v *Vault) each(ctx context.Context, do func(Datum) error) error {
	last := ""
	for {
		data, err := v.Store.After(ctx, last, eraseAtOnce)
		if err != nil || len(data) == 0 {
			return err
		}
		for _, d := range data {
			if last = d.ID; d.Sealed == nil {
				continue
			}
			if err := do(d); err != nil {
				return err
			}
		}
	}
}

func (v *Vault) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: v.Clock.Now(), IDs: v.IDs}
}

type nowhere struct{}

func (nowhere) Below(string, string) bool { return false }

// EventKinds gives the words for what happens to personal data.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: "personal.kept", Chinese: "保存个人信息", English: "personal datum kept"},
		{Kind: "personal.revealed", Chinese: "查看完整的个人信息", English: "personal datum revealed"},
		{Kind: "personal.used", Chinese: "使用联系方式发送消息", English: "contact used for a message"},
		{Kind: "personal.compared", Chinese: "申请人凭验证信息查询", English: "applicant let in by what they know"},
		{Kind: "personal.searched", Chinese: "按个人信息查找", English: "searched by personal datum"},
		{Kind: "personal.scheduled", Chinese: "定下个人信息的删除日期", English: "last day of personal data set"},
		{Kind: "personal.erased", Chinese: "删除个人信息", English: "personal datum erased"},
		{Kind: "key.added", Chinese: "更换加密密钥", English: "new key for sealing"},
		{Kind: "key.retired", Chinese: "撤下旧密钥", English: "old key retired"},
	}
}
