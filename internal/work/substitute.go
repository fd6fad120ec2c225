package work

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Substitute is somebody who stands in for a colleague of an organ from a day to a
// day. What lies with the colleague meanwhile, and what comes to them, is on both
// lists; nothing is handed over, and when the days are over nothing has to be given
// back. What the substitute may do is what their own roles let them do.
type Substitute struct {
	ID      string
	Organ   string
	Away    string // key of who is away
	Stands  string // key of who stands in
	From    calendar.Date
	Until   calendar.Date // the last day; both included
	NamedBy string
	NamedAt time.Time
	EndedBy string // who ended it before its last day; "" for nobody
	EndedAt time.Time
}

// On tells whether it holds on a day.
func (s Substitute) On(day calendar.Date) bool {
	return s.EndedBy == "" && !day.Before(s.From) && !day.After(s.Until)
}

// Over tells whether it holds no more from a day on.
func (s Substitute) Over(day calendar.Date) bool { return s.EndedBy != "" || day.After(s.Until) }

// Subject names it in the log.
func (s Substitute) Subject() event.Subject { return event.Subject{Type: "substitute", ID: s.ID} }

// Away is whose items are on somebody else's list, and where.
type Away struct{ Person, Organ string }

// SubstituteStore keeps substitutes.
type SubstituteStore interface {
	// Substitutes gives those of an organ that are not over on a day, the first to begin first.
	Substitutes(ctx context.Context, organ string, day calendar.Date) ([]Substitute, error)
	// Standing gives those by whom anybody, or one person who stands in, is meant on a day.
	Standing(ctx context.Context, stands string, day calendar.Date) ([]Substitute, error)
	// Substitute gives NotFound when there is none.
	Substitute(ctx context.Context, id string) (Substitute, error)
	// AddSubstitute keeps a new one as judge says of those of the organ.
	AddSubstitute(ctx context.Context, organ string, day calendar.Date, judge func(others []Substitute) (Substitute, []event.Event, error)) error
	// ChangeSubstitute changes one as judge says.
	ChangeSubstitute(ctx context.Context, id string, judge func(*Substitute) ([]event.Event, error)) error
}

// MaxAway is how many days somebody may be away at a time.
const MaxAway = 366

// NameSubstitute names who stands in for somebody: one's own anybody may name, that
// of others who hands out work there.
func (o *Office) NameSubstitute(ctx context.Context, actor account.Actor, s Substitute) error {
	if err := o.may(ctx, actor, account.SeeWork, s.Organ); err != nil {
		return err
	}
	if s.Away != actor.ID {
		if err := o.MayAssign(ctx, actor, s.Organ); err != nil {
			return err
		}
	}
	people, err := o.Store.Colleagues(ctx, s.Organ)
	if err != nil {
		return err
	}
	if err := s.check(people, o.Today()); err != nil {
		return err
	}
	pen := o.pen(actor)
	s.ID, s.NamedBy, s.NamedAt = o.IDs.New(), actor.ID, pen.At
	return o.Substitutes.AddSubstitute(ctx, s.Organ, o.Today(), func(others []Substitute) (Substitute, []event.Event, error) {
		for _, other := range others {
			if other.Away == s.Away && !s.From.After(other.Until) && !s.Until.Before(other.From) {
				return s, nil, errs.InField("from", "从%s到%s已经有人替班；请先结束，或者换一段时间。", other.From, other.Until)
			}
		}
		return s, []event.Event{s.tell(pen, substituteNamed)}, nil
	})
}

// check looks who is meant and when.
func (s Substitute) check(people []Colleague, today calendar.Date) error {
	find := func(id string) (Colleague, bool) {
		i := slices.IndexFunc(people, func(c Colleague) bool { return c.ID == id })
		if i < 0 {
			return Colleague{}, false
		}
		return people[i], true
	}
	var f errs.Fields
	away, there := find(s.Away)
	if !there {
		f.Add("away", "请选择在本机关任职的人。")
	}
	stands, ok := find(s.Stands)
	switch {
	case !ok || s.Stands == s.Away:
		f.Add("stands", "请选择本机关的另一个人替班。")
	case there && !slices.ContainsFunc(away.Roles, func(r account.Role) bool { return slices.Contains(stands.Roles, r) }):
		f.Add("stands", "%s在本机关没有与%s相同的角色，替不了班；需要的，请安全管理员先授予角色。", stands.Name, away.Name)
	}
	switch {
	case s.From.IsZero() || s.From.Before(today):
		f.Add("from", "请填写从哪一天起，不早于今天。")
	case s.Until.IsZero() || s.Until.Before(s.From):
		f.Add("until", "请填写到哪一天止，不早于第一天。")
	case s.Until.Sub(s.From) > MaxAway:
		f.Add("until", "一次替班不超过%d天。", MaxAway)
	}
	return f.Err()
}

func (s Substitute) tell(pen event.Pen, kind event.Kind) event.Event {
	return pen.Write(s.Organ, s.Subject(), kind, map[string]any{"away": s.Away, "stands": s.Stands, "from": s.From, "until": s.Until})
}

// EndSubstitute ends it before its last day: who is away, who stands in, or who
// hands out work there.
func (o *Office) EndSubstitute(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Substitutes.Substitute(ctx, id)
	if err != nil {
		return err
	}
	if actor.ID != s.Away && actor.ID != s.Stands {
		if err := o.MayAssign(ctx, actor, s.Organ); err != nil {
			return err
		}
	}
	pen := o.pen(actor)
	return o.Substitutes.ChangeSubstitute(ctx, id, func(s *Substitute) ([]event.Event, error) {
		if s.Over(o.Today()) {
			return nil, errs.New(errs.Conflict, "这次替班已经结束。")
		}
		s.EndedBy, s.EndedAt = actor.ID, pen.At
		return []event.Event{s.tell(pen, substituteEnded)}, nil
	})
}

// SubstitutesOf gives the substitutes of an organ, now and to come, to whoever sees
// its work.
func (o *Office) SubstitutesOf(ctx context.Context, actor account.Actor, organ string) ([]Substitute, error) {
	if err := o.may(ctx, actor, account.SeeWork, organ); err != nil {
		return nil, err
	}
	return o.Substitutes.Substitutes(ctx, organ, o.Today())
}

// StandsFor gives for whom somebody stands in today.
func (o *Office) StandsFor(ctx context.Context, person string) ([]Away, error) {
	if o.Substitutes == nil || person == "" {
		return nil, nil
	}
	all, err := o.Substitutes.Standing(ctx, person, o.Today())
	var away []Away
	for _, s := range all {
		if one := (Away{s.Away, s.Organ}); s.Away != person && !slices.Contains(away, one) {
			away = append(away, one)
		}
	}
	return away, err
}

// concerns tells whether an item is on somebody's list, be it for another.
func concerns(i Item, actor account.Actor, away []Away) bool {
	return i.Concerns(actor) || slices.Contains(away, Away{i.For.Person, i.Organ})
}

// behalf notes in an event for whom it was done.
func behalf(e event.Event, person string) (event.Event, error) {
	data := map[string]any{}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return e, err
	}
	data["onBehalf"] = person
	var err error
	e.Data, err = json.Marshal(data)
	return e, err
}

const (
	substituteNamed event.Kind = "work.substitute-named"
	substituteEnded event.Kind = "work.substitute-ended"
)
