package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

// Requests keeps requests for information. A request is one document; the other
// columns are what lists and figures ask for, written with it.
type Requests struct{ DB *DB }

const (
	requestColumns = "id, organ_id, number, status, outcome, visibility, handler, channel, kind, organisation, applicant, headline, title, arrived_on, received_on, due, ended_on, ended, open, running, tended, replied, took, late, cases, ended_first, file"
	noDue          = "9999-12-31"
)

func requestValues(r foi.Request) ([]any, error) {
	file, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	row, received := r.Row(), ""
	if tally, ok := r.Tally(); ok {
		received = tally.Received.String()
	}
	return []any{
		r.ID, r.Organ, r.Number, string(r.Status), r.Outcome, string(r.Visibility), r.Handler, string(r.Channel), row.Kind, row.Organisation,
		r.Applicant().Owner, row.Headline, r.Title, dayText(r.ArrivedOn), received, dueText(r), dayText(r.EndedOn), r.CountedAs(false), r.Open(), r.Running(), r.Tended(), r.Replied(), r.Took, r.Late, r.Cases(), r.CountedAs(true), string(file),
	}, nil
}

func scanRequest(row interface{ Scan(...any) error }) (r foi.Request, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(file), &r); err != nil {
		return r, errs.Wrap(err, errs.Corrupt, "申请的记录损坏，读不出来；请从备份恢复。")
	}
	return r, nil
}

// Request gives one.
func (s Requests) Request(ctx context.Context, id string) (foi.Request, error) {
	return requestByID(ctx, s.DB.read, id, "")
}

func requestByID(ctx context.Context, q querier, id, lock string) (foi.Request, error) {
	r, err := scanRequest(q.QueryRowContext(ctx, "SELECT file FROM request WHERE id = $1"+lock, id))
	return r, missing(err, "没有这件申请。")
}

// Add keeps new requests.
func (s Requests) Add(ctx context.Context, judge func(foi.Around) (foi.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := judge(tx.aroundRequest(ctx))
		if err != nil {
			return err
		}
		if err := tx.keepRequests(ctx, c); err != nil {
			return err
		}
		return tx.keepTallies(ctx, tallies{}, c.Added)
	})
}

// Update changes one.
func (s Requests) Update(ctx context.Context, id string, judge func(*foi.Request, foi.Around) (foi.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := requestByID(ctx, tx, id, tx.forUpdate())
		if err != nil {
			return err
		}
		before := r
		c, err := judge(&r, tx.aroundRequest(ctx))
		if err != nil {
			return err
		}
		if err := tx.saveRequest(ctx, r); err != nil {
			return err
		}
		if !slices.Equal(before.Sought(), r.Sought()) {
			if err := tx.reindex(ctx, before, r); err != nil {
				return err
			}
		}
		t := tallies{}
		t.count(before, -1)
		t.count(r, 1)
		if err := tx.keepTallies(ctx, t, c.Added); err != nil {
			return err
		}
		if before.Ask.Text != r.Ask.Text {
			if err := tx.trace(ctx, r); err != nil {
				return err
			}
		}
		if c.KeepUntil != nil {
			if err := errors.Join(tx.keepPersonalUntil(ctx, r, *c.KeepUntil), tx.keepPapersUntil(ctx, r, *c.KeepUntil)); err != nil {
				return err
			}
		}
		if c.OwnUntil != nil {
			if err := tx.keepInsideUntil(ctx, r, *c.OwnUntil); err != nil {
				return err
			}
		}
		if err := tx.sent(ctx, c.Pen.Actor, r.ID, c.Act); err != nil {
			return err
		}
		return tx.keepRequests(ctx, c)
	})
}

func (tx *Tx) aroundRequest(ctx context.Context) foi.Around {
	return foi.Around{
		Next:   func(organ, series string, year int) (int64, error) { return tx.next(ctx, organ, series, year) },
		Reach:  func(organ, series string, year int, n int64) error { return tx.reach(ctx, organ, series, year, n) },
		Papers: func(request string) ([]foi.Paper, error) { return papersOf(ctx, tx, request) },
	}
}

// reach lets a series go on behind a number.
func (tx *Tx) reach(ctx context.Context, organ, series string, year int, n int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO serial (organ_id, series, year, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (organ_id, series, year) DO UPDATE SET last = CASE WHEN serial.last < excluded.last THEN excluded.last ELSE serial.last END`, organ, series, year, n)
	return err
}

// next gives the next number of a series. The row is locked until the end of the
// transaction, so that numbers have no gap.
func (tx *Tx) next(ctx context.Context, organ, series string, year int) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO serial (organ_id, series, year, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (organ_id, series, year) DO UPDATE SET last = serial.last + 1 RETURNING last`, organ, series, year).Scan(&n)
	return n, err
}

// keepRequests keeps what a change adds.
func (tx *Tx) keepRequests(ctx context.Context, c foi.Change) error {
	organs := make([]string, len(c.Added))
	for i, r := range c.Added {
		organs[i] = r.Organ
	}
	places, err := tx.settle(ctx, organs)
	if err != nil {
		return err
	}
	for i, r := range c.Added {
		values, err := requestValues(r)
		if err != nil {
			return err
		}
		if err := tx.countShown(ctx, r); err != nil {
			return err
		}
		query, args := insertRows("request", requestColumns+", place", [][]any{append(values, places[i])})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		if err := tx.trace(ctx, r); err != nil {
			return err
		}
		if err := tx.saveBeside(ctx, r); err != nil {
			return err
		}
	}
	if err := tx.index(ctx, c.Added, places); err != nil {
		return err
	}
	for _, p := range c.Papers {
		if err := tx.keepPaper(ctx, p); err != nil {
			return err
		}
	}
	if c.Draft != "" {
		if err := tx.becomes(ctx, c.Draft, c.Added[0].ID); err != nil {
			return err
		}
	}
	if c.Ledger != "" {
		if err := tx.ledgerBecomes(ctx, c.Ledger, len(c.Added)); err != nil {
			return err
		}
	}
	for _, d := range c.Data {
		if err := tx.putDatum(ctx, d); err != nil {
			return err
		}
	}
	if err := tx.append(ctx, c.Events); err != nil {
		return err
	}
	if err := tx.keepPostings(ctx, c.Pen, c.Papers...); err != nil {
		return err
	}
	return tx.keepAgendas(ctx, c.Pen, c.Agendas)
}

func (tx *Tx) saveRequest(ctx context.Context, r foi.Request) error {
	values, err := requestValues(r)
	if err != nil {
		return err
	}
	if err := tx.countShown(ctx, r); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE request SET organ_id = $1, number = $2, status = $3, outcome = $4, visibility = $5, handler = $6, channel = $7,
		kind = $8, organisation = $9, applicant = $10, headline = $11, title = $12, arrived_on = $13, received_on = $14, due = $15, ended_on = $16,
		ended = $17, open = $18, running = $19, tended = $20, replied = $21, took = $22, late = $23, cases = $24, ended_first = $25, file = $26 WHERE id = $27`, append(values[1:], r.ID)...); err != nil {
		return err
	}
	return tx.saveBeside(ctx, r)
}

// saveBeside keeps what lists of disputes and fees ask for, and which files are
// referred to.
func (tx *Tx) saveBeside(ctx context.Context, r foi.Request) error {
	if err := tx.useOfRequest(ctx, r); err != nil {
		return err
	}
	if err := tx.saveConventions(ctx, r); err != nil {
		return err
	}
	for _, x := range r.Disputes {
		if _, err := tx.ExecContext(ctx, `INSERT INTO request_dispute (request_id, ref, organ_id, kind, filed_on, decided_on, result, body, number, answered_on, answer_due, ordered)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (request_id, ref) DO UPDATE SET decided_on = excluded.decided_on, result = excluded.result, body = excluded.body, number = excluded.number,
			answered_on = excluded.answered_on, answer_due = excluded.answer_due, ordered = excluded.ordered`,
			r.ID, x.Ref, r.Organ, string(x.Kind), dayText(x.FiledOn), dayText(x.DecidedOn), string(x.Result), x.Body, x.Number, dayText(x.AnsweredOn), dayText(x.AnswerDue), x.Order && x.ObeyedOn.IsZero()); err != nil {
			return err
		}
	}
	f := r.Fee
	if f == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO request_fee (request_id, organ_id, method, rank, pages, fen, issued_on, notified_on, pay_until, paid_on, cancelled_on, voucher, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (request_id) DO UPDATE SET method = excluded.method, rank = excluded.rank, pages = excluded.pages, fen = excluded.fen, issued_on = excluded.issued_on,
		notified_on = excluded.notified_on, pay_until = excluded.pay_until, paid_on = excluded.paid_on, cancelled_on = excluded.cancelled_on, voucher = excluded.voucher, state = excluded.state`,
		r.ID, r.Organ, string(f.Method), f.Rank, f.Pages, f.Fen, dayText(f.IssuedOn), dayText(f.ReceivedOn), dayText(f.Until), dayText(f.PaidOn), dayText(f.CancelledOn), f.Voucher, string(r.FeeState()))
	return err
}

// saveLimit saves a request of which nothing but the limit has moved.
func (tx *Tx) saveLimit(ctx context.Context, r foi.Request) error {
	file, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.repeat(ctx, "UPDATE request SET due = $1, file = $2 WHERE id = $3", dueText(r), string(file), r.ID)
}

func dueText(r foi.Request) string {
	if r.Due.IsZero() {
		return noDue
	}
	return r.Due.String()
}

// trace keeps the traces of what is asked.
func (tx *Tx) trace(ctx context.Context, r foi.Request) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM request_trace WHERE request_id = $1", r.ID); err != nil {
		return err
	}
	var rows [][]any
	for _, t := range foi.Traces(r.Ask.Text) {
		rows = append(rows, []any{t, r.ID})
	}
	if len(rows) == 0 {
		return nil
	}
	query, args := insertRows("request_trace", "trace, request_id", rows)
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// keepPersonalUntil sets when the personal data of a request are erased. Parts of
// one that was split share data: the latest day holds.
func (tx *Tx) keepPersonalUntil(ctx context.Context, r foi.Request, until calendar.Date) error {
	for _, p := range r.Parties {
		if _, err := tx.ExecContext(ctx, `UPDATE personal SET erase_after = $1 WHERE owner = $2 AND erased_at = 0 AND ($3 = '' OR erase_after < $4)`,
			dayText(until), p.Owner, dayText(until), dayText(until)); err != nil {
			return err
		}
	}
	return nil
}

// Running gives requests whose reply is due.
func (s Requests) Running(ctx context.Context, after string, most int) ([]foi.Request, error) {
	return collect(ctx, s.DB.read, scanRequest, "SELECT file FROM request WHERE running AND id > $1 ORDER BY id LIMIT $2", after, most)
}

// Sweep goes through those about which something is to be done, and keeps what
// judge changes.
func (s Requests) Sweep(ctx context.Context, after string, most int, judge func(*foi.Request) (foi.Change, error)) (last string, kept int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		last, kept = "", 0
		batch, err := collect(ctx, tx, scanRequest, "SELECT file FROM request WHERE tended AND id > $1 ORDER BY id LIMIT $2"+tx.forUpdate(), after, most)
		if err != nil {
			return err
		}
		var all foi.Change
		t := tallies{}
		for i := range batch {
			before := batch[i]
			c, err := judge(&batch[i])
			if err != nil {
				return err
			}
			if len(c.Events) > 0 {
				if err := tx.saveLimit(ctx, batch[i]); err != nil {
					return err
				}
				t.count(before, -1)
				t.count(batch[i], 1)
				kept++
			}
			all.Pen, all.Events, all.Agendas = c.Pen, append(all.Events, c.Events...), append(all.Agendas, c.Agendas...)
		}
		if len(batch) == most {
			last = batch[most-1].ID
		}
		if err := tx.keepTallies(ctx, t, nil); err != nil {
			return err
		}
		return tx.keepRequests(ctx, all)
	})
	return last, kept, err
}
