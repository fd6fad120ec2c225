package filings

import (
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
	"gongkai/internal/web"
)

// showData is a return on one screen.
type showData struct {
	Organ, By, Due, Status, Tone string
	Overview                     string
	First                        *link
	Acts, Blocked                []link
	Steps                        []step
	Back, Why                    string
	Nil                          bool
	Findings                     *findings
	Table                        table
	Source                       string
	Files                        []web.Action
	Versions                     []version
	History                      []happened
	Sheet                        string
	Remind                       *web.Form
}

type link struct{ Label, Path, Cite, Why string }

type step struct{ Label, On, State string }

// table is figures beside those before, as the part "filing-rows" draws it.
type table struct {
	Caption, Figure, Before, LastYear, Value string
	Rows                                     []row
}

// row is a figure with those before it.
type row struct{ Label, Meaning, Before, LastYear, Value, Tone string }

// findings is what speaks against figures, as the part "findings" draws it.
type findings struct {
	All   []findingLine
	Clean string
}

type findingLine struct{ Severity, Tone, Message, Fix, Compared, Reason, Path string }

type version struct {
	Label, On, By, Filed, Why, Hash, Source string
	Table                                   table
	Files                                   []web.Action
	Current                                 bool
}

type happened struct{ On, What, By string }

var showTemplate = web.Define[showData]("desk/filing_show")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say, one := p.Kit.Say(r), filing.Path(b.Return.ID)
	at := place{organ: b.Return.Organ, year: b.Return.Period.Year}
	data := showData{
		Organ: b.Scene.Organ.Name, By: role(say, b.Return.Role), Due: day(say, b.Scene.Due), Overview: at.path(), Steps: steps(say, b.Return),
		Sheet: one + "/sheet",
	}
	_, confirmed := b.Return.Last()
	data.Status, data.Tone = state(say, b.Return.Status, confirmed, !confirmed && b.Scene.Today.After(b.Scene.Due))
	shown := b.Shown()
	data.Nil, data.Source, data.Files = shown.Nil, shown.Source, papers(one, shown.Files)
	data.Table = tableOf(say, b, shown)
	if d := b.Return.Draft; d != nil {
		data.Back, data.Why = d.Back, d.Why
		data.Findings = drawFindings(say, b.Findings, "")
	}
	data.First, data.Acts, data.Blocked = acts(say, b)
	if data.Versions, data.History, err = p.past(r, b); err != nil {
		return err
	}
	if b.Return.Status != filing.Confirmed && web.Actor(r).May(account.KeepFigures, b.Return.Organ, tree) == nil {
		data.Remind = &web.Form{Action: root + "/remind", Submit: say.T("filings.remind"), Fields: []web.Field{
			{Kind: web.Hidden, Name: "organ", Value: at.organ}, {Kind: web.Hidden, Name: "year", Value: strconv.Itoa(at.year)}, {Kind: web.Hidden, Name: "return", Value: b.Return.ID},
		}}
	}
	return showTemplate.Show(p.Kit, w, r, title(say, b), data)
}

// steps are the way of a return, with the days on which they were gone.
func steps(say *locale.Catalogue, r filing.Return) []step {
	at := slices.Index([]filing.Status{filing.New, filing.Drafting, filing.Submitted, filing.Confirmed}, r.Status)
	all := []step{{Label: say.T("filings.step-fill")}, {Label: say.T("filings.step-confirm")}, {Label: say.T("filings.step-counts")}}
	for i := range all {
		switch here := max(at, 1) - 1; {
		case i < here || at == 3:
			all[i].State = "done"
		case i == here:
			all[i].State = "now"
		}
	}
	for _, e := range r.History {
		switch e.Event {
		case filing.Filed:
			all[0].On = e.On.String()
		case filing.Agreed:
			all[1].On = e.On.String()
		}
	}
	for i := range all {
		if all[i].State != "done" {
			all[i].On = ""
		}
	}
	return all
}

// tableOf gives the figures of a content beside those before.
func tableOf(say *locale.Catalogue, b filing.Bench, c filing.Content) table {
	t := table{Caption: say.T("filings.figures"), Figure: say.T("filings.figure"), Before: say.T("filings.before-head"), LastYear: say.T("filings.year-before-head"), Value: say.T("filings.value")}
	wrong := map[string]string{}
	if b.Return.Draft != nil {
		for _, f := range b.Findings {
			if wrong[f.Field] == "" {
				wrong[f.Field] = tones[f.Severity]
			}
		}
	}
	known := func(f filing.Field, values map[string]int64) string {
		if n, ok := values[f.Key]; ok {
			return f.Print(n)
		}
		return "—"
	}
	for _, f := range b.Fields {
		one := row{Label: say.In(f.Label), Before: known(f, b.Scene.Before), LastYear: known(f, b.Scene.LastYear), Value: known(f, c.Values), Tone: wrong[f.Key]}
		if !f.Figure.Unit.Sheet() {
			one.Meaning = f.Figure.Meaning
		}
		t.Rows = append(t.Rows, one)
	}
	return t
}

var tones = map[rule.Severity]string{rule.Error: "red", rule.Warning: "amber"}

// drawFindings makes what speaks against figures a list; path leads to their fields.
func drawFindings(say *locale.Catalogue, all []filing.Finding, path string) *findings {
	d := &findings{Clean: say.T("filings.clean")}
	for _, f := range all {
		one := findingLine{Tone: tones[f.Severity], Message: f.Message, Fix: f.Fix, Compared: f.Cite, Severity: say.T("filings.severity-warning"), Path: path + "#f-v-" + f.Field}
		if f.Severity == rule.Error {
			one.Severity = say.T("filings.severity-error")
		}
		if f.Remark != "" {
			one.Reason = say.T("filings.remark-given", f.Remark)
		}
		if path == "" {
			one.Path = ""
		}
		d.All = append(d.All, one)
	}
	return d
}

// acts gives what may be done now: what leads on, the others, and those against which
// something speaks.
func acts(say *locale.Catalogue, b filing.Bench) (first *link, all, blocked []link) {
	one := filing.Path(b.Return.ID)
	for _, o := range b.Options {
		l := link{Label: say.In(filing.Word{Chinese: o.Act.Chinese, English: o.Act.Do}), Path: one + "/edit", Cite: o.Cite}
		f, short := formOf(o.Event)
		if short {
			l.Path = one + "/" + f.slug
		}
		switch {
		case o.Why != nil:
			l.Why = errs.Public(o.Why)
			blocked = append(blocked, l)
		case first == nil && short && !f.back && (b.Return.Draft == nil || b.Return.Draft.Back == ""):
			first = &l
		default:
			all = append(all, l)
		}
	}
	if first == nil && len(all) > 0 && all[0].Path == one+"/edit" {
		first, all = &all[0], all[1:]
	}
	if b.Return.Status == filing.New || b.Return.Status == filing.Drafting {
		if slices.ContainsFunc(b.Options, func(o filing.Option) bool { return o.Event == filing.Edited }) {
			all = append(all, link{Label: say.T("filings.upload"), Path: one + "/upload"})
		}
	}
	return first, all, blocked
}

func papers(path string, files []filing.File) []web.Action {
	var all []web.Action
	for _, f := range files {
		all = append(all, web.Action{Label: f.Name, Path: path + "/files/" + f.Hash})
	}
	return all
}

// past gives the versions that were confirmed, the newest first, and what happened.
func (p Pages) past(r *http.Request, b filing.Bench) ([]version, []happened, error) {
	say := p.Kit.Say(r)
	var ids []string
	for _, v := range b.Return.Versions {
		ids = append(append(ids, v.ConfirmedBy), v.FiledBy...)
	}
	for _, e := range b.Return.History {
		ids = append(ids, e.By)
	}
	names, err := p.Names.Names(r.Context(), ids)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		if names[id] == "" { // a program by the API
			names[id] = say.T("filings.program")
		}
	}
	var all []version
	for i, v := range b.Return.Versions {
		one := version{
			Label: say.T("filings.nth", i+1), On: v.ConfirmedOn.String(), By: names[v.ConfirmedBy], Why: v.Why, Hash: v.Hash, Source: v.Source, Files: papers(filing.Path(b.Return.ID), v.Files),
			Table: tableOf(say, b, v.Content), Current: i == len(b.Return.Versions)-1,
		}
		for _, id := range v.FiledBy {
			if one.Filed != "" {
				one.Filed += "、"
			}
			one.Filed += names[id]
		}
		all = append([]version{one}, all...)
	}
	var history []happened
	for _, e := range b.Return.History {
		act, _ := filing.ActOf(e.Event)
		what := say.In(filing.Word{Chinese: act.Chinese, English: act.Done})
		if e.Nil {
			what += " · " + say.T("filings.nil")
		}
		history = append(history, happened{e.On.String(), what, names[e.By]})
	}
	return all, history, nil
}

// paper hands out the evidence of a return, also of a former version.
func (p Pages) paper(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	for _, f := range b.Return.Papers() {
		if f.Hash == r.PathValue("file") {
			return p.taker().Hand(w, r, handed(f))
		}
	}
	return errs.New(errs.NotFound, "这份填报没有这个文件。")
}
