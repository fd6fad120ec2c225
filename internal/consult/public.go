package consult

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
)

// Reader gives what everybody may read: home, pages of organs, feeds, the map of the site
// and open data are made from it. It knows no opinion and nothing of what is prepared.
// Pages that are kept and made from it say so with web.OfConsultations.
type Reader interface {
	// OpenNow gives the consultations that take opinions today, of one organ or with ""
	// of all: the one that ends first comes first, at most n.
	OpenNow(ctx context.Context, organ string, n int) ([]Row, error)
	// Listed gives those that everybody may read, open ones first.
	Listed(ctx context.Context, organ string, q paging.Query) (paging.Page[Row], error)
	// Public gives one; NotFound for what nobody outside may read.
	Public(ctx context.Context, id string) (Shown, error)
	// Today is the day by which Row.Phase and Row.DaysLeft are told.
	Today() calendar.Date
}

var _ Reader = (*Desk)(nil)

// Shown is a consultation as everybody reads it.
type Shown struct {
	Consultation
	Row        Row
	Short      bool   // it stands open for less than the least period
	FinalTitle string // of the document that was published in the end; "" for none
}

// OpenNow gives the consultations that take opinions today.
func (d *Desk) OpenNow(ctx context.Context, organ string, n int) ([]Row, error) {
	page, err := d.Store.Public(ctx, organ, paging.Query{Page: 1, Size: n, Filters: map[string]string{FilterPhase: string(Open)}}, d.Today())
	return page.Rows, err
}

// Listed gives the consultations that everybody may read.
func (d *Desk) Listed(ctx context.Context, organ string, q paging.Query) (paging.Page[Row], error) {
	return d.Store.Public(ctx, organ, q, d.Today())
}

// Public gives one that everybody may read.
func (d *Desk) Public(ctx context.Context, id string) (Shown, error) {
	c, err := d.Store.Consultation(ctx, id)
	if err != nil {
		return Shown{}, err
	}
	s, err := d.scene(ctx, "", c.Organ)
	if err != nil {
		return Shown{}, err
	}
	shown := Shown{Consultation: c, Row: c.row(c.agenda("", nil, s).Feedback)}
	if !shown.Row.Public(s.Today) {
		return Shown{}, errs.New(errs.NotFound, "没有这次意见征集，或者还没有公开。")
	}
	shown.Short = c.Content.Short(s.Policy, s.Cal)
	if c.Final != "" {
		shown.FinalTitle, err = d.Documents.PublicTitle(ctx, c.Final)
		if errs.KindOf(err) == errs.NotFound {
			shown.FinalTitle, err = "", nil
		}
	}
	// What is prepared in the house is nobody's business outside.
	shown.Hands, shown.Back, shown.Excuse, shown.Draft, shown.History, shown.ApprovedBy = nil, "", "", nil, nil, ""
	return shown, err
}

// Figures are what the ledger says of some days: consultations that opened in them, and
// opinions that came in them.
type Figures struct {
	Held      int
	Opinions  Tally
	ByChannel map[Channel]int // of those that count
}

// Count counts over some days.
func (d *Desk) Count(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (Figures, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Figures{}, err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(account.SeeConsultations, n.ID, tree); err != nil {
			return Figures{}, err
		}
	}
	return d.Store.Count(ctx, place, span, d.Today())
}
