// Package guard keeps in the house what must not leave it. It looks at a file
// before it is public or handed to an applicant (条例§15, 条例§17): personal data
// in what a reader sees, and anything that lies in the file unseen. It decides
// what a finding is, by which norm, and how it is masked; file formats are
// doc/inside's and doc/clean's work.
//
// What is found is said masked: a finding must not spread what it warns of. What
// cannot be read is a finding too, never passed in silence.
//
// Severity: an Error must not leave; a Warning needs a person to look; both
// block. An Info is said and blocks nothing.
//
// Start at Guard.Scan. One kind of personal datum, one file: rule_g01.go …; the
// layers that nobody sees are one table in hidden.go. Masks follow the official
// notice where there is one and usual practice elsewhere (personal.Kind.Mask).
package guard
