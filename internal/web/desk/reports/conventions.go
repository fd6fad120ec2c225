package reports

import (
	"net/http"
	"net/url"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// conventionsData is how figures are counted.
type conventionsData struct {
	Place string
	Rows  []convention
}

type convention struct {
	Title, Rule, Mark, Tone, Cite string
	Set                           *settled // nil where there is nothing to choose
}

// settled is a convention that can be chosen: from what, what holds and since when.
type settled struct {
	Options     []option
	Range       string // of a number, in place of options
	Why         string // what leaves it open
	Hint        string
	Value, Says string
	Since       string // "" for the default
	Path        string // to where it is changed; "" for who may not
}

type option struct {
	Title         string
	Default, Held bool
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
			one.Set = p.settled(say, v)
			if actor.Can(account.SeeSettings) {
				one.Set.Path = "/admin/settings/" + c.Setting + "?" + url.Values{"organ": {actor.Organ}}.Encode()
			}
		}
		data.Rows = append(data.Rows, one)
	}
	return conventionsTemplate.Show(p.Kit, w, r, say.T("reports.conventions"), data)
}

// settled tells of a convention what can be chosen and what holds.
func (p Pages) settled(say *locale.Catalogue, v setting.Value) *settled {
	english := say.Lang == locale.English
	s := &settled{Value: v.Title.In(english), Says: v.Say(v.Value, english), Hint: v.Hint.In(english)}
	if !english {
		s.Why = v.Why // written in Chinese only
	}
	for _, o := range v.Options {
		s.Options = append(s.Options, option{Title: o.Title.In(english), Default: o.Value == v.Default, Held: o.Value == v.Value})
	}
	if v.Kind == setting.Int {
		s.Range = say.T("reports.convention-range", v.Min, v.Max, v.Unit.In(english), v.Default, v.Unit.In(english))
	}
	if !v.Since.IsZero() {
		s.Since = v.Since.In(p.Kit.Now().Location()).Format(time.DateOnly)
	}
	return s
}

// changed tells which conventions are others now than when the last version was signed.
func (v view) changed(r *http.Request) ([]string, error) {
	var all []string
	for _, c := range v.b.Changed {
		now, err := v.p.Settings.Value(r.Context(), v.b.Report.Organ, c.Setting)
		if err != nil {
			return nil, err
		}
		english := v.say.Lang == locale.English
		text := v.say.T("reports.changed-convention", now.Title.In(english), now.Say(c.Signed, english), now.Say(c.Now, english))
		if !c.Since.IsZero() {
			text += v.say.T("reports.changed-when", c.Since.In(v.p.Kit.Now().Location()).Format(time.DateOnly))
		}
		all = append(all, text)
	}
	return all, nil
}

// counted tells by which conventions a version was counted.
func (v view) counted(r *http.Request, held []compile.Held) ([]string, error) {
	var all []string
	for _, h := range held {
		d, err := v.p.Settings.Value(r.Context(), v.b.Report.Organ, h.Setting)
		if err != nil {
			return nil, err
		}
		english := v.say.Lang == locale.English
		all = append(all, v.say.T("reports.counted-by", d.Title.In(english), d.Say(h.Value, english)))
	}
	return all, nil
}
