package apply

import (
	"errors"
	"net/http"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// mineData is a request as its applicant follows it.
type mineData struct {
	Number, Organ, Who    string
	Text                  string
	Standing, Tone, Says  string
	Expected              []string // what the applicant has to do now, and until when
	Items                 []string // of a correction
	Acts                  []ownAct
	Clock                 *web.Clock
	Last                  string
	Left                  string
	Paused                string
	Steps                 []course.Line
	Letters               []letterLine
	Files                 []releasedFile
	Answered              string // how it was answered
	Remedies              []remedyLine
	Timeline              []moment
	Done                  string // what was just done
	Contact               string
	Leave, Receipt, Whole string
}

type ownAct struct{ Path, Label, Tone string }

type releasedFile struct{ Path, Name string }

// remedyLine is a way to attack what was decided, and until when.
type remedyLine struct{ What, Where, Until, Cite string }

// moment is a line of the timeline.
type moment struct{ Day, What, Note, Tone string }

var mineTemplate = web.Define[mineData]("portal/apply_mine")

func (p Apply) mine(w http.ResponseWriter, r *http.Request) error {
	web.Private(w)
	request, ok, err := p.mineRequest(r)
	if err != nil {
		return err
	}
	if !ok {
		return web.Redirect(w, r, Path+"/track")
	}
	say, ctx := p.say(r), r.Context()
	tree, err := p.Organs.Tree(ctx)
	if err != nil {
		return err
	}
	contacts, err := p.Organs.Contacts(ctx, []string{request.Organ})
	if err != nil {
		return err
	}
	c := contacts[request.Organ]
	data := mineData{
		Number: request.Number, Organ: tree.Name(request.Organ), Text: request.Ask.Text, Leave: Path + "/leave", Receipt: Path + "/receipt",
		Contact: strings.Join(strings.Fields(c.Office+" "+c.Phone), " · "), Done: doneWords(say, r.URL.Query().Get("done")),
	}
	if data.Who, err = p.nameOf(r, request.Applicant()); err != nil {
		return err
	}
	scene, err := p.Desk.Scene(ctx, event.Public, request.Organ)
	if err != nil {
		return err
	}
	data.Standing, data.Says, data.Tone = standing(say, request.Status)
	if !request.Open() && len(served(request)) > 0 {
		data.Says = say.T("apply.at-served-text")
	}
	data.Expected, data.Items = expected(say, request, scene.Calendar)
	for _, o := range request.OptionsOfApplicant(scene) {
		if a, ok := actOf(o.Event); ok && o.Why == nil {
			data.Acts = append(data.Acts, ownAct{a.path(), a.label(say), a.tone})
		}
	}
	if err := p.mineClock(say, request, scene, &data); err != nil {
		return err
	}
	if data.Letters, err = p.letters(r, request); err != nil {
		return err
	}
	p.mineAnswer(say, request, scene, &data)
	data.Timeline = timeline(say, request, data.Last)
	return mineTemplate.Show(p.Kit, w, r, say.T("apply.mine", request.Number), data)
}

// mineClock draws the limit, or says why there is none now.
func (p Apply) mineClock(say *locale.Catalogue, request foi.Request, scene foi.Scene, data *mineData) error {
	c, err := request.Clock(scene.Calendar, scene.Today)
	if err != nil {
		return unlessBeyond(err)
	}
	switch {
	case c.State == foi.NotBegun:
		data.Paused = say.T("apply.clock-not-begun")
	case c.State == foi.Paused && c.Answer.Deadline.IsZero():
		data.Paused = say.T("apply.clock-paused")
	case c.State == foi.Stopped && (request.Status == foi.Correcting || request.Status == foi.Paying):
		data.Paused = say.T("apply.clock-yours")
	}
	if c.Answer.Deadline.IsZero() || data.Paused != "" {
		return nil
	}
	data.Last, data.Steps = dayWords(say, c.Answer.Deadline), course.Lines(say, c.Answer.Steps)
	if request.Running() {
		data.Left = left(say, scene.Calendar, scene.Today, c.Answer.Deadline)
	}
	data.Clock, err = course.Clock(scene.Calendar, c.Answer, scene.Today)
	return unlessBeyond(err)
}

// left says how far away a last day is; "" where the calendar does not reach.
func left(say *locale.Catalogue, cal *calendar.Calendar, today, last calendar.Date) string {
	n, err := cal.WorkdaysBetween(today, last)
	switch {
	case err != nil:
		return ""
	case today == last:
		return say.T("portal.left-today")
	case last.Before(today):
		return say.T("portal.left-none", -n)
	}
	return say.T("portal.left", n)
}

// unlessBeyond passes over a day in a year whose holidays are not known yet.
func unlessBeyond(err error) error {
	if errors.Is(err, calendar.ErrNoCalendar) {
		return nil
	}
	return err
}

// standing says in plain words where a request is.
func standing(say *locale.Catalogue, s foi.Status) (name, says, tone string) {
	switch s {
	case foi.Unconfirmed:
		return say.T("apply.at-unconfirmed"), say.T("apply.at-unconfirmed-text"), "amber"
	case foi.Correcting:
		return say.T("apply.at-correcting"), say.T("apply.at-correcting-text"), "amber"
	case foi.Paying:
		return say.T("apply.at-paying"), say.T("apply.at-paying-text"), "amber"
	case foi.Lapsed:
		return say.T("apply.at-lapsed"), say.T("apply.at-lapsed-text"), "red"
	case foi.Serving:
		return say.T("apply.at-serving"), say.T("apply.at-serving-text"), "blue"
	case foi.Closed, foi.InArchive:
		return say.T("apply.at-closed"), say.T("apply.at-closed-text"), "green"
	case foi.Divided:
		return say.T("apply.at-divided"), say.T("apply.at-divided-text"), "blue"
	}
	return say.T("apply.at-handling"), say.T("apply.at-handling-text"), "blue"
}

// expected says what the applicant has to do now, and until when.
func expected(say *locale.Catalogue, r foi.Request, cal *calendar.Calendar) (all, items []string) {
	switch {
	case r.Status == foi.Unconfirmed:
		all = append(all, say.T("apply.todo-confirm"))
	case r.Status == foi.Correcting:
		all, items = append(all, say.T("apply.todo-correct", dayWords(say, r.Correction.Until))), r.Correction.Items
	case r.Status == foi.Paying && r.Fee != nil:
		all = append(all, say.T("apply.todo-pay", foi.Yuan(r.Fee.Fen), r.Fee.Account))
		if a, err := r.Fee.Limit(cal); err == nil && !r.Fee.ReceivedOn.IsZero() {
			all = append(all, say.T("apply.todo-pay-until", dayWords(say, a.Deadline)))
		}
	}
	if r.Reasons != nil && r.Reasons.GivenOn.IsZero() && r.Status == foi.Handling {
		all = append(all, say.T("apply.todo-reasons", r.Reasons.Count, r.Reasons.Months, dayWords(say, r.Reasons.Until)))
	}
	return all, items
}

// served gives the decisions that were served, by number from 1.
func served(r foi.Request) []int {
	var all []int
	for i := range r.Decisions {
		for _, s := range r.Services {
			if s.Decision == i+1 && !s.Failed {
				all = append(all, i+1)
				break
			}
		}
	}
	return all
}

// mineAnswer tells how the request was answered, hands out what is released, and
// says what can be done against it. Before it is served nothing of it is known.
func (p Apply) mineAnswer(say *locale.Catalogue, r foi.Request, scene foi.Scene, data *mineData) {
	numbers := served(r)
	if len(numbers) == 0 {
		p.missingReply(say, r, scene, data)
		return
	}
	last := numbers[len(numbers)-1]
	d := r.Decisions[last-1]
	data.Answered = outcomeWords(d.Outcome)
	if o, _ := law.OutcomeByID(d.Outcome); o.Group != "" {
		data.Answered = unnumbered(o.Group) + "：" + data.Answered
	}
	for _, n := range numbers {
		for _, item := range r.Decisions[n-1].Items {
			for _, f := range item.Files {
				data.Files = append(data.Files, releasedFile{Path + "/mine/file/" + f.Hash, f.Name})
			}
		}
	}
	data.Remedies = p.remedies(say, r, d, last, scene)
}

// remedies gives what can be done against a decision, each with its last day.
func (p Apply) remedies(say *locale.Catalogue, r foi.Request, d foi.Decision, number int, scene foi.Scene) []remedyLine {
	var from calendar.Date // the applicant has it
	electronic := false
	for _, s := range r.Services {
		if s.Decision != number || s.Failed {
			continue
		}
		electronic = s.Way == foi.Electronic
		switch {
		case !s.DeliveredOn.IsZero():
			from = s.DeliveredOn
		case s.Way != foi.Post && from.IsZero():
			from = s.On
		}
	}
	m, ok := foi.RemediesOf(d, r.Organ, p.Registry, scene.Policy.Court, electronic)
	if !ok || m.Text == "" {
		return nil
	}
	until := func(limit, open string) string {
		l, _ := calendar.LimitByID(limit)
		a, err := scene.Calendar.Reckon(calendar.Query{Limit: l, From: from})
		if from.IsZero() || err != nil {
			return open
		}
		return dayWords(say, a.Deadline)
	}
	all := []remedyLine{{say.T("apply.review"), m.Reviewer, until("reconsideration", say.T("apply.review-open")), "行政复议法§20"}}
	if m.Kind == law.ReviewFirst {
		return append(all, remedyLine{say.T("apply.suit-after"), m.Court, say.T("apply.suit-after-until"), "行政复议法§23.1、行政诉讼法§45"})
	}
	return append(all, remedyLine{say.T("apply.suit"), m.Court, until("suit", say.T("apply.suit-open")), "行政诉讼法§46"})
}

// missingReply says what can be done when the last day is over and nothing came.
func (p Apply) missingReply(say *locale.Catalogue, r foi.Request, scene foi.Scene, data *mineData) {
	if !r.Running() || r.Due.IsZero() || !scene.Today.After(r.Due) {
		return
	}
	data.Remedies = []remedyLine{
		{say.T("apply.complain"), say.T("apply.complain-where"), "", "条例§51"},
		{say.T("apply.no-reply"), data.Organ, say.T("apply.no-reply-until"), "条例§51、行政复议法§23.1"},
	}
}

// timeline tells in plain words what has happened. What only the office does with
// itself is left out, and nobody is named.
func timeline(say *locale.Catalogue, r foi.Request, last string) []moment {
	words := plainWords(say)
	var all []moment
	for _, e := range r.History {
		what, ok := words[e.Event]
		if !ok {
			continue
		}
		m := moment{Day: e.On.String(), What: what, Tone: "green"}
		switch {
		case e.Event == foi.ExtensionApproved:
			m.Note = say.T("apply.note-days", e.Days)
		case !e.Until.IsZero() && e.Event != foi.LimitMoved:
			m.Note = say.T("apply.note-until", dayWords(say, e.Until))
		case e.Fen > 0:
			m.Note = say.T("apply.note-fee", foi.Yuan(e.Fen))
		}
		if e.Clock == foi.Pause {
			m.Note, m.Tone = say.T("apply.note-pause"), "amber"
		}
		all = append(all, m)
	}
	if last != "" && r.Running() {
		all = append(all, moment{Day: r.Due.String(), What: say.T("apply.event-due"), Tone: "todo"})
	}
	return all
}

// plainWords are what a citizen reads of what happens. What is not among them
// they are not told.
func plainWords(say *locale.Catalogue) map[event.Kind]string {
	return map[event.Kind]string{
		foi.Received: say.T("apply.event-received"), foi.Arrived: say.T("apply.event-arrived"), foi.ContactTried: say.T("apply.event-called"),
		foi.Confirmed: say.T("apply.event-confirmed"), foi.SplitUp: say.T("apply.event-split"),
		foi.CorrectionAsked: say.T("apply.event-correction-asked"), foi.Corrected: say.T("apply.event-corrected"), foi.CorrectionLapsed: say.T("apply.event-correction-lapsed"),
		foi.ThirdPartyAsked: say.T("apply.event-third-party"), foi.JointMakerAsked: say.T("apply.event-organ"), foi.OrganAsked: say.T("apply.event-organ"),
		foi.OpinionGiven: say.T("apply.event-opinion"), foi.QuestionWithdrawn: say.T("apply.event-question-withdrawn"),
		foi.ExtensionApproved: say.T("apply.event-extended"), foi.ReasonsAsked: say.T("apply.event-reasons-asked"), foi.ReasonsGiven: say.T("apply.event-reasons-given"),
		foi.LimitDelayed: say.T("apply.event-delayed"), foi.FeeNotified: say.T("apply.event-fee"), foi.FeeNoticeReceived: say.T("apply.event-fee-received"),
		foi.FeePaid: say.T("apply.event-paid"), foi.FeeCancelled: say.T("apply.event-fee-cancelled"), foi.FeeLapsed: say.T("apply.event-fee-lapsed"),
		foi.Served: say.T("apply.event-served"), foi.ServedAgain: say.T("apply.event-served-again"), foi.Delivered: say.T("apply.event-delivered"),
		foi.Withdrawn: say.T("apply.event-withdrawn"), foi.Discontinued: say.T("apply.event-discontinued"),
		foi.DisputeFiled: say.T("apply.event-dispute"), foi.DisputeDecided: say.T("apply.event-dispute-decided"), foi.DisputeAppealed: say.T("apply.event-dispute-appealed"), foi.Reopened: say.T("apply.event-reopened"),
		foi.PublicationProposed: say.T("apply.event-proposed"), foi.ProposalSettled: say.T("apply.event-settled"), foi.LimitMoved: say.T("apply.event-moved"),
	}
}
