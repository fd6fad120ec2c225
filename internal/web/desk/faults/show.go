package faults

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// showData is a fault with what can be done about it.
type showData struct {
	Fault                            fault.Fault
	Kind, State, Tone, Received, Due string
	Last, Closed, Outcome, By        string
	Contact                          string // masked; "" for none
	Plain                            string // whole, once a reason was given
	Reveal, Close                    *web.Form
}

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
	may := actor.Can(account.AnswerFaults)
	if may && d.Contact != "" {
		d.Reveal = &web.Form{Action: r.URL.Path, Submit: say.T("fault.reveal"), Fields: []web.Field{{Name: "reason", Label: say.T("fault.reveal-reason"), Hint: say.T("fault.reveal-hint"), Required: true, MaxLength: 200}}}
		d.Reveal.Action = Path + "/" + f.ID + "/reveal"
	}
	if f.Open() {
		if may {
			d.Close = closeForm(p.Kit.Say(r).T, Path+"/"+f.ID+"/close", say.Lang == "en")
		}
		return d, nil
	}
	d.Outcome = word(say, fault.Wording(string(f.Outcome), fault.Outcomes()))
	names, err := p.Names.Names(ctx, []string{f.ClosedBy})
	d.By = names[f.ClosedBy]
	return d, err
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
