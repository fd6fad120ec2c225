package app

import (
	"context"

	"gongkai/internal/consult"
	"gongkai/internal/paging"
	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/web/portal"
)

// consulted is what everybody may read of consultations, and the search over it.
type consulted struct {
	*consult.Desk
	store store.Consultations
}

func (a *App) consulted() consulted {
	return consulted{a.rooms.consults, store.Consultations{DB: a.db}}
}

// Find searches what is public today.
func (c consulted) Find(ctx context.Context, typed string, most int) (found []portal.Consulted, total int, err error) {
	q := search.Parse(typed)
	if len(q.Terms) == 0 {
		return nil, 0, nil
	}
	page, says, err := c.store.Find(ctx, q, paging.Query{Page: 1, Size: most}, c.Today())
	for _, row := range page.Rows {
		found = append(found, portal.Consulted{Row: row, Title: search.Mark(row.Title, q), Says: search.Snippet(says[row.ID], q)})
	}
	return found, page.Total, err
}
