package publish

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
)

// Scan lets the release guard look at the parts of a document that it has not seen
// as they are now, or not with the dictionary of now.
func (d *Desk) Scan(ctx context.Context, actor account.Actor, id string) error {
	return d.do(ctx, actor, id, "", func(doc Document) (Deed, error) {
		if !slices.Contains(working, doc.Status) {
			return nil, nil
		}
		if d.Gate == nil {
			return nil, errs.New(errs.Unavailable, "放行检查没有启用，不能发布；请联系系统管理员（条例§15）。")
		}
		words, err := d.Gate.Stamp(ctx, doc.Organ)
		if err != nil {
			return nil, err
		}
		parts := doc.Stale(words)
		if len(parts) == 0 {
			return nil, nil
		}
		tree, err := d.Trees.Tree(ctx)
		if err != nil {
			return nil, err
		}
		if err := doc.Permits(rows.Nearest(doc.Status, Scanned).Who, actor, tree); err != nil {
			return nil, err
		}
		var scans []Scan
		for _, p := range parts {
			found, err := d.lookAt(ctx, doc, p)
			if err != nil {
				return nil, err
			}
			scans = append(scans, Scan{Part: p.Name, Digest: p.Digest, Words: words, Found: found})
		}
		return EnterScans{scans}, nil
	})
}

// Words gives the stamp of the dictionary that holds in an organ now; "" where there
// is no guard.
func (d *Desk) Words(ctx context.Context, organ string) (string, error) {
	if d.Gate == nil {
		return "", nil
	}
	return d.Gate.Stamp(ctx, organ)
}

// lookAt lets the guard look at a part, and reads what an attachment says, so that it
// is found by it.
func (d *Desk) lookAt(ctx context.Context, doc Document, p Part) ([]Found, error) {
	found, err := d.Gate.Look(ctx, doc.Organ, p.Words().Chinese, doc.say(p), p.Hash)
	if err != nil || p.Hash == "" || d.Texts == nil {
		return found, err
	}
	return found, d.Texts.Keep(ctx, p.Name, p.Hash)
}

// foretell lets the guard look at a draft that is to be public before it is passed on.
// Where there is no guard nothing is foretold: then nothing is published either.
func (d *Desk) foretell(ctx context.Context, actor account.Actor, id string) error {
	doc, err := d.Store.Document(ctx, id)
	if err != nil {
		return err
	}
	if d.Gate == nil || doc.Status != Drafting || doc.Attribute.Openness != Open || doc.Grade.Secret() {
		return nil // what stands against the submission is said by its row
	}
	return d.Scan(ctx, actor, id)
}
