package foi

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/personal"
)

// PastLine is a line of a ledger that is taken in.
type PastLine struct {
	Line  int // of the sheet
	Past  Past
	Facts Facts // of the applicant
}

// Problem is what is wrong with a line.
type Problem struct {
	Line   int
	Column string // name of the column; "" for the whole line
	Text   string // Chinese
}

// MaxImport is how many requests are taken in at once.
const MaxImport = 10_000

// Taking is how a ledger is taken in.
type Taking struct {
	Try    bool   // only look
	Ledger string // that becomes the requests, once: Conflict when it has; "" for none
	Events []event.Event
	Told   func(done int) // how many lines were read; nil where nobody wants to know
}

// tellEvery is after how many lines it is told how far a ledger is.
const tellEvery = 100

// TakeIn takes a ledger in: all lines or none. It gives everything that is wrong, with
// the line.
func (d *Desk) TakeIn(ctx context.Context, actor account.Actor, organ string, lines []PastLine, how Taking) ([]Problem, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.HandleRequests, organ, tree); err != nil {
		return nil, err
	}
	if len(lines) > MaxImport {
		return nil, errs.New(errs.TooLarge, "一次最多导入%d件，请按年度分成几个文件。", MaxImport)
	}
	s, err := d.scene(ctx, actor.ID, organ)
	if err != nil {
		return nil, err
	}
	t := transfer{desk: d, organ: organ, scene: s}
	if t.taken, err = d.Store.Numbers(ctx, organ); err != nil {
		return nil, err
	}
	for i, l := range lines {
		if err := t.take(l); err != nil {
			return nil, err
		}
		if how.Told != nil && (i+1)%tellEvery == 0 {
			how.Told(i + 1)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if how.Try || len(t.problems) > 0 {
		return t.problems, nil
	}
	t.change.Pen = event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}
	t.change.Ledger, t.change.Events = how.Ledger, append(t.change.Events, how.Events...)
	return nil, d.Store.Add(ctx, func(around Around) (Change, error) {
		for year, n := range t.numbers {
			if err := around.Reach(organ, "request", year, n); err != nil {
				return Change{}, err
			}
		}
		return t.change, nil
	})
}

// Import is TakeIn for a ledger that is nowhere kept.
func (d *Desk) Import(ctx context.Context, actor account.Actor, organ string, lines []PastLine, try bool) ([]Problem, error) {
	return d.TakeIn(ctx, actor, organ, lines, Taking{Try: try})
}

// transfer is a ledger on its way in.
type transfer struct {
	desk     *Desk
	organ    string
	scene    Scene
	taken    map[string]bool
	problems []Problem
	change   Change
	numbers  map[int]int64 // the last number of each year's series
}

func (t *transfer) take(l PastLine) error {
	r := Request{ID: t.desk.IDs.New(), Organ: t.organ}
	number := strings.TrimSpace(l.Past.Number)
	if number != "" && t.taken[number] {
		t.wrong(l.Line, "number", "编号“"+number+"”已经登记过，或者在文件里重复；同一件申请不能登记两次。")
		return nil
	}
	t.taken[number] = true
	until := t.keepUntil(l.Past)
	if !until.IsZero() && !until.After(t.scene.Today) {
		l.Facts = nil // their time is over (个人信息保护法§19)
	}
	var c Change
	var err error
	if l.Past.Party.Data, err = t.desk.seal(r, 1, l.Facts, t.scene, &c); err != nil {
		return t.noted(l.Line, err)
	}
	e, err := r.Do(l.Past.deed(), t.scene)
	if err != nil {
		return t.noted(l.Line, err)
	}
	for i := range c.Data {
		c.Data[i].EraseAfter = until
	}
	a, err := r.agenda(e.Event, nil, t.scene)
	if err != nil {
		return err
	}
	all := &t.change
	all.Added, all.Data, all.Agendas = append(all.Added, r), append(all.Data, c.Data...), append(all.Agendas, a)
	all.Events = append(append(all.Events, c.Events...), t.desk.happened(r, e, t.scene))
	t.count(number)
	return nil
}

// deed is how a line of the ledger is entered: what has not been confirmed yet
// waits for it as if it had just come in.
func (d Past) deed() Deed {
	info, _ := d.Channel.Info()
	switch {
	case d.Outcome != "":
		return Record{d}
	case d.Received.IsZero() && info.Confirm:
		d.Party.Role = IsApplicant
		return Receive{Number: strings.TrimSpace(d.Number), Channel: d.Channel, On: d.Arrived, Parties: []Party{d.Party}, Ask: d.Ask}
	}
	return TakeOver{d}
}

// keepUntil gives when the personal data of an ended request are erased.
func (t *transfer) keepUntil(p Past) calendar.Date {
	if p.Outcome == "" || p.Ended.IsZero() || t.scene.Policy.KeepYears == 0 {
		return calendar.Date{}
	}
	until, _ := p.Ended.AddMonths(12 * t.scene.Policy.KeepYears)
	return until
}

// noted puts what is wrong on the list; what is no mistake of the ledger is an error.
func (t *transfer) noted(line int, err error) error {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict:
	default:
		return err
	}
	fields := errs.FieldsOf(err)
	for _, f := range fields {
		t.wrong(line, f.Name, f.Public)
	}
	if len(fields) == 0 {
		t.wrong(line, "", errs.Public(err))
	}
	return nil
}

func (t *transfer) wrong(line int, column, text string) {
	t.problems = append(t.problems, Problem{line, column, text})
}

// count keeps the highest number of a series, so that new requests go on behind it.
func (t *transfer) count(number string) {
	rest, ok := strings.CutPrefix(number, t.scene.Policy.NumberPrefix+"〔")
	if !ok {
		return
	}
	var year int
	var n int64
	if _, err := fmt.Sscanf(rest, "%d〕%d号", &year, &n); err != nil || NumberOf(t.scene.Policy.NumberPrefix, year, n) != number {
		return
	}
	if t.numbers == nil {
		t.numbers = map[int]int64{}
	}
	t.numbers[year] = max(t.numbers[year], n)
}

// Exported is a request with the data of its applicant, as it goes out.
type Exported struct {
	Request
	Facts   Facts // masked, or whole for those who may and have said why
	LastDay calendar.Date
}

// Opens opens what the vault has sealed of an owner, masked unless whole.
type Opens interface {
	Open(ctx context.Context, owners []event.Subject, whole bool) (map[string]map[personal.Kind]string, error)
}

// Export hands over the requests that an organ received in a year (0: in any), in
// the order of their keys. Whole personal data go out only to those who may reveal
// them, for a reason that is on record with the number of requests.
func (d *Desk) Export(ctx context.Context, actor account.Actor, organ string, year int, reason string, opens Opens, each func(Exported) error) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.SeeRequests, organ, tree); err != nil {
		return err
	}
	cal, err := d.CalendarOf(ctx, organ)
	if err != nil {
		return err
	}
	whole := reason != ""
	if whole {
		if err := d.onRecord(ctx, actor, organ, year, reason); err != nil {
			return err
		}
	}
	for after := ""; ; {
		batch, err := d.Store.OfYear(ctx, organ, year, after, moveAtOnce)
		if err != nil || len(batch) == 0 {
			return err
		}
		var owners []event.Subject
		for _, r := range batch {
			after = r.ID
			if p := r.Applicant(); len(p.Data) > 0 {
				owner := event.Subject{}
				owner.Type, owner.ID, _ = strings.Cut(p.Owner, "/")
				owners = append(owners, owner)
			}
		}
		facts, err := opens.Open(ctx, owners, whole)
		if err != nil {
			return err
		}
		for _, r := range batch {
			if err := each(Exported{r, facts[r.Applicant().Owner], r.LastDay(cal)}); err != nil {
				return err
			}
		}
	}
}

// onRecord judges and records that personal data go out whole.
func (d *Desk) onRecord(ctx context.Context, actor account.Actor, organ string, year int, reason string) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.RevealPersonal, organ, tree); err != nil {
		return err
	}
	if err := account.CheckReason(reason); err != nil {
		return err
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	e := pen.Write(organ, event.Subject{Type: "organ", ID: organ}, LedgerExported, map[string]string{"year": strconv.Itoa(year), "reason": strings.TrimSpace(reason)})
	return d.Store.Append(ctx, e)
}

// LedgerExported is that a ledger went out with personal data in it.
const LedgerExported event.Kind = "ledger.exported"
