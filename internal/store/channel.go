package store

import (
	"context"
	"database/sql"
	"errors"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// Channels keeps the accounts of channels, and reads the ledger that documents write.
type Channels struct{ DB *DB }

const channelAccountColumns = "id, organ_id, channel, name, tail, mark, sealed, author, COALESCE(cover_hash, ''), cover_name, set_by, set_at"

func scanChannelAccount(row interface{ Scan(...any) error }) (a channel.Account, err error) {
	var at int64
	err = row.Scan(&a.ID, &a.Organ, &a.Channel, &a.Name, &a.Tail, &a.Mark, &a.Sealed, &a.Author, &a.Cover.Hash, &a.Cover.Name, &a.SetBy, &at)
	a.SetAt = moment(at)
	return a, err
}

// Account gives one.
func (s Channels) Account(ctx context.Context, id string) (channel.Account, error) {
	a, err := scanChannelAccount(s.DB.read.QueryRowContext(ctx, "SELECT "+channelAccountColumns+" FROM channel_account WHERE id = $1", id))
	return a, missing(err, "没有登记这个渠道账号。")
}

// Accounts gives the accounts of some places.
func (s Channels) Accounts(ctx context.Context, places []account.Place) ([]channel.Account, error) {
	var w where
	w.within("organ_id", places)
	return collect(ctx, s.DB.read, scanChannelAccount, "SELECT "+channelAccountColumns+" FROM channel_account"+w.sql()+" ORDER BY id", w.args...)
}

// AllAccounts gives all of them.
func (s Channels) AllAccounts(ctx context.Context) ([]channel.Account, error) {
	return collect(ctx, s.DB.read, scanChannelAccount, "SELECT "+channelAccountColumns+" FROM channel_account ORDER BY id")
}

// SetAccount keeps an account in place of the one before.
func (s Channels) SetAccount(ctx context.Context, a channel.Account, forget bool, events ...event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO channel_account (id, organ_id, channel, name, tail, mark, sealed, author, cover_hash, cover_name, set_by, set_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, ''), $10, $11, $12)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, tail = excluded.tail, mark = excluded.mark, sealed = excluded.sealed, author = excluded.author,
			cover_hash = excluded.cover_hash, cover_name = excluded.cover_name, set_by = excluded.set_by, set_at = excluded.set_at`,
			a.ID, a.Organ, string(a.Channel), a.Name, a.Tail, a.Mark, a.Sealed, a.Author, a.Cover.Hash, a.Cover.Name, a.SetBy, micros(a.SetAt))
		if unfit(err) {
			return errs.Wrap(err, errs.Invalid, "封面图片没有保存好，请重新上传。")
		}
		if err != nil {
			return err
		}
		needed := map[fileUse]bool{}
		if a.Cover.Hash != "" {
			needed[fileUse{a.Cover.Hash, useRecord}] = true
		}
		if err := tx.use(ctx, channel.SubjectType+"/"+a.ID, needed, nil); err != nil {
			return err
		}
		if forget {
			if err := tx.forgetMedia(ctx, a.ID); err != nil {
				return err
			}
		}
		return tx.append(ctx, events)
	})
}

// ResealAccount changes how an account is sealed, if it still is as it was.
func (s Channels) ResealAccount(ctx context.Context, id string, before, after []byte) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE channel_account SET sealed = $1 WHERE id = $2 AND sealed = $3", after, id, before)
		return err
	})
}

// Media gives what a file is called over there; "" when it was not uploaded.
func (s Channels) Media(ctx context.Context, id, kind, hash string) (media string, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT media FROM channel_media WHERE account_id = $1 AND kind = $2 AND hash = $3", id, kind, hash).Scan(&media)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return media, err
}

// KeepMedia keeps what a file is called over there.
func (s Channels) KeepMedia(ctx context.Context, id, kind, hash, media string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO channel_media (account_id, kind, hash, media) VALUES ($1, $2, $3, $4)
			ON CONFLICT (account_id, kind, hash) DO UPDATE SET media = excluded.media`, id, kind, hash, media)
		return err
	})
}

// ForgetMedia forgets what was uploaded with an account.
func (s Channels) ForgetMedia(ctx context.Context, id string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.forgetMedia(ctx, id) })
}

func (tx *Tx) forgetMedia(ctx context.Context, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM channel_media WHERE account_id = $1", id)
	return err
}

// Append keeps events.
func (s Channels) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}

// postOrders are the orders of the ledger; what began last comes first.
var postOrders = map[string]string{
	"":        "from_on, document_id, ref",
	"from":    "from_on, document_id, ref",
	"until":   "until_on, document_id, ref",
	"channel": "channel, from_on, document_id, ref",
	"title":   "title, document_id, ref",
}

const postColumns = "document_id, ref, organ_id, channel, phase, sent, from_on, until_on, actor, title, place, address"

func scanPost(row interface{ Scan(...any) error }) (r channel.Row, err error) {
	var from, until string
	if err := row.Scan(&r.Document, &r.Ref, &r.Organ, &r.Channel, &r.Phase, &r.Sent, &from, &until, &r.Actor, &r.Title, &r.Place, &r.Address); err != nil {
		return r, err
	}
	return r, daysOf(map[string]*calendar.Date{from + " from": &r.From, until + " until": &r.Until})
}

// Ledger gives the lines of some places.
func (s Channels) Ledger(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[channel.Row], error) {
	var page paging.Page[channel.Row]
	w := &where{}
	w.within("organ_id", places)
	for filter, column := range map[string]string{channel.FilterChannel: "channel", channel.FilterPhase: "phase", channel.FilterOrgan: "organ_id", channel.FilterActor: "actor"} {
		if value := q.Filter(filter); value != "" {
			w.add(column+" = ?", value)
		}
	}
	if below := q.Filter(channel.FilterBelow); below != "" {
		w.within("organ_id", []account.Place{{Organ: below, Below: true}})
	}
	if year := q.Filter(channel.FilterYear); year != "" {
		w.add("from_on >= ? AND from_on <= ?", year+"-01-01", year+"-12-31")
	}
	if from := q.Filter(channel.FilterFrom); from != "" {
		w.add("from_on >= ?", from)
	}
	if until := q.Filter(channel.FilterUntil); until != "" {
		w.add("from_on <> '' AND from_on <= ?", until)
	}
	if on := q.Filter(channel.FilterOn); on != "" {
		w.add("from_on <> '' AND from_on <= ? AND (until_on = '' OR until_on > ?)", on, on)
	}
	if q.Words != "" {
		pattern := like(q.Words)
		w.add(`(title LIKE ? ESCAPE '\' OR place LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	if q.Sort == "" {
		q.Desc = true
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "document_post"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanPost, "SELECT "+postColumns+" FROM document_post"+w.sql()+" ORDER BY "+ordered(postOrders, q)+tail, args...)
	return page, err
}

// Years counts what began to stand in each channel, by year, from the counters.
func (s Channels) Years(ctx context.Context, places []account.Place) ([]channel.Count, error) {
	var w where
	w.within("organ_id", places)
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (c channel.Count, err error) {
		return c, row.Scan(&c.Channel, &c.Year, &c.Number)
	}, "SELECT channel, year, SUM(n) FROM post_tally"+w.sql()+" GROUP BY channel, year HAVING SUM(n) <> 0 ORDER BY year DESC, channel", w.args...)
}

// Busy gives texts with which the program has something to do.
func (s Channels) Busy(ctx context.Context, afterDocument, afterRef string, most int) ([]channel.Errand, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (e channel.Errand, err error) {
		return e, row.Scan(&e.Document, &e.Ref)
	}, "SELECT document_id, ref FROM document_post WHERE busy AND (document_id > $1 OR document_id = $1 AND ref > $2) ORDER BY document_id, ref LIMIT $3", afterDocument, afterRef, most)
}

// onScreens is what stands on screens, in the words of its index.
const onScreens = "sent AND channel = 'board' AND phase = 'published'"

// OnScreens gives the documents of an organ with a text on its screens.
func (s Channels) OnScreens(ctx context.Context, organ string, most int) ([]publish.Document, error) {
	return collect(ctx, s.DB.read, scanDocument, `SELECT d.file FROM (SELECT document_id, from_on FROM document_post WHERE organ_id = $1 AND `+onScreens+`) p
		JOIN document d ON d.id = p.document_id ORDER BY p.from_on DESC, p.document_id DESC LIMIT $2`, organ, most)
}

// WithScreens gives the organs that have a text on their screens.
func (s Channels) WithScreens(ctx context.Context) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT DISTINCT organ_id FROM document_post WHERE "+onScreens+" ORDER BY 1")
}

// agrees tells whether the ledger says of a document what the document says.
func (s Channels) agrees(ctx context.Context, d publish.Document) (bool, error) {
	kept, err := collect(ctx, s.DB.read, scanPost, "SELECT "+postColumns+" FROM document_post WHERE document_id = $1", d.ID)
	if err != nil || len(kept) != len(d.Posts) {
		return false, err
	}
	for _, r := range kept {
		p, ok := d.Post(r.Ref)
		if !ok || r.Channel != p.Channel || r.Phase != p.Phase() || r.From != p.From || r.Until != p.Until || r.Organ != d.Organ {
			return false, nil
		}
	}
	return true, nil
}
