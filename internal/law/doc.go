// Package law knows the law that a disclosure office works by, as data: the
// instruments with their numbers and validity, the articles, the grounds of art.
// 14 to 16 as outcomes of a request, the kinds of applicants, the subjects of
// proactive disclosure, and the legal remedies.
//
// The law is cited in one form everywhere, in comments, data and what a person
// reads: the short name or the number of an instrument, the article after §,
// and the paragraph after a dot; where an article is one paragraph of numbered
// items, the item (条例§33.2, 条例§36.7, 国办函〔2020〕109号§6). Several
// citations are joined by 、 or by a semicolon. CheckCitation refuses what this
// package does not know, and a test walks the repository with it.
//
// Each instrument says whether its text was seen (Verified) or is known only
// from memory or second hand (Remembered): a rule that rests on the latter is a
// convention until somebody checks it.
//
// Start reading at instrument.go and regulation.go. The package holds no rule of
// procedure: time limits are in calendar, the state of a request is elsewhere.
package law
