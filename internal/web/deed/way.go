package deed

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/procedure"
)

// Way is the table by which a thing is handled, for those who want to know why.
type Way struct {
	Caption string
	Heads   []string
	Rows    [][]string
}

// WayOf draws a table of steps.
func WayOf[S ~string, X, C any](say *locale.Catalogue, caption string, steps []procedure.Step[S, X, C], words func(S) procedure.Word, act func(event.Kind) (procedure.Act, bool)) Way {
	w := Way{Caption: caption, Heads: []string{say.T("way.from"), say.T("way.what"), say.T("way.to"), say.T("way.who"), say.T("way.guards"), say.T("way.cite")}}
	and := say.T("way.and")
	for _, step := range steps {
		var from, guards []string
		for _, s := range step.From {
			from = append(from, say.In(words(s)))
		}
		for _, g := range step.Guards {
			guards = append(guards, say.In(procedure.Word{Chinese: g.Chinese, English: g.English})+"（"+g.Cite+"）")
		}
		what, _ := act(step.Event)
		to := say.T("way.same")
		if step.To != "" {
			to = say.In(words(step.To))
		}
		w.Rows = append(w.Rows, []string{strings.Join(from, and), say.In(procedure.Word{Chinese: what.Chinese, English: what.Do}), to, strings.Join(holders(say, step.Right), and), strings.Join(guards, and), step.Cite})
	}
	return w
}

// holders gives the roles that have a right.
func holders(say *locale.Catalogue, act account.Act) []string {
	var all []string
	for _, info := range account.Roles() {
		for _, r := range account.Rights() {
			if r.Act == act && r.Roles[info.Role] != account.Nowhere {
				all = append(all, say.In(procedure.Word{Chinese: info.Chinese, English: info.English}))
			}
		}
	}
	return all
}
