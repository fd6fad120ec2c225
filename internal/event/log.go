package event

import (
	"errors"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Log grows a Merkle tree (RFC 6962) leaf by leaf. It keeps only the roots of
// the perfect subtrees that the leaves so far make up, at most 63, so a log of
// any length takes no more memory than a short one. The zero value is empty.
type Log struct {
	size int64
	full []tlog.Hash // the largest, leftmost subtree first
}

// Resume gives a log of a size out of the hashes that are stored.
func Resume(size int64, stored tlog.HashReader) (*Log, error) {
	var places []int64
	for _, level := range levels(size) {
		places = append(places, tlog.StoredHashIndex(level, size>>level&^1))
	}
	full, err := stored.ReadHashes(places)
	if err == nil && len(full) != len(places) {
		err = errors.New("event: hashes of the log are missing")
	}
	return &Log{size, full}, err
}

// levels gives the heights of the perfect subtrees of a log, the highest first.
func levels(size int64) []int {
	var all []int
	for level := bits.Len64(uint64(size)) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			all = append(all, level)
		}
	}
	return all
}

// Size gives the number of leaves.
func (l *Log) Size() int64 { return l.size }

// Add puts a leaf's hash at the end. It gives the hashes that are stored for it,
// at tlog.StoredHashIndex(0, its index) and the places that follow: its own, and
// those of the subtrees that it completes.
func (l *Log) Add(leaf tlog.Hash) []tlog.Hash {
	stored := []tlog.Hash{leaf}
	for range bits.TrailingZeros64(^uint64(l.size)) {
		last := len(l.full) - 1
		leaf = tlog.NodeHash(l.full[last], leaf)
		l.full = l.full[:last]
		stored = append(stored, leaf)
	}
	l.full = append(l.full, leaf)
	l.size++
	return stored
}

// Root gives the hash over all leaves.
func (l *Log) Root() tlog.Hash {
	if l.size == 0 {
		root, _ := tlog.TreeHash(0, nil) // the empty log's; reads nothing, so cannot fail
		return root
	}
	root := l.full[len(l.full)-1]
	for i := len(l.full) - 2; i >= 0; i-- {
		root = tlog.NodeHash(l.full[i], root)
	}
	return root
}

// Clone gives a log that grows apart from this one.
func (l *Log) Clone() *Log { return &Log{l.size, append([]tlog.Hash(nil), l.full...)} }
