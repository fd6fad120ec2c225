// Package channel brings documents that are public into the channels of an organ
// beside its website, and out of them again (条例§23, 条例§25): the WeChat official
// account by its interface, all others by people who enter what they did.
//
// Where a document stood from when to when is kept with the document itself
// (publish.Post), so that taking it down and recalling it everywhere is one change;
// which way a text goes is a table there (publish.Sending). This room has what stands
// around it: the accounts of organs with their sealed secrets (account.go), the
// article that a text becomes (article.go), the interface of a channel as this house
// sees it (line.go), the carrier that does step after step until what is there is what
// the office wants (carry.go), the screens of the house, which show what the ledger says
// (screen.go), and the ledger with its figures (ledger.go).
//
// Nothing is called while a person waits for a page: a text is carried by jobs, tried
// again after pauses. Before a submission the carrier notes that it is about to make
// it, and after a crash looks what became of it: nothing is published twice.
//
// What it refuses to do: to send what is not public, what the release guard warns of,
// pictures that nobody reviewed, and to show a secret again.
//
// Start at Office.
package channel
