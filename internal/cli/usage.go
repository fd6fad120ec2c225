package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// printUsageError says what is wrong with the command line, how the command is
// called, and where its help is.
func (a *app) printUsageError(wrong *kong.ParseError) {
	node := selected(wrong.Context)
	fmt.Fprintln(a.stderr, a.say.T("failed", a.usageSentence(wrong.Unwrap().Error(), node)))
	fmt.Fprintln(a.stderr, a.usageLine(node))
	fmt.Fprintln(a.stderr, a.say.T("usage.see", strings.TrimPrefix(node.FullPath(), "gongkai")))
}

// usageSentence turns the parser's English message into a sentence in the
// person's language. What it does not know it quotes.
func (a *app) usageSentence(message string, node *kong.Node) string {
	for _, known := range []struct {
		pattern, key string
	}{
		{`^unknown flag (-\S+?)(?:,.*)?$`, "usage.unknown.flag"},
		{`^missing positional arguments (.+)$`, "usage.missing.argument"},
		{`^missing flags: (.+)$`, "usage.missing.flag"},
		{`^expected "(<[^"]+)"$`, "usage.missing.argument"},
		{`^expected (?:one of )?(.+)$`, "usage.expected"},
		{`^(--\S+?)(?:=\S+)? must be one of (\S+) but got "(.*)"$`, "usage.enum"},
		{`^(--\S+?)(?:=\S+)?: expected (?:a valid \d+ bit int|an int) but got "?([^"]*)"?.*$`, "usage.number"},
		{`^(--\S+?)(?:=\S+)?: expected \S+ value but got .*$`, "usage.no.value"},
		{`^(--\S+) and (--\S+) can't be used together$`, "usage.together"},
	} {
		if m := regexp.MustCompile(known.pattern).FindStringSubmatch(message); m != nil {
			args := make([]any, len(m)-1)
			for i := range args {
				args[i] = strings.ReplaceAll(m[i+1], " ...", "…")
			}
			return a.say.T(known.key, args...)
		}
	}
	if m := regexp.MustCompile(`^unexpected argument (\S+?)(?:,.*)?$`).FindStringSubmatch(message); m != nil {
		return a.unknownCommand(m[1], node)
	}
	return a.say.T("usage.other", message)
}

// unknownCommand says that there is no such command and names the nearest.
func (a *app) unknownCommand(name string, node *kong.Node) string {
	if len(node.Children) == 0 {
		return a.say.T("usage.extra.argument", name)
	}
	var near []string
	for _, child := range node.Children {
		if strings.HasPrefix(child.Name, name) || editDistance(name, child.Name) <= 2 {
			near = append(near, child.Name)
		}
	}
	if len(near) == 0 {
		return a.say.T("usage.unknown.command", name)
	}
	return a.say.T("usage.did.you.mean", name, strings.Join(near, a.say.T("usage.or")))
}

// editDistance counts the letters to add, drop or change to make b out of a.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next := slices.Min([]int{row[j] + 1, row[j+1] + 1, diagonal + cost})
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
