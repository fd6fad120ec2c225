package publish

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Duty is something that somebody must do about a document now, with its last day:
// what stands on people's lists of work.
type Duty struct {
	Name   string // publish, consent.j1: what is to be done, and about which consent
	Organ  string
	Person string       // key; "" for whoever has the role
	Role   account.Role // "" for a person
	Due    calendar.Date
	Word
	Cite string
	By   []event.Kind // what fulfils it; if anything else ends it, nobody wants it any more
}

// Title names the duty in a list of work.
func (d Duty) Title(document string) string { return d.Chinese + "：" + document }

// How many working days a few things may take: conventions, so that nothing waits
// unseen.
const (
	decideWithin = 3 // on what was taken down at once
	chaseAfter   = 5 // an answer of another organ
)

// How many days before they are due the far-off things come onto lists.
const lead = 30

// Duties gives what is to be done about the document on a day. It follows from the
// document, the calendar and the policy alone; a last day that lies beyond the
// calendar is taken to be the last day that the calendar knows.
func (d *Document) Duties(s Scene) ([]Duty, error) {
	w := duties{d: d, s: s}
	w.step()
	w.questions()
	w.posts()
	w.afterwards()
	return w.all, w.err
}

type duties struct {
	d   *Document
	s   Scene
	all []Duty
	err error
}

// step is what the status itself asks for.
func (w *duties) step() {
	d := w.d
	switch d.Status {
	case Drafting:
		w.add(Duty{Name: "draft", Organ: d.Section, Person: d.Draft.By, Due: w.stepDay(), Word: Word{"修改并提交文件", "finish the draft and submit it"}, Cite: onSource, By: kinds(Submitted, Abandoned)})
	case Passing:
		w.role("pass", d.Section, account.Head, w.stepDay(), Word{"审核本股室拟稿", "pass the section's draft"}, onSource, Passed, Returned)
	case Clearing:
		if r := d.Draft.Referral; r != nil && r.AnsweredOn.IsZero() {
			w.role("determine", d.Organ, account.Reviewer, w.after(r.On, chaseAfter), Word{"登记" + r.Body + "确定的意见", "enter what " + r.Body + " determined"}, "条例§17.3", Determined, Returned)
			return
		}
		w.role("clear", d.Organ, account.Reviewer, w.stepDay(), Word{"逐项保密审查", "secrecy review, item by item"}, onOrder, Cleared, Returned, Referred)
	case Checking:
		w.role("check", d.Organ, account.Head, w.stepDay(), Word{"审核公开属性和目录信息", "check attribute and catalogue"}, "条例§17.1", Checked, Returned)
	case Signing:
		w.role("sign", d.Organ, account.Signer, w.stepDay(), Word{"签发文件", "sign the document"}, "条例§17.1", Signed, Returned)
	case Releasing:
		w.role("publish", d.Organ, account.Clerk, w.lastDay(), Word{"发布文件", "publish the document"}, "条例§26", Issued, Returned)
	case Suspended:
		w.role("decide", d.Organ, account.Head, w.after(d.Down.On, decideWithin), Word{"决定恢复公开或者撤回", "decide: restore or withdraw"}, "条例§6.2", Restored, Retracted)
	case New, Published, Withdrawn, Withheld, Dropped, Same, Forth, Rest:
	}
}

// questions are those that other organs have not answered, and findings that wait
// for a second person.
func (w *duties) questions() {
	d := w.d
	if !slices.Contains(working, d.Status) {
		return
	}
	for _, c := range d.Consents {
		if c.AnsweredOn.IsZero() && slices.Contains(unsigned, d.Status) {
			w.role("consent."+c.Ref, d.Organ, account.Clerk, w.after(c.AskedOn, chaseAfter), Word{"登记" + c.Organ + "的意见（" + c.Ref + "）", "enter the answer of " + c.Organ + " (" + c.Ref + ")"}, "条例§11", ConsentGiven)
		}
	}
	if slices.ContainsFunc(d.Holding(), func(f Found) bool { return f.Excuse != nil }) {
		w.role("excuse", d.Organ, account.Head, w.stepDay(), Word{"确认放行检查的问题可以放行", "confirm that findings may be overruled"}, "条例§15", ExcuseConfirmed)
	}
}

// afterwards is what comes back after months, once it is near.
func (w *duties) afterwards() {
	for _, one := range w.d.Ahead(w.s.Policy) {
		if w.near(one.Due) {
			w.add(one)
		}
	}
}

// Ahead gives what comes back about a document only because time passes, with its day,
// also while that is far off.
func (d *Document) Ahead(p Policy) []Duty {
	all := []Duty{
		{Name: "reassess", Role: account.Head, Due: d.reassessOn(p), Word: Word{"评估是否仍不公开", "re-assess what is withheld"}, Cite: "条例§18", By: kinds(Reassessed, Reopened)},
		{Name: "review", Role: account.Head, Due: d.reviewOn(p), Word: Word{"清理规范性文件", "review the normative document"}, Cite: onReview, By: kinds(Reviewed, ValidityChanged, Expired)},
		{Name: "term", Role: account.Clerk, Due: d.termOn(), Word: Word{"有效期将届满，报请延续、修改或者失效", "its term is ending: prolong, amend or let it lapse"}, Cite: onReview, By: kinds(ValidityChanged, Expired)},
	}
	for i := range all {
		all[i].Organ = d.Organ
	}
	return slices.DeleteFunc(all, func(one Duty) bool { return one.Due.IsZero() })
}

// reassessOn is the day of the next look at what is withheld; zero for none.
func (d *Document) reassessOn(p Policy) calendar.Date {
	if d.Status != Withheld {
		return calendar.Date{}
	}
	return later(p.Reassess, d.SignedOn, d.lastAssessed())
}

// reviewOn is that of the next review of a normative document in force.
func (d *Document) reviewOn(p Policy) calendar.Date {
	if !d.Kind.Normative() || !slices.Contains(lasting, d.Status) || d.Validity.State == "" || d.Validity.State.Ended() {
		return calendar.Date{}
	}
	return later(p.Review, d.FormedOn, d.Validity.On, d.lastAssessed())
}

// termOn is the last day of the term of a document in force.
func (d *Document) termOn() calendar.Date {
	if v := d.Validity; slices.Contains(lasting, d.Status) && v.State != "" && !v.State.Ended() {
		return v.Term
	}
	return calendar.Date{}
}

func (d *Document) lastAssessed() calendar.Date {
	if n := len(d.Assessments); n > 0 {
		return d.Assessments[n-1].On
	}
	return calendar.Date{}
}

// later gives the day so many months after the last of some days.
func later(months int, days ...calendar.Date) calendar.Date {
	last := days[0]
	for _, d := range days {
		if d.After(last) {
			last = d
		}
	}
	if months == 0 || last.IsZero() {
		return calendar.Date{}
	}
	due, _ := last.AddMonths(months)
	return due
}

// TendOn gives the day from which something may have to be done about the document
// only because time has passed: lists are brought up to date then. Zero for never.
func (d *Document) TendOn(p Policy) calendar.Date {
	if d.Open() || d.Status == Suspended || len(d.Left()) > 0 {
		return calendar.On(2000, 1, 1)
	}
	first := d.offOn()
	if c := d.Coming; c != nil && (first.IsZero() || c.On.Before(first)) {
		first = c.On
	}
	for _, due := range []calendar.Date{d.reassessOn(p), d.reviewOn(p), d.termOn()} {
		if !due.IsZero() && (first.IsZero() || due.Add(-lead).Before(first)) {
			first = due.Add(-lead)
		}
	}
	return first
}

func (w *duties) near(due calendar.Date) bool {
	return !due.IsZero() && !w.s.Today.Before(due.Add(-lead))
}

func (w *duties) role(name, organ string, role account.Role, due calendar.Date, word Word, cite string, by ...event.Kind) {
	w.add(Duty{Name: name, Organ: organ, Role: role, Due: due, Word: word, Cite: cite, By: by})
}

func (w *duties) add(one Duty) { w.all = append(w.all, one) }

// stepDay is when a step falls due: so many working days after the last one, and
// never behind the last day of publication.
func (w *duties) stepDay() calendar.Date {
	d := w.d
	due := w.after(d.movedOn(), w.s.Policy.step())
	if !d.Due.IsZero() && d.Due.Before(due) {
		return d.Due
	}
	return due
}

// movedOn gives the day on which the document came to where it is.
func (d *Document) movedOn() (on calendar.Date) {
	on = d.Draft.On
	for _, e := range d.History {
		switch e.Event {
		case Submitted, Passed, Cleared, Checked, Signed, Returned, RevisionBegun, Reopened, Determined:
			on = e.On
		}
	}
	return on
}

// lastDay is the last day of publication; one that is signed without one is due
// like a step.
func (w *duties) lastDay() calendar.Date {
	if !w.d.Due.IsZero() {
		return w.d.Due
	}
	if _, err := w.d.Answer(w.s.Calendar, w.s.Policy); err != nil {
		return w.known(err)
	}
	return w.stepDay()
}

// after gives the n-th working day behind a day.
func (w *duties) after(day calendar.Date, n int) calendar.Date {
	due, err := w.s.Calendar.AddWorkdays(day, n)
	if err != nil {
		return w.known(err)
	}
	return due
}

// known is the last day of the calendar, for what lies beyond it.
func (w *duties) known(err error) calendar.Date {
	if !beyond(err) {
		w.err = err
	}
	_, last := w.s.Calendar.Years()
	return calendar.On(last, 12, 31)
}

func kinds(k ...event.Kind) []event.Kind { return k }

// Agenda is what is to be done about a document after a change: what store keeps on
// people's lists in place of what stood there before.
type Agenda struct {
	Document, Organ string
	Name            string // by which the document is known in titles of work
	Duties          []Duty
	Fulfilled       []string // titles of duties that the change fulfilled; what else is gone nobody wants any more
	Closing         string   // what was done
}

// maxName is how much of a title stands in a list of work.
const maxName = 40

// Name is by which a document is known in lists of work: the number, or the title.
func (d *Document) Name() string {
	title := []rune(d.Title)
	if len(title) > maxName {
		title = append(title[:maxName:maxName], '…')
	}
	if d.Number != "" {
		return d.Number + " " + string(title)
	}
	return string(title)
}

// agenda puts together what is to be done now. before is the document before the
// change, nil when only time has passed.
func (d *Document) agenda(kind event.Kind, before *Document, s Scene) (Agenda, error) {
	a := Agenda{Document: d.ID, Organ: d.Organ, Name: d.Name()}
	if act, ok := ActOf(kind); ok {
		a.Closing = act.Chinese
	}
	var err error
	if a.Duties, err = d.Duties(s); err != nil || before == nil || before.Status == New {
		return a, err
	}
	earlier, err := before.Duties(s)
	for _, e := range earlier {
		if slices.Contains(e.By, kind) {
			a.Fulfilled = append(a.Fulfilled, e.Title(before.Name()))
		}
	}
	return a, err
}
