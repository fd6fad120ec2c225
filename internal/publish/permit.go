package publish

import (
	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Option is something that somebody may do with a document now, or why not.
type Option struct {
	Transition
	Act Act
	Why error // nil when it may be done; else an errs.Error with the article
}

// Options gives what the table has where the document is, for one actor: rows to
// which they have no right are left out, rows against which the law speaks stay
// with the reason. The program's own rows are nobody's.
func (d *Document) Options(actor account.Actor, h account.Hierarchy, s Scene) []Option {
	s.Actor = actor.ID
	var all []Option
	for _, t := range rows.From(d.Status) {
		if d.Permits(t.Who, actor, h) == nil {
			all = append(all, d.option(t, &s))
		}
	}
	return all
}

func (d *Document) option(t Transition, s *Scene) Option {
	act, _ := ActOf(t.Event)
	_, why := d.may(t.Event, s)
	return Option{t, act, why}
}

// Permits tells with nil whether an actor has the right that a row asks for.
func (d *Document) Permits(who Who, actor account.Actor, h account.Hierarchy) error {
	if who.Right == "" {
		return errs.New(errs.Forbidden, "这一环节由系统自动办理。")
	}
	if who.In != InOrgan && actor.May(who.Right, d.Section, h) == nil {
		return nil
	}
	if who.In == InSection {
		return actor.May(who.Right, d.Section, h)
	}
	return actor.May(who.Right, d.Organ, h)
}

// Try tells with nil whether an event could happen to the document now, whoever
// does it; else which article speaks against it.
func (d *Document) Try(kind event.Kind, s Scene) error {
	_, err := d.may(kind, &s)
	return err
}

// Seen tells with nil whether an actor may look at the document in the house.
func (d *Document) Seen(actor account.Actor, h account.Hierarchy) error {
	err := actor.May(account.SeeDocuments, d.Organ, h)
	if err != nil && actor.May(account.SeeDocuments, d.Section, h) == nil {
		return nil
	}
	return err
}
