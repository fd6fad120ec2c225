package admin

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// organsWhere gives the organs of some places to choose from, as a tree: what is
// below another stands under it and further in.
func organsWhere(tree *org.Tree, places []account.Place) []web.Option {
	return choices(tree, places, func(org.Node) bool { return true })
}

// parentsWhere gives those that have others below them.
func parentsWhere(tree *org.Tree, places []account.Place) []web.Option {
	return choices(tree, places, func(n org.Node) bool { return len(tree.Children(n.ID)) > 0 })
}

func choices(tree *org.Tree, places []account.Place, fits func(org.Node) bool) []web.Option {
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
