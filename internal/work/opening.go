package work

import (
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Opening is what a room asks to be done.
type Opening struct {
	Organ     string
	Task      Task
	Subject   event.Subject // zero for the item itself
	Title     string
	Note      string
	Link      string
	For       Holder
	Reckoning *Reckoning
	Due       calendar.Date
}

// New makes an item with the event that tells of it.
func New(pen event.Pen, o Opening) (Item, event.Event) {
	i := Item{
		ID: pen.IDs.New(), Organ: o.Organ, Task: o.Task, Subject: o.Subject, Title: o.Title, Note: o.Note, Link: o.Link, For: o.For,
		Reckoning: o.Reckoning, Due: o.Due, State: Open, OpenedBy: pen.Actor, OpenedAt: pen.At,
	}
	if i.Subject == (event.Subject{}) {
		i.Subject = subject(i.ID)
	}
	return i, i.tell(pen, opened, map[string]any{"task": i.Task, "about": i.Subject.String(), "for": i.For.String(), "due": i.Due})
}

// End closes the item, as done or withdrawn.
func (i *Item) End(pen event.Pen, state State, closing string) event.Event {
	i.State, i.ClosedBy, i.ClosedAt, i.ClosedOn, i.Closing = state, pen.Actor, pen.At, dayOf(pen.At), closing
	kind := done
	if state == Withdrawn {
		kind = withdrawn
	}
	return i.tell(pen, kind, map[string]any{"due": i.Due, "inTime": i.InTime()})
}

// Pass makes the item somebody else's.
func (i *Item) Pass(pen event.Pen, to Holder) event.Event {
	before := i.For
	i.For = to
	return i.tell(pen, passed, map[string]any{"from": before.String(), "for": to.String()})
}

// Move gives the item another last day.
func (i *Item) Move(pen event.Pen, reckoning *Reckoning, due calendar.Date) event.Event {
	before := i.Due
	i.Reckoning, i.Due = reckoning, due
	return i.tell(pen, moved, map[string]any{"from": before, "due": due})
}

func (i Item) tell(pen event.Pen, kind event.Kind, data any) event.Event {
	e := pen.Write(i.Organ, subject(i.ID), kind, data)
	e.State = i.Digest()
	return e
}

// What happens to items.
const (
	opened    event.Kind = "work.opened"
	done      event.Kind = "work.done"
	withdrawn event.Kind = "work.withdrawn"
	passed    event.Kind = "work.passed"
	moved     event.Kind = "work.moved"
)

// EventKinds gives the words for what happens to items.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: opened, Chinese: "交办事项", English: "work opened"},
		{Kind: done, Chinese: "办结事项", English: "work done"},
		{Kind: withdrawn, Chinese: "撤回事项", English: "work withdrawn"},
		{Kind: passed, Chinese: "转交事项", English: "work handed over"},
		{Kind: moved, Chinese: "变更事项期限", English: "last day of work moved"},
		{Kind: substituteNamed, Chinese: "指定替班", English: "substitute named"},
		{Kind: substituteEnded, Chinese: "提前结束替班", English: "substitution ended early"},
	}
}
