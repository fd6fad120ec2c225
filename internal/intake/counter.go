package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/personal"
)

// Kept is a draft as it is kept.
type Kept struct {
	ID      string
	Sealed  []byte
	Request string // that it became; "" while it is a draft
}

// Store keeps drafts and counts tries.
type Store interface {
	// Draft gives NotFound when there is none, or its time is over.
	Draft(ctx context.Context, id string, now time.Time) (Kept, error)
	// KeepDraft keeps a draft until a time; Conflict when it became a request.
	KeepDraft(ctx context.Context, k Kept, now, until time.Time) error
	// KeepDraftFile keeps a draft together with one of its files, or without it for nil.
	KeepDraftFile(ctx context.Context, k Kept, now, until time.Time, no int, sealed []byte) error
	DraftFile(ctx context.Context, id string, no int) ([]byte, error)
	DropDraft(ctx context.Context, id string) error
	// Try counts a try under every limit, unless one is used up: then it gives
	// that one and counts none.
	Try(ctx context.Context, now time.Time, limits []Limit) (used *Limit, err error)
	// Forgive takes a try back.
	Forgive(ctx context.Context, now time.Time, limits []Limit) error
	// Forget drops drafts and tries whose time is over.
	Forget(ctx context.Context, now time.Time) error
	// Numbered gives the request of an organ with a number; NotFound when there is none.
	Numbered(ctx context.Context, organ, number string) (foi.Request, error)
}

// Sealer is what the counter wants of the key file.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
	Blind(kind, text string) string
}

// Files keeps what was handed in.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
}

// Vault compares personal data where they are sealed.
type Vault interface {
	Ends(ctx context.Context, owner event.Subject, kinds []personal.Kind, end string) (bool, error)
	Note(ctx context.Context, organ string, owner event.Subject, kind event.Kind) error
}

// Counter is where the public comes by itself.
type Counter struct {
	Store Store
	Desk  *foi.Desk
	Trees org.Trees
	Seals Sealer
	Vault Vault
	Files Files
	Clock clock.Clock
	// Hall tells whether an address is that of a service hall, where many ask from
	// one address; nil knows none.
	Hall func(ctx context.Context, address string) (bool, error)
}

// Key gives the key of a draft from the secret that the browser keeps: who reads
// the table has nothing to show.
func Key(secret string) string { return account.SessionID(secret) }

func place(id string) string { return "request-draft/" + id }

func filePlace(id string, no int) string { return place(id) + "/" + strconv.Itoa(no) }

// Begin begins a draft and gives the secret of it.
func (c *Counter) Begin(ctx context.Context, address string, d Draft) (secret string, err error) {
	if err := c.pace(ctx, address, begun); err != nil {
		return "", err
	}
	secret = ident.Secret()
	return secret, c.Keep(ctx, secret, d)
}

// Open gives a draft, and the request when it became one; NotFound when its time
// is over.
func (c *Counter) Open(ctx context.Context, secret string) (d Draft, request string, err error) {
	k, err := c.Store.Draft(ctx, Key(secret), c.Clock.Now())
	if err != nil || k.Request != "" {
		return d, k.Request, err
	}
	plain, err := c.Seals.Open(place(k.ID), k.Sealed)
	if err == nil {
		err = json.Unmarshal(plain, &d)
	}
	return d, "", err
}

func (c *Counter) sealed(secret string, d Draft) (Kept, error) {
	plain, err := json.Marshal(d)
	if err != nil {
		return Kept{}, err
	}
	id := Key(secret)
	sealed, err := c.Seals.Seal(place(id), plain)
	return Kept{ID: id, Sealed: sealed}, err
}

// Keep keeps what was typed.
func (c *Counter) Keep(ctx context.Context, secret string, d Draft) error {
	k, err := c.sealed(secret, d)
	if err != nil {
		return err
	}
	now := c.Clock.Now()
	return c.Store.KeepDraft(ctx, k, now, now.Add(Life))
}

// Drop throws a draft away.
func (c *Counter) Drop(ctx context.Context, secret string) error {
	return c.Store.DropDraft(ctx, Key(secret))
}

// Attach keeps a file of a draft: a picture or a PDF, by its content.
func (c *Counter) Attach(ctx context.Context, address, secret string, d *Draft, name, what string, r io.Reader) error {
	if len(d.Files) >= MaxFiles {
		return errs.New(errs.TooMany, "一件申请最多上传%d个文件；请先移除不需要的。", MaxFiles)
	}
	data, kind, err := Paper(r)
	if err != nil {
		return err
	}
	if err := c.pace(ctx, address, uploaded); err != nil {
		return err
	}
	f := File{No: 1, Name: FileName(name), What: what, Type: kind, Size: int64(len(data))}
	for _, other := range d.Files {
		f.No = max(f.No, other.No+1)
	}
	sealed, err := c.Seals.Seal(filePlace(Key(secret), f.No), data)
	if err != nil {
		return err
	}
	d.Files = append(d.Files, f)
	k, err := c.sealed(secret, *d)
	if err != nil {
		return err
	}
	now := c.Clock.Now()
	return c.Store.KeepDraftFile(ctx, k, now, now.Add(Life), f.No, sealed)
}

// Detach takes a file out of a draft.
func (c *Counter) Detach(ctx context.Context, secret string, d *Draft, no int) error {
	var rest []File
	for _, f := range d.Files {
		if f.No != no {
			rest = append(rest, f)
		}
	}
	d.Files = rest
	k, err := c.sealed(secret, *d)
	if err != nil {
		return err
	}
	now := c.Clock.Now()
	return c.Store.KeepDraftFile(ctx, k, now, now.Add(Life), no, nil)
}

// FileName gives the last part of a name without what cannot be shown.
func FileName(name string) string {
	const most = 80
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name)
	runes := []rune(strings.TrimSpace(name))
	if len(runes) == 0 {
		return "文件"
	}
	return string(runes[max(0, len(runes)-most):])
}

// Submit hands the draft in and gives the request. A second time it gives the
// same one.
func (c *Counter) Submit(ctx context.Context, address, secret string) (request string, err error) {
	d, request, err := c.Open(ctx, secret)
	if err != nil || request != "" {
		return request, err
	}
	if step := d.Next(); step != StepCheck {
		return "", errs.New(errs.Conflict, "申请还没有填写完整，请补充后再提交。")
	}
	if err := d.CheckWay(d.Ask.Form, d.Ask.Way); err != nil {
		return "", err
	}
	if err := c.pace(ctx, address, handedIn); err != nil {
		return "", err
	}
	request, err = c.handIn(ctx, secret, d)
	if err == nil {
		return request, nil
	}
	// Another press of the button may have been quicker.
	if _, made, openErr := c.Open(ctx, secret); openErr == nil && made != "" {
		return made, nil
	}
	return "", err
}

func (c *Counter) handIn(ctx context.Context, secret string, d Draft) (request string, err error) {
	in := d.intake()
	in.Draft = Key(secret)
	if in.Receive.Files, err = c.handOver(ctx, secret, d); err != nil {
		return "", err
	}
	r, err := c.Desk.Apply(ctx, in)
	return r.ID, err
}

// handOver puts the files of a draft where those of requests are.
func (c *Counter) handOver(ctx context.Context, secret string, d Draft) ([]foi.File, error) {
	var all []foi.File
	for _, f := range d.Files {
		if f.What == "authority" && !d.Others.Acts {
			continue
		}
		sealed, err := c.Store.DraftFile(ctx, Key(secret), f.No)
		if err != nil {
			return nil, err
		}
		data, err := c.Seals.Open(filePlace(Key(secret), f.No), sealed)
		if err != nil {
			return nil, err
		}
		info, err := c.Files.Put(ctx, bytes.NewReader(data), MaxFile)
		if err != nil {
			return nil, err
		}
		all = append(all, foi.File{Hash: info.Hash, Name: f.Name, What: f.What})
	}
	return all, nil
}

// Receive keeps a file that is sent with an answer, not with a draft.
func (c *Counter) Receive(ctx context.Context, address, name, what string, r io.Reader) (foi.File, error) {
	data, _, err := Paper(r)
	if err != nil {
		return foi.File{}, err
	}
	if err := c.pace(ctx, address, uploaded); err != nil {
		return foi.File{}, err
	}
	info, err := c.Files.Put(ctx, bytes.NewReader(data), MaxFile)
	return foi.File{Hash: info.Hash, Name: FileName(name), What: what}, err
}
