package org

import (
	"context"
	"iter"
	"slices"
	"strings"

	"gongkai/internal/account"
)

// Node is an organ as it stands today.
type Node struct {
	ID         string
	Parent     string // "" for a root
	Path       string // keys from the root, each followed by "/"
	Name       string
	Nature     Nature
	Level      Level
	Region     string // code of the administrative division (GB/T 2260), six digits
	CreditCode string // unified social credit code (GB 32100), "" when none
	Ended      bool   // merged or dissolved; kept for its records
}

// Nature is what sort of body an organ is by law (条例§2, §10, §54).
type Nature string

// The natures.
const (
	Administrative Nature = "administrative" // 行政机关
	Internal       Nature = "internal"       // 内设机构
	TownshipLevel  Nature = "township"       // 乡镇、街道
	Dispatched     Nature = "dispatched"     // 派出机构
	Authorised     Nature = "authorised"     // 法律、法规授权的具有管理公共事务职能的组织
)

// Level is the level of government an organ belongs to.
type Level string

// The levels.
const (
	Central    Level = "central"
	Provincial Level = "province"
	City       Level = "city"
	County     Level = "county"
	Town       Level = "town"
)

// Tree is the hierarchy of a day. It does not change once made and may be used
// from many goroutines.
type Tree struct {
	order []Node         // as a reader would go: each organ before those below it
	end   []int          // of order: where what is below an organ ends
	at    map[string]int // by key: the place in order
}

// Trees hands out the hierarchy of today.
type Trees interface {
	Tree(ctx context.Context) (*Tree, error)
}

// NewTree makes a tree of nodes, whose order is kept among sisters. What hangs
// below none of the roots comes last.
func NewTree(nodes []Node) *Tree {
	children := make(map[string][]int, len(nodes))
	for i, n := range nodes {
		children[n.Parent] = append(children[n.Parent], i)
	}
	t := &Tree{at: make(map[string]int, len(nodes))}
	var grow func(i int)
	grow = func(i int) {
		if _, twice := t.at[nodes[i].ID]; twice { // a ring in the data ends too
			return
		}
		place := len(t.order)
		t.at[nodes[i].ID] = place
		t.order, t.end = append(t.order, nodes[i]), append(t.end, 0)
		for _, child := range children[nodes[i].ID] {
			grow(child)
		}
		t.end[place] = len(t.order)
	}
	for _, i := range children[""] {
		grow(i)
	}
	for i := range nodes {
		grow(i)
	}
	return t
}

// Node gives an organ.
func (t *Tree) Node(id string) (Node, bool) {
	if i, ok := t.at[id]; ok {
		return t.order[i], true
	}
	return Node{}, false
}

// Name gives an organ's name, "" when there is no such organ.
func (t *Tree) Name(id string) string {
	n, _ := t.Node(id)
	return n.Name
}

// Route gives the names from the root down to an organ, joined by “/”: what tells
// two organs of one name apart in a list.
func (t *Tree) Route(id string) string {
	var names []string
	for range t.order {
		n, ok := t.Node(id)
		if !ok {
			break
		}
		names = append(names, n.Name)
		id = n.Parent
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// Children gives the organs directly below one; those of "" are the roots.
func (t *Tree) Children(id string) []Node {
	i, end := 0, len(t.order)
	if id != "" {
		at, ok := t.at[id]
		if !ok {
			return nil
		}
		i, end = at+1, t.end[at]
	}
	var all []Node
	for ; i < end; i = t.end[i] {
		if t.order[i].Parent == id {
			all = append(all, t.order[i])
		}
	}
	return all
}

// Below tells whether an organ is another or somewhere below it.
func (t *Tree) Below(organ, ancestor string) bool {
	if ancestor == "" || organ == ancestor {
		return ancestor != ""
	}
	top, ok := t.at[ancestor]
	if !ok {
		return false
	}
	i, ok := t.at[organ]
	return ok && top < i && i < t.end[top]
}

// Subtree gives an organ and all below it as a reader would go: each organ before
// its children, sisters in their order. It must not be changed.
func (t *Tree) Subtree(id string) []Node {
	i, ok := t.at[id]
	if !ok {
		return nil
	}
	return t.order[i:t.end[i]:t.end[i]]
}

// Within goes through the organs of some places, each once.
func (t *Tree) Within(places []account.Place) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		seen := map[string]bool{}
		for _, p := range places {
			nodes := t.Subtree(p.Organ)
			if !p.Below {
				nodes = nodes[:min(1, len(nodes))]
			}
			for _, n := range nodes {
				if seen[n.ID] {
					continue
				}
				if seen[n.ID] = true; !yield(n) {
					return
				}
			}
		}
	}
}

// Len gives the number of organs.
func (t *Tree) Len() int { return len(t.order) }
