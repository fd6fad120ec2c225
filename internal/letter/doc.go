// Package letter makes the official letters of disclosure on request out of a
// request: receipts, notices, questions to third parties, replies, the record of
// service (条例§30 to 条例§39, 条例§45).
//
// A letter is a template, a text file that an office can edit: a head that says
// what it is and on what it rests, and paragraphs with placeholders in braces,
// named in Chinese. Template (template.go) reads one and checks that it keeps
// what the law wants the letter to say (element.go). Facts (facts.go) takes what
// stands in the request; Compose (compose.go) puts both together as a document
// in the letter form of GB/T 9704-2012, which the codecs of doc write as docx or
// PDF. What a reply says of each part is a phrase for each kind of reply.
//
// What it refuses to do: to send a letter with a gap in it, to name a remedy
// that the law of the day does not give, and to invent anything that is not in
// the request.
//
// Start at Compose.
package letter
