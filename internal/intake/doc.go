// Package intake is the counter to which the public comes by itself: somebody
// fills in a request page by page and hands it in (条例§29), follows it with its
// number, and a third party answers what it was asked (条例§32).
//
// What is typed waits between the pages in a draft (draft.go), sealed, for a few
// hours, and becomes a request once, however often the last button is pressed
// (counter.go). Who asks for a request shows its number and the last characters
// of a telephone or identity number, or the code of the receipt; they are
// compared where they are sealed, tries are counted, and a wrong answer never
// tells whether there is such a request (track.go). A third party brings the
// number and the code of its letter (opinion.go).
//
// What it refuses to do: to ask what the information is wanted for, to make
// anything mandatory that 条例§29 does not name, and to keep what was typed
// readable.
//
// Start at Counter.
package intake
