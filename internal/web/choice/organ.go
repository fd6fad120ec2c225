// Package choice draws what people choose from: organs as a tree. Pages of every
// audience use it.
package choice

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Organs gives the organs of some places that live, as a tree: what is below
// another stands under it and further in.
func Organs(tree *org.Tree, places []account.Place) []web.Option {
	return organs(tree, places, func(org.Node) bool { return true })
}

// Parents gives those that have others below them.
func Parents(tree *org.Tree, places []account.Place) []web.Option {
	return organs(tree, places, func(n org.Node) bool { return len(tree.Children(n.ID)) > 0 })
}

func organs(tree *org.Tree, places []account.Place, fits func(org.Node) bool) []web.Option {
	const indent = "　" // a blank as wide as a character; browsers keep it in a choice
	var options []web.Option
	depth := map[string]int{}
	for n := range tree.Within(places) {
		if above, ok := depth[n.Parent]; ok {
			depth[n.ID] = above + 1
		} else {
			depth[n.ID] = 0
		}
		if !n.Ended && fits(n) {
			options = append(options, web.Option{Value: n.ID, Label: strings.Repeat(indent, depth[n.ID]) + n.Name})
		}
	}
	return options
}
