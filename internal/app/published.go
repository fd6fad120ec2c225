package app

import (
	"context"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/publish"
	"gongkai/internal/search"
	"gongkai/internal/store"
)

// published is what everybody may read: the catalogue, and the search over it.
type published struct {
	*publish.Desk
	index search.Index
	reads store.Reads
	clock clock.Clock
}

func (a *App) published() published {
	return published{a.rooms.documents, store.Search{DB: a.db}, store.Reads{DB: a.db}, a.rooms.clock}
}

// Top gives the documents that were read most of late.
func (p published) Top(ctx context.Context, most int) ([]publish.Listed, error) {
	return p.reads.Top(ctx, most)
}

// Find searches what is public now. Rank counts by the day, so that the same is found
// until the next.
func (p published) Find(ctx context.Context, q search.Query, f search.Filter, page, size int) (search.Result, error) {
	return p.finder().Find(ctx, q, f, page, size)
}

// Keys gives the keys of what is public now and says all of a query, by rank.
func (p published) Keys(ctx context.Context, q search.Query, f search.Filter) (keys []string, all bool, err error) {
	return p.finder().Keys(ctx, q, f)
}

func (p published) finder() search.Finder {
	return search.Finder{Index: p.index, Today: dayOf(p.clock.Now())}
}

func dayOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}
