package foi

import (
	"context"
	"maps"
	"slices"
	"strings"

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

// Store keeps requests.
type Store interface {
	// Request gives NotFound when there is none.
	Request(ctx context.Context, id string) (Request, error)
	// Add keeps new requests as judge says, all or none.
	Add(ctx context.Context, judge func(Around) (Change, error)) error
	// Update changes a request as judge says.
	Update(ctx context.Context, id string, judge func(*Request, Around) (Change, error)) error
	// List gives the requests of some places; see the filters in list.go.
	List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	// Holders gives the keys of the people in office who have a role in an organ.
	Holders(ctx context.Context, organ string, role account.Role) ([]string, error)
	// Numbers gives the numbers that an organ's requests have.
	Numbers(ctx context.Context, organ string) (map[string]bool, error)
	// OfYear gives the requests that an organ received in a year (0: in any), those
	// not received yet included, by key after one; none that was split.
	OfYear(ctx context.Context, organ string, year int, after string, most int) ([]Request, error)
	// Publications gives the documents that were made from what a request was told, those
	// that were given up excepted.
	Publications(ctx context.Context, request string) ([]Publication, error)
	Append(ctx context.Context, events ...event.Event) error
	// Fees gives demands of fees, FeeSums what they come to by state.
	Fees(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[FeeRow], error)
	FeeSums(ctx context.Context, places []account.Place, q paging.Query) ([]FeeSum, error)
	// Applicants counts an organ's requests between two days by who asked.
	Applicants(ctx context.Context, organ string, first, last calendar.Date, q paging.Query) (paging.Page[Applicant], error)
	// Disputes gives reconsiderations and suits.
	Disputes(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[DisputeRow], error)
	// Loads counts the open requests of a place by organ, status and handler.
	Loads(ctx context.Context, place account.Place, h Horizon) ([]Load, error)
	// Paces gives how punctual the replies of a year were, by organ.
	Paces(ctx context.Context, place account.Place, year int) (map[string]Pace, error)
	// Kin gives requests of the same organ that are of the same applicant since a
	// day, and such as leave one of the traces, the latest first, so many of each.
	Kin(ctx context.Context, r Request, since calendar.Date, traces []int64, most int) ([]Kin, error)
	// Running gives requests whose reply is still due, by key after one.
	Running(ctx context.Context, after string, most int) ([]Request, error)
	// Sweep goes through those that are open, or in dispute, in one change. Of a
	// request for which judge gives events only the limit may change; kept is how
	// many those were. last is "" when there are no more.
	Sweep(ctx context.Context, after string, most int, judge func(*Request) (Change, error)) (last string, kept int, err error)
	// Count gives tables 3 and 4 of a year over an organ, or it and all below.
	Count(ctx context.Context, place account.Place, year int, c Conventions) (Table3, Table4, error)
	// CountSpan gives the same of any days, counted from the requests themselves.
	CountSpan(ctx context.Context, place account.Place, span calendar.Span, c Conventions) (Table3, Table4, error)
}

// Around is what a change of a request needs of its transaction.
type Around struct {
	// Next gives the next number of a series of an organ in a year, from 1,
	// without a gap.
	Next func(organ, series string, year int) (int64, error)
	// Reach lets a series go on behind a number, if it is not there yet.
	Reach func(organ, series string, year int, n int64) error
	// Papers gives the letters of a request, the oldest first.
	Papers func(request string) ([]Paper, error)
}

// Change is what is kept together with a request.
type Change struct {
	Added     []Request
	Act       event.Kind // what was done: what the actor had put aside for it has served
	Draft     string     // becomes the first that is added, once: Conflict when it has become one
	Ledger    string     // becomes those that are added, once: Conflict when it has
	Papers    []Paper    // new ones and such as change
	Data      []personal.Datum
	KeepUntil *calendar.Date // when its personal data are erased; the zero date: not yet
	OwnUntil  *calendar.Date // when the organ's papers that stay inside are, likewise
	Events    []event.Event
	Pen       event.Pen // with which work is written
	Agendas   []Agenda  // what is to be done now
}

// Calendars hands out the calendar that deadlines are counted by.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Policies hands out what an organ decides.
type Policies interface {
	RequestPolicy(ctx context.Context, organ string) (Policy, error)
}

// Vault seals personal data.
type Vault interface {
	Seal(actor, organ string, owner event.Subject, kind personal.Kind, plain string) (personal.Datum, event.Event, error)
	Find(ctx context.Context, actor account.Actor, kind personal.Kind, plain string) ([]event.Subject, error)
}

// Facts are personal data of one party, in plain text.
type Facts map[personal.Kind]string

// Desk is what is done with requests.
type Desk struct {
	Store     Store
	Trees     org.Trees
	Calendars Calendars
	Policies  Policies
	Vault     Vault
	// Stands gives for whom somebody stands in today in an organ; nil for nobody.
	Stands func(ctx context.Context, actor, organ string) ([]string, error)
	Gate   Gate   // nil lets every file out
	Scribe Scribe // nil writes no letters
	Clock  clock.Clock
	IDs    ident.Source
}

// Do does a deed with a request.
func (d *Desk) Do(ctx context.Context, actor account.Actor, id string, deed Deed) error {
	return d.byOfficer(ctx, actor, id, deed, nil)
}

// Consult asks a third party or another organ. What is told of a person is kept
// by the vault.
func (d *Desk) Consult(ctx context.Context, actor account.Actor, id string, deed Consult, facts Facts) error {
	return d.byOfficer(ctx, actor, id, deed, facts)
}

// byOfficer judges an actor by the rights of this moment.
func (d *Desk) byOfficer(ctx context.Context, actor account.Actor, id string, deed Deed, facts Facts) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return d.do(ctx, actor.ID, id, deed, facts, func(r *Request) error {
		who := rows.Nearest(r.Status, deed.Event()).Who
		if answer, ok := deed.(AnswerSearch); ok {
			if q := r.search(answer.Ref); q != nil && actor.May(who.Right, q.Organ, tree) == nil {
				return nil
			}
		}
		return r.permits(Who{Right: who.Right}, actor, tree)
	})
}

// ByApplicant does what the applicant may do themself. Whoever calls it has made
// sure that it is the applicant.
func (d *Desk) ByApplicant(ctx context.Context, id string, deed Deed) error {
	return d.do(ctx, event.Public, id, deed, nil, func(r *Request) error {
		if rows.Nearest(r.Status, deed.Event()).Who.Applicant {
			return nil
		}
		return errs.New(errs.Forbidden, "这一环节由行政机关办理。")
	})
}

// do is the shape of every deed: may this person, here? Then the rule, and what
// happened with it. What must be read beside the request is read before the
// change begins.
func (d *Desk) do(ctx context.Context, actor, id string, deed Deed, facts Facts, may func(*Request) error) error {
	seen, err := d.Store.Request(ctx, id)
	if err != nil {
		return err
	}
	if err := may(&seen); err != nil {
		return err
	}
	if err := d.handler(ctx, seen.Organ, deed); err != nil {
		return err
	}
	if err := d.published(ctx, id, deed); err != nil {
		return err
	}
	s, err := d.scene(ctx, actor, seen.Organ)
	if err == nil {
		deed, err = d.withFiles(ctx, actor, seen, deed, &s)
	}
	if err == nil {
		err = d.gate(ctx, seen, &s)
	}
	if err != nil {
		return err
	}
	return d.Store.Update(ctx, id, func(r *Request, around Around) (Change, error) {
		if err := may(r); err != nil {
			return Change{}, err
		}
		return d.change(r, deed, facts, s, around)
	})
}

// handler looks whether a request is given to somebody who handles requests there.
func (d *Desk) handler(ctx context.Context, organ string, deed Deed) error {
	reassign, ok := deed.(Reassign)
	if !ok || reassign.To == "" {
		return nil
	}
	people, err := d.Store.Holders(ctx, organ, account.Clerk)
	if err == nil && !slices.Contains(people, reassign.To) {
		return errs.InField("to", "请选择本机关的经办人。")
	}
	return err
}

// change applies the deed and puts together what is kept with it.
func (d *Desk) change(r *Request, deed Deed, facts Facts, s Scene, around Around) (Change, error) {
	var c Change
	deed, err := d.numbered(r, deed, s, around, &c)
	if err != nil {
		return c, err
	}
	before := *r
	e, err := r.Do(deed, s)
	if err != nil {
		return c, err
	}
	if n := len(r.Parties); n > len(before.Parties) {
		if r.Parties[n-1].Data, err = d.seal(*r, n, facts, s, &c); err != nil {
			return c, err
		}
	}
	c.Act, c.Events = e.Event, append(c.Events, d.happened(*r, e, s))
	if err := d.paper(*r, e, s, around, &c); err != nil {
		return c, err
	}
	if err := d.lists(&c, r, e.Event, &before, s); err != nil {
		return c, err
	}
	c.OwnUntil = keepUntil(before.Status, *r, s.Policy.RecordYears)
	if c.KeepUntil = keepUntil(before.Status, *r, s.Policy.KeepYears); c.KeepUntil != nil {
		c.Events = append(c.Events, d.scheduled(*r, *c.KeepUntil, s)...)
	}
	return c, nil
}

// lists puts what is to be done now about a request, and about the parts that it
// was split into, on people's lists.
func (d *Desk) lists(c *Change, r *Request, kind event.Kind, before *Request, s Scene) error {
	c.Pen = event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}
	own, err := r.agenda(kind, before, s)
	if err != nil {
		return err
	}
	c.Agendas = append(c.Agendas, own)
	for i := range c.Added {
		if c.Added[i].ID == r.ID {
			continue
		}
		part, err := c.Added[i].agenda(kind, nil, s)
		if err != nil {
			return err
		}
		c.Agendas = append(c.Agendas, part)
	}
	return nil
}

// happened is the event of an entry.
func (d *Desk) happened(r Request, e Entry, s Scene) event.Event {
	happened := event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}.Write(r.Organ, Subject(r.ID), e.Event, e)
	happened.State = r.Digest()
	return happened
}

// scheduled are the events of personal data that get a last day, or lose it.
func (d *Desk) scheduled(r Request, until calendar.Date, s Scene) []event.Event {
	var all []event.Event
	for _, p := range r.Parties {
		owner := event.Subject{}
		owner.Type, owner.ID, _ = strings.Cut(p.Owner, "/")
		all = append(all, event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}.Write(r.Organ, owner, "personal.scheduled", map[string]string{"until": until.String()}))
	}
	return all
}

// seal seals what is told of the n-th party and gives the keys.
func (d *Desk) seal(r Request, n int, facts Facts, s Scene, c *Change) (map[personal.Kind]string, error) {
	keys := map[personal.Kind]string{}
	for _, kind := range slices.Sorted(maps.Keys(facts)) {
		if strings.TrimSpace(facts[kind]) == "" {
			continue
		}
		datum, e, err := d.Vault.Seal(s.Actor, r.Organ, r.ownerOf(n), kind, facts[kind])
		if err != nil {
			return nil, fieldOf(string(kind), err)
		}
		keys[kind] = datum.ID
		c.Data, c.Events = append(c.Data, datum), append(c.Events, e)
	}
	return keys, nil
}

// fieldOf says beside the field what is wrong with a datum.
func fieldOf(name string, err error) error {
	if errs.KindOf(err) != errs.Invalid {
		return err
	}
	return errs.AtField(name, err)
}

// numbered gives a reply its number, and the parts of a request theirs.
func (d *Desk) numbered(r *Request, deed Deed, s Scene, around Around, c *Change) (Deed, error) {
	switch deed := deed.(type) {
	case Sign:
		n, err := around.Next(r.Organ, "reply", s.Today.Year())
		return Sign{Number: NumberOf(s.Policy.ReplyPrefix, s.Today.Year(), n)}, err
	case Divide:
		return d.divided(r, deed, s, c)
	}
	return deed, nil
}

// keepUntil gives when something is erased: so many years after a request is closed;
// nil when the deed changes nothing about it.
func keepUntil(before Status, r Request, years int) *calendar.Date {
	closed := func(s Status) bool { return s == Closed || s == InArchive }
	switch {
	case closed(before) == closed(r.Status) || years == 0:
		return nil
	case closed(r.Status):
		until, _ := r.History[len(r.History)-1].On.AddMonths(12 * years)
		return &until
	}
	return new(calendar.Date)
}

// Today gives the day in Shanghai.
func (d *Desk) Today() calendar.Date {
	now := d.Clock.Now()
	return calendar.On(now.Year(), now.Month(), now.Day())
}

// scene gives what surrounds a deed of somebody in an organ now.
func (d *Desk) scene(ctx context.Context, actor, organ string) (Scene, error) {
	s := Scene{Actor: actor, At: d.Clock.Now(), Today: d.Today()}
	var err error
	if d.Stands != nil {
		if s.standsFor, err = d.Stands(ctx, actor, organ); err != nil {
			return s, err
		}
	}
	if s.Calendar, err = d.Calendars.Calendar(ctx); err != nil {
		return s, err
	}
	if s.Policy, err = d.Policies.RequestPolicy(ctx, organ); err != nil {
		return s, err
	}
	if s.Calendar = s.Calendar.Local(s.Policy.Region); d.Scribe == nil {
		return s, nil
	}
	s.writer, err = d.Scribe.Ready(ctx, organ)
	return s, err
}
