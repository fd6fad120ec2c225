// Package search finds documents by words, in Chinese as it is typed: words of one
// and two characters, exact phrases, numbers such as 国办函〔2020〕109号, traditional
// or simplified, full or half width.
//
// Text is folded (fold.go) so that what reads the same is the same, and cut into
// tokens (token.go): pairs of neighbouring characters for Chinese, and each character
// by itself; whole runs for letters and digits. For each token there is a list of the
// documents that have it, for what stands in titles and for what filters ask (tag.go)
// too, in parts (posting.go) that are rows of ordinary tables of either engine. A walk
// (walk.go, seek.go) goes through what stands in several lists, the newest first, and
// reads no more than so many rows, however many documents there are. What consists of
// several tokens is looked for again in the text itself, so that a hit really says it.
//
// Finder (find.go) puts a query together from an Index, which is storage: candidates,
// rank, page, marked words. It decides everything in Go, so two engines with
// the same rows give the same results. Start at Finder.Find.
package search
