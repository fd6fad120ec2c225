package job

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// What people do with jobs.
const (
	retried   event.Kind = "job.retried"
	cancelled event.Kind = "job.cancelled"
	started   event.Kind = "job.started"
)

// EventKinds gives the words for what people do with jobs.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: retried, Chinese: "重试后台任务", English: "job tried again"},
		{Kind: cancelled, Chinese: "取消后台任务", English: "job cancelled"},
		{Kind: started, Chinese: "立即运行后台任务", English: "job started by hand"},
	}
}

// Office is the jobs as people see them. Jobs belong to the whole deployment:
// who has the right in an organ that is below none may see or run them.
type Office struct {
	Queue     Queue
	Schedules []Schedule
	Trees     org.Trees
}

func (o Office) may(ctx context.Context, actor account.Actor, act account.Act) (organ string, err error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return "", err
	}
	err = actor.May(act, "", tree)
	for _, root := range tree.Children("") {
		if err = actor.May(act, root.ID, tree); err == nil {
			return root.ID, nil
		}
	}
	return "", err
}

// MayRun tells whether the actor may try again, cancel and start jobs.
func (o Office) MayRun(ctx context.Context, actor account.Actor) bool {
	_, err := o.may(ctx, actor, account.RunJobs)
	return err == nil
}

// List gives a part of the jobs, the latest first.
func (o Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Job], error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return paging.Page[Job]{}, err
	}
	return o.Queue.Store.List(ctx, q)
}

// Kinds gives the kinds of the jobs there are.
func (o Office) Kinds(ctx context.Context, actor account.Actor) ([]Kind, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return nil, err
	}
	return o.Queue.Store.Kinds(ctx)
}

// Count tells how many jobs are in each state.
func (o Office) Count(ctx context.Context, actor account.Actor) (map[State]int, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return nil, err
	}
	return o.Queue.Store.Count(ctx)
}

// Job gives a job.
func (o Office) Job(ctx context.Context, actor account.Actor, id string) (Job, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return Job{}, err
	}
	return o.Queue.Store.Job(ctx, id)
}

// Plans gives the schedules in their order, each with when it is due.
func (o Office) Plans(ctx context.Context, actor account.Actor) ([]Plan, error) {
	if _, err := o.may(ctx, actor, account.SeeJobs); err != nil {
		return nil, err
	}
	kept, err := o.Queue.Store.Plans(ctx)
	if err != nil {
		return nil, err
	}
	var plans []Plan
	for _, s := range o.Schedules {
		p := kept[s.Name]
		if p.Name == "" { // no runner has seen it yet
			timing, err := s.Timing(ctx)
			if err != nil {
				return nil, err
			}
			p = Plan{Name: s.Name, Timing: timing.String()}
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// Retry lets a job begin anew that failed or was cancelled, or start at once
// when it waits for its time.
func (o Office) Retry(ctx context.Context, actor account.Actor, id string) error {
	return o.change(ctx, actor, id, retried, func(j *Job) error {
		switch j.State {
		case Running:
			return errs.New(errs.Conflict, "这个任务正在运行。")
		case Done:
			return errs.New(errs.Conflict, "这个任务已经完成，不需要重试。")
		}
		j.Attempts, j.Done, j.Total = 0, 0, 0
		j.wait(o.Queue.Clock.Now())
		return nil
	})
}

// Cancel ends a job. A handler that works on it is told within seconds; what it
// has done stays done.
func (o Office) Cancel(ctx context.Context, actor account.Actor, id string) error {
	return o.change(ctx, actor, id, cancelled, func(j *Job) error {
		if j.State == Done || j.State == Cancelled {
			return errs.New(errs.Conflict, "这个任务已经结束，不能取消。")
		}
		j.end(Cancelled, o.Queue.Clock.Now())
		return nil
	})
}

func (o Office) change(ctx context.Context, actor account.Actor, id string, kind event.Kind, judge func(*Job) error) error {
	organ, err := o.may(ctx, actor, account.RunJobs)
	if err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.Queue.Store.Change(ctx, id, func(j *Job) ([]event.Event, error) {
		before := *j
		if err := judge(j); err != nil {
			return nil, err
		}
		data := map[string]any{"kind": j.Kind, "before": before.State, "attempts": before.Attempts}
		return []event.Event{pen.Write(organ, event.Subject{Type: "job", ID: id}, kind, data)}, nil
	})
}

func (o Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Queue.Clock.Now(), IDs: o.Queue.IDs}
}

// Start does what a schedule does, now. When its last job is unfinished that one
// is given, told to start at once if it waits.
func (o Office) Start(ctx context.Context, actor account.Actor, name string) (Job, error) {
	organ, err := o.may(ctx, actor, account.RunJobs)
	if err != nil {
		return Job{}, err
	}
	for _, s := range o.Schedules {
		if s.Name != name {
			continue
		}
		j, err := o.Queue.Make(s.Kind, s.Payload, Options{Single: s.single()})
		if err != nil {
			return Job{}, err
		}
		pen := o.pen(actor)
		return o.Queue.Store.Add(ctx, j, func(j *Job) []event.Event {
			if j.State == Waiting {
				j.RunAt = pen.At
			}
			return []event.Event{pen.Write(organ, event.Subject{Type: "job", ID: j.ID}, started, map[string]any{"kind": j.Kind, "schedule": name})}
		})
	}
	return Job{}, errs.New(errs.NotFound, "没有这个定时任务。")
}
