package app

import (
	"context"

	"gongkai/internal/job"
	"gongkai/internal/paging"
	"gongkai/internal/web/admin"
)

// moveDeadlines is the job that counts open deadlines anew by a holiday notice.
const moveDeadlines job.Kind = "calendar.move"

// noticeMoved is whose deadlines are moved, for whom.
type noticeMoved struct{ Actor, Notice string }

// moveLater lets a job move the deadlines for a notice that was just applied.
func (r *rooms) moveLater(ctx context.Context, actor, notice string) error {
	_, err := r.queue.Add(ctx, moveDeadlines, noticeMoved{actor, notice}, job.Options{Single: singleMove(notice)})
	return err
}

func singleMove(notice string) string { return string(moveDeadlines) + "/" + notice }

func (a *App) moveDeadlines(ctx context.Context, j *job.Active) error {
	var of noticeMoved
	if err := j.Read(&of); err != nil {
		return err
	}
	return a.rooms.calendar.Move(ctx, of.Actor, of.Notice, func(moved int) { j.Progress(moved, 0) })
}

// moving tells how far that job is.
func (a *App) moving(ctx context.Context, notice string) (m admin.Moving, err error) {
	page, err := a.rooms.queue.Store.List(ctx, paging.Query{Filters: map[string]string{job.FilterKind: string(moveDeadlines)}, Size: 20})
	for _, j := range page.Rows {
		if j.Single == singleMove(notice) {
			return admin.Moving{Busy: j.Unfinished(), Done: j.Done, Trouble: j.Error}, err
		}
	}
	return m, err
}

// regions are those with days of rest of their own.
func (r *rooms) regions(ctx context.Context) ([]string, error) {
	c, err := r.calendar.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	return c.Regions(), nil
}
