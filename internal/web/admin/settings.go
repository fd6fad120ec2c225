package admin

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Settings are the pages about what a deployment and its organs set.
type Settings struct {
	Kit    *web.Kit
	Office *setting.Office
	Trees  org.Trees
	// History gives what has happened to a setting, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
	// People gives the names of those who changed something.
	People interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Routes gives the pages. Which right a change takes is told by the setting.
func (p Settings) Routes() []web.Route {
	see := web.Needs(account.SeeSettings)
	page := func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/settings" + path, Frame: web.Admin, Rule: see, Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "", p.list, settingsTemplate),
		page("GET", "/{setting}", p.show, settingTemplate),
		page("POST", "/{setting}", p.change),
		page("GET", "/{setting}/reset", p.askReset, settingResetTemplate),
		page("POST", "/{setting}/reset", p.reset),
	}
}

// whole is the deployment in an address, where the key of an organ may stand.
const whole = "whole"

// settingsData is all settings of one place.
type settingsData struct {
	Places []web.Option
	Words  string
	Only   []web.Option
	Place  string
	Groups []settingGroup
	Found  int
	Plain  string // path to all settings of the place; "" when all are shown
	Export string
}

type settingGroup struct {
	Title string
	Lines []settingLine
}

type settingLine struct {
	Title, Hint, Path string
	Value             string
	Source, Tone      string
	Overruled         bool
	Basis             string
	Security          bool // changed by the security administrator
}

var settingsTemplate = web.Define[settingsData]("admin/settings")

func (p Settings) list(w http.ResponseWriter, r *http.Request) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	organ := p.place(r, tree)
	values, err := p.Office.List(r.Context(), web.Actor(r), organ)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	if web.Format(r) == "xlsx" {
		return p.export(w, r, organ, values, tree)
	}
	words, only := strings.TrimSpace(r.URL.Query().Get("q")), r.URL.Query().Get("only")
	data := settingsData{
		Places: chosen(p.places(r, tree), placeKey(organ)), Words: words, Only: chosen(narrowings(say), only), Place: placeName(say, organ, tree),
		Export: "/admin/settings?" + url.Values{"organ": {placeKey(organ)}, "format": {"xlsx"}}.Encode(),
	}
	if words != "" || only != "" {
		data.Plain = "/admin/settings?organ=" + url.QueryEscape(placeKey(organ))
	}
	for _, g := range setting.Groups() {
		group := settingGroup{Title: g.Title.In(english(say))}
		for _, v := range values {
			if v.Group == g.Group && mentions(v, words) && fits(v, organ, only) {
				group.Lines = append(group.Lines, settingRow(say, v, organ, tree))
			}
		}
		if len(group.Lines) > 0 {
			data.Groups, data.Found = append(data.Groups, group), data.Found+len(group.Lines)
		}
	}
	return settingsTemplate.Show(p.Kit, w, r, say.T("setting.title"), data)
}

// The ways to narrow the list of settings.
const (
	onlyHere     = "here"     // set for this place itself
	onlyChanged  = "changed"  // not the default
	onlySecurity = "security" // changed by the security administrator
)

func narrowings(say *locale.Catalogue) []web.Option {
	return []web.Option{
		{Value: "", Label: say.T("setting.only-all")},
		{Value: onlyHere, Label: say.T("setting.only-here")},
		{Value: onlyChanged, Label: say.T("setting.only-changed")},
		{Value: onlySecurity, Label: say.T("setting.only-security")},
	}
}

// chosen marks one of some options.
func chosen(options []web.Option, value string) []web.Option {
	for i := range options {
		options[i].Chosen = options[i].Value == value
	}
	return options
}

// mentions tells whether a setting has to do with some words, in either
// language.
func mentions(v setting.Value, words string) bool {
	all := strings.ToLower(strings.Join([]string{
		v.Name, v.Title.Chinese, v.Title.English, v.Hint.Chinese, v.Hint.English, v.Basis, v.Why, v.Say(v.Value, false), v.Say(v.Value, true),
	}, "\n"))
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func fits(v setting.Value, organ, only string) bool {
	switch only {
	case onlyHere:
		return v.Own != nil && v.Own.Organ == organ
	case onlyChanged:
		return !v.Source.Default
	case onlySecurity:
		return v.Act == account.EditSecurity
	}
	return true
}

func english(say *locale.Catalogue) bool { return say.Lang == locale.English }

func settingRow(say *locale.Catalogue, v setting.Value, organ string, tree *org.Tree) settingLine {
	line := settingLine{
		Title: v.Title.In(english(say)), Hint: v.Hint.In(english(say)), Path: settingPath(v.Name, organ), Value: v.Say(v.Value, english(say)),
		Source: sourceName(say, v.Source, organ, tree), Overruled: v.Overruled, Basis: basis(say, v.Definition), Security: v.Act == account.EditSecurity,
	}
	switch {
	case v.Source.Default:
		line.Tone = "grey"
	case v.Source.Organ == organ:
		line.Tone = "blue"
	default:
		line.Tone = "green"
	}
	return line
}

// place tells of which organ the settings are asked for. When the address does
// not say, it is the deployment for who may see it, else the first organ.
func (p Settings) place(r *http.Request, tree *org.Tree) string {
	switch asked := r.URL.Query().Get("organ"); {
	case asked == whole:
		return setting.Whole
	case asked != "":
		return asked
	}
	if first := p.places(r, tree); len(first) > 0 && first[0].Value != whole {
		return first[0].Value
	}
	return setting.Whole
}

// places gives the deployment and the organs whose settings one may see.
func (p Settings) places(r *http.Request, tree *org.Tree) []web.Option {
	options := choice.Organs(tree, web.Actor(r).Where(account.SeeSettings))
	if p.Office.May(r.Context(), web.Actor(r), account.SeeSettings, setting.Whole) == nil {
		options = append([]web.Option{{Value: whole, Label: p.Kit.Say(r).T("setting.whole")}}, options...)
	}
	return options
}

func placeKey(organ string) string {
	if organ == setting.Whole {
		return whole
	}
	return organ
}

func placeName(say *locale.Catalogue, organ string, tree *org.Tree) string {
	if organ == setting.Whole {
		return say.T("setting.whole")
	}
	return tree.Name(organ)
}

func settingPath(name, organ string) string {
	return "/admin/settings/" + name + "?organ=" + url.QueryEscape(placeKey(organ))
}

// sourceName says where a value comes from.
func sourceName(say *locale.Catalogue, from setting.Source, here string, tree *org.Tree) string {
	switch {
	case from.Default:
		return say.T("setting.from-default")
	case from.Organ == here:
		return say.T("setting.from-here")
	case from.Organ == setting.Whole:
		return say.T("setting.from-whole")
	}
	return say.T("setting.from-above", tree.Name(from.Organ))
}

// basis cites what a setting rests on.
func basis(say *locale.Catalogue, d setting.Definition) string {
	if d.Basis == setting.Custom {
		return say.T("setting.custom")
	}
	return d.Basis
}

func (p Settings) export(w http.ResponseWriter, r *http.Request, organ string, values []setting.Value, tree *org.Tree) error {
	say := p.Kit.Say(r)
	heads := []string{
		say.T("setting.group"), say.T("setting.name"), say.T("setting.key"), say.T("setting.value"), say.T("setting.source"), say.T("setting.default"),
		say.T("setting.basis"), say.T("setting.why"), say.T("setting.hint"),
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		for _, g := range setting.Groups() {
			for _, v := range values {
				if v.Group != g.Group {
					continue
				}
				line := settingRow(say, v, organ, tree)
				row := []string{
					g.Title.In(english(say)), line.Title, v.Name, line.Value, line.Source, v.Say(v.Default, english(say)), line.Basis, v.Why, line.Hint,
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
	return web.WriteXLSX(w, say.T("setting.title")+" "+placeName(say, organ, tree), heads, rows)
}
