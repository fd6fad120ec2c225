package consult

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
)

// Store keeps consultations and opinions.
type Store interface {
	Consultation(ctx context.Context, id string) (Consultation, error)
	Begin(ctx context.Context, c Consultation, with Change) error
	// Update changes a consultation as judge says, who gets its ledger too.
	Update(ctx context.Context, id string, judge func(*Consultation, []Opinion) (Change, error)) error
	List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	// Public lists what everybody may read on a day; of all organs with "".
	Public(ctx context.Context, organ string, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	// UnderWay gives those about which something may be due.
	UnderWay(ctx context.Context) ([]Consultation, error)
	// Remind makes what stands on people's lists what it should be.
	Remind(ctx context.Context, pen event.Pen, agendas []Agenda) error

	// Receive keeps new opinions. One whose form was sent before is given as it was kept.
	Receive(ctx context.Context, all []Taken) ([]Opinion, error)
	Opinion(ctx context.Context, id string) (Opinion, error)
	Numbered(ctx context.Context, number string) (Opinion, error)
	Ledger(ctx context.Context, consultation string) ([]Opinion, error)
	Opinions(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[OpinionRow], error)
	// Handle changes opinions of a consultation as judge says.
	Handle(ctx context.Context, consultation string, ids []string, judge func(Consultation, []*Opinion) ([]event.Event, error)) error
	// Since counts what came online from a time on.
	Since(ctx context.Context, unixMilli int64) (int, error)
	// Count counts over some days, up to today.
	Count(ctx context.Context, place account.Place, span calendar.Span, today calendar.Date) (Figures, error)
	Append(ctx context.Context, events ...event.Event) error
}

// Change is what is kept together with a change of a consultation.
type Change struct {
	Events  []event.Event
	Pen     event.Pen
	Agendas []Agenda
}

// Taken is an opinion on its way in.
type Taken struct {
	Opinion Opinion
	Once    string
	Data    []personal.Datum
	Events  []event.Event
}

// OpinionRow is an opinion in the ledger of all consultations.
type OpinionRow struct {
	Opinion
	Title string // of the consultation
	Until calendar.Date
}

// Gate is the release guard.
type Gate interface {
	// Look gives what is found in a text, or with a hash in a kept file.
	Look(ctx context.Context, organ, name, text, hash string) ([]Found, error)
}

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Vault seals names and contacts.
type Vault interface {
	Seal(actor, organ string, owner event.Subject, kind personal.Kind, plain string) (personal.Datum, event.Event, error)
	Masked(ctx context.Context, owner event.Subject) ([]personal.Shown, error)
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
	Open(ctx context.Context, owners []event.Subject, whole bool) (map[string]map[personal.Kind]string, error)
}

// Documents tells of documents that are published.
type Documents interface {
	// PublicTitle gives the title of a document that everybody may read; NotFound for
	// others.
	PublicTitle(ctx context.Context, id string) (string, error)
}

// Desk is what is done with consultations.
type Desk struct {
	Store     Store
	Trees     org.Trees
	Policies  func(ctx context.Context, organ string) (Policy, error)
	Calendars Calendars
	Gate      Gate
	Vault     Vault
	Documents Documents
	Pace      func(ctx context.Context, address string) error // so that machines do not flood the ledger
	Clock     clock.Clock
	IDs       ident.Source
}

// Today gives the day.
func (d *Desk) Today() calendar.Date { return calendar.On(d.Clock.Now().Date()) }

// PolicyOf gives what an organ has decided.
func (d *Desk) PolicyOf(ctx context.Context, organ string) (Policy, error) {
	return d.Policies(ctx, organ)
}

func (d *Desk) scene(ctx context.Context, actor, organ string) (Scene, error) {
	s := Scene{Actor: actor, At: d.Clock.Now(), Today: d.Today()}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return s, err
	}
	s.Organ, _ = tree.Node(organ)
	if s.Cal, err = d.Calendars.Calendar(ctx); err != nil {
		return s, err
	}
	s.Policy, err = d.Policies(ctx, organ)
	return s, err
}

// may gives a consultation over which the actor has a right.
func (d *Desk) may(ctx context.Context, actor account.Actor, act account.Act, id string) (Consultation, *org.Tree, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Consultation{}, nil, err
	}
	c, err := d.Store.Consultation(ctx, id)
	if err != nil {
		return c, tree, err
	}
	return c, tree, actor.May(act, c.Organ, tree)
}

// May judges a right over a consultation.
func (d *Desk) May(ctx context.Context, actor account.Actor, act account.Act, id string) error {
	_, _, err := d.may(ctx, actor, act, id)
	return err
}

// Begin drafts a consultation of an organ.
func (d *Desk) Begin(ctx context.Context, actor account.Actor, organ string, content Content) (string, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return "", err
	}
	if err := actor.May(account.HandleConsultations, organ, tree); err != nil {
		return "", err
	}
	if n, ok := tree.Node(organ); !ok || n.Ended || n.Nature == org.Internal {
		return "", errs.InField("organ", "请选择征求意见的机关；内设机构以所属机关的名义征求意见。")
	}
	s, err := d.scene(ctx, actor.ID, organ)
	if err != nil {
		return "", err
	}
	c := Consultation{ID: d.IDs.New(), Organ: organ}
	change, err := d.done(&c, Begin{content}, s)
	if err != nil {
		return "", err
	}
	return c.ID, d.Store.Begin(ctx, c, change)
}

// done does a deed and writes down what is kept with it.
func (d *Desk) done(c *Consultation, deed Deed, s Scene) (Change, error) {
	change := Change{Pen: event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}}
	before := c.Duty(s)
	e, err := c.Do(deed, s)
	if err != nil {
		return change, err
	}
	happened := change.Pen.Write(c.Organ, Subject(c.ID), e.Event, e)
	happened.State = c.Digest()
	change.Events, change.Agendas = []event.Event{happened}, []Agenda{c.agenda(e.Event, before, s)}
	return change, nil
}

// Do does a deed with a consultation.
func (d *Desk) Do(ctx context.Context, actor account.Actor, id string, deed Deed) error {
	c, tree, err := d.may(ctx, actor, account.SeeConsultations, id)
	if err != nil {
		return err
	}
	if err := actor.May(rows.Nearest(c.Status, deed.Event()).Right, c.Organ, tree); err != nil {
		return err
	}
	s, err := d.scene(ctx, actor.ID, c.Organ)
	if err != nil {
		return err
	}
	if final, ok := deed.(LinkFinal); ok {
		if _, err := d.Documents.PublicTitle(ctx, final.Document); err != nil {
			return errs.InField("document", "没有这个公开的文件；请先在“主动公开”里公布，再填写它的编号或者网址。")
		}
	}
	found, seen, err := d.look(ctx, c, deed)
	if err != nil {
		return err
	}
	s.Found = found
	return d.Store.Update(ctx, id, func(c *Consultation, ledger []Opinion) (Change, error) {
		if !slices.Equal(c.pieces(deed, ledger), seen) { // the release guard has seen something else
			return Change{}, errs.New(errs.Conflict, "另一个人刚刚改动了要公开的内容，请刷新页面再办理。")
		}
		s.Ledger = ledger
		return d.done(c, deed, s)
	})
}

// Bench is a consultation with everything around it, as its page shows it.
type Bench struct {
	Consultation Consultation
	Row          Row
	Scene        Scene
	Options      []Option
	Tally        Tally
	Final        string // title of the document that was published in the end
}

// Open gives a consultation and what may be done with it.
func (d *Desk) Open(ctx context.Context, actor account.Actor, id string) (Bench, error) {
	c, tree, err := d.may(ctx, actor, account.SeeConsultations, id)
	if err != nil {
		return Bench{}, err
	}
	b := Bench{Consultation: c}
	if b.Scene, err = d.scene(ctx, actor.ID, c.Organ); err != nil {
		return b, err
	}
	if b.Scene.Ledger, err = d.Store.Ledger(ctx, id); err != nil {
		return b, err
	}
	b.Tally = Sum(b.Scene.Ledger)
	b.Row = c.row(c.agenda("", nil, b.Scene).Feedback)
	b.Row.Received, b.Row.Unanswered = b.Tally.Received, b.Tally.Unanswered
	b.Options = rows.Options(c.Status, &c, &b.Scene, func(t Transition) bool { return actor.May(t.Right, c.Organ, tree) == nil })
	if c.Final != "" {
		b.Final, err = d.Documents.PublicTitle(ctx, c.Final)
		if errs.KindOf(err) == errs.NotFound { // it was taken down since
			b.Final, err = "", nil
		}
	}
	return b, err
}

// List gives the consultations that the actor may see.
func (d *Desk) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Row], error) {
	places := actor.Where(account.SeeConsultations)
	if len(places) == 0 {
		return paging.Page[Row]{}, actor.May(account.SeeConsultations, "", &org.Tree{})
	}
	return d.Store.List(ctx, places, q, d.Today())
}

// Filters of the lists.
const (
	FilterOrgan   = "organ"
	FilterBelow   = "below"
	FilterKind    = "kind"
	FilterPhase   = "phase"
	FilterHeld    = "held"    // opened within a span: 2026-01-01..2026-12-31, or a year
	FilterOf      = "of"      // opinions of a consultation
	FilterOutcome = "outcome" // of an opinion; also unanswered, counted, aside
	FilterChannel = "channel"
	FilterLate    = "late"
	FilterCame    = "came" // opinions received within a span
)
