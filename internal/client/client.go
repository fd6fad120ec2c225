// Package client knows the programs that call the API: which acts each may do,
// in its organ or also below it, and until when. A program proves who it is by
// a token, of which only the digest is kept, or by a token of the identity
// provider (OIDC client credentials) whose issuer and client id are on record.
//
// Start at Office.
package client

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Client is a program that may call the API.
type Client struct {
	ID        string
	Organ     string
	Name      string
	Acts      []account.Act
	Below     bool   // also in the organs below its own
	Digest    string // of the token; "" when tokens come from the identity provider
	External  string // issuer and client id at the identity provider; "" for own tokens
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt time.Time // zero while it is in force
	UsedAt    time.Time // the day it last called, zero for never
}

// State is what verify compares with the record.
func (c Client) State() string {
	return event.Digest([]any{
		c.ID, c.Organ, c.Name, c.Acts, c.Below, c.Digest, c.External, c.CreatedBy, c.CreatedAt.UnixMicro(), c.ExpiresAt.UnixMicro(), !c.RevokedAt.IsZero(),
	})
}

// Live tells whether the client may call.
func (c Client) Live(now time.Time) bool { return c.RevokedAt.IsZero() && now.Before(c.ExpiresAt) }

// LastDay gives the day at whose end the client ends.
func (c Client) LastDay() string { return c.ExpiresAt.Add(-time.Second).Format("2006-01-02") }

// Actor gives the client as one who acts.
func (c Client) Actor() account.Actor {
	return account.Actor{ID: c.ID, Name: c.Name, Organ: c.Organ, Client: &account.Client{Acts: c.Acts, Below: c.Below}}
}

// Grantable gives the acts that a program may be allowed: reading, keeping the
// contacts of organs as another directory has them, and work and requests that
// another system hands over. Administration stays with people.
func Grantable() []account.Act {
	return []account.Act{account.SeeOrgans, account.EditContact, account.SeeCalendar, account.SeeWork, account.AssignWork, account.SeeRequests, account.HandleRequests, account.SeeFilings, account.FileFigures}
}

// Store keeps clients.
type Store interface {
	Client(ctx context.Context, id string) (Client, error)
	// ByDigest and ByExternal give NotFound when there is none.
	ByDigest(ctx context.Context, digest string) (Client, error)
	ByExternal(ctx context.Context, external string) (Client, error)
	Add(ctx context.Context, c Client, events []event.Event) error
	Update(ctx context.Context, id string, judge func(*Client) ([]event.Event, error)) error
	// Used notes that a client called at a time.
	Used(ctx context.Context, id string, at time.Time) error
	List(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[Client], error)
}

// Trees hands out the hierarchy of today.
type Trees interface {
	Hierarchy(ctx context.Context) (account.Hierarchy, error)
}

// Office is what people do with clients.
type Office struct {
	Store Store
	Trees Trees
	Clock clock.Clock
	IDs   ident.Source
}

// MaxLife is how long a client may be valid before somebody looks at it again.
const MaxLife = 366 * 24 * time.Hour

// Draft is what is asked for a new client.
type Draft struct {
	Organ    string
	Name     string
	Acts     []account.Act
	Below    bool
	External string // "" for a token of our own
	Expires  time.Time
}

// Create makes a client and gives its token, which is shown once and never
// again; "" when tokens come from the identity provider.
func (o Office) Create(ctx context.Context, actor account.Actor, d Draft) (Client, string, error) {
	if err := o.may(ctx, actor, d.Organ); err != nil {
		return Client{}, "", err
	}
	now := o.Clock.Now()
	d.Name, d.External = strings.TrimSpace(d.Name), strings.TrimSpace(d.External)
	if err := d.check(now); err != nil {
		return Client{}, "", err
	}
	c := Client{
		ID: o.IDs.New(), Organ: d.Organ, Name: d.Name, Acts: d.Acts, Below: d.Below, External: d.External,
		CreatedBy: actor.ID, CreatedAt: now, ExpiresAt: d.Expires,
	}
	token := ""
	if d.External == "" {
		token = tokenPrefix + ident.Secret()
		c.Digest = digest(token)
	}
	made := o.pen(actor).Write(c.Organ, subject(c.ID), "client.created", map[string]any{
		"name": c.Name, "acts": c.Acts, "below": c.Below, "external": c.External, "expires": c.LastDay(),
	})
	made.State = c.State()
	return c, token, o.Store.Add(ctx, c, []event.Event{made})
}

func (d Draft) check(now time.Time) error {
	var f errs.Fields
	if n := len([]rune(d.Name)); n == 0 || n > 60 {
		f.Add("name", "请填写接口用户的名称，不超过60个字。")
	}
	if len(d.Acts) == 0 {
		f.Add("acts", "请至少选择一项权限。")
	}
	for _, act := range d.Acts {
		if !slices.Contains(Grantable(), act) {
			f.Add("acts", "权限“%s”不能授予程序。", act)
		}
	}
	if !d.Expires.After(now) || d.Expires.After(now.Add(MaxLife)) {
		f.Add("expires", "有效期要在今天之后，最长一年。")
	}
	return f.Err()
}

// Revoke ends a client at once.
func (o Office) Revoke(ctx context.Context, actor account.Actor, id string) error {
	c, err := o.Store.Client(ctx, id)
	if err != nil {
		return err
	}
	if err := o.may(ctx, actor, c.Organ); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.Store.Update(ctx, id, func(c *Client) ([]event.Event, error) {
		if !c.RevokedAt.IsZero() {
			return nil, errs.New(errs.Conflict, "这个接口凭据已于%s停用。", c.RevokedAt.Format("2006-01-02 15:04"))
		}
		c.RevokedAt = pen.At
		revoked := pen.Write(c.Organ, subject(id), "client.revoked", nil)
		revoked.State = c.State()
		return []event.Event{revoked}, nil
	})
}

// List gives the clients of the organs that the actor looks after.
func (o Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Client], error) {
	places := actor.Where(account.EditClients)
	if len(places) == 0 {
		return paging.Page[Client]{}, actor.May(account.EditClients, "", nowhere{})
	}
	return o.Store.List(ctx, places, q)
}

// Client gives one client.
func (o Office) Client(ctx context.Context, actor account.Actor, id string) (Client, error) {
	c, err := o.Store.Client(ctx, id)
	if err != nil {
		return c, err
	}
	return c, o.may(ctx, actor, c.Organ)
}

var errUnknown = errs.New(errs.Unauthenticated, "接口凭据无效、已停用或者已过期。")

// ByToken finds who calls with a token of ours.
func (o Office) ByToken(ctx context.Context, token string) (account.Actor, error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return account.Actor{}, errUnknown
	}
	return o.known(ctx)(o.Store.ByDigest(ctx, digest(token)))
}

// ByExternal finds who calls with a token of the identity provider, which the
// caller has checked.
func (o Office) ByExternal(ctx context.Context, external string) (account.Actor, error) {
	return o.known(ctx)(o.Store.ByExternal(ctx, external))
}

func (o Office) known(ctx context.Context) func(Client, error) (account.Actor, error) {
	return func(c Client, err error) (account.Actor, error) {
		now := o.Clock.Now()
		switch {
		case errs.KindOf(err) == errs.NotFound, err == nil && !c.Live(now):
			return account.Actor{}, errUnknown
		case err != nil:
			return account.Actor{}, err
		}
		if now.Sub(c.UsedAt) > time.Hour { // an hour is near enough for “last used”
			err = o.Store.Used(ctx, c.ID, now)
		}
		return c.Actor(), err
	}
}

func (o Office) may(ctx context.Context, actor account.Actor, organ string) error {
	h, err := o.Trees.Hierarchy(ctx)
	if err != nil {
		return err
	}
	return actor.May(account.EditClients, organ, h)
}

func (o Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func subject(id string) event.Subject { return event.Subject{Type: "client", ID: id} }

// tokenPrefix lets people and scanners tell what leaked.
const tokenPrefix = "gk_"

// digest is how a token is kept: it has 160 random bits, so a plain hash holds.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

type nowhere struct{}

func (nowhere) Below(string, string) bool { return false }

// EventKinds gives the words for what happens to clients.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: "client.created", Chinese: "建立接口凭据", English: "API client created"},
		{Kind: "client.revoked", Chinese: "停用接口凭据", English: "API client revoked"},
	}
}
