package store

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/event"
	"gongkai/internal/paging"
	"gongkai/internal/work"
)

// Consultations keeps consultations, each as one JSON text beside what lists ask for, and
// opinions (consult_opinion.go).
type Consultations struct{ DB *DB }

func scanConsultation(row interface{ Scan(...any) error }) (c consult.Consultation, err error) {
	return c, scanFile(row, &c, "意见征集")
}

// Consultation gives one.
func (s Consultations) Consultation(ctx context.Context, id string) (consult.Consultation, error) {
	c, err := scanConsultation(s.DB.read.QueryRowContext(ctx, "SELECT file FROM consultation WHERE id = $1", id))
	return c, missing(err, "没有这次意见征集。")
}

const consultationColumns = "id, organ_id, title, kind, status, opens, closes, due, told_on, ended_on, file"

// Begin keeps a new one.
func (s Consultations) Begin(ctx context.Context, c consult.Consultation, with consult.Change) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		file, err := json.Marshal(c)
		if err != nil {
			return err
		}
		query, args := insertRows("consultation", consultationColumns, [][]any{{
			c.ID, c.Organ, c.Content.Title, string(c.Content.Kind), string(c.Status), dayText(c.Content.From), dayText(c.Content.Until), "", "", "", string(file),
		}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		return tx.keepConsultation(ctx, c, with)
	})
}

// Update changes one, or nothing where judge refuses.
func (s Consultations) Update(ctx context.Context, id string, judge func(*consult.Consultation, []consult.Opinion) (consult.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := tx.consultation(ctx, id)
		if err != nil {
			return err
		}
		ledger, err := collect(ctx, tx, scanOpinion, ledgerQuery, id)
		if err != nil {
			return err
		}
		with, err := judge(&c, ledger)
		if err != nil {
			return err
		}
		file, err := json.Marshal(c)
		if err != nil {
			return err
		}
		var told calendar.Date
		if len(c.Feedback) > 0 {
			told = c.Feedback[0].On
		}
		if _, err := tx.ExecContext(ctx, "UPDATE consultation SET title = $1, kind = $2, status = $3, opens = $4, closes = $5, told_on = $6, ended_on = $7, file = $8 WHERE id = $9",
			c.Content.Title, string(c.Content.Kind), string(c.Status), dayText(c.Content.From), dayText(c.Content.Until), dayText(told), dayText(c.EndedOn), string(file), id); err != nil {
			return err
		}
		return tx.keepConsultation(ctx, c, with)
	})
}

func (tx *Tx) consultation(ctx context.Context, id string) (consult.Consultation, error) {
	c, err := scanConsultation(tx.QueryRowContext(ctx, "SELECT file FROM consultation WHERE id = $1"+tx.forUpdate(), id))
	return c, missing(err, "没有这次意见征集。")
}

// keepConsultation keeps what comes with a change: which files it refers to, its events,
// what is to be done; and counts that everybody may see something else.
func (tx *Tx) keepConsultation(ctx context.Context, c consult.Consultation, with consult.Change) error {
	want := map[fileUse]bool{}
	for _, f := range c.Files() {
		want[fileUse{f.Hash, useRecord}] = true
	}
	if err := tx.use(ctx, consult.Subject(c.ID).String(), want, nil); err != nil {
		return err
	}
	if err := tx.append(ctx, with.Events); err != nil {
		return err
	}
	if err := tx.listConsultation(ctx, c); err != nil {
		return err
	}
	if c.Status != consult.Drafting && c.Status != consult.Approving && c.Status != consult.Dropped || len(c.Notes) > 0 {
		if err := tx.revise(ctx, changedConsultations); err != nil {
			return err
		}
	}
	return tx.consultationAgendas(ctx, with.Pen, with.Agendas)
}

// changedConsultations counts changes of what everybody may read of consultations.
const changedConsultations = "consulted"

func (tx *Tx) consultationAgendas(ctx context.Context, pen event.Pen, agendas []consult.Agenda) error {
	all := make([]agenda, len(agendas))
	for i, a := range agendas {
		n, err := tx.exec(ctx, "UPDATE consultation SET due = $1 WHERE id = $2 AND due <> $1", dayText(a.Feedback), a.Consultation)
		if err == nil && n > 0 {
			err = tx.revise(ctx, changedConsultations)
		}
		if err != nil {
			return err
		}
		all[i] = agenda{about: consult.Subject(a.Consultation), closing: a.Closing}
		if a.Fulfilled != "" {
			all[i].fulfilled = []string{a.Fulfilled}
		}
		if d := a.Duty; d != nil {
			all[i].wanted = []work.Opening{{
				Organ: a.Organ, Task: work.Consult, Subject: all[i].about, Title: d.Title, Note: d.Cite, Link: consult.Path(a.Consultation), For: work.Holder{Role: d.Role}, Due: d.Due,
			}}
		}
	}
	return tx.keepWork(ctx, pen, all)
}

// UnderWay gives those about which something may be due.
func (s Consultations) UnderWay(ctx context.Context) ([]consult.Consultation, error) {
	return collect(ctx, s.DB.read, scanConsultation, `SELECT file FROM consultation WHERE status IN ('approving', 'approved', 'answering')
		OR status = 'answered' AND EXISTS (SELECT 1 FROM opinion o WHERE o.consultation_id = consultation.id AND o.aside = '' AND o.outcome = '') ORDER BY id`)
}

// Remind makes people's lists what they should be.
func (s Consultations) Remind(ctx context.Context, pen event.Pen, agendas []consult.Agenda) error {
	for _, a := range agendas { // one change each, that others need not wait
		if err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
			return tx.consultationAgendas(ctx, pen, []consult.Agenda{a})
		}); err != nil {
			return err
		}
	}
	return nil
}

// Append keeps events.
func (s Consultations) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}

const consultationRow = `id, organ_id, title, kind, status, opens, closes, due, told_on, ended_on,
	(SELECT COUNT(*) FROM opinion o WHERE o.consultation_id = consultation.id AND o.aside = ''),
	(SELECT COUNT(*) FROM opinion o WHERE o.consultation_id = consultation.id AND o.aside = '' AND o.outcome = '')`

func scanConsultationRow(row interface{ Scan(...any) error }) (r consult.Row, err error) {
	var opens, closes, due, told, ended string
	err = row.Scan(&r.ID, &r.Organ, &r.Title, &r.Kind, &r.Status, &opens, &closes, &due, &told, &ended, &r.Received, &r.Unanswered)
	return r, errors.Join(err, daysOf(map[string]*calendar.Date{opens + " opens": &r.From, closes + " closes": &r.Until, due + " due": &r.Due, told + " told": &r.Told, ended + " ended": &r.EndedOn}))
}

// consultationOrders are the orders of the list; by default the latest comes first.
var consultationOrders = map[string]string{
	"":       "id DESC",
	"opens":  "opens, id",
	"closes": "closes, id",
	"title":  "title, id",
}

// List gives consultations of some places.
func (s Consultations) List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[consult.Row], error) {
	w := &where{}
	w.within("organ_id", places)
	return s.page(ctx, w, consultationOrders, q, today)
}

// Public lists what everybody may read on a day.
func (s Consultations) Public(ctx context.Context, organ string, q paging.Query, today calendar.Date) (paging.Page[consult.Row], error) {
	w := &where{}
	askedPublicly(w, today)
	if organ != "" {
		w.within("organ_id", []account.Place{{Organ: organ}})
	}
	if q.Filter(consult.FilterPhase) == string(consult.Ended) { // to everybody, what is overdue has ended too
		w.add("status IN ('approved', 'answering') AND told_on = '' AND closes < ?", today.String())
		q.Filters = maps.Clone(q.Filters)
		delete(q.Filters, consult.FilterPhase)
	}
	return s.page(ctx, w, publicOrders(today), q, today)
}

// askedPublicly is what everybody may read on a day.
func askedPublicly(w *where, today calendar.Date) {
	w.add("opens <> '' AND opens <= ? AND (status IN ('approved', 'answering', 'answered') OR status = 'withdrawn' AND ended_on >= opens)", today.String())
}

// publicOrders are the orders for everybody: open ones first, the next to end before; of
// the others the last that ended.
func publicOrders(today calendar.Date) map[string]string {
	open := "status <> 'withdrawn' AND closes >= '" + today.String() + "'"
	return map[string]string{"": "CASE WHEN " + open + " THEN closes ELSE '9999' END, closes DESC, id", "opens": "opens, id"}
}

// phases are the conditions of the phases; each ? is the day.
var phases = map[consult.Phase]string{
	consult.Preparing: "status IN ('drafting', 'approving')",
	consult.Waiting:   "status = 'approved' AND told_on = '' AND opens > ?",
	consult.Open:      "status IN ('approved', 'answering') AND told_on = '' AND opens <= ? AND closes >= ?",
	consult.Ended:     "status IN ('approved', 'answering') AND told_on = '' AND closes < ? AND due >= ?",
	consult.Overdue:   "status IN ('approved', 'answering') AND told_on = '' AND closes < ? AND due < ?",
	consult.Told:      "(status = 'answered' OR status IN ('approved', 'answering') AND told_on <> '')",
	consult.Stopped:   "status = 'withdrawn'",
	consult.GivenUp:   "status = 'dropped'",
}

func (s Consultations) page(ctx context.Context, w *where, orders map[string]string, q paging.Query, today calendar.Date) (page paging.Page[consult.Row], err error) {
	if phase := q.Filter(consult.FilterPhase); phase != "" {
		condition, ok := phases[consult.Phase(phase)]
		if !ok {
			condition = "1 = 0"
		}
		w.add(condition, timesOf(condition, today.String())...)
	}
	if kind := q.Filter(consult.FilterKind); kind != "" {
		w.add("kind = ?", kind)
	}
	narrowPlace(w, q)
	if held, ok := calendar.ParseSpan(q.Filter(consult.FilterHeld)); ok {
		w.add(heldCondition+" AND opens >= ? AND opens <= ? AND opens <= ?", held.From.String(), held.To.String(), today.String())
	}
	if q.Words != "" {
		w.add(`title LIKE ? ESCAPE '\'`, like(q.Words))
	}
	q.Desc = q.Desc && q.Sort != ""
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "consultation"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanConsultationRow, "SELECT "+consultationRow+" FROM consultation"+w.sql()+" ORDER BY "+ordered(orders, q)+tail, args...)
	return page, err
}

// heldCondition is which consultations are told of as held: everybody was asked, and it
// was not withdrawn.
const heldCondition = "status IN ('approved', 'answering', 'answered')"

// narrowPlace narrows to an organ, or to it and all below.
func narrowPlace(w *where, q paging.Query) {
	if organ := q.Filter(consult.FilterOrgan); organ != "" {
		w.within("organ_id", []account.Place{{Organ: organ}})
	}
	if organ := q.Filter(consult.FilterBelow); organ != "" {
		w.within("organ_id", []account.Place{{Organ: organ, Below: true}})
	}
}

// timesOf gives an argument as often as a condition asks for it.
func timesOf(condition, arg string) []any {
	var all []any
	for _, r := range condition {
		if r == '?' {
			all = append(all, arg)
		}
	}
	return all
}
