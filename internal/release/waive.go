package release

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// Waive asks that findings may pass, for a reason. Another person must agree.
func (o *Office) Waive(ctx context.Context, actor account.Actor, request, id string, findings []string, reason string) error {
	if _, err := o.request(ctx, actor, request, account.HandleRequests); err != nil {
		return err
	}
	r, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var wrong errs.Fields
	if len([]rune(reason)) < 5 || len([]rune(reason)) > 500 {
		wrong.Add("reason", "请写明为什么可以公开，5至500个字。")
	}
	if len(findings) == 0 {
		wrong.Add("findings", "请选择要放行的问题。")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	due, err := o.decideBy(ctx, r)
	if err != nil {
		return err
	}
	var asked []Waiver
	for _, found := range f.Findings {
		if slices.Contains(findings, found.Key) && found.Blocks {
			asked = append(asked, Waiver{Hash: f.Hash, Finding: found.Key, Reason: reason, By: actor.ID, At: o.Clock.Now(), Due: due})
		}
	}
	if len(asked) != len(findings) {
		return errs.New(errs.Conflict, "文件刚刚换过，请重新选择。")
	}
	return o.waivers(ctx, actor, request, f.File, Waived, func(r foi.Request, all []Waiver) ([]Waiver, error) {
		if err := f.changeable(r); err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(slices.Clone(all), func(w Waiver) bool { return w.Hash == f.Hash && slices.Contains(findings, w.Finding) })
		return append(all, asked...), nil
	})
}

// decideWithin is how many working days the second person has: a convention.
const decideWithin = 1

// decideBy gives by when that should be: never later than the reply.
func (o *Office) decideBy(ctx context.Context, r foi.Request) (calendar.Date, error) {
	cal, err := o.Desk.CalendarOf(ctx, r.Organ)
	if err != nil {
		return calendar.Date{}, err
	}
	today := o.Desk.Today()
	due, err := cal.AddWorkdays(today, decideWithin)
	if err != nil {
		return today, nil //nolint:nilerr // the calendar ends here
	}
	if !r.Due.IsZero() && due.After(r.Due) && !r.Due.Before(today) {
		due = r.Due
	}
	return due, nil
}

// Agree lets findings pass, or refuses it: the head or the secrecy reviewer, never
// who asked.
func (o *Office) Agree(ctx context.Context, actor account.Actor, request, id string, agrees bool) error {
	if _, err := o.request(ctx, actor, request, account.ApproveRequests, account.ClearRequests); err != nil {
		return err
	}
	_, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	what := Agreed
	if !agrees {
		what = Denied
	}
	return o.waivers(ctx, actor, request, f.File, what, func(_ foi.Request, all []Waiver) ([]Waiver, error) {
		var kept []Waiver
		changed := false
		for _, w := range all {
			if w.Hash != f.Hash || w.AgreedBy != "" {
				kept = append(kept, w)
				continue
			}
			if w.By == actor.ID {
				return nil, errs.New(errs.Conflict, "放行由您提请，应当由另一个人决定（条例§17）。")
			}
			if changed = true; agrees {
				w.AgreedBy, w.AgreedAt = actor.ID, o.Clock.Now()
				kept = append(kept, w)
			}
		}
		if !changed {
			return nil, errs.New(errs.Conflict, "没有等待决定的放行。")
		}
		return kept, nil
	})
}

func (o *Office) waivers(ctx context.Context, actor account.Actor, request string, f File, what event.Kind, judge func(foi.Request, []Waiver) ([]Waiver, error)) error {
	return o.Store.Change(ctx, o.pen(actor), request, func(r foi.Request, files []File) ([]File, []event.Event, error) {
		i := slices.IndexFunc(files, func(other File) bool { return other.ID == f.ID && other.Hash == f.Hash })
		if i < 0 {
			return nil, nil, errs.New(errs.Conflict, "文件刚刚换过，请看过现在的样子再办理。")
		}
		waivers, err := judge(r, files[i].Waivers)
		files[i].Waivers = waivers
		return files, []event.Event{o.happened(actor, r, what, f)}, err
	})
}

// MayDecide tells with nil whether the actor may decide on findings of a request's
// files.
func (o *Office) MayDecide(ctx context.Context, actor account.Actor, request string) error {
	_, err := o.request(ctx, actor, request, account.ApproveRequests, account.ClearRequests)
	return err
}
