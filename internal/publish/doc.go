// Package publish is proactive publication (主动公开, 条例§19 to 条例§26): from the
// day on which somebody drafts a document to the place where everybody reads it,
// and all that becomes of it there.
//
// Everything that can happen to a document stands in one table, Table in state.go:
// where the document is, what happens, where it goes, who may do it, what the law
// asks beforehand, under which article. Document.Do (do.go) applies a row; buttons,
// rights, the help and the diagram (permit.go, diagram.go) are read from the same
// rows. What an act must be told is a Deed: Draft, Submit, Clear …, each in the
// file of its noun.
//
// A document has fields that others mix up: Status says where it is, Visibility
// who sees it, Attribute whether it may be public (attribute.go), Grade whether it
// is a state secret, Validity whether what it orders still holds (validity.go).
// What is worked on is its Content; what was public is kept as Versions and never
// changes, so a correction leaves the old text, a note that everybody reads, and
// nothing vanishes (revise.go).
//
// Nothing gets out unlooked at: the secrecy reviewer answers for each part by
// itself (clearance.go, 先审查、后公开、逐项), the release guard looks into each
// (scan.go), and both answers are bound to the digest of what they saw, so that a
// changed part counts as not seen.
//
// clock.go counts the 20 working days of 条例§26, duty.go says what must be done
// now by whom, count.go what table 2 of the annual report counts. official.go and
// sheet.go read documents in official form and lists of documents; they give what
// they found for a person to confirm.
//
// Desk (desk.go) is what is done: it asks for the right, loads, applies the rule,
// and saves the document with what happened in one change.
//
// What it refuses to do: to move a document that has no openness attribute, to let
// anyone pass their own draft, to publish what nobody reviewed or what the guard
// warns of, to take a secret in, and to give an index number twice.
package publish
