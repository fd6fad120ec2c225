package consultations

import (
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// showData is a consultation on one screen.
type showData struct {
	Organ, Kind, State, Tone, Left string
	From, Until, Least, Due        string
	Short                          bool
	Past                           bool
	Back                           string
	Urgent, Excuse                 string
	Contact, Phone                 string
	Ways                           []fact
	First                          *deed.Link
	Acts, Blocked                  []deed.Link
	Public                         string // what everybody reads; "" before
	Draft, Explanation             paper
	Tally                          string // of the ledger; "" before it is open
	Ledger                         string
	Opinions                       []deed.Link // what may be done with opinions
	Notes                          []note
	Feedback                       *feedbackView // under way
	Told                           []*feedbackView
	Final, FinalTitle              string
	History                        []happened
}

type fact struct{ Label, Text string }

type paper struct {
	Text  string
	Files []web.Action
}

type note struct{ On, Text string }

type happened struct{ On, What, By string }

var showTemplate = web.Define[showData]("desk/consultation")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	say, c, one := p.Kit.Say(r), b.Consultation, consult.Path(b.Consultation.ID)
	content := c.Content
	data := showData{
		Organ: b.Scene.Organ.Name, Kind: say.In(content.Kind.Words()), From: day(say, content.From), Until: day(say, content.Until), Left: p.left(say, b.Row, b.Scene.Cal), Past: content.Past,
		Least: say.In(b.Scene.Policy.Period(content.Kind)), Back: c.Back, Urgent: content.Urgent, Excuse: c.Excuse, Contact: content.Contact, Phone: content.Phone,
		Draft: papers(one, content.Draft), Explanation: papers(one, content.Explanation), Ledger: ledgerPath + "?" + consult.FilterOf + "=" + c.ID,
	}
	data.State, data.Tone = p.state(say, b.Row)
	if !content.From.IsZero() && !content.Until.IsZero() {
		data.Short = content.Short(b.Scene.Policy, b.Scene.Cal)
	}
	for _, f := range []fact{{say.T("consult.email"), content.Email}, {say.T("consult.address"), content.Address}, {say.T("consult.fax"), content.Fax}} {
		if f.Text != "" {
			data.Ways = append(data.Ways, f)
		}
	}
	for _, n := range slices.Backward(c.Notes) {
		data.Notes = append(data.Notes, note{iso(n.On), n.Text})
	}
	if b.Row.Public(p.Desk.Today()) {
		data.Public, data.Due = publicPath+"/"+c.ID, day(say, b.Row.Due)
		t := b.Tally
		data.Tally = say.T("consult.tally", t.Received, t.Unanswered, t.Adopted, t.Partly, t.Declined, t.Aside)
		data.Opinions = p.opinionActs(r, b)
	}
	for _, f := range slices.Backward(c.Feedback) {
		data.Told = append(data.Told, drawFeedback(say, f))
	}
	if c.Draft != nil {
		data.Feedback = p.drawDraft(say, b)
		if c.Draft.Back != "" {
			data.Back = c.Draft.Back
		}
	}
	if b.Final != "" {
		data.Final, data.FinalTitle = "/open/"+c.Final, b.Final
	}
	data.First, data.Acts, data.Blocked = acts(say, b)
	if phase := b.Row.Phase(p.Desk.Today()); data.First != nil && len(data.Opinions) > 0 && b.Tally.Unanswered > 0 && (phase == consult.Ended || phase == consult.Overdue) {
		data.Acts = append([]deed.Link{*data.First}, data.Acts...) // opinions are studied before the feedback is written
		data.First, data.Opinions = &data.Opinions[0], data.Opinions[1:]
	}
	if data.History, err = p.history(r, c); err != nil {
		return err
	}
	return showTemplate.Show(p.Kit, w, r, content.Title, data)
}

func papers(one string, from consult.Paper) paper {
	all := paper{Text: from.Text}
	for _, f := range from.Files {
		all.Files = append(all.Files, web.Action{Label: f.Name, Path: one + "/files/" + f.Hash})
	}
	return all
}

// opinionActs gives what may be done with opinions now.
func (p Pages) opinionActs(r *http.Request, b consult.Bench) []deed.Link {
	c, say := b.Consultation, p.Kit.Say(r)
	if c.Status == consult.Withdrawn || p.Desk.May(r.Context(), web.Actor(r), account.HandleConsultations, c.ID) != nil {
		return nil
	}
	one := consult.Path(c.ID)
	all := []deed.Link{{Label: say.T("consult.enter"), Path: one + "/enter"}, {Label: say.T("consult.import"), Path: one + "/import"}}
	if b.Tally.Unanswered > 0 && c.Status != consult.Answering {
		all = append([]deed.Link{{Label: say.T("consult.handle"), Path: one + "/handle", Cite: "重大行政决策程序暂行条例§18"}}, append(all, deed.Link{Label: say.T("consult.aside"), Path: one + "/aside"})...)
	}
	return all
}

// acts gives what may be done now: what leads on, the others, and those against which
// something speaks.
func acts(say *locale.Catalogue, b consult.Bench) (first *deed.Link, all, blocked []deed.Link) {
	one := consult.Path(b.Consultation.ID)
	for _, o := range b.Options {
		l := deed.Link{Label: say.In(consult.Word{Chinese: o.Act.Chinese, English: o.Act.Do}), Path: one + "/edit", Cite: o.Cite}
		f, short := formOf(o.Event)
		switch {
		case o.Event == consult.FeedbackWritten:
			l.Path = one + "/feedback"
		case short:
			l.Path, l.Danger = one+"/"+f.slug, f.danger
		}
		switch {
		case o.Why != nil:
			l.Why = errs.Public(o.Why)
			blocked = append(blocked, l)
		case first == nil && short && !f.back && b.Consultation.Back == "":
			first = &l
		default:
			all = append(all, l)
		}
	}
	if first == nil && len(all) > 0 && (all[0].Path == one+"/edit" || all[0].Path == one+"/feedback") {
		first, all = &all[0], all[1:]
	}
	return first, all, blocked
}

func (p Pages) history(r *http.Request, c consult.Consultation) ([]happened, error) {
	var ids []string
	for _, e := range c.History {
		ids = append(ids, e.By)
	}
	names, err := p.Names.Names(r.Context(), ids)
	say := p.Kit.Say(r)
	var all []happened
	for _, e := range slices.Backward(c.History) {
		act, _ := consult.ActOf(e.Event)
		all = append(all, happened{iso(e.On), say.In(consult.Word{Chinese: act.Chinese, English: act.Done}), names[e.By]})
	}
	return all, err
}
