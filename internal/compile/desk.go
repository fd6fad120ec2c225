package compile

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
)

// Store keeps reports: at most one of an organ and a year.
type Store interface {
	// Report gives the report of an organ on a year; NotFound when there is none.
	Report(ctx context.Context, organ string, year int) (Report, error)
	// Update changes the report of an organ and a year as judge says; one that is not
	// begun has the status New.
	Update(ctx context.Context, organ string, year int, judge func(*Report) (Change, error)) error
	// Standing gives how the reports of a year stand, of those organs that have one.
	Standing(ctx context.Context, year int) ([]Standing, error)
	// Remind makes what stands on people's lists about reports what it should be.
	Remind(ctx context.Context, pen event.Pen, agendas []Agenda) error
}

// Change is what is kept together with a report.
type Change struct {
	Events []event.Event
	Pen    event.Pen
	Agenda Agenda
	// Roll are the records that a signature freezes, as Roll.Print writes them; nil for
	// none.
	Roll []byte
	// Parcel is what is to be carried to the superior's system; nil for nothing.
	Parcel *Parcel
}

// Standing is how far a report is, without its text.
type Standing struct {
	Organ       string
	Status      Status
	Versions    int
	SignedOn    calendar.Date
	PublishedOn calendar.Date // of the document that publishes it
	SentOn      calendar.Date
}

// Press publishes what was signed.
type Press interface {
	// Draft makes a document of publication out of a signed report; former is the
	// document that published the version before, "" for none, and gets the new text. It
	// gives the document's key.
	Draft(ctx context.Context, actor account.Actor, r Report, former string) (document string, err error)
	// PublishedOn gives the day, not before one, on which a text of a document became
	// public; zero while none did.
	PublishedOn(ctx context.Context, document string, from calendar.Date) (calendar.Date, error)
}

// Policies hands out what an organ decides.
type Policies interface {
	ReportPolicy(ctx context.Context, organ string) (Policy, error)
}

// Contacts tells where a report is published and who answers questions about it.
type Contacts interface {
	ReportContact(ctx context.Context, organ string) (Contact, error)
}

// Desk is what is done with annual reports.
type Desk struct {
	Store     Store
	Recounts  Recounts
	Rolls     Rolls
	Trees     org.Trees
	Sources   []Source
	Contacts  Contacts
	Policies  Policies
	Press     Press
	Superiors Superiors
	Clock     clock.Clock
	IDs       ident.Source
	// Wake lets a parcel be carried soon; nil where that is waited for.
	Wake func(ctx context.Context) error
}

// Bench is a report with everything around it, as the workbench shows it.
type Bench struct {
	Report  Report
	Scene   Scene
	Options []Option
	// Examined is what is worked on; of a report that is signed, what was signed.
	Examined Examination
	// Published are the days on which the versions became public, zero for those that
	// are not.
	Published []calendar.Date
	// Since are the cells that the records count otherwise now than when the last
	// version was signed: never slipped in, shown.
	Since []Drift
	// Changed are the conventions that are others now than when it was signed.
	Changed []ConventionChange
}

// Drift is a cell of which the records say something else than what was signed.
type Drift struct {
	Ref         annual.Ref
	Signed, Now int64
}

// Open gives the workbench of an organ and a year.
func (d *Desk) Open(ctx context.Context, actor account.Actor, organ string, year int) (Bench, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Bench{}, err
	}
	if err := actor.May(account.SeeReports, organ, tree); err != nil {
		return Bench{}, err
	}
	b := Bench{}
	if b.Report, err = d.Store.Report(ctx, organ, year); errs.KindOf(err) == errs.NotFound {
		b.Report, err = Report{Organ: organ, Year: year}, nil
	}
	if err != nil {
		return b, err
	}
	if b.Scene, err = d.scene(ctx, actor, organ, year, tree); err != nil {
		return b, err
	}
	b.Options = b.Report.Options(actor, tree, b.Scene)
	last, signed := b.Report.Last()
	switch {
	case b.Report.Draft != nil:
		b.Examined = b.Report.Draft.Examine(b.Scene, year)
	case signed:
		if b.Examined.Report, err = last.Report(); err != nil {
			return b, err
		}
	default:
		b.Examined.Report = Content{}.Compose(b.Scene.Organ.Name, year, b.Scene.Figures, b.Scene.Today)
	}
	for _, v := range b.Report.Versions {
		on := calendar.Date{}
		if v.Document != "" {
			if on, err = d.Press.PublishedOn(ctx, v.Document, v.SignedOn); err != nil {
				return b, err
			}
		}
		b.Published = append(b.Published, on)
	}
	if signed {
		b.Changed = last.changedSince(b.Scene.Policy.Conventions)
		b.Since, err = last.drift(b.Scene.Figures)
	}
	return b, err
}

// drift compares what was signed with the records.
func (v Version) drift(now Figures) ([]Drift, error) {
	r, err := v.Report()
	if err != nil {
		return nil, err
	}
	var all []Drift
	for _, ref := range r.Refs() {
		n, counted := now.Cells[ref]
		n = now.asPrinted(ref, n)
		if was := r.Cells[ref]; counted && was.Known() && was.N != n.N {
			all = append(all, Drift{ref, was.N, n.N})
		}
	}
	return all, nil
}

// Do does a deed with the report of an organ on a year. Figures are counted before
// the change begins and are what is frozen by a signature.
func (d *Desk) Do(ctx context.Context, actor account.Actor, organ string, year int, deed Deed) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.SeeReports, organ, tree); err != nil {
		return err
	}
	s, err := d.scene(ctx, actor, organ, year, tree)
	if err != nil {
		return err
	}
	if _, ok := deed.(Issue); ok {
		if deed, err = d.issue(ctx, actor, organ, year, s, tree); err != nil {
			return err
		}
	}
	if _, ok := deed.(Sign); ok {
		if s.Roll, err = d.take(ctx, organ, year); err != nil {
			return err
		}
	}
	posted := false
	if err := d.Store.Update(ctx, organ, year, func(r *Report) (Change, error) {
		if err := actor.May(rows.Nearest(r.Status, deed.Event()).Right, organ, tree); err != nil {
			return Change{}, err
		}
		if r.ID == "" {
			r.ID, r.Organ, r.Year = Key(organ, year), organ, year
		}
		c, err := d.done(r, deed, s)
		posted = c.Parcel != nil
		return c, err
	}); err != nil || !posted || d.Wake == nil {
		return err
	}
	return d.Wake(ctx)
}

// done does a deed and gives what is kept with it.
func (d *Desk) done(r *Report, deed Deed, s Scene) (Change, error) {
	c := Change{Pen: event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}}
	before := r.Duty(s)
	e, err := r.Do(deed, s)
	if err != nil {
		return c, err
	}
	happened := c.Pen.Write(r.Organ, Subject(r.ID), e.Event, e)
	happened.State = r.Digest()
	c.Events, c.Agenda = []event.Event{happened}, r.agenda(e.Event, before, s)
	if e.Event == Signed {
		if c.Roll, _, err = s.Roll.Print(); err != nil {
			return c, err
		}
	}
	if last, _ := r.Last(); e.Event == Sent && last.SentWay == ByPost {
		c.Parcel = &Parcel{ID: d.IDs.New(), Organ: r.Organ, Year: r.Year, Version: len(r.Versions), Address: s.Superior.Address, By: s.Actor, At: s.At}
	}
	return c, nil
}

// issue drafts the document by which the last version is published. A second version
// becomes a new text of the first one's document, so that both stay readable there.
func (d *Desk) issue(ctx context.Context, actor account.Actor, organ string, year int, s Scene, tree *org.Tree) (Deed, error) {
	r, err := d.Store.Report(ctx, organ, year)
	if err != nil {
		return nil, err
	}
	if err := actor.May(rows.Nearest(r.Status, Issued).Right, organ, tree); err != nil {
		return nil, err
	}
	if _, err := rows.May(r.Status, Issued, &r, &s); err != nil {
		return nil, err
	}
	former := ""
	for _, v := range r.Versions {
		if v.Document != "" {
			former = v.Document
		}
	}
	document, err := d.Press.Draft(ctx, actor, r, former)
	return Issue{Document: document}, err
}

// scene gives what surrounds a report.
func (d *Desk) scene(ctx context.Context, actor account.Actor, organ string, year int, tree *org.Tree) (Scene, error) {
	now := d.Clock.Now()
	s := Scene{Actor: actor.ID, At: now, Today: calendar.On(now.Year(), now.Month(), now.Day())}
	n, ok := tree.Node(organ)
	if !ok || n.Nature == org.Internal {
		return s, errs.New(errs.NotFound, "没有这个机关；内设机构不单独编制年度报告（条例§49）。")
	}
	if annual.FormFor(year) == nil || year > s.Today.Year() {
		return s, errs.New(errs.NotFound, "没有%d年的报告格式。", year)
	}
	s.Organ = n
	var err error
	if s.Contact, err = d.Contacts.ReportContact(ctx, organ); err != nil {
		return s, err
	}
	if s.Figures, err = d.figures(ctx, actor, organ, year); err != nil {
		return s, err
	}
	if s.Policy, err = d.Policies.ReportPolicy(ctx, organ); err != nil {
		return s, err
	}
	if s.Superior, err = d.Superiors.Superior(ctx, organ); err != nil {
		return s, err
	}
	if s.Superior.Name == "" {
		s.Superior.Name = tree.Name(n.Parent)
	}
	s.Due, s.Figures.Places = s.Policy.Due(n, year), s.Policy.TablePlaces
	for i := range s.Figures.Named {
		s.Figures.Named[i].Places = s.Policy.Places
	}
	if s.Before, err = d.before(ctx, organ, year); err != nil {
		return s, err
	}
	s.Former, err = d.former(ctx, actor, s, year)
	return s, err
}

// former gives what this year is set beside: the report of the year before, or where
// none was made here what the records have; nil for a year that has no form.
func (d *Desk) former(ctx context.Context, actor account.Actor, s Scene, year int) (*annual.Report, error) {
	if s.Before != nil || annual.FormFor(year-1) == nil {
		return s.Before, nil
	}
	f, err := d.figures(ctx, actor, s.Organ.ID, year-1)
	if err != nil {
		return nil, err
	}
	r := Content{}.Compose(s.Organ.Name, year-1, f, s.Today)
	for _, v := range r.Cells {
		if v.N > 0 {
			return r, nil
		}
	}
	return nil, nil // nothing was recorded here yet
}

// figures puts together what every task counts.
func (d *Desk) figures(ctx context.Context, actor account.Actor, organ string, year int) (Figures, error) {
	all := Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]Cases{}}
	for _, source := range d.Sources {
		f, err := source.Figures(ctx, actor, account.Place{Organ: organ}, year)
		if err != nil {
			return all, err
		}
		all.merge(f, annual.FormFor(year), false)
	}
	return all, nil
}

// before gives the report of the year before as it stands; nil when there is none.
func (d *Desk) before(ctx context.Context, organ string, year int) (*annual.Report, error) {
	r, err := d.Store.Report(ctx, organ, year-1)
	last, ok := r.Last()
	if errs.KindOf(err) == errs.NotFound || err == nil && !ok {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return last.Report()
}
