package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// helpCmd is gongkai help [COMMAND…].
type helpCmd struct {
	Command []string `arg:"" optional:"" help:"arg.command"`
}

// Run prints the help of the command that was named.
func (c *helpCmd) Run(a *app) error {
	node := a.parser.Model.Node
	for _, name := range c.Command {
		child := childNamed(node, name)
		if child == nil {
			fmt.Fprintln(a.stderr, a.say.T("failed", a.unknownCommand(name, node)))
			return exit(exitFailed)
		}
		node = child
	}
	a.printHelp(node)
	return nil
}

func childNamed(node *kong.Node, name string) *kong.Node {
	for _, child := range node.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// selected is the deepest command that was reached before parsing stopped.
func selected(ctx *kong.Context) *kong.Node {
	node := ctx.Model.Node
	for _, step := range ctx.Path {
		if step.Command != nil {
			node = step.Command
		}
	}
	return node
}

// printHelp prints the help of a command: what it does, how it is called, its
// arguments, options and sub-commands.
func (a *app) printHelp(node *kong.Node) {
	var b strings.Builder
	b.WriteString(a.say.T(node.Help) + "\n\n" + a.usageLine(node) + "\n")
	if node.Tag != nil {
		if detail := node.Tag.Get("detail"); detail != "" {
			b.WriteString("\n" + a.say.T(detail) + "\n")
		}
	}
	section(&b, a.say.T("help.arguments"), a.argumentRows(node))
	section(&b, a.say.T("help.commands"), a.commandRows(node, ""))
	section(&b, a.say.T("help.flags"), a.flagRows(node))
	if node.Parent == nil {
		b.WriteString("\n" + a.say.T("help.exit") + "\n")
	}
	if len(node.Children) > 0 {
		b.WriteString("\n" + a.say.T("help.more", node.FullPath()) + "\n")
	}
	fmt.Fprint(a.stdout, b.String())
}

func (a *app) usageLine(node *kong.Node) string {
	parts := []string{a.say.T("help.usage") + node.FullPath()}
	if len(node.Children) > 0 {
		parts = append(parts, a.say.T("help.command.slot"))
	}
	for _, arg := range node.Positional {
		parts = append(parts, strings.ReplaceAll(arg.Summary(), " ...", "…"))
	}
	return strings.Join(append(parts, a.say.T("help.flags.slot")), " ")
}

func (a *app) argumentRows(node *kong.Node) [][2]string {
	var rows [][2]string
	for _, arg := range node.Positional {
		rows = append(rows, [2]string{strings.ReplaceAll(arg.Summary(), " ...", "…"), a.say.T(arg.Help)})
	}
	return rows
}

func (a *app) commandRows(node *kong.Node, prefix string) [][2]string {
	var rows [][2]string
	for _, child := range node.Children {
		if len(child.Children) > 0 {
			rows = append(rows, a.commandRows(child, prefix+child.Name+" ")...)
			continue
		}
		rows = append(rows, [2]string{prefix + child.Name, a.say.T(child.Help)})
	}
	return rows
}

func (a *app) flagRows(node *kong.Node) [][2]string {
	var rows [][2]string
	for n := node; n != nil; n = n.Parent {
		for _, f := range n.Flags {
			name := "    --" + f.Name
			if f.Short != 0 {
				name = "-" + string(f.Short) + ", --" + f.Name
			}
			if !f.IsBool() {
				name += "=" + f.FormatPlaceHolder()
			}
			rows = append(rows, [2]string{name, a.say.T(f.Help)})
		}
	}
	return rows
}

// section prints rows in two columns; what stands left is ASCII.
func section(b *strings.Builder, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, row := range rows {
		width = max(width, len([]rune(row[0])))
	}
	b.WriteString("\n" + title + "\n")
	for _, row := range rows {
		indented := strings.ReplaceAll(row[1], "\n", "\n"+strings.Repeat(" ", width+4))
		fmt.Fprintf(b, "  %-*s  %s\n", width, row[0], indented)
	}
}
