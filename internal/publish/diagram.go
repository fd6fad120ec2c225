package publish

import (
	"fmt"
	"strings"

	"gongkai/internal/event"
)

// Edge is an arrow of the diagram: everything that leads from one status to
// another.
type Edge struct {
	From, To Status
	Events   []event.Kind
}

// Diagram gives the table as a graph, in the order of the table. What leaves a
// document where it is makes no edge.
func Diagram() (nodes []Status, edges []Edge) {
	place := map[[2]Status]int{}
	for _, t := range table {
		for _, from := range t.From {
			for _, to := range t.targets() {
				i, ok := place[[2]Status{from, to}]
				if !ok {
					i, place[[2]Status{from, to}] = len(edges), len(edges)
					edges = append(edges, Edge{From: from, To: to})
				}
				edges[i].Events = append(edges[i].Events, t.Event)
			}
		}
	}
	return Statuses(), edges
}

// targets gives where a row can lead, none when it stays.
func (t Transition) targets() []Status {
	switch {
	case t.To == Same:
		return nil
	case t.To == Rest:
		return []Status{Dropped, Published, Withdrawn, Withheld}
	case t.To == Forth && t.Event == Submitted:
		return []Status{Passing, Clearing}
	case t.To == Forth:
		return []Status{Releasing, Withheld}
	}
	return []Status{t.To}
}

// Mermaid writes the diagram as text that Mermaid draws.
func Mermaid(english bool) string {
	in := func(w Word) string {
		if english {
			return w.English
		}
		return w.Chinese
	}
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	nodes, edges := Diagram()
	for _, n := range nodes {
		if n != New {
			fmt.Fprintf(&b, "    state \"%s\" as %s\n", in(n.Words()), n)
		}
	}
	for _, e := range edges {
		var words []string
		for _, kind := range e.Events {
			act, _ := ActOf(kind)
			words = append(words, in(Word{act.Chinese, act.Do}))
		}
		from := string(e.From)
		if e.From == New {
			from = "[*]"
		}
		fmt.Fprintf(&b, "    %s --> %s: %s\n", from, e.To, strings.Join(words, " / "))
	}
	return b.String()
}
