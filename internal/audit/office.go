package audit

import (
	"context"
	"iter"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// List gives a part of the log.
func (o Office) List(ctx context.Context, actor account.Actor, q Query, page paging.Query) (paging.Page[Line], error) {
	s, err := o.search(ctx, actor, account.SeeLog, q)
	if err != nil {
		return paging.Page[Line]{}, err
	}
	return o.Store.List(ctx, s, page)
}

// Event gives one event.
func (o Office) Event(ctx context.Context, actor account.Actor, id string) (Line, error) {
	places := actor.Where(account.SeeLog)
	if len(places) == 0 {
		return Line{}, actor.May(account.SeeLog, "", nowhere{})
	}
	line, err := o.Store.Line(ctx, id)
	if err != nil {
		return Line{}, err
	}
	whole, err := o.whole(ctx, places)
	if err != nil || whole {
		return line, err
	}
	h, err := o.Trees.Hierarchy(ctx)
	if err == nil {
		err = actor.May(account.SeeLog, line.Organ, h)
	}
	if errs.KindOf(err) == errs.Forbidden { // of another's event not even the time is told
		err = errs.New(errs.NotFound, "没有这条记录，请检查编号。")
	}
	if err != nil {
		return Line{}, err
	}
	return line, nil
}

// exportChunk is how many lines an export reads at a time.
const exportChunk = 1000

// Export gives all lines of a query, the newest first. That it was asked for is
// recorded before the first line is given; what was searched for may be
// somebody's name and is not.
func (o Office) Export(ctx context.Context, actor account.Actor, q Query) (iter.Seq2[Line, error], error) {
	s, err := o.search(ctx, actor, account.ExportLog, q)
	if err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	if s.To.IsZero() || s.To.After(now) {
		s.To = now // what comes from now on, this export among it, stays out
	}
	organ := q.Organ
	if organ == "" {
		organ = actor.Where(account.ExportLog)[0].Organ
	}
	exported := event.Pen{Actor: actor.ID, At: now, IDs: o.IDs}.Write(organ, event.Subject{Type: "log", ID: organ}, "log.exported", told(q))
	if err := o.Store.Append(ctx, exported); err != nil {
		return nil, err
	}
	return o.lines(ctx, s), nil
}

// told gives what the event of an export says of it.
func told(q Query) map[string]any {
	data := map[string]any{}
	const day = "2006-01-02T15:04:05-07:00"
	if !q.From.IsZero() {
		data["from"] = q.From.Format(day)
	}
	if !q.To.IsZero() {
		data["to"] = q.To.Format(day)
	}
	if q.Organ != "" {
		data["organ"] = q.Organ
	}
	if q.Kind != "" {
		data["kind"] = q.Kind
	}
	if q.Personal {
		data["personal"] = true
	}
	if q.Actor != "" || q.Subject != "" || q.Words != "" {
		data["narrowed"] = true
	}
	return data
}

func (o Office) lines(ctx context.Context, s Search) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		var last *Line
		for {
			lines, err := o.Store.After(ctx, s, last, exportChunk)
			if err != nil {
				yield(Line{}, err)
				return
			}
			for i := range lines {
				if !yield(lines[i], nil) {
					return
				}
			}
			if len(lines) < exportChunk {
				return
			}
			last = &lines[len(lines)-1]
		}
	}
}
