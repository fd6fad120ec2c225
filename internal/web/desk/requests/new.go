package requests

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/deed"
)

// newData is the registration of what came in on paper, by post, by word of mouth.
type newData struct {
	Form    web.Form
	Rules   []fact    // by which day each channel is received
	Repeats []kinCase // what it may repeat; nil before it is asked, or for none
	Kept    *keptData
}

var newTemplate = web.Define[newData]("desk/request_new")

// seenField notes which possible repeats the clerk has been shown.
const seenField = "seen"

// maxParties is how many people one request may have.
const maxParties = 20

func (p Pages) askNew(w http.ResponseWriter, r *http.Request) error {
	a, err := p.aside(r, "", foi.NewRequest, root+"/new")
	if err != nil {
		return err
	}
	v := a.resumed()
	if v == nil {
		v = deed.NewValues(r.URL.Query())
	}
	data, err := p.newData(r, &values{v})
	if err != nil {
		return err
	}
	if a.draw(&data.Form, v); a.resumed() != nil {
		v.Fill(&data.Form)
	}
	data.Kept = a.data()
	return newTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("requests.new"), data)
}

// register shows what the request may repeat before it is saved, and saves it
// when the form comes back with what was shown.
func (p Pages) register(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	a, err := p.aside(r, "", foi.NewRequest, root+"/new")
	if err != nil {
		return err
	}
	v, err := p.readForm(r, a.files()...)
	if err != nil {
		return err
	}
	if err := p.mayRegister(r, v); err != nil {
		return err
	}
	done, kept := a.sent(w, v.Values, v.Text("organ"), root)
	if done {
		return kept
	}
	data, err := p.newData(r, v)
	if err != nil {
		return err
	}
	a.draw(&data.Form, v.Values)
	v.Fill(&data.Form)
	show := func(status int) error {
		return newTemplate.ShowStatus(p.Kit, w, r, status, say.T("requests.new"), data)
	}
	if v.Get(web.DoField) == deed.More {
		return show(http.StatusOK)
	}
	in := v.intake()
	if err = kept; err == nil {
		err = v.Err()
	}
	var kin []foi.Kin
	if err == nil {
		kin, err = p.Desk.Alike(r.Context(), actor, in)
	}
	if err == nil && shownIDs(kin) != v.Get(seenField) {
		if data.Repeats, err = p.repeats(r, kin); err != nil {
			return err
		}
		*field(&data.Form, seenField) = web.Field{Kind: web.Hidden, Name: seenField, Value: shownIDs(kin)}
		data.Form.Submit = say.T("requests.register-still")
		return show(http.StatusOK)
	}
	var made foi.Request
	if err == nil {
		made, err = p.Desk.Register(r.Context(), actor, in)
	}
	if err != nil {
		if !data.Form.Fail(err) {
			return err
		}
		return show(web.Status(err))
	}
	if v.Get(fieldKeeps) != "" {
		if err := a.drop(); err != nil {
			return err
		}
	}
	return p.Kit.Done(w, r, path(made.ID), say.T("requests.registered", made.Number, nextWords(say, made)))
}

// mayRegister judges the right before anything else is looked at.
func (p Pages) mayRegister(r *http.Request, v *values) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	organ := v.Text("organ")
	if _, ok := tree.Node(organ); !ok {
		return errs.New(errs.NotFound, "没有这个机关。")
	}
	return web.Actor(r).May(account.HandleRequests, organ, tree)
}

func field(f *web.Form, name string) *web.Field {
	i := slices.IndexFunc(f.Fields, func(f web.Field) bool { return f.Name == name })
	return &f.Fields[i]
}

// shownIDs names possible repeats in the form.
func shownIDs(kin []foi.Kin) string {
	var ids []string
	for _, k := range kin {
		ids = append(ids, k.ID)
	}
	return strings.Join(ids, " ")
}

// repeats puts possible repeats beside what is registered, each with its answer.
func (p Pages) repeats(r *http.Request, kin []foi.Kin) ([]kinCase, error) {
	const most = 5
	say := p.Kit.Say(r)
	v := &view{p: p, r: r, say: say, actor: web.Actor(r)}
	var all []kinCase
	for _, k := range kin[:min(len(kin), most)] {
		link := kinLink{Number: k.Number, Headline: k.Headline, Path: path(k.ID), Status: statusWord(say, k.Status), Tone: statusTone(k.Status)}
		if k.Outcome != "" {
			link.Status = outcomeWord(k.Outcome)
		}
		one, err := v.beside(k, link)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// newData draws the form.
func (p Pages) newData(r *http.Request, v *values) (newData, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return newData{}, err
	}
	organs := choice.Organs(tree, web.Actor(r).Where(account.HandleRequests))
	var fields []web.Field
	if len(organs) == 1 {
		fields = append(fields, web.Field{Kind: web.Hidden, Name: "organ", Value: organs[0].Value})
	} else {
		fields = append(fields, web.Field{Kind: web.Select, Name: "organ", Label: say.T("requests.organ"), Options: organs, Required: true})
	}
	fields = append(fields, web.Field{Kind: web.Hidden, Name: seenField})
	fields = append(fields, arrivalFields(say, p.Desk.Today())...)
	fields = append(fields, web.Field{Kind: web.Section, Label: say.T("requests.applicant")})
	fields = append(fields, partyFields(say, "")...)
	for i := 1; i < v.parties(); i++ {
		n := numbered("", i)
		fields = append(fields, web.Field{Kind: web.Section, Label: say.T("requests.party", i+1)})
		fields = append(fields, web.Field{Kind: web.Select, Name: "role" + n, Label: say.T("requests.role"), Hint: say.T("requests.role-hint"), Required: true, Options: []web.Option{
			{Label: say.T("requests.nobody-more")}, {Value: string(foi.IsAgent), Label: say.T("requests.role-agent")}, {Value: string(foi.JoinsIn), Label: say.T("requests.role-joint")},
		}})
		fields = append(fields, partyFields(say, n)...)
	}
	fields = append(fields, askFields(say)...)
	form := web.Form{
		Submit: say.T("requests.register"), Cancel: root, Upload: true, Fields: fields,
		Buttons: []web.Option{{Value: deed.More, Label: say.T("requests.add-party")}},
	}
	data := newData{Form: form}
	for _, c := range foi.Channels() {
		if c.Channel != foi.Web {
			data.Rules = append(data.Rules, fact{Label: say.In(c.Word), Text: c.Day, Cite: c.Cite})
		}
	}
	return data, nil
}

func arrivalFields(say *locale.Catalogue, today calendar.Date) []web.Field {
	var channels []web.Option
	for _, c := range foi.Channels() {
		if c.Channel != foi.Web {
			channels = append(channels, web.Option{Value: string(c.Channel), Label: say.In(c.Word)})
		}
	}
	return []web.Field{
		{Kind: web.Radios, Name: "channel", Label: say.T("requests.channel"), Options: channels, Required: true},
		{Kind: web.Date, Name: "on", Label: say.T("requests.arrived"), Hint: say.T("requests.arrived-hint"), Value: today.String(), Narrow: true, Required: true},
		{Kind: web.Date, Name: "confirmed", Label: say.T("requests.confirmed-on"), Hint: say.T("requests.confirmed-hint"), Narrow: true},
	}
}

func askFields(say *locale.Catalogue) []web.Field {
	return []web.Field{
		{Kind: web.Section, Label: say.T("requests.ask")},
		{Kind: web.TextArea, Name: "text", Label: say.T("requests.ask-text"), Hint: say.T("requests.ask-text-hint"), Rows: 6, MaxLength: foi.MaxText},
		{Kind: web.Select, Name: "form", Label: say.T("requests.ask-form"), Options: unknownOr(say, choice.Of(say, foi.Forms())), Beside: true},
		{Kind: web.Select, Name: "way", Label: say.T("requests.ask-way"), Options: unknownOr(say, choice.Of(say, foi.Ways())), Beside: true},
		{Kind: web.Section, Label: say.T("requests.papers"), Hint: say.T("requests.papers-hint")},
		{Kind: web.File, Name: "scan", Label: say.T("requests.paper-scan"), Accept: acceptNames, Multiple: true},
		{Kind: web.File, Name: "identity", Label: say.T("requests.paper-identity"), Accept: acceptNames, Multiple: true},
		{Kind: web.File, Name: "authority", Label: say.T("requests.paper-authority"), Hint: say.T("requests.authority-hint"), Accept: acceptNames, Multiple: true},
	}
}

// parties gives how many people the form has.
func (v *values) parties() int {
	n := 1
	for v.Has(numbered("role", n)) && n < maxParties {
		n++
	}
	if v.Get(web.DoField) == deed.More && n < maxParties {
		n++
	}
	return n
}

// intake reads a request as it came in.
func (v *values) intake() foi.Intake {
	in := foi.Intake{Organ: v.Text("organ")}
	applicant, facts := v.party("", foi.IsApplicant)
	in.Receive.Parties, in.Facts = []foi.Party{applicant}, []foi.Facts{facts}
	for i := 1; i < v.parties(); i++ {
		role := foi.Role(v.Text(numbered("role", i)))
		if role != foi.IsAgent && role != foi.JoinsIn {
			continue
		}
		p, facts := v.party(numbered("", i), role)
		in.Receive.Parties, in.Facts = append(in.Receive.Parties, p), append(in.Facts, facts)
	}
	in.Receive.Channel = foi.Channel(v.Must("channel", "请选择申请的收到方式。"))
	in.Receive.On, in.Receive.Confirmed = v.Day("on"), v.DayOrNone("confirmed")
	in.Receive.Ask = foi.Ask{Text: v.Short("text", foi.MaxText), Form: v.Text("form"), Way: v.Text("way")}
	for _, what := range []string{"scan", "identity", "authority"} {
		in.Receive.Files = append(in.Receive.Files, v.papers(what, what)...)
	}
	v.arrival(in.Receive)
	return in
}

// arrival checks the days of a request against its channel.
func (v *values) arrival(d foi.Receive) {
	info, ok := d.Channel.Info()
	switch {
	case !ok || d.Confirmed.IsZero():
	case !info.Confirm:
		v.Wrong.Add("confirmed", "“%s”不需要另行确认，%s（%s）；请不要填写确认日期。", info.Chinese, info.Day, info.Cite)
	case d.Confirmed.Before(d.On):
		v.Wrong.Add("confirmed", "确认的日期早于申请到达的日期，请核对。")
	}
}
