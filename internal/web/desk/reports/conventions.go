package reports

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// conventionsData is how figures are counted.
type conventionsData struct {
	Place string
	Rows  []convention
}

type convention struct {
	Title, Rule, Mark, Tone, Cite string
	Setting, Value                string // words of the setting and what holds; "" for none
	Path                          string // to where it is changed; "" for who may not
}

var conventionsTemplate = web.Define[conventionsData]("desk/report_conventions")

func (p Pages) conventions(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	data := conventionsData{Place: tree.Name(actor.Organ)}
	for _, c := range compile.Conventions() {
		one := convention{
			Title: in(say, c.Title), Rule: in(say, c.Rule), Mark: in(say, c.Mark.Words()), Cite: c.Cite,
			Tone: map[compile.Mark]string{compile.FromForm: "green", compile.FromUse: "blue", compile.FromHouse: "amber"}[c.Mark],
		}
		if c.Setting != "" {
			v, err := p.Settings.Value(r.Context(), actor.Organ, c.Setting)
			if err != nil {
				return err
			}
			english := say.Lang == locale.English
			one.Setting, one.Value = v.Title.In(english), v.Say(v.Value, english)
			if actor.Can(account.SeeSettings) {
				one.Path = "/admin/settings"
			}
		}
		data.Rows = append(data.Rows, one)
	}
	return conventionsTemplate.Show(p.Kit, w, r, say.T("reports.conventions"), data)
}
