package collect

import (
	"context"
	"io"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/job"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/work"
)

// Store keeps what was received and what was found.
type Store interface {
	BatchStore
	// List gives the organs that there were on a day, of some places, with how their
	// reports of a year stand; the zero day is today.
	List(ctx context.Context, places []account.Place, year int, day calendar.Date, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	// CountStages counts the organs of some places by the stage of their reports; late are
	// those that came late, missing those that did not come until their last day.
	CountStages(ctx context.Context, places []account.Place, year int, day, today calendar.Date) (stages map[Stage]int, late, missing int, err error)
	// EachCounting hands over the reports of a year that count, of some organs.
	EachCounting(ctx context.Context, organs []string, year int, each func(Counting) error) error
	// Counting gives the report of an organ that counts; NotFound where none does.
	Counting(ctx context.Context, organ string, year int) (Counting, error)
	// Changes counts how often a report of a year that counts has changed.
	Changes(ctx context.Context, year int) (int64, error)
	LedFromAbove(ctx context.Context, on calendar.Date) ([]string, error)
	// Absorbed gives the organs that were merged into one after a day and not after another.
	Absorbed(ctx context.Context, organ string, after, until calendar.Date) ([]string, error)

	Received(ctx context.Context, id string) (Received, error)
	// Of gives all that was received of an organ and a year, the newest first.
	Of(ctx context.Context, organ string, year int) ([]Received, error)
	// WaitingIn gives what waits to be placed, received by organs of some places.
	WaitingIn(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[Received], error)
	// Take keeps a new one; judge sees those of the same organ and year.
	Take(ctx context.Context, r Received, judge func(r *Received, before []Received) (ReceivedChange, error)) error
	// UpdateReceived changes one; judge sees the others of the organ and year that it is to
	// belong to.
	UpdateReceived(ctx context.Context, id string, organ string, year int, judge func(r *Received, before []Received) (ReceivedChange, error)) error

	// Stale gives checks to be made anew, at most so many.
	Stale(ctx context.Context, most int) ([]Stale, error)
	KeepCheck(ctx context.Context, c Checked) error
	// Sharing gives the organs whose reports of a year share most of some sentences.
	Sharing(ctx context.Context, year int, sentences []string, but string) ([]string, error)
	// Found gives what was found of an organ and a year; the zero value before it was
	// checked.
	Found(ctx context.Context, organ string, year int) (Found, error)
	// Years gives the figures of the checked years of an organ, and of the sums at it.
	Years(ctx context.Context, organ string) ([]YearFigures, error)
	// SetDue keeps the last days of organs for a year.
	SetDue(ctx context.Context, year int, due map[string]calendar.Date) error

	// Compare gives what everybody may see of the organs of a place on a day; of no organ:
	// of all.
	Compare(ctx context.Context, place account.Place, year int, day calendar.Date, q paging.Query, today calendar.Date) (paging.Page[Compared], error)
	ComparedYears(ctx context.Context, today calendar.Date) ([]int, error)
	// Recompare lets the pages that compare be made anew: what is public changes with the
	// day.
	Recompare(ctx context.Context) error

	Notice(ctx context.Context, id string) (Notice, error)
	// AddNotice keeps a new notice and gives it the next number of its keeper.
	AddNotice(ctx context.Context, keeper, organ string, year int, judge func(n *Notice, number int, another bool) (NoticeChange, error)) error
	UpdateNotice(ctx context.Context, id string, judge func(*Notice) (NoticeChange, error)) error
	Notices(ctx context.Context, places, own []account.Place, q paging.Query, today calendar.Date) (paging.Page[Notice], error)
	NoticesOf(ctx context.Context, organ string, year int) ([]Notice, error)

	Senders(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[Sender], error)
	Sender(ctx context.Context, id string) (Sender, error)
	LiveSenders(ctx context.Context) ([]Sender, error)
	// AddSender gives Conflict where the key is registered already.
	AddSender(ctx context.Context, s Sender, events []event.Event) error
	EndSender(ctx context.Context, s Sender, events []event.Event) error
	SenderUsed(ctx context.Context, id string, at time.Time) error

	// Deliveries gives those of a report, the newest first.
	Deliveries(ctx context.Context, organ string, year int) ([]Delivery, error)
	UnderWay(ctx context.Context) ([]Delivery, error)
	// TriedDelivery keeps why one did not get through.
	TriedDelivery(ctx context.Context, d Delivery) error
	EndDelivery(ctx context.Context, d Delivery, events []event.Event) error
}

// ReceivedChange is what is kept together with a received report.
type ReceivedChange struct {
	Events []event.Event
	Others []Received // of the same organ and year, whose state changes with it
	Step   *Step      // of the batch it came in; nil for none
}

// NoticeChange is what is kept together with a notice.
type NoticeChange struct {
	Pen    event.Pen
	Events []event.Event
	Wanted []work.Opening // what is to be done now, in place of what was
	Done   []string       // titles of what is done now
	How    string
}

// Trees hands out hierarchies. Who is expected to report on a year, and in whose sum the
// report is, goes by that of the end of the year.
type Trees interface {
	org.Trees
	// TreeOfYear gives that of a year with its day; zero where nothing has changed since.
	TreeOfYear(ctx context.Context, year int) (*org.Tree, calendar.Date, error)
}

// Reader reads files of any format.
type Reader interface {
	Read(ctx context.Context, name string, data []byte) (*doc.Doc, error)
}

// Viewer shows files as they were printed.
type Viewer interface {
	// View reads a file with where its parts stand on its pages.
	View(ctx context.Context, name string, data []byte) (Original, error)
	// Paint paints a page of a file that has some, from 1, as a JPEG.
	Paint(ctx context.Context, data []byte, page int) ([]byte, error)
}

// Original is a file as it came, to be looked at beside what was read in it.
type Original struct {
	Text   *doc.Doc
	Papers []doc.Paper                   // pages that can be painted; none of most files
	Areas  func(at doc.Place) []doc.Area // where something is seen on them; nil without Papers
}

// Files keeps files, sealed.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Policies hands out what organs decide.
type Policies interface {
	ReportPolicy(ctx context.Context, organ string) (compile.Policy, error)
	// MendingDays is how many working days a notice gives.
	MendingDays(ctx context.Context, organ string) (int, error)
	// SenderAhead is how far the clock of a sender may run ahead.
	SenderAhead(ctx context.Context, organ string) (time.Duration, error)
}

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// People knows who brought files, and what they may do now.
type People interface {
	Person(ctx context.Context, id string) (account.Person, error)
}

// Desk is what is done with the reports of those below.
type Desk struct {
	Store     Store
	Trees     Trees
	Reader    Reader
	Viewer    Viewer
	Files     Files
	Policies  Policies
	Calendars Calendars
	Queue     job.Queue
	People    People
	Clock     clock.Clock
	IDs       ident.Source
	Name      string // of the key of this deployment, to which others send
	// Wake lets what changed be checked soon; nil where that is waited for.
	Wake func(ctx context.Context) error

	sums    sumCache
	reports knownReports
}

// Today gives the day in Shanghai.
func (d *Desk) Today() calendar.Date { return calendar.On(d.Clock.Now().Date()) }

// pen writes the events of somebody now.
func (d *Desk) pen(actor string) event.Pen {
	return event.Pen{Actor: actor, At: d.Clock.Now(), IDs: d.IDs}
}

// ruling gives the hierarchy by which somebody may do something about the report of an organ
// on a year: that of today, or of that year, for whoever it belonged to then.
func (d *Desk) ruling(ctx context.Context, actor account.Actor, act account.Act, organ string, year int) (*org.Tree, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	wrong := actor.May(act, organ, tree)
	if wrong == nil || year == 0 {
		return tree, wrong
	}
	then, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return nil, err
	}
	if actor.May(act, organ, then) == nil {
		return then, nil
	}
	return nil, wrong
}

// sees judges whether somebody may see the reports of an organ on a year, and gives the
// hierarchy by which they may.
func (d *Desk) sees(ctx context.Context, actor account.Actor, act account.Act, organ string, year int) (*org.Tree, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if n, ok := tree.Node(organ); !ok || n.Nature == org.Internal {
		return nil, errs.New(errs.NotFound, "没有这个机关；内设机构不单独编制年度报告（条例§49）。")
	}
	if tree, err = d.ruling(ctx, actor, act, organ, year); err != nil {
		return nil, err
	}
	return tree, knownYear(year, d.Today())
}

// AsOf gives the day whose hierarchy lists and sums of a year go by; zero where nothing has
// changed since.
func (d *Desk) AsOf(ctx context.Context, year int) (calendar.Date, error) {
	_, day, err := d.Trees.TreeOfYear(ctx, year)
	return day, err
}

// nodeOf gives an organ as it was at the end of a year, else as it is today.
func (d *Desk) nodeOf(ctx context.Context, organ string, year int) (org.Node, error) {
	then, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return org.Node{}, err
	}
	if n, ok := then.Node(organ); ok {
		return n, nil
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return org.Node{}, err
	}
	n, _ := tree.Node(organ)
	return n, nil
}

// List gives how the reports of a year stand, of the organs where the actor has a right.
func (d *Desk) List(ctx context.Context, actor account.Actor, act account.Act, year int, q paging.Query) (paging.Page[Row], error) {
	if err := knownYear(year, d.Today()); err != nil {
		return paging.Page[Row]{}, err
	}
	places, day, err := d.places(ctx, actor, act, year, q)
	if err != nil {
		return paging.Page[Row]{}, err
	}
	return d.Store.List(ctx, places, year, day, q, d.Today())
}

// Standing gives how the report of one organ on a year stands: the same as in the list.
func (d *Desk) Standing(ctx context.Context, actor account.Actor, act account.Act, organ string, year int) (Row, error) {
	tree, err := d.sees(ctx, actor, act, organ, year)
	if err != nil {
		return Row{}, err
	}
	return d.standing(ctx, tree, organ, year)
}

func (d *Desk) standing(ctx context.Context, tree *org.Tree, organ string, year int) (Row, error) {
	_, day, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return Row{}, err
	}
	page, err := d.Store.List(ctx, []account.Place{{Organ: organ}}, year, day, paging.Query{Size: 1}, d.Today())
	if err != nil || len(page.Rows) == 0 {
		return Row{Organ: organ, Name: tree.Name(organ), Year: year, Stage: Nothing}, err
	}
	return page.Rows[0], nil
}

// Count counts them by stage.
func (d *Desk) Count(ctx context.Context, actor account.Actor, act account.Act, year int, q paging.Query) (stages map[Stage]int, late, missing int, err error) {
	places, day, err := d.places(ctx, actor, act, year, q)
	if err != nil {
		return nil, 0, 0, err
	}
	return d.Store.CountStages(ctx, places, year, day, d.Today())
}

// places gives where the actor has a right, narrowed to what is at and below the organ of
// a filter, and the day of the hierarchy of a year.
func (d *Desk) places(ctx context.Context, actor account.Actor, act account.Act, year int, q paging.Query) ([]account.Place, calendar.Date, error) {
	places := actor.Where(act)
	then, day, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return nil, day, err
	}
	if len(places) == 0 {
		return nil, day, actor.May(act, "", then)
	}
	under := q.Filter(FilterUnder)
	if under == "" {
		return places, day, nil
	}
	if err := actor.May(act, under, then); err != nil {
		return nil, day, err
	}
	for _, p := range places {
		if p.Below && then.Below(under, p.Organ) {
			return []account.Place{{Organ: under, Below: true}}, day, nil
		}
	}
	return []account.Place{{Organ: under}}, day, nil
}

// wake lets what changed be checked soon. That it could not is no reason to undo the
// change: the nightly run finds it.
func (d *Desk) wake(ctx context.Context) error {
	if d.Wake == nil {
		return nil
	}
	return d.Wake(ctx)
}
