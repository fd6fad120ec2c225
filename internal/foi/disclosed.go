package foi

import (
	"context"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// Shown requests are the disclosure log: what was asked and how it was answered,
// for everybody (条例§44). Of a request only the title is told that was chosen for
// it, never what the applicant wrote.

// Log keeps the disclosure log.
type Log interface {
	// LogOrgans gives the organs that have something in the log.
	LogOrgans(ctx context.Context) ([]string, error)
	// Log gives what some organs show, the latest first; words are looked for in
	// the titles. See FilterOrgan and FilterYear, which is that of the answer.
	Log(ctx context.Context, organs []string, q paging.Query) (paging.Page[Row], error)
	// LogNear gives what some organs show of requests that leave one of the traces.
	LogNear(ctx context.Context, organs []string, traces []int64, most int) ([]Kin, error)
}

// Disclosed is the disclosure log as everybody may read it.
type Disclosed struct {
	Store Store
	Log   Log
	Trees org.Trees
	Shows func(ctx context.Context, organ string) (bool, error) // whether the organ has a log
}

// Organs gives the organs whose log is open.
func (d *Disclosed) Organs(ctx context.Context) ([]org.Node, error) {
	ids, err := d.Log.LogOrgans(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []org.Node
	for _, id := range ids {
		n, ok := tree.Node(id)
		if !ok {
			continue
		}
		shows, err := d.Shows(ctx, id)
		if err != nil {
			return nil, err
		}
		if shows {
			all = append(all, n)
		}
	}
	return all, nil
}

func (d *Disclosed) keys(ctx context.Context) ([]string, error) {
	organs, err := d.Organs(ctx)
	var ids []string
	for _, n := range organs {
		ids = append(ids, n.ID)
	}
	return ids, err
}

// List gives a part of the log.
func (d *Disclosed) List(ctx context.Context, q paging.Query) (paging.Page[Row], error) {
	ids, err := d.keys(ctx)
	if err != nil {
		return paging.Page[Row]{}, err
	}
	if organ := q.Filter(FilterOrgan); organ != "" {
		ids = slices.DeleteFunc(ids, func(id string) bool { return id != organ })
	}
	return d.Log.Log(ctx, ids, q)
}

// nearMost is how many answers are suggested to somebody who asks.
const nearMost = 5

// Near gives what was disclosed before and is near to what somebody asks for now,
// the nearest first. Nothing that an applicant wrote is handed out.
func (d *Disclosed) Near(ctx context.Context, text string) ([]Row, error) {
	ids, err := d.keys(ctx)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	kin, err := d.Log.LogNear(ctx, ids, Traces(text), kinMost)
	if err != nil {
		return nil, err
	}
	for i := range kin {
		kin[i].Likeness = Compare(text, kin[i].Text)
	}
	kin = slices.DeleteFunc(kin, func(k Kin) bool { return !k.Likeness.Near() })
	slices.SortStableFunc(kin, func(a, b Kin) int { return b.Likeness.Score - a.Likeness.Score })
	var rows []Row
	for _, k := range kin[:min(len(kin), nearMost)] {
		k.Headline, k.Number = "", ""
		rows = append(rows, k.Row)
	}
	return rows, nil
}

// Open gives a request of the log; NotFound when it is not in it, as for one that
// does not exist.
func (d *Disclosed) Open(ctx context.Context, id string) (Request, error) {
	none := errs.New(errs.NotFound, "答复公示里没有这一件；可能已经撤下，请返回列表查找。")
	r, err := d.Store.Request(ctx, id)
	if errs.KindOf(err) == errs.NotFound || err == nil && r.Visibility != Public {
		return Request{}, none
	}
	if err != nil {
		return Request{}, err
	}
	shows, err := d.Shows(ctx, r.Organ)
	if err == nil && !shows {
		err = none
	}
	return r, err
}
