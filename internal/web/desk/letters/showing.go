package letters

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/release"
	"gongkai/internal/web"
)

// showing is how far a file is on its way into the disclosure log.
type showing struct {
	Title, Text, Why, Tone, Back string
	MayAsk, MayPass, MayBack     bool
}

func (p Files) showingOf(r *http.Request, f release.Checked, may func(account.Act) bool) (*showing, error) {
	say, s := p.Kit.Say(r), f.Show
	names, err := p.Names.Names(r.Context(), []string{f.AddedBy, s.AskedBy, s.PassedBy, s.TakenBy})
	if err != nil {
		return nil, err
	}
	one := &showing{Tone: "amber", Back: say.T("letters.show-drop")}
	decides := may(account.ApproveRequests) || may(account.ClearRequests)
	one.MayBack = may(account.HandleRequests) || decides
	if s.Why != "" {
		one.Why = say.T("letters.show-why", s.Why)
	}
	switch s.Step() {
	case release.Prepared:
		one.Title, one.Text = say.T("letters.show-prepared"), say.T("letters.show-prepared-text", names[f.AddedBy])
		one.MayAsk = f.Open == 0 && may(account.HandleRequests)
	case release.Awaiting:
		one.Title, one.Text = say.T("letters.show-asked"), say.T("letters.show-asked-text", names[s.AskedBy])
		me := web.Actor(r).ID
		one.MayPass = decides && me != s.AskedBy && me != f.AddedBy
	case release.OnShow:
		one.Title, one.Text, one.Tone = say.T("letters.show-on"), say.T("letters.show-on-text", names[s.PassedBy], clockText(s.PassedAt)), "green"
		one.Back = say.T("letters.show-back")
	case release.Taken:
		one.Title, one.Text, one.Tone, one.MayBack = say.T("letters.show-taken"), say.T("letters.show-taken-text", names[s.TakenBy], clockText(s.TakenAt)), "", false
	}
	return one, nil
}

// public lists the files that are for everybody, or on the way there; nil where
// nothing was handed out.
func (p Files) public(r *http.Request, request foi.Request) (*web.List, error) {
	_, files, err := p.Office.Showings(r.Context(), web.Actor(r), request.ID)
	if err != nil || len(files) == 0 && len(offers(request, files)) == 0 {
		return nil, err
	}
	say := p.Kit.Say(r)
	l := &web.List{
		Caption: say.T("letters.public"), Path: filesPath(request), Total: len(files), Query: paging.Query{Size: len(files) + 1},
		Columns: []web.Column{{Label: say.T("letters.file")}, {Label: say.T("letters.state")}, {Label: say.T("letters.taken-out"), Number: true}, {Label: say.T("letters.added"), Narrow: true}},
		Empty:   web.Empty{Title: say.T("letters.public-none"), Text: say.T("letters.public-none-text")},
	}
	if p.handles(r, request) == nil && len(offers(request, files)) > 0 {
		offer := web.Action{Label: say.T("letters.show-offer"), Path: filesPath(request) + "/show"}
		if l.Empty.Action = &offer; len(files) > 0 {
			l.Actions = []web.Action{offer}
		}
	}
	steps := map[release.Step][2]string{
		release.Prepared: {say.T("letters.show-prepared"), "amber"}, release.Awaiting: {say.T("letters.show-asked"), "amber"},
		release.OnShow: {say.T("letters.show-on"), "green"}, release.Taken: {say.T("letters.show-taken"), "grey"},
	}
	for _, f := range files {
		step := steps[f.Show.Step()]
		note := ""
		if f.Open > 0 && f.Show.Step() == release.Prepared {
			note = say.T("letters.open", f.Open)
		}
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: f.Name, Link: filesPath(request) + "/" + f.ID, Note: note}, {Text: step[0], Badge: step[1]}, {Text: say.T("letters.n-places", redacted(f.File))}, {Text: clockText(f.AddedAt)},
		}})
	}
	return l, nil
}

// offers are the files of the reply that nobody has put on the way to the log yet.
func offers(request foi.Request, files []release.Checked) (all []foi.File) {
	if request.Status != foi.Closed && request.Status != foi.InArchive {
		return nil
	}
	begun := map[string]bool{}
	for _, f := range files {
		if f.Show.Step() != release.Taken {
			begun[f.Show.Served] = true
		}
	}
	for _, f := range request.Handed() {
		if !begun[f.Hash] {
			all = append(all, f)
		}
	}
	return all
}

func (p Files) askOffer(w http.ResponseWriter, r *http.Request) error {
	return p.showOffer(w, r, nil, nil)
}

func (p Files) showOffer(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, files, err := p.Office.Showings(r.Context(), web.Actor(r), r.PathValue("request"))
	if err == nil {
		err = p.handles(r, request)
	}
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	open := offers(request, files)
	if len(open) == 0 {
		return errs.New(errs.Conflict, "没有可以公示的文件：答复送达以后，随答复提供的文件才能公示；已经在办理的不重复提请（条例§44）。")
	}
	which := web.Field{Kind: web.Radios, Name: "file", Label: say.T("letters.file"), Required: true}
	for _, f := range open {
		which.Options = append(which.Options, web.Option{Value: f.Hash, Label: f.Name})
	}
	name := web.Field{Name: "name", Label: say.T("letters.show-name"), Hint: say.T("letters.show-name-hint"), Required: true, MaxLength: 120}
	if len(open) == 1 {
		which.Value, name.Value = open[0].Hash, open[0].Name
	}
	return p.form(w, r, say.T("letters.show-offer"), say.T("letters.show-offer-text"), web.Form{
		Submit: say.T("letters.show-check"), Cancel: filesPath(request), Fields: []web.Field{which, name},
	}, typed, wrong)
}

func (p Files) offer(w http.ResponseWriter, r *http.Request) error {
	request, _, err := p.Office.Showings(r.Context(), web.Actor(r), r.PathValue("request"))
	if err == nil {
		err = p.handles(r, request)
	}
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if values.Get("file") == "" {
		sentence := "请选择要公示的文件。"
		return p.showOffer(w, r, values, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "file", Public: sentence}}})
	}
	id, err := p.Office.Offer(r.Context(), web.Actor(r), request.ID, values.Get("file"), values.Get("name"))
	if err != nil {
		return p.showOffer(w, r, values, err)
	}
	_, f, err := p.Office.One(r.Context(), web.Actor(r), request.ID, id)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	done := say.T("letters.show-waits")
	if f.Open > 0 {
		done = say.T("letters.show-found", f.Open)
	}
	p.Kit.Toast(r, done)
	return web.Redirect(w, r, filesPath(request)+"/"+id)
}

func (p Files) askToShow(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.AskToShow(r.Context(), web.Actor(r), request.ID, f.ID); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.show-waits"))
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

// decided gives a file to somebody who may decide on it.
func (p Files) decided(r *http.Request) (foi.Request, release.Checked, error) {
	request, f, err := p.load(r)
	if err == nil {
		err = p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
	}
	return request, f, err
}

func (p Files) askPass(w http.ResponseWriter, r *http.Request) error {
	return p.showPass(w, r, nil, nil)
}

func (p Files) showPass(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.decided(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.form(w, r, say.T("letters.show-pass-of", f.Name), say.T("letters.show-pass-text"), web.Form{
		Submit: say.T("letters.decide-show"), Cancel: filesPath(request) + "/" + f.ID, Danger: true, Fields: []web.Field{
			{Kind: web.Radios, Name: "passes", Label: say.T("letters.decision"), Required: true, Options: []web.Option{
				{Value: "yes", Label: say.T("letters.show-yes"), Hint: say.T("letters.show-yes-hint")}, {Value: "no", Label: say.T("letters.show-no")},
			}},
			{Kind: web.TextArea, Name: "why", Label: say.T("letters.show-no-why"), Rows: 2, MaxLength: 300},
		},
	}, typed, wrong)
}

func (p Files) pass(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.decided(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	done := map[string]string{"yes": say.T("letters.show-passed"), "no": say.T("letters.show-denied")}[values.Get("passes")]
	if done == "" {
		sentence := "请选择是否同意公示。"
		return p.showPass(w, r, values, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "passes", Public: sentence}}})
	}
	if err := p.Office.Show(r.Context(), web.Actor(r), request.ID, f.ID, values.Get("passes") == "yes", values.Get("why")); err != nil {
		return p.showPass(w, r, values, err)
	}
	p.Kit.Toast(r, done)
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

// mayTakeBack tells with nil whether the person may take a file out of the log.
func (p Files) mayTakeBack(r *http.Request, request foi.Request) error {
	if err := p.handles(r, request); err == nil {
		return nil
	}
	return p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
}

func (p Files) askBack(w http.ResponseWriter, r *http.Request) error {
	return p.showBack(w, r, nil, nil)
}

func (p Files) showBack(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.mayTakeBack(r, request)
	}
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.form(w, r, say.T("letters.show-back-of", f.Name), say.T("letters.show-back-text"), web.Form{
		Submit: say.T("letters.show-back"), Cancel: filesPath(request) + "/" + f.ID, Danger: true,
		Fields: []web.Field{{Kind: web.TextArea, Name: "why", Label: say.T("letters.show-back-why"), Rows: 2, MaxLength: 300, Required: true}},
	}, typed, wrong)
}

func (p Files) back(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.mayTakeBack(r, request)
	}
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.TakeBack(r.Context(), web.Actor(r), request.ID, f.ID, values.Get("why")); err != nil {
		return p.showBack(w, r, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.show-was-taken"))
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}
