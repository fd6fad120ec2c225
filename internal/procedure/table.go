// Package procedure is what the tables of the office have in common: those of
// requests, documents, reports, notices and filed figures. A table says everything
// that can happen to a thing: from which status, what, to which, who may, by which
// article. Rights, buttons, refusals, the help page and the diagram are read from it.
//
// The rows belong to the rooms, with their guards and what else only they know. Here
// is how a row is found, how its guards are asked, how a refusal names the article,
// and how the table is drawn. Start at Table.
package procedure

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Row is what rows of all tables have.
type Row[S ~string] struct {
	From  []S
	Event event.Kind
	To    []S         // everywhere it can lead; none where the thing stays
	Right account.Act // "" for the program alone
	Cite  string
}

// Table is everything that can happen to a thing. Of one status and event there is
// at most one row.
type Table[S ~string, T interface{ Row() Row[S] }] struct {
	Thing    string // in Chinese, as in 该申请
	Statuses []S    // in the order of its life, the first being before it begins
	Words    func(S) Word
	Acts     []Act
	Rows     []T
}

// From gives the rows of a status.
func (t Table[S, T]) From(at S) []T {
	var all []T
	for _, row := range t.Rows {
		if slices.Contains(row.Row().From, at) {
			all = append(all, row)
		}
	}
	return all
}

// Find gives the row of an event in a status.
func (t Table[S, T]) Find(at S, kind event.Kind) (row T, ok bool) {
	for _, row := range t.Rows {
		if r := row.Row(); r.Event == kind && slices.Contains(r.From, at) {
			return row, true
		}
	}
	return row, false
}

// Nearest gives the row of an event, also when it is that of another status: who
// asks for something is judged by it before anything else.
func (t Table[S, T]) Nearest(at S, kind event.Kind) T {
	row, ok := t.Find(at, kind)
	if i := slices.IndexFunc(t.Rows, func(row T) bool { return row.Row().Event == kind }); !ok && i >= 0 {
		return t.Rows[i]
	}
	return row
}

// Of gives the row of an event that asks for a right, because drafts go back from
// several desks. The error, a Conflict, tells that the thing is not there now.
func (t Table[S, T]) Of(at S, kind event.Kind, right account.Act) (row T, err error) {
	is := func(row T) bool { return row.Row().Event == kind && row.Row().Right == right }
	here := t.From(at)
	if i := slices.IndexFunc(here, is); i >= 0 {
		return here[i], nil
	}
	if i := slices.IndexFunc(t.Rows, is); i >= 0 {
		row = t.Rows[i]
	}
	return row, t.refusal(at, kind, row.Row().Cite)
}

// At gives the row of an event where the thing is. The error, a Conflict, tells that
// it is not there now.
func (t Table[S, T]) At(at S, kind event.Kind) (T, error) {
	row, ok := t.Find(at, kind)
	if !ok {
		return row, t.Elsewhere(at, kind)
	}
	return row, nil
}

// Elsewhere says that the thing is not where the event could happen.
func (t Table[S, T]) Elsewhere(at S, kind event.Kind) error {
	return t.refusal(at, kind, t.Nearest(at, kind).Row().Cite)
}

func (t Table[S, T]) refusal(at S, kind event.Kind, cite string) error {
	act, ok := t.Act(kind)
	if !ok {
		return errs.New(errs.Invalid, "没有“%s”这一办理环节。", kind)
	}
	return errs.New(errs.Conflict, "该%s现在是“%s”，不能办理“%s”（%s）。", t.Thing, t.Words(at).Chinese, act.Chinese, cite)
}

// Act gives the words for an event.
func (t Table[S, T]) Act(kind event.Kind) (Act, bool) {
	i := slices.IndexFunc(t.Acts, func(a Act) bool { return a.Event == kind })
	if i < 0 {
		return Act{}, false
	}
	return t.Acts[i], true
}
