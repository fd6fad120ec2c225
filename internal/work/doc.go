// Package work is what is to be done by whom until when: everything that a
// person must do has a last day on somebody's list.
//
// An item is for a person, or for whoever has a role in its organ. Its last day
// is fixed, or reckoned: the reckoning is kept with it, so that a new holiday
// notice moves open items (mover.go). What is overdue, and how many working days
// are left, is never stored but computed with the calendar in force (left.go).
//
// Heads and supervisors hand out work by hand (assign.go). Items of other tasks,
// say a request's reply, are opened and closed by those rooms in the transaction
// of their own change: they fill in an Opening, and store.Tx.OpenWork,
// store.Tx.MoveWork and store.Tx.CloseWork keep it. Such an item ends with the
// matter that it is about, not by a button of its own.
//
// Every change is an event. Events hold no titles or notes, which may name
// people. Start at Office and Item.
package work
