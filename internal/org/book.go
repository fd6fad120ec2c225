package org

import (
	"context"
	"sync"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
)

// Book hands out the hierarchy of today, read once and again only when it has
// changed: by this process at once, by another within the second.
type Book struct {
	Store Store
	Clock clock.Clock

	mu       sync.Mutex
	tree     *Tree
	revision int64
	looked   time.Time
	past     map[int]pastTree // by year
}

// glance is how long the tree is taken for current without asking.
const glance = time.Second

// Tree gives the hierarchy of today.
func (b *Book) Tree(ctx context.Context) (*Tree, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.Clock.Now()
	if b.tree != nil && now.Sub(b.looked) < glance {
		return b.tree, nil
	}
	revision, err := b.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	if b.tree == nil || revision != b.revision {
		nodes, err := b.Store.Nodes(ctx)
		if err != nil {
			return nil, err
		}
		b.tree, b.revision = NewTree(nodes), revision
	}
	b.looked = now
	return b.tree, nil
}

// Hierarchy gives the same to those who only ask what is below what.
func (b *Book) Hierarchy(ctx context.Context) (account.Hierarchy, error) {
	return b.Tree(ctx)
}

// Forget makes the next look ask the database.
func (b *Book) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looked = time.Time{}
}

// TreeOn gives the organs that there were on a day, as they were named and placed
// then: the report of an earlier year keeps both.
func (b *Book) TreeOn(ctx context.Context, day calendar.Date) (*Tree, error) {
	nodes, err := b.Store.NodesOn(ctx, day)
	if err != nil {
		return nil, err
	}
	return NewTree(nodes), nil
}

// NameOn gives the name that an organ had on a day.
func (b *Book) NameOn(ctx context.Context, id string, day calendar.Date) (string, error) {
	organ, err := b.Store.Organ(ctx, id)
	if err != nil {
		return "", err
	}
	return organ.NameOn(day), nil
}

// Contacts gives how to reach the disclosure offices of organs today, by key.
// They are public (条例§12.2).
func (b *Book) Contacts(ctx context.Context, ids []string) (map[string]Contact, error) {
	return b.Store.Contacts(ctx, dayOf(b.Clock.Now()), ids)
}

// All gives the organs of today that live, in the order of the tree: what
// everybody may see of them.
func (b *Book) All(ctx context.Context) ([]Node, error) {
	tree, err := b.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []Node
	for _, root := range tree.Children("") {
		for _, n := range tree.Subtree(root.ID) {
			if !n.Ended {
				all = append(all, n)
			}
		}
	}
	return all, nil
}

// Fixed hands out one tree for ever: for tests of other rooms.
func Fixed(t *Tree) FixedTree { return FixedTree{t} }

// FixedTree is a hierarchy that does not change.
type FixedTree struct{ tree *Tree }

// Tree gives the tree.
func (f FixedTree) Tree(context.Context) (*Tree, error) { return f.tree, nil }

// Hierarchy gives the same.
func (f FixedTree) Hierarchy(context.Context) (account.Hierarchy, error) { return f.tree, nil }

// Roots gives the organs that have none above, and the hierarchy.
func (b *Book) Roots(ctx context.Context) ([]string, account.Hierarchy, error) {
	tree, err := b.Tree(ctx)
	if err != nil {
		return nil, nil, err
	}
	var roots []string
	for _, n := range tree.Children("") {
		roots = append(roots, n.ID)
	}
	return roots, tree, nil
}
