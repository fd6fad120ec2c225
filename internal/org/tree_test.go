package org_test

import (
	"fmt"
	"slices"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/org"

	"pgregory.net/rapid"
)

// TestTreeAgreesWithItsParents makes forests at random, in any order, and compares
// what a tree says with what going up from parent to parent says.
func TestTreeAgreesWithItsParents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "organs")
		parents := map[string]string{}
		nodes := make([]org.Node, n)
		for i := range nodes {
			nodes[i].ID = fmt.Sprint(i)
			if up := rapid.IntRange(-1, i-1).Draw(t, "parent"); up >= 0 {
				nodes[i].Parent = fmt.Sprint(up)
			}
			parents[nodes[i].ID] = nodes[i].Parent
		}
		tree := org.NewTree(rapid.Permutation(nodes).Draw(t, "order"))
		if tree.Len() != n {
			t.Fatalf("%d of %d organs", tree.Len(), n)
		}
		climbs := func(organ, ancestor string) bool {
			for ; organ != ""; organ = parents[organ] {
				if organ == ancestor {
					return true
				}
			}
			return false
		}
		for a := range parents {
			var below []string
			for _, o := range tree.Subtree(a) {
				below = append(below, o.ID)
			}
			for b := range parents {
				if tree.Below(b, a) != climbs(b, a) || slices.Contains(below, b) != climbs(b, a) {
					t.Fatalf("is %s below %s? %v", b, a, climbs(b, a))
				}
			}
			for _, child := range tree.Children(a) {
				if parents[child.ID] != a {
					t.Fatalf("%s is no child of %s", child.ID, a)
				}
			}
		}
		seen := map[string]bool{}
		for o := range tree.Within([]account.Place{{Organ: "0", Below: true}, {Organ: "1"}, {Organ: "0"}}) {
			if seen[o.ID] || !climbs(o.ID, "0") && o.ID != "1" {
				t.Fatalf("%s is outside or there twice", o.ID)
			}
			seen[o.ID] = true
		}
	})
}

func TestARingEndsToo(t *testing.T) {
	tree := org.NewTree([]org.Node{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "gone"}})
	if tree.Len() != 3 || tree.Below("c", "a") || len(tree.Subtree("a")) != 2 || tree.Route("a") == "" {
		t.Errorf("%d organs, %v", tree.Len(), tree.Subtree("a"))
	}
}
