package letter

import (
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// draft writes the reply that was submitted. One that was returned gets another
// version; what somebody has written into it stays as long as the reply itself is
// the same.
func (w writer) draft(r foi.Request, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	nth := len(r.Decisions) + 1
	p, found, err := replyOf(r, nth, around)
	if err != nil {
		return nil, err
	}
	if !found {
		p = foi.Paper{ID: w.ids.New(), Request: r.ID, Organ: r.Organ, Act: foi.Submitted, Party: 1, Decision: nth, State: foi.PaperDraft}
	}
	before := p
	p.Kind, p.Entry, p.On = r.Draft.LetterKind(), len(r.History), s.Today
	if err := w.compose(&p, r, s, nil); err != nil {
		return nil, err
	}
	if found && before.Kind == p.Kind && p.Text() == generated(before) {
		p.Versions = before.Versions
	}
	return []foi.Paper{p}, nil
}

// generated is the last text that the program itself gave a letter.
func generated(p foi.Paper) string {
	for _, v := range slices.Backward(p.Versions) {
		if v.By == event.System {
			return v.Text
		}
	}
	return ""
}

// replyOf finds the letter of the n-th decision.
func replyOf(r foi.Request, nth int, around foi.Around) (foi.Paper, bool, error) {
	papers, err := around.Papers(r.ID)
	if err != nil {
		return foi.Paper{}, false, err
	}
	for _, p := range slices.Backward(papers) {
		if p.Reply() && p.Decision == nth && p.State != foi.PaperVoid {
			return p, true, nil
		}
	}
	return foi.Paper{}, false, nil
}

// sign gives the reply its number and its day, and settles its words.
func (w writer) sign(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	nth := len(r.Decisions)
	d := r.Decisions[nth-1]
	p, found, err := replyOf(r, nth, around)
	if err != nil {
		return nil, err
	}
	if !found { // submitted before letters were kept
		p = foi.Paper{ID: w.ids.New(), Request: r.ID, Organ: r.Organ, Kind: d.LetterKind(), Act: foi.Submitted, Party: 1, Decision: nth, On: s.Today}
		if err := w.compose(&p, r, s, nil); err != nil {
			return nil, err
		}
	}
	p.Entry, p.Number, p.On, p.State = len(r.History), d.Number, d.SignedOn, foi.PaperFinal
	w.remedies(&p, r, s)
	if lacking := Lacking(p); len(lacking) > 0 {
		return nil, errs.New(errs.Conflict, "《%s》还缺%s，不能签发；请退回，补上以后再送签。", p.Title, strings.Join(lacking, "、"))
	}
	all := []foi.Paper{p}
	if !d.Overrides(r) {
		return all, nil
	}
	for _, c := range r.Consultations {
		if c.Kind != foi.ThirdParty || c.AnsweredOn.IsZero() || c.Agrees || !c.WithdrawnOn.IsZero() {
			continue
		}
		notice, err := w.disclosure(r, c.Ref, e, d, s, around)
		if err != nil {
			return nil, err
		}
		all = append(all, notice)
	}
	return all, nil
}

// remedies are told as of the day of the signature.
func (w writer) remedies(p *foi.Paper, r foi.Request, s foi.Scene) {
	now, ok := foi.RemediesOf(r.Decisions[p.Decision-1], r.Organ, w, s.Policy.Court, electronic(r))
	if !ok {
		return
	}
	now.Text = Template{Kind: p.Kind, Title: p.Title}.worded(now.Text)
	for i, f := range p.Facts {
		if f.Name != "救济途径" || f.Value == now.Text {
			continue
		}
		p.Facts = slices.Clone(p.Facts)
		p.Facts[i].Value = now.Text
		text := strings.ReplaceAll(p.Text(), guarded(f.Value, false), guarded(now.Text, false))
		p.Versions = append(slices.Clone(p.Versions), foi.PaperVersion{By: event.System, At: s.At, Text: text})
	}
}

// disclosure tells a third party that is disclosed against its objection
// (条例§32).
func (w writer) disclosure(r foi.Request, ref string, e foi.Entry, d foi.Decision, s foi.Scene, around foi.Around) (foi.Paper, error) {
	e.Ref = ref
	p := foi.Paper{ID: w.ids.New(), Request: r.ID, Organ: r.Organ, Kind: "disclosure", Act: e.Event, Entry: len(r.History), Ref: ref, Decision: len(r.Decisions), On: s.Today, State: foi.PaperDraft}
	p.Party, p.To = whom(r, p.Kind, ref)
	if err := w.compose(&p, r, s, Values{"公开内容": disclosedBy(d)}); err != nil {
		return p, err
	}
	var err error
	p.Number, err = s.Policy.Numbered(SeriesOf(p.Kind), r.Organ, s.Today.Year(), around)
	return p, err
}

// disclosedBy says what a decision discloses.
func disclosedBy(d foi.Decision) string {
	var all []string
	for _, item := range d.Items {
		if reply, ok := item.Reply(); !ok || !reply.Discloses {
			continue
		}
		if about := strings.Trim(strings.TrimSpace(item.About), "。；"); about != "" {
			all = append(all, about)
		}
		for _, f := range item.Files {
			all = append(all, f.Name)
		}
	}
	if len(all) == 0 {
		return "上述信息"
	}
	return numbered(all)
}

// serve notes that the reply has gone out, and makes the record of it.
func (w writer) serve(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	record, err := w.made(r, string(foi.ServiceRecord), e, s, around)
	if err != nil {
		return nil, err
	}
	record.Decision = len(r.Decisions)
	reply, found, err := replyOf(r, len(r.Decisions), around)
	if err != nil || !found || reply.State == foi.PaperSent {
		return []foi.Paper{record}, err
	}
	reply.State, reply.SentOn, reply.SentBy, reply.Way = foi.PaperSent, e.On, s.Actor, foi.ServiceWay(e.Code)
	return []foi.Paper{reply, record}, nil
}

// void are letters of a request that ends without a reply and that have not gone
// out: nobody waits for them any more.
func (w writer) void(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	papers, err := around.Papers(r.ID)
	if err != nil {
		return nil, err
	}
	var all []foi.Paper
	for _, p := range papers {
		if p.State == foi.PaperDraft || p.State == foi.PaperFinal {
			all = append(all, p.VoidBy(e.Event, s.Actor, s.At))
		}
	}
	return all, nil
}
