package requests

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// resume is what stands in the address of a form that should begin with what was
// put aside, fresh of one that should not.
const resume = "resume"

// fetch looks what the actor has put aside of the form.
func (s *scene) fetch() error {
	all, err := s.p.Shelf.Of(s.r.Context(), s.actor, s.request.ID)
	if i := slices.IndexFunc(all, func(t foi.Typed) bool { return t.Act == s.form.Event }); i >= 0 {
		s.kept = &all[i]
	}
	return err
}

// keptFiles gives the files that were put aside with the form: they may be named
// again.
func (s *scene) keptFiles() (all []foi.File) {
	if s.kept == nil {
		return nil
	}
	for _, files := range s.kept.Files {
		all = append(all, files...)
	}
	return all
}

// Resumed gives what was put aside: at once when nothing has happened to the request
// since, else when it is asked for, for much may have to be thought over.
func (s *scene) Resumed(asked url.Values) (*deed.Values, error) {
	if s.kept == nil || s.kept.Seen != len(s.request.History) && asked.Get(resume) == "" {
		return nil, nil
	}
	s.resumed = true
	return s.typed(), nil
}

// typed is what was put aside as a form has it.
func (s *scene) typed() *deed.Values { return typedOf(*s.kept) }

// fieldKeeps is set in a form that may take the place of what was put aside: it began
// with it, or there was nothing.
const fieldKeeps = "_keeps"

// keeps lets a form be put aside, and the script do so while it is filled in.
func (s *scene) keeps(form *web.Form, v *deed.Values) {
	form.Buttons = append(form.Buttons, web.Option{Value: deed.Later, Label: s.say.T("requests.later")})
	if s.kept != nil {
		form.Buttons = append(form.Buttons, web.Option{Value: deed.Dropped, Label: s.say.T("requests.kept-drop")})
	}
	if s.r.Method == http.MethodGet && (s.kept == nil || s.resumed) {
		v.Set(fieldKeeps, "1")
	}
	if v.Get(fieldKeeps) != "" {
		form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: fieldKeeps, Value: "1"})
		form.Keeps = deed.Quietly
	}
}

// Put puts the form aside for the actor. What they had put aside before and not
// looked at since stays.
func (s *scene) Put(v *deed.Values) error {
	if s.kept != nil && v.Get(fieldKeeps) == "" {
		return keptAlready(*s.kept)
	}
	t := foi.Typed{Act: s.form.Event, Fields: v.Typed(), Files: map[string][]foi.File{}}
	for field, files := range v.Files {
		for _, f := range files {
			t.Files[field] = append(t.Files[field], foi.File{Hash: f.Hash, Name: f.Name})
		}
	}
	return s.p.Shelf.Put(s.r.Context(), s.actor, s.request.ID, t)
}

// keptAlready tells that something is put aside that would be lost.
func keptAlready(t foi.Typed) error {
	return errs.New(errs.Conflict, "您在%s暂存的内容还在；请先继续填写它，或者删除以后再暂存。", moment15(t.At))
}

// Kept leads back to the request.
func (s *scene) Kept() error {
	return s.p.Kit.Done(s.w, s.r, path(s.request.ID), s.say.T("requests.kept"))
}

// Drop throws away what was put aside.
func (s *scene) Drop() error {
	if err := s.p.Shelf.Drop(s.r.Context(), s.actor, s.request.ID, s.form.Event); err != nil {
		return err
	}
	s.p.Kit.Toast(s.r, s.say.T("requests.kept-dropped"))
	if s.why != nil {
		return web.Redirect(s.w, s.r, path(s.request.ID))
	}
	return web.Redirect(s.w, s.r, path(s.request.ID)+"/"+s.form.Slug)
}

// keptData tells of what was put aside.
type keptData struct {
	Title, Text string
	Resumed     bool
	Resume      string // address of the form that begins with it; "" where it does already, or there is none
	Fresh       string // address of an empty form beside it; "" for none
	Lines       []fact // what was typed, to be copied where there is no form
}

func (s *scene) keptData(form *web.Form) *keptData {
	if s.kept == nil || s.r.Method != http.MethodGet && form != nil {
		return nil
	}
	when := moment15(s.kept.At)
	switch {
	case form == nil:
		return &keptData{Title: s.say.T("requests.kept-title", when), Text: s.say.T("requests.kept-copy"), Lines: s.keptLines()}
	case s.resumed:
		return &keptData{Title: s.say.T("requests.kept-resumed", when), Text: s.say.T("requests.kept-resumed-text"), Resumed: true}
	}
	return &keptData{Title: s.say.T("requests.kept-title", when), Text: s.say.T("requests.kept-since"), Resume: path(s.request.ID) + "/" + s.form.Slug + "?" + resume + "=1"}
}

func moment15(at time.Time) string { return at.In(clock.Shanghai).Format("2006-01-02 15:04") }

// keptLines gives what was typed with the labels of the form, as far as it can still
// be drawn.
func (s *scene) keptLines() (all []fact) {
	v := s.typed()
	labels, order := map[string]string{}, []string{}
	if fields, err := s.form.Fields(s, &values{v}); err == nil {
		for _, f := range fields {
			if labels[f.Name] == "" {
				order = append(order, f.Name)
			}
			labels[f.Name] = f.Label
		}
	}
	for name := range s.kept.Fields {
		if labels[name] == "" {
			order = append(order, name)
		}
	}
	said := map[string]bool{}
	for _, name := range order {
		text := strings.TrimSpace(strings.Join(s.kept.Fields[name], "、"))
		if text == "" || said[name] || strings.HasPrefix(name, fieldDrawn) {
			continue
		}
		said[name] = true
		label := labels[name]
		if label == "" {
			label = s.say.T("requests.kept-field")
		}
		all = append(all, fact{Label: label, Text: s.keptWord(name, text)})
	}
	for _, f := range s.keptFiles() {
		all = append(all, fact{Label: s.say.T("requests.papers"), Text: f.Name})
	}
	return all
}

// keptWord puts what is a key in the form into words.
func (s *scene) keptWord(name, text string) string {
	if strings.HasPrefix(name, fieldKind) {
		if word := replyWord(s.say, text); word != "" {
			return word
		}
	}
	return text
}

// keptLink is a form that the actor has put aside.
type keptLink struct{ Label, Path, At string }

// addKept lists what whoever looks has put aside about the request.
func (v *view) addKept(d *caseData) error {
	all, err := v.p.Shelf.Of(v.r.Context(), v.actor, v.request.ID)
	if err != nil {
		return err
	}
	for _, t := range all {
		if ref := searchRef(t.Act); ref != "" {
			d.Kept = append(d.Kept, keptLink{v.say.T("requests.kept-link", actWord(v.say, foi.SearchAnswered)), d.Path + "/searches/" + ref, moment15(t.At)})
			continue
		}
		for _, f := range forms() {
			if f.Event == t.Act && v.actor.May(f.Right, v.request.Organ, v.tree) == nil {
				d.Kept = append(d.Kept, keptLink{keptLabel(v.say, t), d.Path + "/" + f.Slug, moment15(t.At)})
				break
			}
		}
	}
	return nil
}

func keptLabel(say *locale.Catalogue, t foi.Typed) string {
	return say.T("requests.kept-link", actWord(say, t.Act))
}
