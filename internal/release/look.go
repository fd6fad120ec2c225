package release

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

// inside are those who may see more of a file than what goes out.
var inside = []account.Act{account.HandleRequests, account.ApproveRequests, account.ClearRequests, account.SignRequests}

// Bytes gives the content of a file: what would go out, or the original to those
// who work on the reply. That somebody opens an original, or what may not go out
// yet, is on record before it is handed out.
func (o *Office) Bytes(ctx context.Context, actor account.Actor, request, id string, original bool) (name string, data []byte, err error) {
	r, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return "", nil, err
	}
	hash := f.Hash
	if original {
		hash = f.Original
	}
	if original {
		if err := f.there(); err != nil {
			return "", nil, err
		}
	}
	if original || f.Open > 0 { // what may not go out yet is not spread either
		if _, err := o.request(ctx, actor, request, inside...); err != nil {
			return "", nil, err
		}
		if err := o.opened(ctx, actor, r, f.File, hash, 0); err != nil {
			return "", nil, err
		}
	}
	data, err = o.Content.Read(hash)
	return f.Name, data, err
}

// opened records that somebody opens a content, or a page of it.
func (o *Office) opened(ctx context.Context, actor account.Actor, r foi.Request, f File, hash string, page int) error {
	short := hash[:min(len(hash), 12)]
	facts := map[string]string{"file": f.ID, "hash": short}
	if page > 0 {
		facts["page"] = strconv.Itoa(page)
	}
	return o.Store.Append(ctx, o.pen(actor).Write(r.Organ, foi.Subject(r.ID), Opened, facts))
}

// drawn gives the original of a file whose areas can be marked, to who handles it.
func (o *Office) drawn(ctx context.Context, actor account.Actor, request, id string) (foi.Request, Checked, []byte, error) {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return r, Checked{}, nil, err
	}
	_, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return r, f, nil, err
	}
	if !f.Drawn {
		return r, f, nil, errs.New(errs.NotFound, "这种文件没有可以框选的页面。")
	}
	if err := f.there(); err != nil {
		return r, f, nil, err
	}
	data, err := o.Content.Read(f.Original)
	return r, f, data, err
}

// there tells with nil whether the original is still kept.
func (f File) there() error {
	if f.OriginalGone.IsZero() {
		return nil
	}
	return errs.New(errs.NotFound, "原件已于%s按期限删除，只留有公开出去的副本（个人信息保护法§19）。", f.OriginalGone)
}

// Papers gives the pages of an original whose areas can be marked; none for other
// files.
func (o *Office) Papers(ctx context.Context, actor account.Actor, request, id string) ([]doc.Paper, error) {
	_, _, data, err := o.drawn(ctx, actor, request, id)
	if err != nil {
		return nil, err
	}
	return o.Guard.Papers(ctx, data)
}

// Page paints a page of an original, from 1, as a JPEG, and records it.
func (o *Office) Page(ctx context.Context, actor account.Actor, request, id string, page int) ([]byte, error) {
	r, f, data, err := o.drawn(ctx, actor, request, id)
	if err != nil {
		return nil, err
	}
	picture, err := o.Guard.Paint(ctx, data, page)
	if err != nil {
		return nil, err
	}
	return picture, o.opened(ctx, actor, r, f.File, f.Original, page)
}

// MayAdd tells with nil whether somebody may put files on the list of a request now.
func (o *Office) MayAdd(ctx context.Context, actor account.Actor, request string) error {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return err
	}
	return drafting(r)
}
