package procedure

import (
	"fmt"
	"strings"

	"gongkai/internal/event"
)

// Edge is an arrow of the diagram: everything that leads from one status to
// another.
type Edge[S ~string] struct {
	From, To S
	Events   []event.Kind
}

// Edges gives the table as a graph, in the order of the table. What leaves the thing
// where it is makes no edge.
func (t Table[S, T]) Edges() []Edge[S] {
	var edges []Edge[S]
	place := map[[2]S]int{}
	for _, row := range t.Rows {
		r := row.Row()
		for _, from := range r.From {
			for _, to := range r.To {
				i, ok := place[[2]S{from, to}]
				if !ok {
					i, place[[2]S{from, to}] = len(edges), len(edges)
					edges = append(edges, Edge[S]{From: from, To: to})
				}
				edges[i].Events = append(edges[i].Events, r.Event)
			}
		}
	}
	return edges
}

// Mermaid writes the diagram as text that Mermaid draws.
func (t Table[S, T]) Mermaid(english bool) string {
	in := func(w Word) string {
		if english {
			return w.English
		}
		return w.Chinese
	}
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range t.Statuses {
		if s != "" {
			fmt.Fprintf(&b, "    state \"%s\" as %s\n", in(t.Words(s)), s)
		}
	}
	for _, e := range t.Edges() {
		var words []string
		for _, kind := range e.Events {
			act, _ := t.Act(kind)
			words = append(words, in(Word{act.Chinese, act.Do}))
		}
		from := string(e.From)
		if from == "" {
			from = "[*]"
		}
		fmt.Fprintf(&b, "    %s --> %s: %s\n", from, e.To, strings.Join(words, " / "))
	}
	return b.String()
}
