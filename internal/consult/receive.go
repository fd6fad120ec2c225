package consult

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
)

// hourly is how many opinions the site takes online in an hour, whoever gives them.
const hourly = 600

// Kept is how many days a name and a contact are kept at most: until everybody could read
// what became of the opinion, and ask about it.
const Kept = 365

// Give takes an opinion online, and gives its receipt.
func (d *Desk) Give(ctx context.Context, address, id string, g Given) (Opinion, error) {
	c, err := d.Public(ctx, id)
	if err != nil {
		return Opinion{}, err
	}
	today := d.Today()
	if !c.Takes(today) {
		return Opinion{}, errs.New(errs.Conflict, "这次意见征集现在不接收网上意见（期限是%s至%s）。", c.Content.From, c.Content.Until)
	}
	g = g.tidy()
	g.Channel, g.On = Online, today
	if err := g.check(c.Content.From, today); err != nil {
		return Opinion{}, err
	}
	if err := d.Pace(ctx, address); err != nil {
		return Opinion{}, err
	}
	now := d.Clock.Now()
	if n, err := d.Store.Since(ctx, now.UnixMilli()-3_600_000); err != nil || n >= hourly {
		if err == nil {
			err = errs.New(errs.TooMany, "一小时内收到的意见已经很多，请稍后再提交，或者用页面上的其他方式提出。")
		}
		return Opinion{}, err
	}
	taken, err := d.take(event.Pen{Actor: event.Public, At: now, IDs: d.IDs}, c.Consultation, g, Received)
	if err != nil {
		return Opinion{}, err
	}
	kept, err := d.Store.Receive(ctx, []Taken{taken})
	if err != nil {
		return Opinion{}, err
	}
	return kept[0], nil
}

// take makes an opinion, its data and its events.
func (d *Desk) take(pen event.Pen, c Consultation, g Given, kind event.Kind) (Taken, error) {
	o := Opinion{ID: d.IDs.New(), Consultation: c.ID, Organ: c.Organ, Channel: g.Channel, Giver: g.Giver, Text: g.Text, Named: g.Name != "" || g.Contact != "", On: g.On, At: pen.At}
	o.Number = receipt(o.ID)
	if kind == Entered {
		o.EnteredBy = pen.Actor
	}
	const longest = 40
	t := Taken{Opinion: o, Once: g.Once}
	if t.Once == "" || len(t.Once) > longest {
		t.Once = o.ID
	}
	e := pen.Write(c.Organ, OpinionSubject(o.ID), kind, map[string]any{"consultation": c.ID, "channel": o.Channel, "giver": o.Giver, "on": o.On})
	e.State = o.Digest()
	t.Events = []event.Event{e}
	data := map[personal.Kind]string{}
	if g.Name != "" {
		data[personal.Name] = g.Name
	}
	if g.Contact != "" {
		data[contactKind(g.Contact)] = g.Contact
	}
	for _, k := range []personal.Kind{personal.Name, personal.Phone, personal.Email, personal.Address} {
		if data[k] == "" {
			continue
		}
		datum, sealed, err := d.Vault.Seal(pen.Actor, c.Organ, OpinionSubject(o.ID), k, data[k])
		if err != nil {
			return t, err
		}
		datum.EraseAfter = latest(o.On, calendar.On(pen.At.Date())).Add(Kept)
		t.Data, t.Events = append(t.Data, datum), append(t.Events, sealed)
	}
	return t, nil
}

// Enter keeps opinions that came otherwise, all or none. The error names the first that
// is wrong by its place.
func (d *Desk) Enter(ctx context.Context, actor account.Actor, id string, given []Given) ([]Opinion, error) {
	c, problems, err := d.Check(ctx, actor, id, given)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems[0].Err
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	all := make([]Taken, len(given))
	for i, g := range given {
		g = g.tidy()
		if g.On.IsZero() {
			g.On = d.Today()
		}
		if all[i], err = d.take(pen, c, g, Entered); err != nil {
			return nil, err
		}
	}
	kept, err := d.Store.Receive(ctx, all)
	if err != nil {
		return nil, err
	}
	return kept, d.late(ctx, pen, c.ID)
}

// Problem is what is wrong with one of several opinions.
type Problem struct {
	At  int // its place, from 0
	Err error
}

// MaxBatch is how many opinions are entered at once.
const MaxBatch = 2000

// Check tells what is wrong with opinions before they are entered.
func (d *Desk) Check(ctx context.Context, actor account.Actor, id string, given []Given) (Consultation, []Problem, error) {
	c, _, err := d.may(ctx, actor, account.HandleConsultations, id)
	if err != nil {
		return c, nil, err
	}
	today := d.Today()
	row := c.row(calendar.Date{})
	switch {
	case !row.Public(today) || c.Status == Withdrawn:
		return c, nil, errs.New(errs.Conflict, "这次意见征集现在是“%s”，不能登记意见。", row.Phase(today).Words().Chinese)
	case len(given) > MaxBatch:
		return c, nil, errs.New(errs.TooLarge, "一次最多登记%d条意见，请分几次。", MaxBatch)
	}
	var all []Problem
	for i, g := range given {
		if g.On.IsZero() {
			g.On = today
		}
		if err := g.tidy().check(c.Content.From, today); err != nil {
			all = append(all, Problem{i, err})
		}
	}
	return c, all, nil
}

// Followed is what whoever gave an opinion reads.
type Followed struct {
	Opinion
	Consultation Consultation
	Told         bool // what became of it may be read
}

// Follow gives an opinion to whoever has its number. What became of it is told once
// everybody may read the feedback.
func (d *Desk) Follow(ctx context.Context, number string) (Followed, error) {
	o, err := d.Store.Numbered(ctx, strings.ToUpper(strings.TrimSpace(number)))
	if err != nil {
		return Followed{}, err
	}
	c, err := d.Store.Consultation(ctx, o.Consultation)
	f := Followed{Opinion: o, Consultation: c, Told: c.Status == Answered}
	if !f.Told {
		f.Outcome, f.Gist, f.Reason, f.Aside, f.AsideReason = "", "", "", "", ""
	}
	return f, err
}

// Opinions gives the ledger of all consultations that the actor may see.
func (d *Desk) Opinions(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[OpinionRow], error) {
	places := actor.Where(account.SeeConsultations)
	if len(places) == 0 {
		return paging.Page[OpinionRow]{}, actor.May(account.SeeConsultations, "", &org.Tree{})
	}
	return d.Store.Opinions(ctx, places, q)
}

// Opinion gives one to those who see it, with who gave it, masked.
func (d *Desk) Opinion(ctx context.Context, actor account.Actor, id string) (Opinion, Consultation, []personal.Shown, error) {
	o, err := d.Store.Opinion(ctx, id)
	if err != nil {
		return o, Consultation{}, nil, err
	}
	c, _, err := d.may(ctx, actor, account.SeeConsultations, o.Consultation)
	if err != nil {
		return Opinion{}, Consultation{}, nil, err
	}
	shown, err := d.Vault.Masked(ctx, OpinionSubject(id))
	return o, c, shown, err
}

// Reveal shows a name or a contact, for a reason.
func (d *Desk) Reveal(ctx context.Context, actor account.Actor, id, datum, reason string) (string, error) {
	_, _, shown, err := d.Opinion(ctx, actor, id)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(shown, func(s personal.Shown) bool { return s.ID == datum }) {
		return "", errs.New(errs.NotFound, "这条意见没有这项个人信息。")
	}
	return d.Vault.Reveal(ctx, actor, datum, reason)
}

// Names gives who gave the opinions of a list: masked, or with a reason whole for those
// who may see personal data, which is put on record.
func (d *Desk) Names(ctx context.Context, actor account.Actor, all []OpinionRow, reason string) (map[string]map[personal.Kind]string, error) {
	var owners []event.Subject
	for _, o := range all {
		if o.Named {
			owners = append(owners, OpinionSubject(o.ID))
		}
	}
	if reason == "" {
		return d.Vault.Open(ctx, owners, false)
	}
	if err := account.CheckReason(reason); err != nil {
		return nil, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	var events []event.Event
	for _, o := range all {
		if err := actor.May(account.RevealPersonal, o.Organ, tree); err != nil {
			return nil, err
		}
		if o.Named {
			events = append(events, pen.Write(o.Organ, OpinionSubject(o.ID), Exported, map[string]string{"reason": strings.TrimSpace(reason)}))
		}
	}
	if err := d.Store.Append(ctx, events...); err != nil {
		return nil, err // what is not on record is not shown
	}
	return d.Vault.Open(ctx, owners, true)
}

// Reply answers several opinions that say the same.
func (d *Desk) Reply(ctx context.Context, actor account.Actor, consultation string, ids []string, a Answer) error {
	a, err := a.check()
	if len(ids) == 0 {
		err = errs.InField("opinions", "请选择要办理的意见。")
	}
	group := d.IDs.New()
	return d.handle(ctx, actor, consultation, ids, err, Replied, func(o *Opinion) (map[string]any, error) {
		if !o.Counts() {
			return nil, errs.New(errs.Conflict, "意见%s不计入；需要办理的，请先恢复。", o.Number)
		}
		o.answered(a, group, actor.ID, d.Today())
		return map[string]any{"outcome": a.Outcome, "group": group}, nil
	})
}

// SetAside takes opinions out of the count, with the reason.
func (d *Desk) SetAside(ctx context.Context, actor account.Actor, consultation string, ids []string, why, because string) error {
	because, err := reason("reason", because, "请写明为什么不计入，如“与YJ……内容相同，同一手机号提交”。")
	switch {
	case len(ids) == 0:
		err = errs.InField("opinions", "请选择意见。")
	case !chosen(why, Asides()):
		err = errs.InField("aside", "请选择为什么不计入。")
	}
	return d.handle(ctx, actor, consultation, ids, err, SetAside, func(o *Opinion) (map[string]any, error) {
		o.setAside(why, because, actor.ID, d.Today())
		return map[string]any{"aside": why}, nil
	})
}

// Restore makes opinions count again.
func (d *Desk) Restore(ctx context.Context, actor account.Actor, consultation string, ids []string) error {
	return d.handle(ctx, actor, consultation, ids, nil, Restored, func(o *Opinion) (map[string]any, error) {
		if o.Counts() {
			return nil, errs.New(errs.Conflict, "意见%s已经计入。", o.Number)
		}
		o.restored()
		return nil, nil
	})
}

// handle changes opinions; wrong is what is wrong with what was typed, said after the
// right is judged.
func (d *Desk) handle(ctx context.Context, actor account.Actor, consultation string, ids []string, wrong error, kind event.Kind, change func(*Opinion) (map[string]any, error)) error {
	if _, _, err := d.may(ctx, actor, account.HandleConsultations, consultation); err != nil {
		return err
	}
	switch {
	case wrong != nil:
		return wrong
	case len(ids) > MaxBatch:
		return errs.New(errs.TooLarge, "一次最多办理%d条意见，请分几次。", MaxBatch)
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	err := d.Store.Handle(ctx, consultation, ids, func(c Consultation, all []*Opinion) ([]event.Event, error) {
		var events []event.Event
		for _, o := range all {
			if err := c.handleable(*o); err != nil {
				return nil, err
			}
			data, err := change(o)
			if err != nil {
				return nil, err
			}
			e := pen.Write(o.Organ, OpinionSubject(o.ID), kind, data)
			e.State = o.Digest()
			events = append(events, e)
		}
		return events, nil
	})
	if err != nil {
		return err
	}
	return d.late(ctx, pen, consultation)
}
