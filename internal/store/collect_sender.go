package store

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	collecting "gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

const senderColumns = "id, organ_id, name, key, added_by, added_at, ended_at, used_at"

func scanSender(row interface{ Scan(...any) error }) (s collecting.Sender, err error) {
	var added, ended, used int64
	err = row.Scan(&s.ID, &s.Organ, &s.Name, &s.Key, &s.AddedBy, &added, &ended, &used)
	s.AddedAt, s.EndedAt, s.UsedAt = moment(added), moment(ended), moment(used)
	return s, err
}

// Senders gives those of some places.
func (s Collection) Senders(ctx context.Context, places []account.Place, q paging.Query) (page paging.Page[collecting.Sender], err error) {
	w := &where{}
	w.within("organ_id", places)
	if words := strings.TrimSpace(q.Words); words != "" {
		w.add(`name LIKE ? ESCAPE '\'`, like(words))
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "sender"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanSender, "SELECT "+senderColumns+" FROM sender"+w.sql()+" ORDER BY id"+tail, args...)
	return page, err
}

// Sender gives one.
func (s Collection) Sender(ctx context.Context, id string) (collecting.Sender, error) {
	one, err := scanSender(s.DB.read.QueryRowContext(ctx, "SELECT "+senderColumns+" FROM sender WHERE id = $1", id))
	return one, missing(err, "没有登记这个发送方。")
}

// LiveSenders gives all that may send.
func (s Collection) LiveSenders(ctx context.Context) ([]collecting.Sender, error) {
	return collect(ctx, s.DB.read, scanSender, "SELECT "+senderColumns+" FROM sender WHERE ended_at = 0 ORDER BY id")
}

// AddSender registers one.
func (s Collection) AddSender(ctx context.Context, one collecting.Sender, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		query, args := insertRows("sender", senderColumns, [][]any{{one.ID, one.Organ, one.Name, one.Key, one.AddedBy, micros(one.AddedAt), 0, 0}})
		if _, err := tx.ExecContext(ctx, query, args...); duplicate(err) {
			sentence := "这个公钥已经登记过；停用的发送方要恢复的，请对方更换密钥后重新登记。"
			return &errs.Error{Kind: errs.Conflict, Public: sentence, Cause: err, Fields: errs.Fields{{Name: "key", Public: sentence}}}
		} else if err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// EndSender notes that one may send no more.
func (s Collection) EndSender(ctx context.Context, one collecting.Sender, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE sender SET ended_at = $1 WHERE id = $2 AND ended_at = 0", micros(one.EndedAt), one.ID)
		if err == nil && n == 0 {
			err = errs.New(errs.Conflict, "这个发送方已经停用。")
		}
		if err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// SenderUsed notes when something came from one.
func (s Collection) SenderUsed(ctx context.Context, id string, at time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.once(ctx, "UPDATE sender SET used_at = $1 WHERE id = $2", micros(at), id)
	})
}

const deliveryColumns = "id, organ_id, year, version, state, address, answer, asked_by, asked_at, ended_at"

func scanDelivery(row interface{ Scan(...any) error }) (d collecting.Delivery, err error) {
	var asked, ended int64
	err = row.Scan(&d.ID, &d.Organ, &d.Year, &d.Version, &d.State, &d.Address, &d.Answer, &d.By, &asked, &ended)
	d.At, d.EndedAt = moment(asked), moment(ended)
	return d, err
}

// Deliveries gives those of a report, the newest first.
func (s Collection) Deliveries(ctx context.Context, organ string, year int) ([]collecting.Delivery, error) {
	return collect(ctx, s.DB.read, scanDelivery, "SELECT "+deliveryColumns+" FROM delivery WHERE organ_id = $1 AND year = $2 ORDER BY id DESC", organ, year)
}

// UnderWay gives those that are to be carried.
func (s Collection) UnderWay(ctx context.Context) ([]collecting.Delivery, error) {
	return collect(ctx, s.DB.read, scanDelivery, "SELECT "+deliveryColumns+" FROM delivery WHERE state = 'under-way' ORDER BY id")
}

// addParcel keeps what is to be carried, in place of what waits of the same report.
func (tx *Tx) addParcel(ctx context.Context, p *compile.Parcel) error {
	query, args := insertRows("delivery", deliveryColumns, [][]any{{p.ID, p.Organ, p.Year, p.Version, string(collecting.UnderWay), p.Address, "", p.By, micros(p.At), 0}})
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// withdrawParcels ends what waits of a report that is submitted otherwise now.
func (tx *Tx) withdrawParcels(ctx context.Context, organ string, year int, at time.Time) error {
	_, err := tx.exec(ctx, "UPDATE delivery SET state = $1, ended_at = $2 WHERE organ_id = $3 AND year = $4 AND state = 'under-way'", string(collecting.Superseded), micros(at), organ, year)
	return err
}

// TriedDelivery keeps why one did not get through.
func (s Collection) TriedDelivery(ctx context.Context, d collecting.Delivery) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "UPDATE delivery SET answer = $1 WHERE id = $2 AND state = 'under-way'", d.Answer, d.ID)
		return err
	})
}

// EndDelivery notes how one ended, once.
func (s Collection) EndDelivery(ctx context.Context, d collecting.Delivery, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE delivery SET state = $1, answer = $2, ended_at = $3 WHERE id = $4 AND state = 'under-way'", string(d.State), d.Answer, micros(d.EndedAt), d.ID)
		if err != nil || n == 0 {
			return err // another process has ended it
		}
		return tx.append(ctx, events)
	})
}
