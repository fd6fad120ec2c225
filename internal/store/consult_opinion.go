package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

const opinionColumns = "id, consultation_id, organ_id, number, channel, giver, text, named, received_on, received_at, entered_by, " +
	"outcome, gist, reason, together, aside, aside_reason, handled_by, handled_on"

const ledgerQuery = "SELECT " + opinionColumns + " FROM opinion WHERE consultation_id = $1 ORDER BY received_on, id"

func scanOpinion(row interface{ Scan(...any) error }) (o consult.Opinion, err error) {
	return scanOpinionAnd(row)
}

// scanOpinionAnd reads an opinion and what stands behind it in the row.
func scanOpinionAnd(row interface{ Scan(...any) error }, more ...any) (o consult.Opinion, err error) {
	var received int64
	var on, handled string
	if err := row.Scan(append([]any{
		&o.ID, &o.Consultation, &o.Organ, &o.Number, &o.Channel, &o.Giver, &o.Text, &o.Named, &on, &received, &o.EnteredBy,
		&o.Outcome, &o.Gist, &o.Reason, &o.Group, &o.Aside, &o.AsideReason, &o.HandledBy, &handled,
	}, more...)...); err != nil {
		return o, err
	}
	o.At = time.UnixMilli(received).In(clock.Shanghai)
	return o, daysOf(map[string]*calendar.Date{on + " on": &o.On, handled + " handled": &o.HandledOn})
}

// Receive keeps new opinions, with names and contacts. One whose form was sent before is
// given as it was kept.
func (s Consultations) Receive(ctx context.Context, all []consult.Taken) ([]consult.Opinion, error) {
	kept := make([]consult.Opinion, 0, len(all))
	err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		kept = kept[:0] // a change that collides with another is tried again
		for _, t := range all {
			o, err := tx.receive(ctx, t)
			if err != nil {
				return err
			}
			kept = append(kept, o)
		}
		return nil
	})
	return kept, err
}

func (tx *Tx) receive(ctx context.Context, t consult.Taken) (consult.Opinion, error) {
	o := t.Opinion
	same, err := collect(ctx, tx, scanOpinion, "SELECT "+opinionColumns+" FROM opinion WHERE consultation_id = $1 AND once = $2", o.Consultation, t.Once)
	if err != nil || len(same) > 0 {
		return first(same), err
	}
	query, args := insertRows("opinion", opinionColumns+", once", [][]any{{
		o.ID, o.Consultation, o.Organ, o.Number, string(o.Channel), o.Giver, o.Text, o.Named, o.On.String(), o.At.UnixMilli(), o.EnteredBy,
		"", "", "", "", "", "", "", "", t.Once,
	}})
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return o, err
	}
	for _, d := range t.Data {
		if err := tx.putDatum(ctx, d); err != nil {
			return o, err
		}
	}
	return o, tx.append(ctx, t.Events)
}

// Opinion gives one.
func (s Consultations) Opinion(ctx context.Context, id string) (consult.Opinion, error) {
	o, err := scanOpinion(s.DB.read.QueryRowContext(ctx, "SELECT "+opinionColumns+" FROM opinion WHERE id = $1", id))
	return o, missing(err, "没有这条意见。")
}

// Numbered gives the one with a number.
func (s Consultations) Numbered(ctx context.Context, number string) (consult.Opinion, error) {
	o, err := scanOpinion(s.DB.read.QueryRowContext(ctx, "SELECT "+opinionColumns+" FROM opinion WHERE number = $1", number))
	return o, missing(err, "没有这个编号的意见，请核对编号，如 YJ7K3F9QXXXXXX。")
}

// Ledger gives all opinions of a consultation.
func (s Consultations) Ledger(ctx context.Context, consultation string) ([]consult.Opinion, error) {
	return collect(ctx, s.DB.read, scanOpinion, ledgerQuery, consultation)
}

var opinionOrders = map[string]string{
	"":         "received_on DESC, opinion.id",
	"received": "received_on, opinion.id",
	"handled":  "handled_on, opinion.id",
}

// Opinions gives the ledger of some places.
func (s Consultations) Opinions(ctx context.Context, places []account.Place, q paging.Query) (page paging.Page[consult.OpinionRow], err error) {
	w := &where{}
	w.within("opinion.organ_id", places)
	narrowOpinions(w, q)
	q.Desc = q.Desc && q.Sort != ""
	const from = "opinion JOIN consultation c ON c.id = opinion.consultation_id"
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, from); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (r consult.OpinionRow, err error) {
		var closes string
		r.Opinion, err = scanOpinionAnd(row, &r.Title, &closes)
		return r, errors.Join(err, daysOf(map[string]*calendar.Date{closes + " closes": &r.Until}))
	}, "SELECT opinion."+strings.ReplaceAll(opinionColumns, ", ", ", opinion.")+", c.title, c.closes FROM "+from+w.sql()+" ORDER BY "+ordered(opinionOrders, q)+tail, args...)
	return page, err
}

func narrowOpinions(w *where, q paging.Query) {
	if of := q.Filter(consult.FilterOf); of != "" {
		w.add("opinion.consultation_id = ?", of)
	}
	if organ := q.Filter(consult.FilterOrgan); organ != "" {
		w.within("opinion.organ_id", []account.Place{{Organ: organ}})
	}
	if organ := q.Filter(consult.FilterBelow); organ != "" {
		w.within("opinion.organ_id", []account.Place{{Organ: organ, Below: true}})
	}
	switch outcome := q.Filter(consult.FilterOutcome); outcome {
	case "":
	case "aside":
		w.add("aside <> ''")
	case "counted":
		w.add("aside = ''")
	case "unanswered":
		w.add("aside = '' AND outcome = ''")
	default:
		w.add("aside = '' AND outcome = ?", outcome)
	}
	if channel := q.Filter(consult.FilterChannel); channel != "" {
		w.add("channel = ?", channel)
	}
	if q.Filter(consult.FilterLate) != "" {
		w.add("received_on > c.closes")
	}
	if span, ok := calendar.ParseSpan(q.Filter(consult.FilterCame)); ok {
		w.add("received_on >= ? AND received_on <= ?", span.From.String(), span.To.String())
	}
	if q.Words != "" {
		pattern := like(q.Words)
		w.add(`(text LIKE ? ESCAPE '\' OR gist LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
}

// Handle changes opinions of a consultation, all or none.
func (s Consultations) Handle(ctx context.Context, consultation string, ids []string, judge func(consult.Consultation, []*consult.Opinion) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := tx.consultation(ctx, consultation)
		if err != nil {
			return err
		}
		w := &where{}
		w.add("consultation_id = ?", consultation)
		w.in("id", keys(ids))
		all, err := collect(ctx, tx, scanOpinion, "SELECT "+opinionColumns+" FROM opinion"+w.sql()+" ORDER BY received_on, id"+tx.forUpdate(), w.args...)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return errs.New(errs.NotFound, "这次意见征集没有这些意见。")
		}
		meant := make([]*consult.Opinion, len(all))
		for i := range all {
			meant[i] = &all[i]
		}
		events, err := judge(c, meant)
		if err != nil {
			return err
		}
		for _, o := range meant {
			if _, err := tx.ExecContext(ctx, "UPDATE opinion SET outcome = $1, gist = $2, reason = $3, together = $4, aside = $5, aside_reason = $6, handled_by = $7, handled_on = $8 WHERE id = $9",
				string(o.Outcome), o.Gist, o.Reason, o.Group, o.Aside, o.AsideReason, o.HandledBy, dayText(o.HandledOn), o.ID); err != nil {
				return err
			}
		}
		return tx.append(ctx, events)
	})
}

// Since counts what came online from a time on.
func (s Consultations) Since(ctx context.Context, unixMilli int64) (n int, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM opinion WHERE channel = 'online' AND received_at >= $1", unixMilli).Scan(&n)
	return n, err
}

// Count counts consultations that opened and opinions that came within some days.
func (s Consultations) Count(ctx context.Context, place account.Place, span calendar.Span, today calendar.Date) (consult.Figures, error) {
	f := consult.Figures{ByChannel: map[consult.Channel]int{}}
	held := &where{}
	held.within("organ_id", []account.Place{place})
	held.add(heldCondition+" AND opens >= ? AND opens <= ? AND opens <= ?", span.From.String(), span.To.String(), today.String())
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM consultation"+held.sql(), held.args...).Scan(&f.Held); err != nil {
		return f, err
	}
	w := &where{}
	w.within("organ_id", []account.Place{place})
	w.add("received_on >= ? AND received_on <= ?", span.From.String(), span.To.String())
	type line struct {
		outcome consult.Outcome
		aside   string
		channel consult.Channel
		n       int
	}
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) {
		return l, row.Scan(&l.outcome, &l.aside, &l.channel, &l.n)
	}, "SELECT outcome, aside, channel, COUNT(*) FROM opinion"+w.sql()+" GROUP BY outcome, aside, channel ORDER BY channel", w.args...)
	for _, l := range lines {
		f.Opinions.Add(l.outcome, l.aside, l.n)
		if l.aside == "" {
			f.ByChannel[l.channel] += l.n
		}
	}
	return f, err
}
