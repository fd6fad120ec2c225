package publish

import (
	"context"

	"gongkai/internal/calendar"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// Document gives a document that the actor may see in the house.
func (d *Desk) Document(ctx context.Context, actor account.Actor, id string) (Document, error) {
	doc, err := d.Store.Document(ctx, id)
	if err != nil {
		return Document{}, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Document{}, err
	}
	if err := doc.Seen(actor, tree); err != nil {
		return Document{}, err
	}
	return doc, nil
}

// Notice gives what everybody sees of a document.
func (d *Desk) Notice(ctx context.Context, id string) (Notice, error) {
	doc, err := d.Store.Document(ctx, id)
	if err != nil {
		return Notice{}, err
	}
	n, ok := doc.Notice()
	if !ok {
		return Notice{}, errs.New(errs.NotFound, "没有这份文件。")
	}
	return n, nil
}

// Options gives what an actor may do with a document now.
func (d *Desk) Options(ctx context.Context, actor account.Actor, doc Document) ([]Option, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	s, err := d.scene(ctx, actor.ID, doc.Organ, tree)
	if err != nil {
		return nil, err
	}
	return doc.Options(actor, tree, s), nil
}

// List gives the documents that the actor may see in the house.
func (d *Desk) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Row], error) {
	places := actor.Where(account.SeeDocuments)
	if len(places) == 0 {
		return paging.Page[Row]{}, actor.May(account.SeeDocuments, "", &org.Tree{})
	}
	return d.Store.List(ctx, places, q, d.Today())
}

// Catalogue gives what everybody may read, of an organ, of it and those below, or of
// all.
func (d *Desk) Catalogue(ctx context.Context, place account.Place, q paging.Query) (paging.Page[Listed], error) {
	return d.Store.Catalogue(ctx, place, q)
}

// Count gives the figures of a year over a place, to those who may see its documents.
func (d *Desk) Count(ctx context.Context, actor account.Actor, place account.Place, year int) (Figures, error) {
	if err := d.mayCount(ctx, actor, place); err != nil {
		return Figures{}, err
	}
	return d.Store.Count(ctx, place, year)
}

// CountSpan gives the figures of any days, table 2 by the day of each act.
func (d *Desk) CountSpan(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (Figures, error) {
	if err := d.mayCount(ctx, actor, place); err != nil {
		return Figures{}, err
	}
	return d.Store.CountSpan(ctx, place, span)
}

func (d *Desk) mayCount(ctx context.Context, actor account.Actor, place account.Place) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(account.SeeDocuments, n.ID, tree); err != nil {
			return err
		}
	}
	return nil
}
