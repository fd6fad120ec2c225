package portal

import (
	"cmp"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// RulesPath is the page that tells how a request is handled.
const RulesPath = "/request/rules"

// rulesData is the state table as people read it: where a request is, and what
// can happen to it there.
type rulesData struct{ Places []rulesPlace }

// rulesPlace is a status, or several that share what can happen in them.
type rulesPlace struct {
	ID, Name string
	Where    string // the statuses, when there are several
	Rows     []rulesRow
}

type rulesRow struct {
	Name, Then, Who, Cite string
	Guards                []rulesGuard
}

type rulesGuard struct{ Text, Cite string }

var rulesTemplate = web.Define[rulesData]("portal/rules")

// rules draws the table by which every act is decided, so that what the public
// reads and what the office may do cannot differ.
func (p Portal) rules(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	reader := rulesReader{say, say.Lang == locale.English}
	return rulesTemplate.Show(p.Kit, w, r, say.T("handling.title"), rulesData{reader.places()})
}

type rulesReader struct {
	say     *locale.Catalogue
	english bool
}

func (d rulesReader) in(w foi.Word) string {
	if d.english {
		return w.English
	}
	return w.Chinese
}

// sharedFrom is from how many statuses on a row is told once for all of them.
const sharedFrom = 3

func (d rulesReader) places() []rulesPlace {
	var places []rulesPlace
	for _, s := range foi.Statuses() {
		place := rulesPlace{ID: "at-" + cmp.Or(string(s), "first"), Name: d.in(s.Words())}
		for _, t := range foi.Table() {
			for _, from := range t.From {
				if from == s && len(t.From) < sharedFrom {
					place.Rows = append(place.Rows, d.row(t))
				}
			}
		}
		if len(place.Rows) > 0 {
			places = append(places, place)
		}
	}
	return append(places, d.shared()...)
}

// shared are the rows of several statuses, those with the same ones together.
func (d rulesReader) shared() []rulesPlace {
	var places []rulesPlace
	at := map[string]int{}
	for _, t := range foi.Table() {
		if len(t.From) < sharedFrom {
			continue
		}
		var names []string
		for _, from := range t.From {
			names = append(names, d.in(from.Words()))
		}
		where := strings.Join(names, d.say.T("handling.comma"))
		i, ok := at[where]
		if !ok {
			i, at[where] = len(places), len(places)
			places = append(places, rulesPlace{ID: "several-" + string(t.Event), Name: d.say.T("handling.several"), Where: where})
		}
		places[i].Rows = append(places[i].Rows, d.row(t))
	}
	return places
}

func (d rulesReader) row(t foi.Transition) rulesRow {
	act, _ := foi.ActOf(t.Event)
	row := rulesRow{Name: d.in(foi.Word{Chinese: act.Chinese, English: act.Do}), Then: d.to(t.To), Who: d.who(t.Who), Cite: t.Cite}
	if t.Clock != foi.None {
		row.Then = d.say.T("handling.clock", row.Then, d.in(t.Clock.Words()))
	}
	for _, g := range t.Guards {
		row.Guards = append(row.Guards, rulesGuard{d.in(foi.Word{Chinese: g.Chinese, English: g.English}), g.Cite})
	}
	return row
}

func (d rulesReader) to(s foi.Status) string {
	switch s {
	case foi.Same:
		return d.say.T("handling.same")
	case foi.Back:
		return d.say.T("handling.back")
	}
	return d.in(s.Words())
}

// who names the role that the act is for; what the applicant may do stands first.
func (d rulesReader) who(w foi.Who) string {
	if w.Right == "" {
		return d.say.T("handling.program")
	}
	var names []string
	if w.Applicant {
		names = append(names, d.say.T("handling.applicant"))
	}
	if w.ThirdParty {
		names = append(names, d.say.T("handling.third-party"))
	}
	for _, right := range account.Rights() {
		for _, info := range account.Roles() {
			if right.Act != w.Right || right.Roles[info.Role] == account.Nowhere {
				continue
			}
			names = append(names, d.in(foi.Word{Chinese: info.Chinese, English: info.English}))
		}
	}
	return strings.Join(names, d.say.T("handling.comma"))
}
