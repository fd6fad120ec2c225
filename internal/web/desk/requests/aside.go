package requests

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// aside is a form that is no act of the table, and that somebody may put aside and go
// on with: a registration, the answer to a search. Whoever opens it again goes on with
// it, unless they ask for an empty one.
type aside struct {
	p       Pages
	r       *http.Request
	actor   account.Actor
	request string // "" for a registration
	act     event.Kind
	at      string // its page
	kept    *foi.Typed
	fresh   bool
}

// freshly stands in the address of a form that begins empty beside what was put aside.
const freshly = "fresh"

// searchKey names the answer to one search.
func searchKey(ref string) event.Kind { return foi.SearchAnswered + "/" + event.Kind(ref) }

func (p Pages) aside(r *http.Request, request string, act event.Kind, at string) (*aside, error) {
	a := &aside{p: p, r: r, actor: web.Actor(r), request: request, act: act, at: at, fresh: r.URL.Query().Has(freshly)}
	all, err := p.Shelf.Of(r.Context(), a.actor, request)
	if i := slices.IndexFunc(all, func(t foi.Typed) bool { return t.Act == act }); i >= 0 {
		a.kept = &all[i]
	}
	return a, err
}

// resumed gives what was put aside, where the form begins with it; nil else.
func (a *aside) resumed() *deed.Values {
	if a.kept == nil || a.fresh {
		return nil
	}
	return typedOf(*a.kept)
}

// files gives those that were put aside: they may be named again.
func (a *aside) files() (all []foi.File) {
	if a.kept != nil {
		for _, files := range a.kept.Files {
			all = append(all, files...)
		}
	}
	return all
}

// draw lets a form be put aside, and the script do so, where it takes the place of
// nothing else.
func (a *aside) draw(form *web.Form, v *deed.Values) {
	say := a.p.Kit.Say(a.r)
	form.Buttons = append(form.Buttons, web.Option{Value: deed.Later, Label: say.T("requests.later")})
	if a.kept != nil {
		form.Buttons = append(form.Buttons, web.Option{Value: deed.Dropped, Label: say.T("requests.kept-drop")})
	}
	if a.r.Method == http.MethodGet && (a.kept == nil || !a.fresh) {
		v.Set(fieldKeeps, "1")
	}
	if v.Get(fieldKeeps) != "" {
		form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: fieldKeeps, Value: "1"})
		form.Keeps = deed.Quietly
	}
}

// data tells of what was put aside.
func (a *aside) data() *keptData {
	if a.kept == nil || a.r.Method != http.MethodGet {
		return nil
	}
	say, when := a.p.Kit.Say(a.r), moment15(a.kept.At)
	if a.fresh {
		return &keptData{Title: say.T("requests.kept-title", when), Text: say.T("requests.kept-beside"), Resume: a.at}
	}
	d := &keptData{Title: say.T("requests.kept-resumed", when), Text: say.T("requests.kept-resumed-text"), Resumed: true}
	if a.request == "" {
		d.Fresh = a.at + "?" + freshly + "=1"
	}
	return d
}

// sent does what a form is sent for beside the act itself; done when that was all. An
// error that is not done belongs to the form.
func (a *aside) sent(w http.ResponseWriter, v *deed.Values, organ, back string) (done bool, err error) {
	say := a.p.Kit.Say(a.r)
	switch v.Get(web.DoField) {
	case deed.Later:
		if err := a.put(v, organ); err != nil {
			return false, err
		}
		return true, a.p.Kit.Done(w, a.r, back, say.T("requests.kept"))
	case deed.Quietly:
		if err := a.put(v, organ); err != nil {
			return true, err
		}
		w.WriteHeader(http.StatusNoContent)
		return true, nil
	case deed.Dropped:
		if err := a.drop(); err != nil {
			return true, err
		}
		a.p.Kit.Toast(a.r, say.T("requests.kept-dropped"))
		return true, web.Redirect(w, a.r, a.at)
	}
	return false, nil
}

func (a *aside) put(v *deed.Values, organ string) error {
	if a.kept != nil && v.Get(fieldKeeps) == "" {
		return keptAlready(*a.kept)
	}
	t := foi.Typed{Act: a.act, Fields: v.Typed(), Files: map[string][]foi.File{}}
	for field, files := range v.Files {
		for _, f := range files {
			t.Files[field] = append(t.Files[field], foi.File{Hash: f.Hash, Name: f.Name})
		}
	}
	if a.request == "" {
		return a.p.Shelf.PutNew(a.r.Context(), a.actor, organ, t)
	}
	return a.p.Shelf.Put(a.r.Context(), a.actor, a.request, t)
}

func (a *aside) drop() error { return a.p.Shelf.Drop(a.r.Context(), a.actor, a.request, a.act) }

// typedOf gives what was put aside as a form has it.
func typedOf(t foi.Typed) *deed.Values {
	v := deed.NewValues(url.Values{})
	v.First = false
	for name, all := range t.Fields {
		v.Values[name] = slices.Clone(all)
	}
	for field, files := range t.Files {
		for _, f := range files {
			v.Keep(field, deed.File{Hash: f.Hash, Name: f.Name})
		}
	}
	return v
}

// searchRef gives the search of a key, "" for another act.
func searchRef(act event.Kind) string {
	ref, ok := strings.CutPrefix(string(act), string(searchKey("")))
	if !ok {
		return ""
	}
	return ref
}
