package publish

import (
	"cmp"
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// Store keeps documents.
type Store interface {
	// Document gives NotFound when there is none.
	Document(ctx context.Context, id string) (Document, error)
	// Add keeps new documents as judge says, all or none.
	Add(ctx context.Context, judge func(Around) (Change, error)) error
	// Update changes a document as judge says.
	Update(ctx context.Context, id string, judge func(*Document, Around) (Change, error)) error
	// Append keeps what happened where nothing else changes.
	Append(ctx context.Context, events ...event.Event) error
	// List gives the documents of some places; see the filters in list.go.
	List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	// Catalogue gives what everybody may read of a place; one without an organ is all.
	Catalogue(ctx context.Context, place account.Place, q paging.Query) (paging.Page[Listed], error)
	// Known gives which of some numbers documents of an organ have already.
	Known(ctx context.Context, organ string, numbers []string) ([]string, error)
	// Numbered gives the documents of an organ that have a number, those that were given
	// up excepted.
	Numbered(ctx context.Context, organ, number string) ([]Row, error)
	// Indexed gives which of some index numbers are given already, by whomever.
	Indexed(ctx context.Context, indexes []string) ([]string, error)
	// Linked gives the documents that link to one, and how.
	Linked(ctx context.Context, id string) ([]Neighbour, error)
	// Due gives documents whose publication is due, by key after one.
	Due(ctx context.Context, after string, most int) ([]Document, error)
	// Sweep goes through those about which something may be to be done on a day, in
	// one change. last is "" when there are no more.
	Sweep(ctx context.Context, day calendar.Date, after string, most int, judge func(*Document) (Change, error)) (last string, kept int, err error)
	// Count gives the figures of a year over an organ, or it and all below.
	Count(ctx context.Context, place account.Place, year int) (Figures, error)
	// CountSpan gives those of any days, counted from the documents themselves.
	CountSpan(ctx context.Context, place account.Place, span calendar.Span) (Figures, error)
}

// Neighbour is a document that links to another.
type Neighbour struct {
	Row
	Kind LinkKind
}

// Around is what a change of a document needs of its transaction.
type Around struct {
	// Next gives the next number of a series of an organ in a year, from 1,
	// without a gap.
	Next func(organ, series string, year int) (int64, error)
}

// Change is what is kept together with a document.
type Change struct {
	Added   []Document
	Events  []event.Event
	Pen     event.Pen // with which work is written
	Agendas []Agenda  // what is to be done now
	Policy  Policy    // by which the next day is told that something is due
	Stretch *Stretch  // of a list that comes in
}

// Calendars hands out the calendar that deadlines are counted by.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Policies hands out what an organ decides.
type Policies interface {
	PublishPolicy(ctx context.Context, organ string) (Policy, error)
}

// Sources knows the requests from which documents are made (条例§44).
type Sources interface {
	// Answered gives the number of a request whose information was disclosed, wholly
	// or in part, by an organ; an error with a sentence otherwise.
	Answered(ctx context.Context, request, organ string) (number string, err error)
}

// Texts reads what attachments say, so that they are found by it.
type Texts interface {
	// Keep reads a kept file unless that was done before. One that says nothing is no
	// error.
	Keep(ctx context.Context, name, hash string) error
}

// NotDisclosed says that nothing was disclosed to a request that could be published.
func NotDisclosed(number string) error {
	return errs.New(errs.Conflict, "申请%s没有由本机关公开过信息，不能转为主动公开（条例§44）。", number)
}

// Desk is what is done with documents.
type Desk struct {
	Store     Store
	Trees     org.Trees
	Calendars Calendars
	Policies  Policies
	Sources   Sources
	Gate      Gate
	Masker    Masker // nil masks nothing
	Texts     Texts  // nil keeps none: attachments are found by their names then
	Clock     clock.Clock
	IDs       ident.Source
	// Wake tells the program that it has something to do in channels; nil where nobody
	// carries anything. What it does not hear of it finds by itself, later.
	Wake func(ctx context.Context, document string, refs []string)
	// Ready gives the channels into which the program can bring texts of an organ now; nil
	// for none.
	Ready func(ctx context.Context, organ string) ([]Channel, error)
}

// Intake is a document as it is drafted.
type Intake struct {
	// ID is the key under which the form was given out: sent twice, it is the same
	// document. "" for a new key.
	ID      string
	Organ   string // in whose name it is issued
	Section string // that drafts it; "" for the organ itself
	Compose
}

// Draft keeps a new document.
func (d *Desk) Draft(ctx context.Context, actor account.Actor, in Intake) (Document, error) {
	if made, again, err := d.drafted(ctx, actor, in.ID); err != nil || again {
		return made, err
	}
	if err := d.numberFree(ctx, in.Organ, in.Number, ""); err != nil {
		return Document{}, err
	}
	all, err := d.take(ctx, actor, []Intake{in}, nil)
	if err != nil {
		if made, again, known := d.drafted(ctx, actor, in.ID); known == nil && again {
			return made, nil // both were sent at once
		}
		return Document{}, err
	}
	return all[0], nil
}

// take keeps some new documents, all or none; of a list with the stretch that they are.
func (d *Desk) take(ctx context.Context, actor account.Actor, all []Intake, stretch *Stretch) ([]Document, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	scenes := map[string]Scene{}
	for i := range all {
		if err := d.admit(ctx, actor, &all[i], tree); err != nil {
			return nil, err
		}
		if scenes[all[i].Organ], err = d.scene(ctx, actor.ID, all[i].Organ, tree); err != nil {
			return nil, err
		}
	}
	var made []Document
	return made, d.Store.Add(ctx, func(Around) (Change, error) {
		made = nil
		c := Change{Pen: event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}, Stretch: stretch}
		for _, in := range all {
			one := Document{ID: cmp.Or(in.ID, d.IDs.New()), Organ: in.Organ, Section: in.Section}
			if err := d.apply(&one, in.Compose, scenes[in.Organ], &c); err != nil {
				return c, err
			}
			made = append(made, one)
		}
		c.Added = made
		return c, nil
	})
}

// admit asks whether somebody may draft in the name of an organ, and where the
// document comes from.
func (d *Desk) admit(ctx context.Context, actor account.Actor, in *Intake, tree *org.Tree) error {
	if in.Section == "" {
		in.Section = in.Organ
	}
	if err := actor.May(account.DraftDocuments, in.Section, tree); err != nil {
		return err
	}
	issuer, ok := tree.Node(in.Organ)
	if !ok || issuer.Ended || issuer.Nature == org.Internal {
		return errs.InField("organ", "请选择发文机关；内设机构不能以自己的名义发文（条例§10.2）。")
	}
	if in.Section != in.Organ && !tree.Below(in.Section, in.Organ) {
		return errs.InField("organ", "只能为本机关或者上级机关起草文件。")
	}
	if in.Origin.Request == "" {
		return nil
	}
	if d.Sources == nil {
		return errs.New(errs.Invalid, "没有可以转为主动公开的申请（条例§44）。")
	}
	var err error
	in.Origin.Number, err = d.Sources.Answered(ctx, in.Origin.Request, in.Organ)
	return err
}

// Do does a deed with a document. Before a publication the release guard looks at
// what it has not seen yet, and before a submission, so that whoever drafts learns of
// it while they can mend it; what it says is kept, also when it says no.
func (d *Desk) Do(ctx context.Context, actor account.Actor, id string, deed Deed) error {
	return d.DoSeen(ctx, actor, id, "", deed)
}

// DoSeen does a deed with a document as somebody saw it: seen is its Standing then, ""
// for whoever sees it as it is. What was changed meanwhile is looked at first, so that
// nobody passes what they have not read, and nobody writes over what another one wrote.
func (d *Desk) DoSeen(ctx context.Context, actor account.Actor, id, seen string, deed Deed) error {
	switch deed.(type) {
	case Issue:
		if err := d.Scan(ctx, actor, id); err != nil {
			return err
		}
	case Submit:
		if err := d.foretell(ctx, actor, id); err != nil {
			return err
		}
	}
	return d.do(ctx, actor, id, seen, func(Document) (Deed, error) { return deed, nil })
}

// do is the shape of every deed: may this person, here? Then the rule, and what
// happened with it. What must be read beside the document is read before the change
// begins.
func (d *Desk) do(ctx context.Context, actor account.Actor, id, standing string, prepare func(Document) (Deed, error)) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	seen, err := d.Store.Document(ctx, id)
	if err != nil {
		return err
	}
	deed, err := prepare(seen)
	if err != nil || deed == nil {
		return err
	}
	may := func(doc *Document) error { return doc.Permits(rows.Nearest(doc.Status, deed.Event()).Who, actor, tree) }
	if err := may(&seen); err != nil {
		return err
	}
	if err := d.known(ctx, actor, deed, tree); err != nil {
		return err
	}
	if err := d.reaches(ctx, seen.Organ, deed); err != nil {
		return err
	}
	if err := d.lookAtNote(ctx, seen.Organ, deed); err != nil {
		return err
	}
	if err := d.numberFree(ctx, seen.Organ, numberOf(deed), id); err != nil {
		return err
	}
	s, err := d.scene(ctx, actor.ID, seen.Organ, tree)
	if err != nil {
		return err
	}
	var busy []string
	err = d.Store.Update(ctx, id, func(doc *Document, around Around) (Change, error) {
		c := Change{Pen: event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}}
		if err := may(doc); err != nil {
			return c, err
		}
		if standing != "" && standing != doc.Standing() {
			return c, errStale
		}
		deed, err := d.indexed(ctx, doc, deed, s, around)
		if err != nil {
			return c, err
		}
		err = d.apply(doc, deed, s, &c)
		busy = doc.Busy()
		return c, err
	})
	if err == nil && len(busy) > 0 && d.Wake != nil {
		d.Wake(ctx, id, busy)
	}
	return err
}

// Carry enters what the program did with a text in a channel, or found there.
func (d *Desk) Carry(ctx context.Context, id string, carry Carry) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	seen, err := d.Store.Document(ctx, id)
	if err != nil {
		return err
	}
	s, err := d.scene(ctx, event.System, seen.Organ, tree)
	if err != nil {
		return err
	}
	return d.Store.Update(ctx, id, func(doc *Document, _ Around) (Change, error) {
		c := Change{Pen: event.Pen{Actor: event.System, At: s.At, IDs: d.IDs}}
		return c, d.apply(doc, carry, s, &c)
	})
}

// known looks whether there is the document that a deed names.
func (d *Desk) known(ctx context.Context, actor account.Actor, deed Deed, tree *org.Tree) error {
	name, to := "", ""
	switch deed := deed.(type) {
	case AddLink:
		name, to = "to", deed.To
	case SetValidity:
		name, to = "instead", deed.Instead
	}
	if to == "" {
		return nil
	}
	other, err := d.Store.Document(ctx, to)
	if errs.KindOf(err) == errs.NotFound || err == nil && other.Visibility == Inside && other.Seen(actor, tree) != nil {
		return errs.InField(name, "没有找到要关联的文件，请从列表中选择。")
	}
	return err
}

// reaches says with an error that a publication names a channel into which nothing of
// the organ can be brought.
func (d *Desk) reaches(ctx context.Context, organ string, deed Deed) error {
	issue, ok := deed.(Issue)
	if !ok || len(issue.Also) == 0 {
		return nil
	}
	ready, err := d.ready(ctx, organ)
	if err != nil {
		return err
	}
	for _, c := range issue.Also {
		if !slices.Contains(ready, c) {
			return errs.InField("also", "现在不能送%s：没有登记接口账号，或者电子屏已满；请不选它，文件发布以后再送。", c.Words().Chinese)
		}
	}
	return nil
}

func (d *Desk) ready(ctx context.Context, organ string) ([]Channel, error) {
	if d.Ready == nil {
		return nil, nil
	}
	return d.Ready(ctx, organ)
}

// Reachable gives the channels into which a document can be brought at once when it is
// published: those that are ready, and where it does not stand yet.
func (d *Desk) Reachable(ctx context.Context, doc Document) ([]Channel, error) {
	ready, err := d.ready(ctx, doc.Organ)
	return slices.DeleteFunc(slices.Clone(ready), func(c Channel) bool {
		return slices.ContainsFunc(doc.Posts, func(p Post) bool { return p.Channel == c && p.Sending != nil && p.Sending.At != AtEnd })
	}), err
}

// apply does the deed, and what goes with it, and puts together what is kept.
func (d *Desk) apply(doc *Document, deed Deed, s Scene, c *Change) error {
	before := *doc
	e, err := happens(doc, deed, s, c)
	if err != nil {
		return err
	}
	if issue, ok := deed.(Issue); ok {
		for _, to := range issue.Also {
			if _, err := happens(doc, Send{Channel: to, Variant: doc.Words(to)}, s, c); err != nil {
				return alsoField(err)
			}
		}
	}
	a, err := doc.agenda(e.Event, &before, s)
	c.Agendas, c.Policy = append(c.Agendas, a), s.Policy
	return err
}

// happens does a deed and writes what has happened.
func happens(doc *Document, deed Deed, s Scene, c *Change) (Entry, error) {
	e, err := doc.Do(deed, s)
	if err != nil {
		return e, err
	}
	happened := c.Pen.Write(doc.Organ, Subject(doc.ID), e.Event, e)
	happened.State = doc.Digest()
	c.Events = append(c.Events, happened)
	return e, nil
}

// alsoField says what is wrong with a text beside the channels that were chosen.
func alsoField(err error) error {
	if errs.KindOf(err) != errs.Invalid {
		return err
	}
	return errs.InField("also", "%s也可以不选这个渠道，文件发布以后另写文本再送。", errs.Public(err))
}

// indexed gives a document its index number when it is published for the first
// time: the one that it had on an old site, or the next. One that a
// document of an old site has is passed over: none is given twice.
func (d *Desk) indexed(ctx context.Context, doc *Document, deed Deed, s Scene, around Around) (Deed, error) {
	issue, ok := deed.(Issue)
	if !ok || doc.Index != "" {
		return deed, nil
	}
	if err := doc.Try(Issued, s); err != nil {
		return deed, err // no number is taken for what is refused
	}
	if doc.Origin.Index != "" {
		issue.Index = doc.Origin.Index
		return issue, nil
	}
	for {
		n, err := around.Next(doc.Organ, "index", s.Today.Year())
		if err != nil {
			return deed, err
		}
		index, err := s.Policy.number(s, n)
		if err != nil {
			return deed, err
		}
		if taken, err := d.Store.Indexed(ctx, []string{index}); err != nil || len(taken) == 0 {
			issue.Index = index
			return issue, err
		}
	}
}

// Today gives the day in Shanghai.
func (d *Desk) Today() calendar.Date {
	now := d.Clock.Now()
	return calendar.On(now.Year(), now.Month(), now.Day())
}

// scene gives what surrounds a deed of somebody in an organ now.
func (d *Desk) scene(ctx context.Context, actor, organ string, tree *org.Tree) (Scene, error) {
	s := Scene{Actor: actor, At: d.Clock.Now(), Today: d.Today()}
	n, ok := tree.Node(organ)
	if !ok {
		return s, errs.New(errs.NotFound, "没有这个机关。")
	}
	s.Level = LevelOf(n)
	var err error
	if s.Calendar, err = d.Calendars.Calendar(ctx); err != nil {
		return s, err
	}
	if s.Policy, err = d.Policies.PublishPolicy(ctx, organ); s.Policy.Code == "" {
		s.Policy.Code = n.CreditCode
	}
	s.Calendar = s.Calendar.Local(s.Policy.Region)
	return s, err
}

// LevelOf gives what matters of an organ's place. Cities with districts make rules,
// counties and townships do not.
func LevelOf(n org.Node) Level {
	level := law.Level("")
	switch {
	case n.Level == org.Town:
		level = law.Township
	case n.Level == org.County || n.Level == org.City:
		level = law.CityOrCounty
	}
	l := Level{Rules: n.Level != org.Town && n.Level != org.County}
	for _, s := range law.Subjects(level) {
		l.Subjects = append(l.Subjects, s.ID)
	}
	return l
}

// CalendarOf gives the calendar that an organ's documents are counted by: with the days
// of rest of its region, where it has said which that is.
func (d *Desk) CalendarOf(ctx context.Context, organ string) (*calendar.Calendar, error) {
	whole, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	p, err := d.Policies.PublishPolicy(ctx, organ)
	return whole.Local(p.Region), err
}
