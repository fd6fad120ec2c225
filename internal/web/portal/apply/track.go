package apply

import (
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/intake"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// trackData asks for the number of a request and something that only those know
// whom it concerns.
type trackData struct {
	Lead string
	Form web.Form
	Hint string
	Mine bool // somebody is let in already
}

var trackTemplate = web.Define[trackData]("portal/apply_track")

// listedOrgans is how many organs a list to choose from may have; where there are
// more, the name is typed.
const listedOrgans = 80

func (p Apply) trackForm(r *http.Request, proof web.Field) (web.Form, error) {
	say, q := p.say(r), r.URL.Query()
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	organ := web.Field{Name: "organ", Label: say.T("apply.organ-field"), Required: true, MaxLength: 100}
	all := intake.Public(tree)
	if len(all) <= listedOrgans {
		organ.Kind, organ.Value = web.Select, q.Get("organ")
		organ.Options = append(organ.Options, web.Option{Label: say.T("apply.choose")})
		for _, n := range all {
			organ.Options = append(organ.Options, web.Option{Value: n.ID, Label: n.Name})
		}
	} else if n, ok := tree.Node(q.Get("organ")); ok {
		organ.Value = n.Name
	}
	return web.Form{Submit: say.T("apply.track-submit"), Fields: []web.Field{
		organ,
		{Name: "number", Label: say.T("apply.number"), Hint: say.T("apply.number-hint"), Value: q.Get("number"), Required: true, MaxLength: 60},
		proof,
	}}, nil
}

func (p Apply) proofField(r *http.Request) web.Field {
	say := p.say(r)
	return web.Field{Name: "proof", Label: say.T("apply.proof"), Hint: say.T("apply.proof-hint"), Required: true, MaxLength: 12, Narrow: true, Autocomplete: "off"}
}

func (p Apply) askTrack(w http.ResponseWriter, r *http.Request) error {
	form, err := p.trackForm(r, p.proofField(r))
	if err != nil {
		return err
	}
	say := p.say(r)
	mine := p.own(r, mineKey) != ""
	if mine {
		web.Private(w)
	}
	return trackTemplate.Show(p.Kit, w, r, say.T("apply.track"), trackData{Lead: say.T("apply.track-lead"), Form: form, Hint: say.T("apply.track-hint"), Mine: mine})
}

// organOf gives the organ that was chosen, or typed by its name.
func organOf(tree *org.Tree, text string) string {
	text = strings.TrimSpace(text)
	if n, ok := tree.Node(text); ok {
		return n.ID
	}
	for _, n := range intake.Public(tree) {
		if n.Name == text {
			return n.ID
		}
	}
	return text // compared like one that is there
}

func (p Apply) track(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	var f errs.Fields
	for _, name := range []string{"organ", "number", "proof"} {
		if strings.TrimSpace(values.Get(name)) == "" {
			f.Add(name, "请填写这一项。")
		}
	}
	wrong, id := f.Err(), ""
	if wrong == nil {
		id, wrong = p.Counter.Track(r.Context(), p.address(r), organOf(tree, values.Get("organ")), values.Get("number"), values.Get("proof"))
	}
	if wrong == nil {
		if err := p.let(r, mineKey, id); err != nil {
			return err
		}
		return web.Redirect(w, r, Path+"/mine")
	}
	form, err := p.trackForm(r, p.proofField(r))
	if err != nil {
		return err
	}
	status, err := p.refused(&form, values, wrong)
	if err != nil {
		return err
	}
	web.Private(w)
	say := p.say(r)
	return trackTemplate.ShowStatus(p.Kit, w, r, status, say.T("apply.track"), trackData{Lead: say.T("apply.track-lead"), Form: form, Hint: say.T("apply.track-hint")})
}

// refused shows in the form that number and proof do not fit; what was typed is
// kept, but for the proof.
func (p Apply) refused(form *web.Form, values map[string][]string, wrong error) (int, error) {
	form.Fill(values)
	form.Fields[len(form.Fields)-1].Value = ""
	if errs.KindOf(wrong) == errs.NotFound {
		form.Summary = errs.Public(wrong)
		return http.StatusUnprocessableEntity, nil
	}
	if !form.Fail(wrong) {
		return 0, wrong
	}
	return web.Status(wrong), nil
}
