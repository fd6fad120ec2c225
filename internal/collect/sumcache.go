package collect

import (
	"slices"
	"sync"

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
