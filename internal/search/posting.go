package search

import (
	"encoding/binary"
	"errors"
	"slices"
)

// BlockSize is how many documents share a block of postings.
const BlockSize = 1024

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

// Block gives the block of a document.
func Block(doc int64) int64 { return doc / BlockSize }

// Pack writes the postings of a block, in the order of their documents.
func Pack(of []Posting) []byte {
	of = slices.SortedFunc(slices.Values(of), func(a, b Posting) int { return int(a.Doc - b.Doc) })
	var out []byte
	last := int64(0)
	for i, p := range of {
		at := p.Doc % BlockSize
		if i > 0 {
			at -= last
		}
		last = p.Doc % BlockSize
		out = binary.AppendUvarint(out, uint64(at))
		out = append(out, byte(p.Weight))
	}
	return out
}

var errPostings = errors.New("search: postings are damaged")

// Unpack reads what Pack has written.
func Unpack(block int64, data []byte) ([]Posting, error) {
	all := make([]Posting, 0, len(data)/2)
	at := int64(0)
	for len(data) > 0 {
		step, n := binary.Uvarint(data)
		if n <= 0 || len(data) <= n || step >= BlockSize {
			return nil, errPostings
		}
		if at += int64(step); at >= BlockSize {
			return nil, errPostings
		}
		all = append(all, Posting{block*BlockSize + at, int(data[n])})
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

// Weights gives the weight of each token of an entry.
func (e Entry) Weights() map[string]int {
	title := Count(e.Title + "\n" + e.Number)
	all := map[string]int{}
	for t, n := range Count(e.Text) {
		all[t] = Weigh(title[t], n)
	}
	for t, n := range title {
		if _, ok := all[t]; !ok {
			all[t] = Weigh(n, 0)
		}
	}
	return all
}

// Joined gives the text in which phrases are looked for.
func (e Entry) Joined() string {
	return Joined(e.Title) + "\n" + Joined(e.Number) + "\n" + Joined(e.Text)
}
