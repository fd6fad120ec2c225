package store

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/work"
)

const substituteColumns = "id, organ_id, away_id, stands_id, first_day, last_day, named_by, named_at, ended_by, ended_at"

func scanSubstitute(row interface{ Scan(...any) error }) (s work.Substitute, err error) {
	var from, until string
	var named, ended int64
	if err := row.Scan(&s.ID, &s.Organ, &s.Away, &s.Stands, &from, &until, &s.NamedBy, &named, &s.EndedBy, &ended); err != nil {
		return s, err
	}
	s.NamedAt, s.EndedAt = moment(named), moment(ended)
	if err := s.From.UnmarshalText([]byte(from)); err != nil {
		return s, err
	}
	return s, s.Until.UnmarshalText([]byte(until))
}

// Substitutes gives those of an organ that are not over on a day.
func (s Work) Substitutes(ctx context.Context, organ string, day calendar.Date) ([]work.Substitute, error) {
	return substitutesOf(ctx, s.DB.read, organ, day)
}

func substitutesOf(ctx context.Context, q querier, organ string, day calendar.Date) ([]work.Substitute, error) {
	return collect(ctx, q, scanSubstitute, "SELECT "+substituteColumns+" FROM work_substitute WHERE organ_id = $1 AND last_day >= $2 AND ended_by = '' ORDER BY first_day, id", organ, day.String())
}

// Standing gives those by whom anybody, or one person who stands in, is meant on a
// day.
func (s Work) Standing(ctx context.Context, stands string, day calendar.Date) ([]work.Substitute, error) {
	var w where
	if stands != "" {
		w.add("stands_id = ?", stands)
	}
	w.add("last_day >= ? AND first_day <= ? AND ended_by = ''", day.String(), day.String())
	return collect(ctx, s.DB.read, scanSubstitute, "SELECT "+substituteColumns+" FROM work_substitute"+w.sql()+" ORDER BY id", w.args...)
}

// Substitute gives one.
func (s Work) Substitute(ctx context.Context, id string) (work.Substitute, error) {
	return substituteByID(ctx, s.DB.read, id, "")
}

func substituteByID(ctx context.Context, q querier, id, lock string) (work.Substitute, error) {
	one, err := scanSubstitute(q.QueryRowContext(ctx, "SELECT "+substituteColumns+" FROM work_substitute WHERE id = $1"+lock, id))
	return one, missing(err, "没有这次替班。")
}

// AddSubstitute keeps a new one as judge says of those of the organ. Two that are
// named at once wait for each other.
func (s Work) AddSubstitute(ctx context.Context, organ string, day calendar.Date, judge func([]work.Substitute) (work.Substitute, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := collect(ctx, tx, scanText, "SELECT id FROM organ WHERE id = $1"+tx.forUpdate(), organ); err != nil {
			return err
		}
		others, err := substitutesOf(ctx, tx, organ, day)
		if err != nil {
			return err
		}
		one, events, err := judge(others)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO work_substitute (id, organ_id, away_id, stands_id, first_day, last_day, named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			one.ID, one.Organ, one.Away, one.Stands, one.From.String(), one.Until.String(), one.NamedBy, micros(one.NamedAt)); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// ChangeSubstitute changes one as judge says.
func (s Work) ChangeSubstitute(ctx context.Context, id string, judge func(*work.Substitute) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		one, err := substituteByID(ctx, tx, id, tx.forUpdate())
		if err != nil {
			return err
		}
		events, err := judge(&one)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE work_substitute SET last_day = $1, ended_by = $2, ended_at = $3 WHERE id = $4", one.Until.String(), one.EndedBy, micros(one.EndedAt), id); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}
