package letter

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/org"
)

// Register looks up organs.
type Register interface {
	Organ(ctx context.Context, id string) (org.Organ, error)
}

// Scribe writes the letters of requests: the foi.Scribe of a desk.
type Scribe struct {
	Trees     org.Trees
	Organs    Register
	Templates TemplateStore
	IDs       ident.Source
	// Online tells where on the portal a third party answers, and with which code;
	// nil where it cannot.
	Online func(request, ref string) (place, code string)
}

// Ready reads what letters of an organ are made from.
func (s Scribe) Ready(ctx context.Context, organ string) (foi.Writer, error) {
	return s.writer(ctx, organ)
}

func (s Scribe) writer(ctx context.Context, organ string) (writer, error) {
	tree, err := s.Trees.Tree(ctx)
	if err != nil {
		return writer{}, err
	}
	w := writer{tree: tree, ids: s.IDs, online: s.Online, organs: map[string]org.Organ{}}
	chain := chainOf(tree, organ)
	for _, id := range chain {
		o, err := s.Organs.Organ(ctx, id)
		if err != nil {
			return w, err
		}
		w.organs[id] = o
	}
	saved, err := s.Templates.Templates(ctx, chain)
	w.templates = inForce(chain, saved)
	return w, err
}

// chainOf gives an organ and those above it, the nearest first.
func chainOf(tree *org.Tree, organ string) (chain []string) {
	for n, ok := tree.Node(organ); ok; n, ok = tree.Node(n.Parent) {
		chain = append(chain, n.ID)
	}
	return chain
}

// writer makes the letters of one organ.
type writer struct {
	open      bool // for a preview
	tree      *org.Tree
	ids       ident.Source
	online    func(request, ref string) (place, code string)
	organs    map[string]org.Organ // the organ and those above
	templates map[string]Saved     // by kind: what holds; none for the built-in one
}

// Version gives an organ as it stands on a day: foi.Organs.
func (w writer) Version(id string, day calendar.Date) (org.Version, bool) {
	o, ok := w.organs[id]
	if !ok {
		return org.Version{}, false
	}
	return o.On(day)
}

// template gives the template of a kind that holds, and which text of it that is.
func (w writer) template(kind string) (Template, string, error) {
	if s, ok := w.templates[kind]; ok {
		if t, err := Read(kind, s.Text); err == nil {
			return t, s.Name(), nil
		} // else the law wants more than when it was saved
	}
	text, err := BuiltIn(kind)
	if err != nil {
		return Template{}, "", err
	}
	t, err := Read(kind, text)
	return t, builtIn, err
}

const builtIn = "built-in"

// Write gives the letters that an entry makes or changes.
func (w writer) Write(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	switch e.Event {
	case foi.Submitted:
		return w.draft(r, s, around)
	case foi.Signed:
		return w.sign(r, e, s, around)
	case foi.Served, foi.ServedAgain:
		return w.serve(r, e, s, around)
	case foi.Withdrawn, foi.Discontinued:
		return w.void(r, e, s, around)
	}
	all, err := arrived(r, e, s, around)
	if err != nil {
		return nil, err
	}
	back, err := takenBack(r, e, s, around)
	if err != nil {
		return nil, err
	}
	all = append(all, back...)
	for _, kind := range foi.LettersOf(e.Event) {
		p, err := w.made(r, string(kind), e, s, around)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// made writes a new letter of an entry.
func (w writer) made(r foi.Request, kind string, e foi.Entry, s foi.Scene, around foi.Around) (foi.Paper, error) {
	p := foi.Paper{
		ID: w.ids.New(), Request: r.ID, Organ: r.Organ, Kind: kind, Act: e.Event, Entry: len(r.History), Ref: e.Ref, On: s.Today, State: foi.PaperDraft,
	}
	switch kind {
	case "third-party", "joint-maker", "organ", "consultation":
		p.On = e.On
	}
	p.Party, p.To = whom(r, kind, e.Ref)
	if err := w.compose(&p, r, s, nil); err != nil {
		return p, err
	}
	if series := SeriesOf(kind); series != "" {
		var err error
		if p.Number, err = s.Policy.Numbered(series, r.Organ, s.Today.Year(), around); err != nil {
			return p, err
		}
	}
	// A receipt is handed over at once (条例§45), and what stays in the house goes
	// nowhere.
	if kind == "receipt" && len(Lacking(p)) == 0 || AudienceOf(kind) == ToNobody {
		p.State, p.SentOn, p.SentBy = foi.PaperSent, s.Today, s.Actor
	}
	return p, nil
}

// whom tells to whom a letter of a kind goes: to a party, or to an organ.
func whom(r foi.Request, kind, ref string) (party int, organ string) {
	if AudienceOf(kind) == ToApplicant {
		return 1, ""
	}
	for _, c := range r.Consultations {
		if c.Ref == ref && AudienceOf(kind) == ToConsulted {
			return c.Party, c.Organ
		}
	}
	return 0, ""
}

// compose gives a letter the text of its template.
func (w writer) compose(p *foi.Paper, r foi.Request, s foi.Scene, more Values) error {
	t, from, err := w.template(p.Kind)
	if err != nil {
		return err
	}
	c, err := w.caseOf(*p, r, s, more)
	if err != nil {
		return err
	}
	v, err := Facts(t, c)
	if err != nil {
		return err
	}
	v[toApplicant], v[toConsulted] = "—", "—" // they are known where the letter is read
	p.Template, p.Form, p.Head, p.Title = from, string(t.Form), c.Organ, t.Title
	p.Facts = t.factsOf(v)
	p.Versions = append(p.Versions, foi.PaperVersion{By: event.System, At: s.At, Text: t.Fill(v)})
	return nil
}

// caseOf is what a letter is made of.
func (w writer) caseOf(p foi.Paper, r foi.Request, s foi.Scene, more Values) (Case, error) {
	v, ok := w.Version(r.Organ, s.Today)
	if !ok {
		return Case{}, errs.New(errs.Conflict, "办理机关在%s不存在，无法制作文书。", s.Today)
	}
	c := Case{Request: r, Calendar: s.Calendar, Organ: v.Name, Contact: v.Contact, Ref: p.Ref, Number: p.Number, On: p.On, Open: w.open, More: more, Organs: map[string]string{}}
	if p.Kind == "third-party" && w.online != nil {
		place, code := w.online(r.ID, p.Ref)
		c.More = Values{"网上答复": place, "验证码": code}
		maps.Copy(c.More, more)
	}
	for _, q := range r.Searches {
		c.Organs[q.Organ] = w.tree.Name(q.Organ)
	}
	if d, ok := decision(r); ok {
		if d.SignedOn.IsZero() {
			d.SignedOn = s.Today
		}
		c.Remedies, _ = foi.RemediesOf(d, r.Organ, w, s.Policy.Court, electronic(r))
	} else {
		c.Remedies, _ = foi.RemediesOf(foi.Decision{Outcome: "R3.1", SignedOn: s.Today}, r.Organ, w, s.Policy.Court, false)
	}
	return c, nil
}

// electronic tells whether the applicant gets the reply by the network.
func electronic(r foi.Request) bool { return r.Ask.Way == "web" || r.Ask.Way == "email" }

// factsOf keeps what the law wants a letter to say. What the template says only
// where it is known, and is not known, is kept as nothing.
func (t Template) factsOf(v Values) (all []foi.PaperFact) {
	for _, e := range Elements(t.Kind) {
		for _, name := range e.By {
			if !leftOpen(name) && (v[name] != "" || t.optional(name)) {
				all = append(all, foi.PaperFact{Name: name, Value: v[name]})
			}
		}
	}
	return all
}

// optional tells whether a placeholder stands in optional lines only.
func (t Template) optional(name string) bool {
	for _, l := range t.Lines {
		if !l.Optional && slices.Contains(names(l.Text+strings.Join(l.Cells, "")), name) {
			return false
		}
	}
	return true
}

// Lacking names what a letter should say and does not: what the law wants, and
// what is still open.
func Lacking(p foi.Paper) []string {
	text := p.Text()
	all := Open(text)
	said := squeeze(unguard(text))
	for _, e := range Elements(p.Kind) {
		if p.Act == foi.Arrived && e.afterReceipt() {
			continue
		}
		if !slices.Contains(all, e.Chinese) && !e.said(text, said, p.Facts) {
			all = append(all, e.Chinese)
		}
	}
	return all
}

// afterReceipt tells whether an element is known only when the day of receipt is
// settled: the letter says so instead (条例§31).
func (e Element) afterReceipt() bool {
	return slices.Contains(e.By, "收到日期") || slices.Contains(e.By, "答复期限")
}

// said tells whether a text that was filled in says an element: the words, or
// what its placeholder stood for.
func (e Element) said(text, said string, facts []foi.PaperFact) bool {
	if e.in(text) {
		return true
	}
	for _, f := range facts {
		if slices.Contains(e.By, f.Name) && every(f.Value, said) {
			return true
		}
	}
	return false
}

// every tells whether a text has all lines of a value.
func every(value, said string) bool {
	for line := range strings.SplitSeq(value, "\n") {
		if !strings.Contains(said, squeeze(line)) {
			return false
		}
	}
	return true
}

// squeeze takes away blanks, by which two texts may differ.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// unguard takes away the marks that guarded sets.
func unguard(text string) string { return Sheet{}.plain(text) }

// SheetOf gives a letter with the names that stand in it.
func SheetOf(p foi.Paper, names Values) Sheet {
	return Sheet{Form: Form(p.Form), Organ: p.Head, Title: p.Title, Number: p.Number, On: p.On, Text: p.Text(), Names: names}
}
