// Package limits is the logic of the commands deadline and fee: a question in,
// an answer with its explanation out, one at a time or as lines of JSON, so that
// another program can ask.
//
// A line is one JSON object. For a deadline:
//
//	{"limit":"reply","from":"2025-09-22","pauses":[{"from":"2025-09-24","to":"2025-10-13"}],"extend":0}
//
// answered by {"deadline":"2025-11-06","steps":[…]}; for a fee
// {"method":"pieces","count":41}, answered by {"fen":430000,"steps":[…]}. Every
// line that is not empty gets exactly one line in return, in the same order; a
// wrong one gets {"error":"…"} and the rest go on. Fields that are not known and
// fields given twice are errors: a program that misspells "pauses" must not get
// a deadline without them.
//
// Start reading at deadline.go, then batch.go.
package limits
