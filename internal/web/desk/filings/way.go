package filings

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
)

// stepRow is a row of the table by which returns are handled.
type stepRow struct{ From, What, To, Who, Guards, Cite string }

// way draws the table that decides what may happen to a return, for those who want to
// know why.
func way(say *locale.Catalogue) []stepRow {
	var all []stepRow
	for _, t := range filing.Table() {
		act, _ := filing.ActOf(t.Event)
		one := stepRow{What: say.In(filing.Word{Chinese: act.Chinese, English: act.Do}), To: say.T("filings.same"), Cite: t.Cite}
		if t.To != filing.Same {
			one.To = say.In(t.To.Words())
		}
		var from, guards []string
		for _, s := range t.From {
			from = append(from, say.In(s.Words()))
		}
		for _, g := range t.Guards {
			guards = append(guards, say.In(filing.Word{Chinese: g.Chinese, English: g.English})+"（"+g.Cite+"）")
		}
		one.From, one.Guards = strings.Join(from, say.T("filings.and")), strings.Join(guards, say.T("filings.and"))
		one.Who = roles(say, t.Right)
		all = append(all, one)
	}
	return all
}

// roles gives who may do an act.
func roles(say *locale.Catalogue, act account.Act) string {
	var all []string
	for _, info := range account.Roles() {
		for _, r := range account.Rights() {
			if r.Act == act && r.Roles[info.Role] != account.Nowhere {
				all = append(all, role(say, info.Role))
			}
		}
	}
	return strings.Join(all, say.T("filings.and"))
}
