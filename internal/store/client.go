package store

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Clients keeps the programs that call the API.
type Clients struct{ DB *DB }

const clientColumns = "id, organ_id, name, acts, below, secret_hash, COALESCE(external_id, ''), created_by, created_at, expires_at, revoked_at, used_at"

func scanClient(row interface{ Scan(...any) error }) (client.Client, error) {
	var (
		c                               client.Client
		acts                            string
		created, expires, revoked, used int64
	)
	err := row.Scan(&c.ID, &c.Organ, &c.Name, &acts, &c.Below, &c.Digest, &c.External, &c.CreatedBy, &created, &expires, &revoked, &used)
	for act := range strings.FieldsSeq(acts) {
		c.Acts = append(c.Acts, account.Act(act))
	}
	c.CreatedAt, c.ExpiresAt, c.RevokedAt, c.UsedAt = moment(created), moment(expires), moment(revoked), moment(used)
	return c, err
}

// Client gives a client by its key.
func (s Clients) Client(ctx context.Context, id string) (client.Client, error) {
	return s.one(ctx, s.DB.read, "id = $1", id)
}

// ByDigest gives the client that a token belongs to.
func (s Clients) ByDigest(ctx context.Context, digest string) (client.Client, error) {
	return s.one(ctx, s.DB.read, "secret_hash <> '' AND secret_hash = $1", digest)
}

// ByExternal gives the client of an issuer and client id.
func (s Clients) ByExternal(ctx context.Context, external string) (client.Client, error) {
	return s.one(ctx, s.DB.read, "external_id = $1", external)
}

func (s Clients) one(ctx context.Context, q querier, condition, value string) (client.Client, error) {
	c, err := scanClient(q.QueryRowContext(ctx, "SELECT "+clientColumns+" FROM api_client WHERE "+condition, value))
	return c, missing(err, "没有这个接口凭据。")
}

// Add keeps a new client.
func (s Clients) Add(ctx context.Context, c client.Client, events []event.Event) error {
	acts := make([]string, len(c.Acts))
	for i, act := range c.Acts {
		acts[i] = string(act)
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO api_client (id, organ_id, name, acts, below, secret_hash, external_id, created_by, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, ''), $8, $9, $10)`,
			c.ID, c.Organ, c.Name, strings.Join(acts, " "), c.Below, c.Digest, c.External, c.CreatedBy, micros(c.CreatedAt), micros(c.ExpiresAt))
		if duplicate(err) {
			return taken("external", "统一身份认证的这个客户端已经登记过。")
		}
		if err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Update changes a client as judge says. Only revocation can change.
func (s Clients) Update(ctx context.Context, id string, judge func(*client.Client) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := s.one(ctx, tx, "id = $1"+tx.forUpdate(), id)
		if err != nil {
			return err
		}
		events, err := judge(&c)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE api_client SET revoked_at = $1 WHERE id = $2", micros(c.RevokedAt), id); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Used notes that a client called.
func (s Clients) Used(ctx context.Context, id string, at time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE api_client SET used_at = $1 WHERE id = $2", micros(at), id)
		return err
	})
}

// List gives the clients of some organs, the newest first.
func (s Clients) List(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[client.Client], error) {
	var (
		page paging.Page[client.Client]
		w    where
	)
	w.within("organ_id", places)
	if q.Words != "" {
		w.add(`name LIKE ? ESCAPE '\'`, like(q.Words))
	}
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM api_client"+w.sql(), w.args...).Scan(&page.Total); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	rows, err := collect(ctx, s.DB.read, scanClient, "SELECT "+clientColumns+" FROM api_client"+w.sql()+" ORDER BY created_at DESC, id DESC"+tail, args...)
	page.Rows = rows
	return page, err
}
