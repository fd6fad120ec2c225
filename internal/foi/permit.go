package foi

import (
	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Option is something that somebody may do with a request now, or why not.
type Option struct {
	Transition
	Act Act
	Why error // nil when it may be done; else an errs.Error with the article
}

// Options gives what the table has where the request is, for one actor: rows to
// which they have no right are left out, rows against which the law speaks stay
// with the reason. The program's own rows are nobody's.
func (r *Request) Options(actor account.Actor, h account.Hierarchy, s Scene) []Option {
	s.Actor = actor.ID
	var all []Option
	for _, t := range rows.From(r.Status) {
		if r.permits(t.Who, actor, h) == nil {
			all = append(all, r.option(t, &s))
		}
	}
	return all
}

// OptionsOfApplicant gives what the applicant may do themself now, on the
// tracking page.
func (r *Request) OptionsOfApplicant(s Scene) []Option {
	var all []Option
	for _, t := range rows.From(r.Status) {
		if t.Who.Applicant {
			all = append(all, r.option(t, &s))
		}
	}
	return all
}

func (r *Request) option(t Transition, s *Scene) Option {
	act, _ := ActOf(t.Event)
	_, why := r.may(t.Event, s)
	return Option{t, act, why}
}

// permits tells with nil whether an actor has the right that a row asks for.
// Who was asked to search may answer in their own organ.
func (r *Request) permits(who Who, actor account.Actor, h account.Hierarchy) error {
	if who.Right == "" {
		return errs.New(errs.Forbidden, "这一环节由系统自动办理。")
	}
	if who.Asked {
		for _, q := range r.Searches {
			if q.AnsweredOn.IsZero() && actor.May(who.Right, q.Organ, h) == nil {
				return nil
			}
		}
	}
	return actor.May(who.Right, r.Organ, h)
}

// Try tells with nil whether an event could happen to the request now, whoever
// does it; else which article speaks against it.
func (r *Request) Try(kind event.Kind, s Scene) error {
	_, err := r.may(kind, &s)
	return err
}
