package publish

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// GivenOut records that somebody takes documents away with their files, also those
// that are not public.
func (d *Desk) GivenOut(ctx context.Context, actor account.Actor, documents int) error {
	places := actor.Where(account.SeeDocuments)
	if len(places) == 0 {
		tree, err := d.Trees.Tree(ctx)
		if err != nil {
			return err
		}
		return actor.May(account.SeeDocuments, "", tree)
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	return d.Store.Append(ctx, pen.Write(places[0].Organ, event.Subject{Type: "organ", ID: places[0].Organ}, WholeGivenOut, map[string]int{"documents": documents}))
}
