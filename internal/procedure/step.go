package procedure

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// Step is a row of which nothing more needs to be known than this. X is the thing, C
// the scene in which it is looked at.
type Step[S ~string, X, C any] struct {
	From   []S
	Event  event.Kind
	To     S // "" where the thing stays
	Right  account.Act
	Guards []Guard[X, C]
	Cite   string
}

// Line is a step as a table writes it. It is another name of a plain struct, as those
// in word.go.
type Line[S ~string, X, C any] = struct {
	From   []S
	Event  event.Kind
	To     S
	Right  account.Act
	Guards []Guard[X, C]
	Cite   string
}

// Row gives what a step has in common with rows of other tables.
func (s Step[S, X, C]) Row() Row[S] {
	var to []S
	if s.To != "" {
		to = []S{s.To}
	}
	return Row[S]{From: s.From, Event: s.Event, To: to, Right: s.Right, Cite: s.Cite}
}

// Leads gives where a thing is after the step.
func (s Step[S, X, C]) Leads(at S) S {
	if s.To == "" {
		return at
	}
	return s.To
}

// Steps is a table of steps.
type Steps[S ~string, X, C any] struct {
	Table[S, Step[S, X, C]]
}

// NewSteps makes a table of its lines. The statuses stand in the order of its life,
// the first, "", being before it begins.
func NewSteps[S ~string, X, C any](thing string, statuses []S, words func(S) Word, acts []Act, lines []Line[S, X, C]) Steps[S, X, C] {
	t := Table[S, Step[S, X, C]]{Thing: thing, Statuses: statuses, Words: words, Acts: acts}
	for _, l := range lines {
		t.Rows = append(t.Rows, Step[S, X, C](l))
	}
	return Steps[S, X, C]{t}
}

// All gives everything that can happen.
func (t Steps[S, X, C]) All() []Step[S, X, C] { return slices.Clone(t.Rows) }

// May gives the step of an event where the thing is. The error, a Conflict, tells that
// it is not there, or which guard speaks against it.
func (t Steps[S, X, C]) May(at S, kind event.Kind, x X, c C) (Step[S, X, C], error) {
	step, err := t.At(at, kind)
	if err != nil {
		return step, err
	}
	return step, Against(step.Guards, x, c)
}

// Option is something that somebody may do with a thing now, or why not.
type Option[S ~string, X, C any] struct {
	Step[S, X, C]
	Act Act
	Why error // nil when it may be done; else an errs.Error with the article
}

// Options gives what the table has where the thing is: steps for which has is false,
// for somebody has no right to them, are left out, those against which something
// speaks stay with the reason.
func (t Steps[S, X, C]) Options(at S, x X, c C, has func(Step[S, X, C]) bool) []Option[S, X, C] {
	var all []Option[S, X, C]
	for _, step := range t.From(at) {
		if has(step) {
			act, _ := t.Act(step.Event)
			all = append(all, Option[S, X, C]{step, act, Against(step.Guards, x, c)})
		}
	}
	return all
}
