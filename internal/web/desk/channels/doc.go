// Package channels holds the pages on which documents that are public go into other
// channels: the ledger of what stood where from when to when, with its figures; the
// wording for a channel beside the article as readers will see it; and one page for
// each text, with what can be done with it.
//
// What the office enters by hand (a board, a newspaper) has its forms among the acts of
// a document. Start at Pages.
package channels
