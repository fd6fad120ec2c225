package search

import (
	"encoding/binary"
	"errors"
	"math"
)

// PartSize is how many postings a part of a list has at most: a row of either engine
// that is not too long to be written again with every document.
const PartSize = 512

// Posting says how much a token is in a document.
type Posting struct {
	Doc    int64 // number in the index, from 1
	Weight int   // see Weigh
}

// Weigh gives the weight of a token that stands so often in the title and the other
// text. It stays small, so that it takes a byte.
func Weigh(title, text int) int {
	w := 0
	for n := text; n > 0 && w < 7; n >>= 1 {
		w++
	}
	if title > 0 {
		w += 16
	}
	return w
}

// Part is a piece of the list of a token: the documents from Base to the Base of the
// next one. The first has Base 0.
type Part struct {
	Token string
	Base  int64
	Total int // postings of the whole list; the last part knows it
	Docs  []Posting
}

// Pack writes postings, in the order of their documents, each as the way from the one
// before.
func Pack(base int64, of []Posting) []byte {
	out := make([]byte, 0, 2*len(of)+8)
	for _, p := range of {
		out = append(binary.AppendUvarint(out, uint64(p.Doc-base)), byte(p.Weight))
		base = p.Doc
	}
	return out
}

var errPostings = errors.New("search: postings are damaged")

// Unpack reads what Pack has written.
func Unpack(base int64, data []byte) ([]Posting, error) {
	all := make([]Posting, 0, len(data)/2)
	for at := base; len(data) > 0; {
		step, n := binary.Uvarint(data)
		if n <= 0 || len(data) <= n || step > math.MaxInt64/2 || len(all) > 0 && step == 0 {
			return nil, errPostings
		}
		if at += int64(step); at < base {
			return nil, errPostings
		}
		all = append(all, Posting{at, int(data[n])})
		data = data[n+1:]
	}
	return all, nil
}

// Entry is a document as the index takes it in.
type Entry struct {
	ID                                  string
	Organ, Kind, Subject, Theme, Number string
	Ended                               bool   // what it orders holds no longer
	On                                  string // published, 2006-01-02
	Title                               string
	Text                                string // everything else that is to be found
}

// Weights gives the weight of everything that an entry is found by: its tokens, those
// of the title once more by themselves, the initials of the title, and its tags.
func (e Entry) Weights() map[string]int {
	title := Count(e.Title + "\n" + e.Number)
	text := Count(e.Text)
	all := make(map[string]int, len(text)+2*len(title)+8)
	for t, n := range text {
		all[t] = Weigh(title[t], n)
	}
	for t, n := range title {
		if _, ok := all[t]; !ok {
			all[t] = Weigh(n, 0)
		}
		all[inTitle+t] = all[t]
	}
	for _, t := range initialTokens(e.Title) {
		all[t] = Weigh(1, 0)
	}
	for _, t := range e.tags() {
		all[t] = 0
	}
	return all
}

// Joined gives the text in which phrases are looked for.
func (e Entry) Joined() string {
	return Joined(e.Title) + "\n" + Joined(e.Number) + "\n" + Joined(e.Text)
}
