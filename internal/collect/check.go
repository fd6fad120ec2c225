package collect

import (
	"context"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// Stale is a check that must be made anew because something it rests on has changed.
type Stale struct {
	Organ  string
	Year   int
	Wanted int64 // changes so far: what changes meanwhile is checked again
}

// Checked is what a check has found.
type Checked struct {
	Stale
	At        time.Time
	Mark      string // of the report; "" where there is none
	Due       calendar.Date
	Findings  []Finding
	Figures   *Figures // nil where there is no report
	Sum       *Figures // of all reports at and below the organ; nil where none is below
	Summed    int      // reports in it
	Sentences []string
}

// Count counts the findings by their gravity, and those of the reader's doubts.
func (c Checked) Count() (errors, warnings, doubts int) {
	for _, f := range c.Findings {
		switch {
		case f.Sort == Doubted:
			doubts++
		case f.Severity == rule.Error:
			errors++
		case f.Severity == rule.Warning:
			warnings++
		}
	}
	return errors, warnings, doubts
}

// Found is what was found of an organ and a year.
type Found struct {
	Findings []Finding
	At       time.Time // zero before it was checked
	Fresh    bool      // nothing has changed since
	Due      calendar.Date
}

// atOnce is how many checks are taken up together.
const atOnce = 50

// Check makes anew every check that something has changed under: of the report that
// changed, of the next year's, of the governments above, of those with the same text. It
// gives how many it made.
func (d *Desk) Check(ctx context.Context, told func(done int)) (int, error) {
	done := 0
	for {
		some, err := d.Store.Stale(ctx, atOnce)
		if err != nil || len(some) == 0 {
			return done, err
		}
		for _, s := range some {
			if err := d.check(ctx, s); err != nil {
				return done, err
			}
			done++
			told(done)
		}
	}
}

func (d *Desk) check(ctx context.Context, s Stale) error {
	c := Checked{Stale: s, At: d.Clock.Now()}
	n, err := d.nodeOf(ctx, s.Organ, s.Year)
	if err != nil {
		return err
	}
	if n.ID == "" {
		return d.Store.KeepCheck(ctx, c)
	}
	a, err := d.around(ctx, n, s.Year, &c)
	if err != nil {
		return err
	}
	c.Findings = Examine(a)
	return d.Store.KeepCheck(ctx, c)
}

// around gives a report with what it is compared with, and notes what is kept of it.
func (d *Desk) around(ctx context.Context, n org.Node, year int, c *Checked) (a Around, err error) {
	a = Around{Organ: n, Year: year}
	if a.Due, err = d.due(ctx, n, year); err != nil {
		return a, err
	}
	c.Due = a.Due
	if err := d.below(ctx, n, year, &a, c); err != nil {
		return a, err
	}
	own, err := d.counting(ctx, n.ID, n.Name, year)
	if err != nil || own == nil {
		return a, err
	}
	if err := d.withPlaces(ctx, own); err != nil {
		return a, err
	}
	a.Report, a.Arrived = own.report, own.Arrived
	figures := FiguresOf(a.Report)
	c.Figures, c.Mark, c.Sentences = &figures, event.Digest([]string{own.Printed, own.Arrived.String()}), Sentences(a.Report)
	before, err := d.counting(ctx, n.ID, n.Name, year-1)
	if err != nil {
		return a, err
	}
	if before != nil {
		a.Before = before.report
		if a.Absorbed, err = d.absorbed(ctx, n.ID, year); err != nil {
			return a, err
		}
	}
	same, err := d.Store.Sharing(ctx, year, c.Sentences, n.ID)
	if err != nil {
		return a, err
	}
	for _, id := range same {
		neighbour, err := d.nodeOf(ctx, id, year)
		if err != nil {
			return a, err
		}
		other, err := d.counting(ctx, id, neighbour.Name, year)
		if err != nil {
			return a, err
		}
		if other != nil {
			a.Neighbours = append(a.Neighbours, other.report)
		}
	}
	return a, nil
}

// absorbed names the organs that were merged into one during a year, with what they carried
// over into it: it is the successor's to conclude.
func (d *Desk) absorbed(ctx context.Context, organ string, year int) (all []string, err error) {
	ids, err := d.Store.Absorbed(ctx, organ, calendar.On(year-1, 12, 31), calendar.On(year, 12, 31))
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		n, err := d.nodeOf(ctx, id, year-1)
		if err != nil {
			return nil, err
		}
		last, err := d.counting(ctx, id, n.Name, year-1)
		if err != nil {
			return nil, err
		}
		text := "“" + n.Name + "”"
		if last != nil {
			if over := FiguresOf(last.report).CarriedOver; over.Known {
				text += "（上年结转" + strconv.FormatInt(over.N, 10) + "件）"
			}
		}
		all = append(all, text)
	}
	return all, nil
}

// withPlaces gives a report that came as a file the places that its file has.
func (d *Desk) withPlaces(ctx context.Context, c *counted) error {
	if c.Way != ByFile {
		return nil
	}
	came, err := d.Store.Received(ctx, c.Received)
	if err != nil {
		return err
	}
	r, err := came.Report()
	if err != nil {
		return err
	}
	r.Organ, r.Year = c.report.Organ, c.report.Year
	c.report = r
	return nil
}

// below sums the reports of the organs below one, where there are any, and compares the
// report of a government with the sum.
func (d *Desk) below(ctx context.Context, n org.Node, year int, a *Around, c *Checked) error {
	tree, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil || len(Expected(tree, n.ID)) < 2 {
		return err
	}
	sum, err := d.sum(ctx, n.ID, year)
	if err != nil {
		return err
	}
	for node := range sum.Nodes() {
		if sum.Source(node.Name).Organ == n.ID {
			a.Sums = node.Stated
		}
	}
	figures := FiguresOf(sum.Report())
	c.Sum, c.Summed = &figures, sum.Summed
	return nil
}

// counted is a report that counts, read.
type counted struct {
	Counting
	report *annual.Report
}

// counting gives the report of an organ that counts; nil where none does.
func (d *Desk) counting(ctx context.Context, organ, name string, year int) (*counted, error) {
	one, err := d.Store.Counting(ctx, organ, year)
	if errs.KindOf(err) == errs.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := one.report(name)
	if err != nil {
		return nil, err
	}
	r.Year = year
	return &counted{one, r}, nil
}

func (d *Desk) due(ctx context.Context, n org.Node, year int) (calendar.Date, error) {
	p, err := d.Policies.ReportPolicy(ctx, n.ID)
	return p.Due(n, year), err
}

// Tend keeps the last days of all organs for the years whose reports may come in now: the
// last one, and the one that runs. The program calls it every night, so that new organs
// and changed settings are known.
func (d *Desk) Tend(ctx context.Context) (int, error) {
	n := 0
	for _, year := range []int{d.Today().Year() - 1, d.Today().Year()} {
		tree, _, err := d.Trees.TreeOfYear(ctx, year)
		if err != nil {
			return n, err
		}
		due := map[string]calendar.Date{}
		for _, root := range tree.Children("") {
			for _, one := range Expected(tree, root.ID) {
				if due[one.ID], err = d.due(ctx, one, year); err != nil {
					return n, err
				}
			}
		}
		if err := d.Store.SetDue(ctx, year, due); err != nil {
			return n, err
		}
		n += len(due)
	}
	return n, d.Store.Recompare(ctx)
}

// Case is all that is known of the report of an organ on a year.
type Case struct {
	Organ    org.Node
	Year     int
	Way      Way            // of the report that counts; "" for none
	Report   *annual.Report // that counts; nil for none
	Stage    Stage          // as in the list
	Received []Received     // the newest first
	Notices  []Notice       // the newest first
	Found    Found
	Arrived  calendar.Date
	Due      calendar.Date
	Sums     []rollup.Mismatch
}

// Open gives all that is known of the report of an organ on a year.
func (d *Desk) Open(ctx context.Context, actor account.Actor, organ string, year int) (c Case, err error) {
	tree, err := d.sees(ctx, actor, account.WatchReports, organ, year)
	if err != nil {
		return c, err
	}
	return d.open(ctx, tree, organ, year)
}

func (d *Desk) open(ctx context.Context, tree *org.Tree, organ string, year int) (c Case, err error) {
	if c.Organ, err = d.nodeOf(ctx, organ, year); err != nil {
		return c, err
	}
	c.Year = year
	if c.Due, err = d.due(ctx, c.Organ, year); err != nil {
		return c, err
	}
	own, err := d.counting(ctx, organ, c.Organ.Name, year)
	if err != nil {
		return c, err
	}
	if own != nil {
		c.Way, c.Report = own.Way, own.report
	}
	if c.Received, err = d.Store.Of(ctx, organ, year); err != nil {
		return c, err
	}
	if c.Notices, err = d.Store.NoticesOf(ctx, organ, year); err != nil {
		return c, err
	}
	if c.Found, err = d.Store.Found(ctx, organ, year); err != nil {
		return c, err
	}
	row, err := d.standing(ctx, tree, organ, year)
	if err != nil {
		return c, err
	}
	c.Stage, c.Arrived = row.Stage, row.Arrived
	switch today := d.Today(); {
	case c.Arrived.IsZero() && today.After(c.Due):
		c.Found.Findings = append([]Finding{Absent(c.Organ, year, c.Due)}, c.Found.Findings...)
	case !c.Arrived.IsZero() && c.Arrived.After(c.Due) && !has(c.Found.Findings, Delay):
		c.Found.Findings = append([]Finding{Tardy(c.Arrived, c.Due)}, c.Found.Findings...)
	}
	if own == nil {
		c.Found.Fresh = true // there is nothing that could have changed
	}
	return c, err
}

func has(all []Finding, s Sort) bool {
	for _, f := range all {
		if f.Sort == s {
			return true
		}
	}
	return false
}
