// Package lexicon is the dictionary that an organ keeps of words that must not stand
// in what it publishes or hands out, so that it is accurate (条例§6.1): titles of leaders,
// names of places, laws that are no longer in force.
//
// A list holds for the organ and all below it. Where two organs on the way up keep the
// same word, the nearer one says what to write instead, and the stricter severity
// holds: who is below may be stricter, never laxer. What comes with the program
// (guard.BuiltIn) is the last word of all, and an own entry goes before it.
//
// It refuses to guess: every word is somebody's entry, with an event. Start at Office.
package lexicon
