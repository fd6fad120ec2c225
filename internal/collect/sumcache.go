package collect

import (
	"hash/maphash"
	"slices"
	"sync"

	"gongkai/internal/annual/rollup"
	"gongkai/internal/org"
)

// keptSums is how many sums are kept: people go back and forth between a sheet and its
// cells. A sum of ten thousand reports takes some 30 MB.
const keptSums = 4

// sumKey says what a sum was made from; it falls when a report or the tree changes.
type sumKey struct {
	tree    *org.Tree
	organ   string
	year    int
	changes int64
}

type keptSum struct {
	key sumKey
	sum *Sum
}

// sumCache keeps the last sums.
type sumCache struct {
	mu   sync.Mutex
	kept []keptSum // the latest first
}

func (c *sumCache) of(key sumKey, add func() (*Sum, error)) (*Sum, error) {
	c.mu.Lock()
	for _, k := range c.kept {
		if k.key == key {
			c.mu.Unlock()
			return k.sum, nil
		}
	}
	c.mu.Unlock()
	sum, err := add()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = append([]keptSum{{key, sum}}, slices.DeleteFunc(c.kept, func(k keptSum) bool { return k.key.organ == key.organ && k.key.year == key.year })...)
	c.kept = c.kept[:min(len(c.kept), keptSums)]
	return sum, nil
}

// knownReports keeps what sums need of the reports that were read last. When one of ten
// thousand changes, the others need not be read again, which is most of the work. A report
// takes some hundred bytes.
type knownReports struct {
	mu   sync.Mutex
	seed maphash.Seed
	kept map[reportKey]rollup.Kept
}

// mostKnown is how many are kept: five years of a province.
const mostKnown = 50_000

// reportKey names a report by what it says, under the name that it has in a sum.
type reportKey struct {
	name         string
	year, length int
	text         uint64
}

func (k *knownReports) of(name string, year int, printed string, read func() (rollup.Kept, error)) (rollup.Kept, error) {
	k.mu.Lock()
	if k.kept == nil {
		k.seed, k.kept = maphash.MakeSeed(), map[reportKey]rollup.Kept{}
	}
	key := reportKey{name, year, len(printed), maphash.String(k.seed, printed)}
	known, ok := k.kept[key]
	k.mu.Unlock()
	if ok {
		return known, nil
	}
	known, err := read()
	if err != nil {
		return known, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.kept) >= mostKnown {
		clear(k.kept)
	}
	k.kept[key] = known
	return known, nil
}
