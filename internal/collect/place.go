package collect

import (
	"slices"
	"strings"
	"unicode"

	"gongkai/internal/org"
)

// fold makes a name comparable: blanks and the width of brackets do not matter.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b':
			return -1
		case r == '(':
			return '（'
		case r == ')':
			return '）'
		}
		return r
	}, name)
}

// Expected gives the organs at and below one that report for themselves: sections do
// not, nor do organs that have ended.
func Expected(tree *org.Tree, top string) []org.Node {
	var all []org.Node
	for _, n := range tree.Subtree(top) {
		if n.Nature != org.Internal && !n.Ended {
			all = append(all, n)
		}
	}
	return all
}

// Find tells whose report it is by the name that it bears. It gives the organ where
// just one has the name; else those whose names are near, for a person to choose from.
func Find(organs []org.Node, name string) (organ string, near []org.Node) {
	name = fold(name)
	if name == "" {
		return "", nil
	}
	var same []org.Node
	for _, n := range organs {
		switch own := fold(n.Name); {
		case own == name:
			same = append(same, n)
		case strings.HasSuffix(own, name) || strings.HasSuffix(name, own):
			near = append(near, n)
		}
	}
	if len(same) == 1 {
		return same[0].ID, nil
	}
	const most = 20
	all := slices.Concat(same, near)
	return "", all[:min(len(all), most)]
}
