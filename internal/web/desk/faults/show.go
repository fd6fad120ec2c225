package faults

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/fault"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// showData is a fault with what can be done about it.
type showData struct {
	Fault                            fault.Fault
	Kind, State, Tone, Received, Due string
	Last, Closed, Outcome, By        string
	Contact                          string // masked; "" for none
	Plain                            string // whole, once a reason was given
	Organ                            string
	Way                              []step
	Reveal, Close, Pass              *web.Form
}

// step is a fault passed from one organ to another.
type step struct{ On, From, To, Reason, By string }

var showTemplate = web.Define[showData]("desk/fault")

func (p Pages) read(r *http.Request) (showData, error) {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	f, shown, err := p.Office.Fault(ctx, actor, r.PathValue("fault"))
	if err != nil {
		return showData{}, err
	}
	d := showData{Fault: f, Kind: kind(say, f), Received: f.ReceivedOn.String(), Due: f.Due.String(), Last: f.Last.String(), Closed: day(f.ClosedOn)}
	d.State, d.Tone = p.state(say, f)
	if len(shown) > 0 {
		d.Contact = shown[0].Masked
	}
	tree, err := p.Office.Tree(ctx)
	if err != nil {
		return d, err
	}
	d.Organ = tree.Name(f.Organ)
	if d.Way, err = p.way(r, tree, f); err != nil {
		return d, err
	}
	may := actor.May(account.AnswerFaults, f.Organ, tree) == nil
	if may && d.Contact != "" {
		d.Reveal = &web.Form{Action: r.URL.Path, Submit: say.T("fault.reveal"), Fields: []web.Field{{Name: "reason", Label: say.T("fault.reveal-reason"), Hint: say.T("fault.reveal-hint"), Required: true, MaxLength: 200}}}
		d.Reveal.Action = Path + "/" + f.ID + "/reveal"
	}
	if f.Open() {
		if may {
			d.Close = closeForm(p.Kit.Say(r).T, Path+"/"+f.ID+"/close", say.Lang == "en")
			d.Pass = passForm(say, tree, f)
		}
		return d, nil
	}
	d.Outcome = word(say, fault.Wording(string(f.Outcome), fault.Outcomes()))
	names, err := p.Names.Names(ctx, []string{f.ClosedBy})
	d.By = names[f.ClosedBy]
	return d, err
}

// way gives how it went from organ to organ.
func (p Pages) way(r *http.Request, tree *org.Tree, f fault.Fault) ([]step, error) {
	passes, err := p.Office.Way(r.Context(), f)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, one := range passes {
		ids = append(ids, one.By)
	}
	names, err := p.Names.Names(r.Context(), ids)
	var all []step
	for _, one := range passes {
		all = append(all, step{one.On.String(), tree.Name(one.From), tree.Name(one.To), one.Reason, names[one.By]})
	}
	return all, err
}

// passForm asks to whom it goes; nil where there is nobody.
func passForm(say *locale.Catalogue, tree *org.Tree, f fault.Fault) *web.Form {
	to := web.Field{Kind: web.Select, Name: "to", Label: say.T("fault.pass-to"), Required: true, Options: []web.Option{{Label: say.T("fault.pass-choose")}}}
	for _, n := range fault.Receivers(tree, f.Organ) {
		to.Options = append(to.Options, web.Option{Value: n.ID, Label: n.Name})
	}
	if len(to.Options) == 1 {
		return nil
	}
	return &web.Form{Action: Path + "/" + f.ID + "/pass", Submit: say.T("fault.pass"), Fields: []web.Field{
		to, {Kind: web.TextArea, Name: "reason", Label: say.T("fault.pass-reason"), Hint: say.T("fault.pass-reason-hint"), Required: true, MaxLength: fault.MaxReason, Rows: 3},
	}}
}

// pass gives it to another organ. Whoever has passed it on may see it no longer.
func (p Pages) pass(w http.ResponseWriter, r *http.Request) error {
	data, err := p.read(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.Office.Pass(r.Context(), web.Actor(r), data.Fault.ID, values.Get("to"), values.Get("reason"))
	if err == nil {
		return p.Kit.Done(w, r, Path, p.Kit.Say(r).T("fault.passed", data.Fault.Number))
	}
	if data.Pass == nil {
		return err
	}
	data.Pass.Fill(values)
	if !data.Pass.Fail(err) {
		return err
	}
	return showTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("fault.one", data.Fault.Number), data)
}

func closeForm(t func(string, ...any) string, action string, english bool) *web.Form {
	outcomes := web.Field{Kind: web.Radios, Name: "outcome", Label: t("fault.outcome"), Required: true}
	for _, o := range fault.Outcomes() {
		label := o.Chinese
		if english {
			label = o.English
		}
		outcomes.Options = append(outcomes.Options, web.Option{Value: o.Value, Label: label})
	}
	return &web.Form{Action: action, Submit: t("fault.close"), Fields: []web.Field{
		outcomes, {Kind: web.TextArea, Name: "answer", Label: t("fault.answer"), Hint: t("fault.answer-hint"), Required: true, MaxLength: fault.MaxText, Rows: 4},
	}}
}

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	data, err := p.read(r)
	if err != nil {
		return err
	}
	return showTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("fault.one", data.Fault.Number), data)
}

func (p Pages) close(w http.ResponseWriter, r *http.Request) error {
	data, err := p.read(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.Office.Close(r.Context(), web.Actor(r), data.Fault.ID, fault.Outcome(values.Get("outcome")), values.Get("answer"))
	if err == nil {
		return p.Kit.Done(w, r, Path, p.Kit.Say(r).T("fault.done", data.Fault.Number))
	}
	if data.Close == nil {
		return err
	}
	data.Close.Fill(values)
	if !data.Close.Fail(err) {
		return err
	}
	return showTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("fault.one", data.Fault.Number), data)
}

func (p Pages) reveal(w http.ResponseWriter, r *http.Request) error {
	data, err := p.read(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if data.Plain, err = p.Office.Reveal(r.Context(), web.Actor(r), data.Fault.ID, values.Get("reason")); err != nil {
		if data.Reveal == nil {
			return err
		}
		data.Reveal.Fill(values)
		if !data.Reveal.Fail(err) {
			return err
		}
		status = web.Status(err)
	}
	return showTemplate.ShowStatus(p.Kit, w, r, status, p.Kit.Say(r).T("fault.one", data.Fault.Number), data)
}
