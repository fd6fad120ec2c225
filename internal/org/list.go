package org

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/paging"
)

// Filters of the list of organs.
const (
	FilterBelow  = "below"
	FilterNature = "nature"
	FilterLevel  = "level"
	FilterEnded  = "ended" // yes, no
)

// List gives the organs that the actor may see, in the order of the tree unless
// it is sorted otherwise. The tree is in memory, so this asks no database.
func (o *Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Node], error) {
	places := actor.Where(account.SeeOrgans)
	if len(places) == 0 {
		return paging.Page[Node]{}, actor.May(account.SeeOrgans, "", &Tree{})
	}
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return paging.Page[Node]{}, err
	}
	if below := q.Filter(FilterBelow); below != "" {
		if err := actor.May(account.SeeOrgans, below, tree); err != nil {
			return paging.Page[Node]{}, err
		}
		places = narrowed(places, below, tree)
	}
	var found []Node
	for n := range tree.Within(places) {
		if fits(n, q) {
			found = append(found, n)
		}
	}
	sortNodes(found, q)
	rows := found[min(q.Offset(), len(found)):]
	return paging.Page[Node]{Rows: rows[:min(q.Limit(), len(rows))], Total: len(found)}, nil
}

// narrowed gives the part of some places that is an organ and below it.
func narrowed(places []account.Place, below string, tree *Tree) []account.Place {
	for _, p := range places {
		if p.Below && tree.Below(below, p.Organ) {
			return []account.Place{{Organ: below, Below: true}}
		}
	}
	return []account.Place{{Organ: below}}
}

func fits(n Node, q paging.Query) bool {
	words, ended := strings.TrimSpace(q.Words), q.Filter(FilterEnded)
	return (words == "" || strings.Contains(n.Name, words) || strings.EqualFold(n.CreditCode, words) || n.Region == words) &&
		(q.Filter(FilterNature) == "" || q.Filter(FilterNature) == string(n.Nature)) &&
		(q.Filter(FilterLevel) == "" || q.Filter(FilterLevel) == string(n.Level)) &&
		(ended == "" || (ended == "yes") == n.Ended)
}

func sortNodes(nodes []Node, q paging.Query) {
	by := map[string]func(a, b Node) int{
		"name":   func(a, b Node) int { return strings.Compare(a.Name, b.Name) },
		"region": func(a, b Node) int { return strings.Compare(a.Region, b.Region) },
	}[q.Sort]
	if by != nil {
		slices.SortStableFunc(nodes, by)
	}
	if q.Desc {
		slices.Reverse(nodes)
	}
}
