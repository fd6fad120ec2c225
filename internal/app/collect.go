package app

import (
	"context"
	"strings"

	"gongkai/internal/collect"
	"gongkai/internal/job"
	"gongkai/internal/store"
)

// checkReports is the job that checks anew the reports that something has changed under.
const checkReports job.Kind = "collect.check"

// collecting is what is done with the reports of those below.
func (a *App) collecting(o Options, r *rooms) *collect.Desk {
	return &collect.Desk{
		Store: store.Collection{DB: a.db}, Trees: r.book, Reader: a.opener, Viewer: viewer{a.opener}, Files: a.files(o.Clock), Policies: reportPolicies{r.settings}, Calendars: r.calendar, Queue: r.queue, People: store.People{DB: a.db}, Clock: o.Clock, IDs: r.ids, Name: a.keyName(),
		Wake: func(ctx context.Context) error {
			_, err := r.queue.Add(ctx, checkReports, nil, job.Options{})
			return err
		},
	}
}

// checkCollected does the job.
func (a *App) checkCollected(ctx context.Context, j *job.Active) error {
	n, err := a.rooms.collect.Check(ctx, func(done int) { j.Progress(done, 0) })
	j.Progress(n, n)
	return err
}

// keyName is what the key of this deployment is called, to which others send: its name
// and its number, as two systems may have the same name.
func (a *App) keyName() string {
	parts := strings.SplitN(a.keys.PublicKey(), "+", 3)
	return strings.Join(parts[:min(2, len(parts))], "+")
}
