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

// Tree is the hierarchy of today. It does not change once made and may be used
// from many goroutines.
type Tree struct {
	nodes    map[string]Node
	children map[string][]string
	order    []string
}

// Trees hands out the hierarchy of today.
type Trees interface {
	Tree(ctx context.Context) (*Tree, error)
}

// NewTree makes a tree of nodes, whose order is kept among sisters.
func NewTree(nodes []Node) *Tree {
	t := &Tree{nodes: make(map[string]Node, len(nodes)), children: map[string][]string{}}
	for _, n := range nodes {
		t.nodes[n.ID] = n
		t.children[n.Parent] = append(t.children[n.Parent], n.ID)
		t.order = append(t.order, n.ID)
	}
	return t
}

// Node gives an organ.
func (t *Tree) Node(id string) (Node, bool) {
	n, ok := t.nodes[id]
	return n, ok
}

// Name gives an organ's name, "" when there is no such organ.
func (t *Tree) Name(id string) string { return t.nodes[id].Name }

// Route gives the names from the root down to an organ, joined by “/”: what tells
// two organs of one name apart in a list.
func (t *Tree) Route(id string) string {
	var names []string
	for range len(t.nodes) {
		n, ok := t.nodes[id]
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
	var all []Node
	for _, child := range t.children[id] {
		all = append(all, t.nodes[child])
	}
	return all
}

// Below tells whether an organ is another or somewhere below it.
func (t *Tree) Below(organ, ancestor string) bool {
	if ancestor == "" {
		return false
	}
	for range len(t.nodes) + 1 { // a ring in the data ends too
		if organ == ancestor {
			return true
		}
		n, ok := t.nodes[organ]
		if !ok {
			return false
		}
		organ = n.Parent
	}
	return false
}

// Subtree gives an organ and all below it, parents before children.
func (t *Tree) Subtree(id string) []Node {
	n, ok := t.nodes[id]
	if !ok {
		return nil
	}
	all := []Node{n}
	for i := 0; i < len(all) && len(all) <= len(t.nodes); i++ {
		all = append(all, t.Children(all[i].ID)...)
	}
	return all
}

// Walk goes through an organ and all below it as a reader would: each organ
// before its children, sisters in their order.
func (t *Tree) Walk(id string) iter.Seq[Node] {
	return func(yield func(Node) bool) { t.walk(id, len(t.nodes), yield) }
}

func (t *Tree) walk(id string, deep int, yield func(Node) bool) bool {
	n, ok := t.nodes[id]
	if !ok || deep < 0 || !yield(n) {
		return !ok
	}
	for _, child := range t.children[id] {
		if !t.walk(child, deep-1, yield) {
			return false
		}
	}
	return true
}

// Within goes through the organs of some places, each once.
func (t *Tree) Within(places []account.Place) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		seen := map[string]bool{}
		for _, p := range places {
			for n := range t.Walk(p.Organ) {
				if !p.Below && n.ID != p.Organ {
					break
				}
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
func (t *Tree) Len() int { return len(t.nodes) }
