package admin

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// settingData is one setting in one place, with its form for who may change it.
type settingData struct {
	Name, Hint         string
	Place              string
	Value, Source      string
	Inherited, Above   string
	Default, Bounds    string
	Basis, Titles, Why string
	Strict             bool
	Overruled          bool
	Others             bool      // another administrator changes it
	OnlyWhole          bool      // cannot be set for an organ, and this is one
	Form               *web.Form // nil for who may only look
	Reset              string    // path; "" when there is nothing to reset
	Back               string
	History            []settingEvent
}

type settingEvent struct{ At, Who, What string }

var settingTemplate = web.Define[settingData]("admin/setting")

func (p Settings) show(w http.ResponseWriter, r *http.Request) error {
	v, organ, tree, err := p.read(r)
	if err != nil {
		return err
	}
	return p.draw(w, r, http.StatusOK, v, organ, tree, p.form(r, v, organ))
}

// read gives the setting that the address names, for who may see it.
func (p Settings) read(r *http.Request) (setting.Value, string, *org.Tree, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return setting.Value{}, "", nil, err
	}
	organ := p.place(r, tree)
	v, err := p.Office.Value(r.Context(), web.Actor(r), organ, r.PathValue("setting"))
	return v, organ, tree, err
}

// form asks for a new value; nil for who may only look.
func (p Settings) form(r *http.Request, v setting.Value, organ string) *web.Form {
	if v.Scope == setting.Deployment && organ != setting.Whole || p.Office.May(r.Context(), web.Actor(r), v.Act, organ) != nil {
		return nil
	}
	say := p.Kit.Say(r)
	return &web.Form{
		Submit: say.T("setting.save"), Cancel: "/admin/settings?organ=" + placeKey(organ),
		Fields: []web.Field{settingField(say, v)},
	}
}

func settingField(say *locale.Catalogue, v setting.Value) web.Field {
	f := web.Field{Name: "value", Label: v.Title.In(english(say)), Hint: settingBounds(say, v.Definition), Value: v.Value, Required: true}
	if v.Own != nil {
		f.Value = v.Own.Value
	}
	switch v.Kind {
	case setting.Text:
		f.MaxLength, f.Required = v.Max, v.Min > 0
	case setting.Int, setting.Duration:
		f.InputMode, f.Narrow = "numeric", true
	case setting.TimeOfDay:
		f.Kind, f.Narrow = web.TimeOfDay, true
	case setting.Bool:
		f.Kind = web.Radios
		f.Options = []web.Option{{Value: "true", Label: say.T("setting.yes")}, {Value: "false", Label: say.T("setting.no")}}
	case setting.Choice:
		f.Kind, f.Options = web.Radios, settingOptions(say, v.Definition)
	case setting.Choices:
		f.Kind, f.Options, f.Values, f.Required = web.Checks, settingOptions(say, v.Definition), strings.Fields(f.Value), false
	}
	return f
}

func settingOptions(say *locale.Catalogue, d setting.Definition) []web.Option {
	var options []web.Option
	for _, o := range d.Options {
		options = append(options, web.Option{Value: o.Value, Label: o.Title.In(english(say))})
	}
	return options
}

// settingBounds says what a value may be.
func settingBounds(say *locale.Catalogue, d setting.Definition) string {
	switch d.Kind {
	case setting.Int, setting.Duration:
		return say.T("setting.bounds-number", strconv.Itoa(d.Min), strconv.Itoa(d.Max), d.Unit.In(english(say)))
	case setting.Text:
		return say.T("setting.bounds-text", strconv.Itoa(d.Min), strconv.Itoa(d.Max))
	case setting.TimeOfDay:
		return say.T("setting.bounds-time")
	case setting.Choices:
		return say.T("setting.bounds-choices")
	}
	return ""
}

func (p Settings) draw(w http.ResponseWriter, r *http.Request, status int, v setting.Value, organ string, tree *org.Tree, form *web.Form) error {
	say := p.Kit.Say(r)
	en := english(say)
	data := settingData{
		Name: v.Name, Hint: v.Hint.In(en), Place: placeName(say, organ, tree),
		Value: v.Say(v.Value, en), Source: sourceName(say, v.Source, organ, tree),
		Default: v.Say(v.Default, en), Bounds: settingBounds(say, v.Definition),
		Basis: basis(say, v.Definition), Titles: titlesOf(v.Definition), Why: v.Why,
		Strict: v.Strict != setting.NoneIsStricter && organ != setting.Whole, Overruled: v.Overruled,
		OnlyWhole: v.Scope == setting.Deployment && organ != setting.Whole,
		Others:    v.Act == account.EditSecurity && !web.Actor(r).Can(account.EditSecurity) && web.Actor(r).Can(account.EditSettings),
		Form:      form, Back: "/admin/settings?organ=" + placeKey(organ),
	}
	if v.Own != nil && !data.OnlyWhole {
		data.Inherited, data.Above = v.Say(v.Inherited, en), sourceName(say, v.Above, organ, tree)
		if form != nil {
			data.Reset = "/admin/settings/" + v.Name + "/reset?organ=" + placeKey(organ)
		}
	}
	var err error
	if data.History, err = p.history(r, v, organ); err != nil {
		return err
	}
	return settingTemplate.ShowStatus(p.Kit, w, r, status, v.Title.In(en), data)
}

// titlesOf names the instruments that a setting rests on.
func titlesOf(d setting.Definition) string {
	var titles []string
	for _, c := range d.Articles() {
		if t := "《" + c.Instrument.Title + "》"; !slices.Contains(titles, t) {
			titles = append(titles, t)
		}
	}
	return strings.Join(titles, "")
}

// history tells who changed the setting here when, the latest first.
func (p Settings) history(r *http.Request, v setting.Value, organ string) ([]settingEvent, error) {
	if v.Scope == setting.Deployment {
		organ = setting.Whole
	}
	events, err := p.History.EventsOf(r.Context(), setting.Subject(organ, v.Name))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := p.People.Names(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	var lines []settingEvent
	for _, e := range slices.Backward(events) {
		lines = append(lines, settingEvent{e.At.Format("2006-01-02 15:04"), names[e.Actor], settingChange(say, v.Definition, e)})
	}
	return lines, nil
}

func settingChange(say *locale.Catalogue, d setting.Definition, e event.Event) string {
	var change setting.Change
	if err := json.Unmarshal(e.Data, &change); err != nil {
		return string(e.Kind)
	}
	before, after := d.Say(change.Before, english(say)), d.Say(change.Value, english(say))
	if e.Kind == setting.WasReset {
		return say.T("setting.was-reset", before, after)
	}
	return say.T("setting.was-changed", before, after)
}

func (p Settings) change(w http.ResponseWriter, r *http.Request) error {
	v, organ, tree, err := p.read(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Change(r.Context(), web.Actor(r), organ, v.Name, values["value"]...); err != nil {
		form := p.form(r, v, organ)
		if form == nil {
			return err
		}
		if form.Fill(values); form.Fail(err) {
			return p.draw(w, r, web.Status(err), v, organ, tree, form)
		}
		return err
	}
	say := p.Kit.Say(r)
	return p.Kit.Done(w, r, settingPath(v.Name, organ), say.T("setting.saved", v.Title.In(english(say))))
}

// settingReset asks before an organ inherits again.
type settingReset struct {
	Title, Place, Value, Inherited, Above string
	Form                                  web.Form
}

var settingResetTemplate = web.Define[settingReset]("admin/setting_reset")

func (p Settings) askReset(w http.ResponseWriter, r *http.Request) error {
	v, organ, tree, err := p.read(r)
	if err != nil {
		return err
	}
	if err := p.Office.May(r.Context(), web.Actor(r), v.Act, organ); err != nil {
		return err
	}
	if v.Own == nil || v.Own.Organ != organ {
		return web.Redirect(w, r, settingPath(v.Name, organ))
	}
	say := p.Kit.Say(r)
	return settingResetTemplate.Show(p.Kit, w, r, say.T("setting.reset"), settingReset{
		v.Title.In(english(say)), placeName(say, organ, tree), v.Say(v.Own.Value, english(say)),
		v.Say(v.Inherited, english(say)), sourceName(say, v.Above, organ, tree),
		web.Form{Submit: say.T("setting.reset"), Cancel: settingPath(v.Name, organ)},
	})
}

func (p Settings) reset(w http.ResponseWriter, r *http.Request) error {
	v, organ, _, err := p.read(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Reset(r.Context(), web.Actor(r), organ, v.Name); err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.Kit.Done(w, r, settingPath(v.Name, organ), say.T("setting.reset-done", v.Title.In(english(say))))
}
