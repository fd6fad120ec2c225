package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/work"
)

// Reports keeps annual reports: each as one JSON text, the other columns being what
// lists ask for.
type Reports struct{ DB *DB }

func reportValues(r compile.Report) ([]any, error) {
	file, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	last, _ := r.Last()
	var document any // of the newest version that has one
	for _, v := range r.Versions {
		if v.Document != "" {
			document = v.Document
		}
	}
	return []any{
		r.ID, r.Organ, r.Year, string(r.Status), len(r.Versions), dayText(last.SignedOn), dayText(last.SentOn), document, last.Printed, string(file),
	}, nil
}

func scanReport(row interface{ Scan(...any) error }) (r compile.Report, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(file), &r); err != nil {
		return r, errs.Wrap(err, errs.Corrupt, "年度报告的记录损坏，读不出来；请从备份恢复。")
	}
	return r, nil
}

const noReport = "没有这份年度报告。"

// Report gives that of an organ on a year.
func (s Reports) Report(ctx context.Context, organ string, year int) (compile.Report, error) {
	r, err := scanReport(s.DB.read.QueryRowContext(ctx, "SELECT file FROM report WHERE organ_id = $1 AND year = $2", organ, year))
	return r, missing(err, noReport)
}

func (s Reports) byID(ctx context.Context, id string) (compile.Report, error) {
	r, err := scanReport(s.DB.read.QueryRowContext(ctx, "SELECT file FROM report WHERE id = $1", id))
	return r, missing(err, noReport)
}

// Update changes the report of an organ and a year, or begins it.
func (s Reports) Update(ctx context.Context, organ string, year int, judge func(*compile.Report) (compile.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := scanReport(tx.QueryRowContext(ctx, "SELECT file FROM report WHERE organ_id = $1 AND year = $2"+tx.forUpdate(), organ, year))
		err = missing(err, noReport)
		begins := errs.KindOf(err) == errs.NotFound
		if err != nil && !begins {
			return err
		}
		was := countsAs(r)
		c, err := judge(&r)
		if err != nil {
			return err
		}
		values, err := reportValues(r)
		if err != nil {
			return err
		}
		if begins {
			_, err = tx.ExecContext(ctx, `INSERT INTO report (id, organ_id, year, status, versions, signed_on, sent_on, document_id, printed, file)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, values...)
		} else {
			_, err = tx.ExecContext(ctx, `UPDATE report SET status = $1, versions = $2, signed_on = $3, sent_on = $4, document_id = $5, printed = $6, file = $7 WHERE id = $8`,
				append(values[3:], r.ID)...)
		}
		if duplicate(err) {
			return errs.New(errs.Conflict, "另一个人同时开始了这份报告，请刷新页面。")
		}
		if err != nil {
			return err
		}
		if err := tx.append(ctx, c.Events); err != nil {
			return err
		}
		if slices.ContainsFunc(c.Events, func(e event.Event) bool { return e.Kind == compile.Sent }) {
			if err := tx.withdrawParcels(ctx, r.Organ, r.Year, c.Pen.At); err != nil {
				return err
			}
		}
		if c.Roll != nil {
			if err := tx.keepRoll(ctx, r.ID, len(r.Versions), c.Roll); err != nil {
				return err
			}
		}
		if c.Parcel != nil {
			if err := tx.addParcel(ctx, c.Parcel); err != nil {
				return err
			}
		}
		if countsAs(r) != was {
			if err := tx.reportChanged(ctx, r.Organ, r.Year); err != nil {
				return err
			}
		}
		return tx.keepWork(ctx, c.Pen, []agenda{reportAgenda(c.Agenda)})
	})
}

// countsAs is what those above see of a report: the version that stands, and when it
// reached them.
func countsAs(r compile.Report) string {
	last, _ := r.Last()
	return last.Hash + strconv.Itoa(len(r.Versions)) + dayText(last.SentOn) + last.Document
}

// Remind makes people's lists what they should be.
func (s Reports) Remind(ctx context.Context, pen event.Pen, agendas []compile.Agenda) error {
	for some := range slices.Chunk(agendas, agendasAtOnce) { // one change each, that others need not wait
		if err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
			all := make([]agenda, len(some))
			for i, a := range some {
				all[i] = reportAgenda(a)
			}
			return tx.keepWork(ctx, pen, all)
		}); err != nil {
			return err
		}
	}
	return nil
}

func reportAgenda(a compile.Agenda) agenda {
	all := agenda{about: compile.Subject(compile.Key(a.Organ, a.Year)), closing: a.Closing}
	if a.Fulfilled != "" {
		all.fulfilled = []string{a.Fulfilled}
	}
	if d := a.Duty; d != nil {
		all.wanted = []work.Opening{{
			Organ: a.Organ, Task: work.Report, Subject: all.about, Title: a.Title(*d), Note: "条例§49",
			Link: a.Link(), For: work.Holder{Role: d.Role}, Due: d.Due,
		}}
	}
	return all
}

// Standing gives how the reports of a year stand: those made here, and those that were
// published otherwise, as by an old site, or came to the superior otherwise, as a file.
func (s Reports) Standing(ctx context.Context, year int) ([]compile.Standing, error) {
	return collect(ctx, s.DB.read, scanStanding, `SELECT r.organ_id, r.status, r.versions, r.signed_on, COALESCE(d.published_on, ''), r.sent_on
		FROM report r LEFT JOIN document d ON d.id = r.document_id AND d.visibility = 'public' WHERE r.year = $1
		UNION ALL
		SELECT organ_id, '', 0, '', MAX(published_on), MAX(sent_on) FROM (
			SELECT organ_id, MIN(published_on) AS published_on, '' AS sent_on FROM catalogue WHERE report_year = $1 AND NOT gone GROUP BY organ_id
			UNION ALL SELECT organ_id, '', received_on FROM received WHERE year = $1 AND state = 'counted') AS otherwise
		WHERE organ_id NOT IN (SELECT organ_id FROM report WHERE year = $1) GROUP BY organ_id`, year)
}

func scanStanding(row interface{ Scan(...any) error }) (one compile.Standing, err error) {
	var signed, published, sent string
	if err := row.Scan(&one.Organ, &one.Status, &one.Versions, &signed, &published, &sent); err != nil {
		return one, err
	}
	return one, daysOf(map[string]*calendar.Date{signed + " signed": &one.SignedOn, published + " published": &one.PublishedOn, sent + " sent": &one.SentOn})
}
