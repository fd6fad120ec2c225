package publish

import (
	"context"

	"gongkai/internal/errs"
)

// Companion is another document that a public one has to do with, as everybody sees
// it.
type Companion struct {
	Listed
	Link LinkKind
	Back bool // the other names this one
}

// maxCompanions is how many are read for a page.
const maxCompanions = 50

// Companions gives the public documents that a public one is linked with, whichever
// of the two names the other, and what took its place; nil for nothing. Of a document
// that is gone nothing is told.
func (d *Desk) Companions(ctx context.Context, id string) (all []Companion, instead *Listed, err error) {
	doc, err := d.Store.Document(ctx, id)
	if err != nil || doc.Visibility != Public {
		return nil, nil, err
	}
	if doc.Validity.Instead != "" {
		if instead, err = d.listed(ctx, doc.Validity.Instead); err != nil {
			return nil, nil, err
		}
	}
	back, err := d.Store.Linked(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	add := func(to string, kind LinkKind, back bool) error {
		l, err := d.listed(ctx, to)
		if err == nil && l != nil && !l.Gone && len(all) < maxCompanions {
			all = append(all, Companion{*l, kind, back})
		}
		return err
	}
	for _, l := range doc.Links {
		if err := add(l.To, l.Kind, false); err != nil {
			return nil, nil, err
		}
	}
	for _, n := range back {
		if n.Visibility != Public {
			continue
		}
		if err := add(n.ID, n.Kind, true); err != nil {
			return nil, nil, err
		}
	}
	return all, instead, nil
}

// listed gives the line of the catalogue; nil when there is none.
func (d *Desk) listed(ctx context.Context, id string) (*Listed, error) {
	doc, err := d.Store.Document(ctx, id)
	if errs.KindOf(err) == errs.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if l, ok := doc.Listed(); ok {
		return &l, nil
	}
	return nil, nil
}
