package store

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/personal"
)

// Personal keeps personal data, sealed.
type Personal struct{ DB *DB }

const datumColumns = "id, organ_id, owner, kind, sealed, blind, created_at, erase_after, erased_at"

func scanDatum(row interface{ Scan(...any) error }) (d personal.Datum, err error) {
	var (
		owner, after    string
		created, erased int64
	)
	if err := row.Scan(&d.ID, &d.Organ, &owner, &d.Kind, &d.Sealed, &d.Blind, &created, &after, &erased); err != nil {
		return d, err
	}
	d.Owner.Type, d.Owner.ID, _ = strings.Cut(owner, "/")
	d.CreatedAt, d.ErasedAt = moment(created), moment(erased)
	if after != "" {
		d.EraseAfter, err = calendar.ParseDate(after)
	}
	return d, err
}

// Datum gives one.
func (s Personal) Datum(ctx context.Context, id string) (personal.Datum, error) {
	d, err := scanDatum(s.DB.read.QueryRowContext(ctx, "SELECT "+datumColumns+" FROM personal WHERE id = $1", id))
	return d, missing(err, "没有这项个人信息。")
}

// OfOwner gives an owner's data that are not erased.
func (s Personal) OfOwner(ctx context.Context, owner event.Subject) ([]personal.Datum, error) {
	return collect(ctx, s.DB.read, scanDatum, "SELECT "+datumColumns+" FROM personal WHERE owner = $1 AND erased_at = 0 ORDER BY kind, id", owner.String())
}

// ByBlind gives data with an index.
func (s Personal) ByBlind(ctx context.Context, kind personal.Kind, blind string, places []account.Place) ([]personal.Datum, error) {
	var w where
	w.add("kind = ? AND blind = ? AND blind <> ''", string(kind), blind)
	w.within("organ_id", places)
	return collect(ctx, s.DB.read, scanDatum, "SELECT "+datumColumns+" FROM personal"+w.sql()+" ORDER BY id LIMIT 1000", w.args...)
}

// Put keeps a datum and empties those of the owner and kind before it.
func (s Personal) Put(ctx context.Context, d personal.Datum, write func(before []string) []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		before, err := collect(ctx, tx, scanText, "SELECT id FROM personal WHERE owner = $1 AND kind = $2 AND erased_at = 0 ORDER BY id"+tx.forUpdate(), d.Owner.String(), string(d.Kind))
		if err != nil {
			return err
		}
		if err := tx.erase(ctx, before, d.CreatedAt); err != nil {
			return err
		}
		if err := tx.putDatum(ctx, d); err != nil {
			return err
		}
		return tx.append(ctx, write(before))
	})
}

// putDatum keeps a datum of a kind that its owner has none of.
func (tx *Tx) putDatum(ctx context.Context, d personal.Datum) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO personal ("+datumColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		d.ID, d.Organ, d.Owner.String(), string(d.Kind), d.Sealed, d.Blind, micros(d.CreatedAt), dayText(d.EraseAfter), micros(d.ErasedAt))
	if duplicate(err) {
		return errs.New(errs.Conflict, "这项个人信息刚刚在别处改过，请刷新后重试。")
	}
	return err
}

// erase empties data.
func (tx *Tx) erase(ctx context.Context, ids []string, at time.Time) error {
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "UPDATE personal SET sealed = NULL, blind = '', erased_at = $1 WHERE id = $2", micros(at), id); err != nil {
			return err
		}
	}
	return nil
}

// Schedule sets the last day of an owner's data.
func (s Personal) Schedule(ctx context.Context, owner event.Subject, last calendar.Date, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE personal SET erase_after = $1 WHERE owner = $2 AND erased_at = 0", dayText(last), owner.String()); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// dayText is how a day is stored, "" for none.
func dayText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// Erase empties data; the rows stay, so that it is known what was there.
func (s Personal) Erase(ctx context.Context, ids []string, at time.Time, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.erase(ctx, ids, at); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Due gives data whose last day is over.
func (s Personal) Due(ctx context.Context, today calendar.Date, most int) ([]personal.Datum, error) {
	return collect(ctx, s.DB.read, scanDatum, "SELECT "+datumColumns+` FROM personal
		WHERE erased_at = 0 AND erase_after <> '' AND erase_after < $1 ORDER BY erase_after LIMIT $2`, today.String(), most)
}

// OfLeavers gives the own data of people who left before a time.
func (s Personal) OfLeavers(ctx context.Context, before time.Time, most int) ([]personal.Datum, error) {
	return collect(ctx, s.DB.read, scanDatum, "SELECT "+datumColumns+` FROM personal
		WHERE erased_at = 0 AND owner IN (SELECT 'person/' || id FROM person WHERE NOT active AND left_at > 0 AND left_at < $1) ORDER BY id LIMIT $2`, micros(before), most)
}

// After gives data in the order of their keys.
func (s Personal) After(ctx context.Context, id string, most int) ([]personal.Datum, error) {
	return collect(ctx, s.DB.read, scanDatum, "SELECT "+datumColumns+" FROM personal WHERE id > $1 ORDER BY id LIMIT $2", id, most)
}

// Reseal changes how a datum is sealed.
func (s Personal) Reseal(ctx context.Context, id string, before, after []byte) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE personal SET sealed = $1 WHERE id = $2 AND sealed = $3", after, id, before)
		if err == nil && n == 0 {
			return errs.New(errs.Conflict, "这项个人信息刚刚改过。")
		}
		return err
	})
}

// Append records that somebody looked.
func (s Personal) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}
