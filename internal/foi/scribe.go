package foi

import "context"

// Scribe writes the letters of what is done. It is package letter, which knows
// requests; a desk knows no letter but by its name.
type Scribe interface {
	// Ready reads what the letters of an organ are made from, before a change
	// begins.
	Ready(ctx context.Context, organ string) (Writer, error)
}

// Writer makes the letters of one change.
type Writer interface {
	// Write gives the letters that an entry makes, or changes: a reply is drafted
	// when it is submitted, gets its number when it is signed, and has gone out
	// when it is served.
	Write(r Request, e Entry, s Scene, around Around) ([]Paper, error)
}

// Scene gives what surrounds a deed of somebody in an organ now: for those who
// show beforehand what would come of it.
func (d *Desk) Scene(ctx context.Context, actor, organ string) (Scene, error) {
	return d.scene(ctx, actor, organ)
}
