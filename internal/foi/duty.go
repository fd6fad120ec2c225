package foi

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Duty is something that somebody must do about a request now, with its last day:
// what stands on people's lists of work.
type Duty struct {
	Name   string // reply, answer.d1: what is to be done, and about which dispute, search or consultation
	Organ  string
	Person string       // key; "" for whoever has the role
	Role   account.Role // "" for a person
	Due    calendar.Date
	Word
	Cite string
	By   []event.Kind // what fulfils it; if anything else ends it, nobody wants it any more
}

// Title names the duty in a list of work, without anything of the applicant.
func (d Duty) Title(number string) string { return number + "：" + d.Chinese }

// chaseAfter is how many working days after a letter went out its receipt is
// looked after: a convention, so that a limit that begins with the receipt never
// waits unseen.
const chaseAfter = 5

// Duties gives what is to be done about the request on a day. It follows from the
// request and the calendar alone; a last day that lies beyond the calendar is
// taken to be the last day that the calendar knows, so that nothing is on nobody's
// list.
func (r *Request) Duties(cal *calendar.Calendar, today calendar.Date) ([]Duty, error) {
	d := duties{r: r, cal: cal, today: today}
	d.step()
	d.questions()
	d.proposals()
	d.afterwards()
	return d.all, d.err
}

type duties struct {
	r     *Request
	cal   *calendar.Calendar
	today calendar.Date
	all   []Duty
	err   error
}

// step is what the status itself asks for.
func (d *duties) step() {
	r := d.r
	switch r.Status {
	case Unconfirmed:
		d.clerk("confirm", r.nextContact(d.cal), Word{"当日与申请人确认收到", "confirm receipt with the applicant"}, "条例§31", Confirmed, ContactTried)
	case Handling:
		d.correction()
		d.clerk("reply", d.replyDay(), Word{"办理并起草答复", "handle and draft the reply"}, "条例§33.2", Submitted)
	case Correcting:
		d.clerk("correction-lapse", d.after(r.Correction.Until, 1), Word{"补正期限届满，未补正的按放弃申请处理", "the period for correction is over: enter it"}, "条例§30", Corrected, CorrectionLapsed)
	case Paying:
		d.fee()
	case Lapsed:
		d.clerk("reply", d.after(d.last(CorrectionLapsed, FeeLapsed), 1), Word{"告知申请人视为放弃申请", "tell the applicant that the request is taken as given up"}, "条例§30", Submitted)
	case Reviewing:
		d.role("review", account.Head, d.replyDay(), Word{"审核答复", "approve the reply"}, "条例§45", Approved, Referred, Returned)
	case Clearing:
		d.role("clear", account.Reviewer, d.replyDay(), Word{"保密审查", "secrecy review of the reply"}, "条例§17", Cleared, Returned)
	case Signing:
		d.role("sign", account.Signer, d.replyDay(), Word{"签发答复", "sign the reply"}, "条例§36", Signed, Returned)
	case Serving:
		d.clerk("serve", d.replyDay(), Word{"送达答复", "serve the reply"}, onService, Served)
	case New, Closed, InArchive, Divided, Same, Back:
	}
}

// correction is the look whether the request is clear, due within 7 working days.
// It is over when anything was begun that presupposes a clear request, or when the
// seven days are over.
func (d *duties) correction() {
	r := d.r
	begun := len(r.Consultations)+len(r.Searches)+len(r.Decisions) > 0 || r.Correction != nil || r.Extension != nil || r.Reasons != nil || r.Fee != nil || r.Draft != nil
	if begun {
		return
	}
	if due := d.limit("correction-notice", r.ReceivedOn); !d.today.After(due) {
		d.clerk("correction", due, Word{"审查申请内容，不明确的一次性告知补正", "look whether the request is clear; ask once for corrections"}, "条例§30", CorrectionAsked)
	}
}

func (d *duties) fee() {
	f := d.r.Fee
	if f.ReceivedOn.IsZero() {
		d.clerk("fee-receipt", d.after(f.IssuedOn, chaseAfter), Word{"登记申请人收到收费通知", "note when the fee notice was received"}, onFees, FeeNoticeReceived, FeeCancelled, FeePaid)
		return
	}
	d.clerk("fee-lapse", d.after(d.limit("fee-payment", f.ReceivedOn), 1), Word{"缴费期限届满，未缴费的按放弃申请处理", "the period of payment is over: enter it"}, onFees, FeePaid, FeeLapsed, FeeCancelled)
}

// questions are the letters and searches that are out.
func (d *duties) questions() {
	r := d.r
	if r.Status == Handling {
		for _, c := range r.inOrder(r.run().asked) {
			d.consultation(c)
		}
		if q := r.Reasons; q != nil && q.GivenOn.IsZero() && !d.today.After(d.after(q.Until, 1)) {
			d.clerk("reasons", d.after(q.Until, 1), Word{"登记申请人说明的理由", "enter the applicant's reasons"}, "条例§35", ReasonsGiven)
		}
	}
	if !slices.Contains(deciding, r.Status) {
		return
	}
	for _, q := range r.Searches {
		if !q.AnsweredOn.IsZero() {
			continue
		}
		searcher := Duty{Name: "search." + q.Ref, Organ: q.Organ, Role: account.Liaison, Due: q.Until, Word: Word{"查找信息并反馈（" + q.Ref + "）", "search, and report (" + q.Ref + ")"}, Cite: "条例§36.4", By: []event.Kind{SearchAnswered}}
		if q.Organ == r.Organ {
			searcher.Role = account.Clerk
		}
		d.add(searcher)
	}
}

func (d *duties) consultation(c Consultation) {
	if c.Standing(d.cal, d.today) != Pending {
		return
	}
	if c.ReceivedOn.IsZero() {
		d.clerk("question."+c.Ref, d.after(c.SentOn, chaseAfter), Word{"登记" + c.Whom() + "收到征求意见书的日期（" + c.Ref + "）", "note when the letter of consultation was received (" + c.Ref + ")"}, "条例§32", QuestionReceived, OpinionGiven, QuestionWithdrawn)
		return
	}
	id := "third-party"
	if c.Kind == JointMaker {
		id = "joint-maker"
	}
	d.clerk("opinion."+c.Ref, d.limit(id, c.ReceivedOn), Word{"登记" + c.Whom() + "的意见（" + c.Ref + "）", "enter the opinion (" + c.Ref + ")"}, "条例§32", OpinionGiven, QuestionWithdrawn)
}

// proposals lie with the head before the limit ends.
func (d *duties) proposals() {
	r := d.r
	if e := r.Extension; e != nil && e.ApprovedOn.IsZero() && slices.Contains(deciding, r.Status) {
		d.role("extension", account.Head, d.replyDay(), Word{"审批延期", "decide on the extension"}, "条例§33.2", ExtensionApproved, ExtensionRefused)
	}
	if r.Ending != nil && slices.Contains(undecided, r.Status) {
		due := d.replyDay()
		if due.IsZero() {
			due = d.after(d.last(EndProposed), chaseAfter)
		}
		d.role("end", account.Head, due, Word{"决定是否终止办理", "decide whether to discontinue"}, onOther, Discontinued)
	}
}

// afterwards is what a proposal of publication, reconsiderations and suits ask for. The law
// says of the first only that it is done in time; it is given the days that a publication
// has.
func (d *duties) afterwards() {
	r := d.r
	if r.proposalWaits() {
		d.clerk("publication", d.limit("publication", r.Proposed), Word{"审核主动公开的建议：起草主动公开文件，或者写明不公开的理由", "settle the proposal of publication"}, "条例§44.2", ProposalSettled)
	}
	for _, x := range r.Disputes {
		if x.Owes() {
			l, _ := calendar.LimitByID(x.answerLimit())
			d.clerk("answer."+x.Ref, d.limit(l.ID, x.FiledOn), Word{"向" + x.Body + "提交答复和证据（" + x.Ref + "）", "answer " + x.Body + " with evidence (" + x.Ref + ")"}, l.Cite, DisputeAnswered, DisputeDecided)
		}
	}
	x, ok := r.order()
	if !ok || !slices.Contains(answered, r.Status) {
		return
	}
	due := x.Until
	if due.IsZero() {
		due = d.limit("reply", x.DecidedOn)
	}
	d.clerk("reopen."+x.Ref, due, Word{"按照" + x.Body + "的决定重新办理（" + x.Ref + "）", "reply anew as ordered (" + x.Ref + ")"}, "条例§51", Reopened)
}

// clerk puts a duty on the list of whoever handles the request.
func (d *duties) clerk(name string, due calendar.Date, w Word, cite string, by ...event.Kind) {
	one := Duty{Name: name, Organ: d.r.Organ, Person: d.r.Handler, Due: due, Word: w, Cite: cite, By: by}
	if one.Person == "" {
		one.Role = account.Clerk
	}
	d.add(one)
}

func (d *duties) role(name string, role account.Role, due calendar.Date, w Word, cite string, by ...event.Kind) {
	d.add(Duty{Name: name, Organ: d.r.Organ, Role: role, Due: due, Word: w, Cite: cite, By: by})
}

// add keeps a duty that has a day. A reply whose time stands still has none: what
// it waits for is on the list instead.
func (d *duties) add(one Duty) {
	if !one.Due.IsZero() {
		d.all = append(d.all, one)
	}
}

// replyDay gives the last day of the reply. A draft that tells of a lapse has no
// limit of the law any more: it is due the working day after it was made.
func (d *duties) replyDay() calendar.Date {
	r := d.r
	if !r.Due.IsZero() {
		return r.Due
	}
	if _, err := r.limit(d.cal, r.run()); err != nil {
		return d.known(err)
	}
	if r.Lapse != "" && r.Draft != nil {
		return d.after(r.Draft.On, 1)
	}
	return calendar.Date{}
}

func (d *duties) limit(id string, from calendar.Date) calendar.Date {
	l, _ := calendar.LimitByID(id)
	a, err := d.cal.Reckon(calendar.Query{Limit: l, From: from})
	if err != nil {
		return d.known(err)
	}
	return a.Deadline
}

// after gives the n-th working day behind a day.
func (d *duties) after(day calendar.Date, n int) calendar.Date {
	due, err := d.cal.AddWorkdays(day, n)
	if err != nil {
		return d.known(err)
	}
	return due
}

// known is the last day of the calendar, for what lies beyond it.
func (d *duties) known(err error) calendar.Date {
	if !beyond(err) {
		d.err = err
	}
	_, last := d.cal.Years()
	return calendar.On(last, 12, 31)
}

// last gives the day on which one of some things happened last.
func (d *duties) last(kinds ...event.Kind) (on calendar.Date) {
	for _, e := range d.r.History {
		if slices.Contains(kinds, e.Event) {
			on = e.On
		}
	}
	return on
}

// Agenda is what is to be done about a request after a change: what store keeps on
// people's lists in place of what stood there before. What somebody has handed over
// to a colleague stays with the colleague until the request itself is reassigned.
type Agenda struct {
	Request, Organ, Number string
	Duties                 []Duty
	Fulfilled              []string // titles of duties that the change fulfilled; what else is gone nobody wants any more
	Closing                string   // what was done
	Passed                 bool     // the request was given to somebody else, and its work with it
	Over                   bool     // it ended just now, and what was asked about its files with it
}

// agenda puts together what is to be done now. before is the request before the
// change, nil when only time has passed.
func (r *Request) agenda(kind event.Kind, before *Request, s Scene) (Agenda, error) {
	a := Agenda{Request: r.ID, Organ: r.Organ, Number: r.Number}
	if act, ok := ActOf(kind); ok {
		a.Closing = act.Chinese
	}
	var err error
	if a.Duties, err = r.Duties(s.Calendar, s.Today); err != nil || before == nil {
		return a, err
	}
	a.Passed, a.Over = before.Handler != r.Handler, before.Open() && !r.Open()
	earlier, err := before.Duties(s.Calendar, s.Today)
	for _, d := range earlier {
		if slices.Contains(d.By, kind) {
			a.Fulfilled = append(a.Fulfilled, d.Title(r.Number))
		}
	}
	return a, err
}

// Tended tells whether something may still have to be done about the request, be
// it closed.
func (r Request) Tended() bool {
	_, ordered := r.order()
	return r.Open() || r.pending() || ordered || r.proposalWaits()
}
