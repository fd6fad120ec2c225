// Package foi is disclosure on request (依申请公开, 条例§27 to 条例§45): from the
// day a request comes in to its place in table 3 of the annual report.
//
// Everything that can happen to a request stands in one table, Table in state.go:
// where the request is, what happens, where it goes, who may do it, what the law
// asks beforehand, what it does to the limit, which letter tells of it, under
// which article. Request.Do (do.go) applies a row; buttons, rights, the help and
// the diagram (permit.go, diagram.go) are read from the same rows. What an act
// must be told is a Deed: AskCorrection, Consult, Submit …, each in the file of
// its noun.
//
// A request has three fields that others mix up: Status says where it is,
// Outcome how it ended, Visibility who sees it. Whether it is late is never
// stored: clock.go derives the limit from what has happened and the calendar,
// and explains it day by day.
//
// decision.go and need.go are the replies: what the law wants each to say, and
// the one row of table 3 in which they are counted (count.go). remedy.go knows
// before whom a decision can be attacked, dispute.go what becomes of that.
// likeness.go finds requests that ask the same, ledger.go the months of an
// applicant, fee.go and tariff.go the processing fee.
//
// Desk (desk.go) is what is done: it asks for the right, loads, applies the
// rule, and saves the request with what happened in one change.
//
// What it refuses to do: to take silence of a third party for consent, to ask
// what somebody wants the information for, to let anyone pass their own draft,
// and to end a request without the article that ends it. Personal data are not
// in a request: it holds the keys by which personal keeps them.
package foi
