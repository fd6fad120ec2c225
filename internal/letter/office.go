package letter

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Store keeps letters.
type Store interface {
	TemplateStore
	// Papers gives the letters of a request, the oldest first.
	Papers(ctx context.Context, request string) ([]foi.Paper, error)
	// Paper gives NotFound when there is none.
	Paper(ctx context.Context, id string) (foi.Paper, error)
	// AddPaper keeps a letter that no act sends, as judge says.
	AddPaper(ctx context.Context, pen event.Pen, request string, judge func(foi.Request, foi.Around) (foi.Paper, []event.Event, error)) error
	// Register gives the letters of some places that have a number, the latest first.
	Register(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[Registered], error)
	// UpdatePaper changes one as judge says; its request does not change meanwhile.
	UpdatePaper(ctx context.Context, pen event.Pen, id string, judge func(*foi.Paper, foi.Request) ([]event.Event, error)) error
}

// Office is what is done with letters once they are there.
type Office struct {
	Store  Store
	Desk   *foi.Desk
	Scribe Scribe
	Vault  Vault
	Clock  clock.Clock
	IDs    ident.Source
}

// Shown is a letter as somebody may see it: names of people are masked.
type Shown struct {
	foi.Paper
	Sheet    Sheet
	Lacking  []string // what it must still say before it goes out
	MayEdit  bool
	MaySend  bool
	MayVoid  bool
	Moot     foi.Word // what left it nothing to say, while it has not gone out
	MayNames bool     // may have it with the names, which is recorded
}

// List gives the letters of a request, the oldest first.
func (o *Office) List(ctx context.Context, actor account.Actor, request string) (foi.Request, []foi.Paper, error) {
	r, err := o.request(ctx, actor, request)
	if err != nil {
		return r, nil, err
	}
	papers, err := o.Store.Papers(ctx, request)
	return r, papers, err
}

// request gives a request whose letters the actor may see: who was only asked to
// search sees the request and not them.
func (o *Office) request(ctx context.Context, actor account.Actor, id string) (foi.Request, error) {
	r, err := o.Desk.Request(ctx, actor, id)
	if err != nil {
		return r, err
	}
	return r, o.may(ctx, actor, account.SeeRequests, r.Organ)
}

func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act, organ string) error {
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(act, organ, tree)
}

// Letter gives one letter of a request.
func (o *Office) Letter(ctx context.Context, actor account.Actor, request, id string) (foi.Request, Shown, error) {
	r, p, err := o.letter(ctx, actor, request, id)
	if err != nil {
		return r, Shown{}, err
	}
	names, err := o.masked(ctx, r, p)
	if err != nil {
		return r, Shown{}, err
	}
	s := Shown{Paper: p, Sheet: SheetOf(p, names), Lacking: Lacking(p)}
	handles := o.may(ctx, actor, account.HandleRequests, r.Organ) == nil
	s.MayEdit = handles && p.Editable(r)
	s.MaySend = handles && p.State == foi.PaperDraft && !p.Reply()
	s.Moot = MootWord(p, r)
	s.MayVoid = s.MaySend && Voidable(p, r) == nil
	s.MayNames = o.may(ctx, actor, account.RevealPersonal, r.Organ) == nil
	return r, s, nil
}

func (o *Office) letter(ctx context.Context, actor account.Actor, request, id string) (foi.Request, foi.Paper, error) {
	r, err := o.request(ctx, actor, request)
	if err != nil {
		return r, foi.Paper{}, err
	}
	p, err := o.Store.Paper(ctx, id)
	if err == nil && p.Request != r.ID {
		err = errs.New(errs.NotFound, "没有这份文书。")
	}
	return r, p, err
}

// Edit gives a letter another text. version is the number of texts that it had
// when it was opened: what somebody else wrote meanwhile is not lost.
func (o *Office) Edit(ctx context.Context, actor account.Actor, request, id string, version int, text string) error {
	text = strings.TrimSpace(text)
	if err := o.namesNobody(ctx, actor, request, id, text); err != nil {
		return err
	}
	return o.change(ctx, actor, request, id, PaperEdited, func(p *foi.Paper, r foi.Request) error {
		switch {
		case !p.Editable(r):
			return frozen(*p)
		case len(p.Versions) != version:
			return errs.New(errs.Conflict, "别人刚刚改过这份文书；请看过现在的文字再改。")
		case text == p.Text():
			return errs.New(errs.Conflict, "文字没有变化。")
		case len(text) > MaxTemplate:
			return errs.New(errs.TooLarge, "文书超过%d KiB，请缩短。", MaxTemplate>>10)
		}
		edited := *p
		edited.Versions = append(edited.Versions[:len(edited.Versions):len(edited.Versions)], foi.PaperVersion{By: actor.ID, At: o.Clock.Now(), Text: text})
		if err := complete(edited); err != nil {
			return err
		}
		*p = edited
		return nil
	})
}

// Restore makes an earlier text hold again.
func (o *Office) Restore(ctx context.Context, actor account.Actor, request, id string, version, nth int) error {
	_, p, err := o.letter(ctx, actor, request, id)
	if err != nil {
		return err
	}
	if nth < 1 || nth > len(p.Versions) {
		return errs.New(errs.NotFound, "没有这一稿。")
	}
	return o.Edit(ctx, actor, request, id, version, p.Versions[nth-1].Text)
}

func frozen(p foi.Paper) error {
	if p.State == foi.PaperDraft {
		return errs.New(errs.Conflict, "《%s》已经审核，文字不能再改；确需修改的，请审核人、签发人退回（条例§45）。", p.Title)
	}
	return errs.New(errs.Conflict, "《%s》%s，文字不能再改；有错的，另行制作更正的文书。", p.Title, p.State.Words().Chinese)
}

// complete tells what a letter lacks.
func complete(p foi.Paper) error {
	lacking := Lacking(p)
	if len(lacking) == 0 {
		return nil
	}
	var f errs.Fields
	for _, name := range lacking {
		f.Add("text", "《%s》应当写明“%s”%s，请补上。", p.Title, name, of(p.Kind))
	}
	return f.Err()
}

// of gives in brackets what a kind of letter rests on.
func of(kind string) string {
	text, err := BuiltIn(kind)
	if err != nil {
		return ""
	}
	t, err := Read(kind, text)
	if err != nil {
		return ""
	}
	return "（" + t.Cite + "）"
}

// PaperEdited, PaperSent and PaperVoided are what is done to letters here.
const (
	PaperEdited = foi.PaperEdited
	PaperSent   = foi.PaperIsSent
	PaperVoided = foi.PaperVoided
)

// Send notes that a letter has gone out: from then on it is as it is. A reply goes
// out by being served.
func (o *Office) Send(ctx context.Context, actor account.Actor, request, id string, on calendar.Date, way foi.ServiceWay) error {
	return o.change(ctx, actor, request, id, PaperSent, func(p *foi.Paper, _ foi.Request) error {
		today := o.Desk.Today()
		if on.IsZero() {
			on = today
		}
		switch {
		case p.Reply():
			return errs.New(errs.Conflict, "答复由签发人签发，再办理“送达答复”（国办公开办函〔2016〕235号）。")
		case p.State != foi.PaperDraft:
			return frozen(*p)
		case on.After(today):
			return errs.InField("on", "日期%s还没有到，请核对。", on)
		case on.Before(p.On):
			return errs.InField("on", "日期早于文书的日期%s，请核对。", p.On)
		case way == foi.Courier:
			return errs.InField("way", "文书应当通过邮政企业寄送（国办公开办函〔2016〕235号）。")
		case way.Words().Chinese == "":
			return errs.InField("way", "请选择送出的方式。")
		}
		if err := complete(*p); err != nil {
			return err
		}
		p.State, p.SentOn, p.SentBy, p.Way = foi.PaperSent, on, actor.ID, way
		return nil
	})
}

// change is the shape of every change of a letter by the clerk.
func (o *Office) change(ctx context.Context, actor account.Actor, request, id string, kind event.Kind, judge func(*foi.Paper, foi.Request) error) error {
	r, _, err := o.letter(ctx, actor, request, id)
	if err != nil {
		return err
	}
	if err := o.may(ctx, actor, account.HandleRequests, r.Organ); err != nil {
		return err
	}
	return o.Store.UpdatePaper(ctx, o.pen(actor), id, func(p *foi.Paper, r foi.Request) ([]event.Event, error) {
		if err := judge(p, r); err != nil {
			return nil, err
		}
		return []event.Event{o.happened(actor, kind, *p)}, nil
	})
}

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func (o *Office) happened(actor account.Actor, kind event.Kind, p foi.Paper) event.Event {
	e := o.pen(actor).Write(p.Organ, p.Subject(), kind, map[string]any{
		"request": p.Request, "kind": p.Kind, "number": p.Number, "version": len(p.Versions),
	})
	e.State = p.Digest()
	return e
}

// Redraw writes a letter anew from the template and what stands in the request now:
// what was missing is known by then. The text of before stays among the versions.
func (o *Office) Redraw(ctx context.Context, actor account.Actor, request, id string) error {
	r, _, err := o.letter(ctx, actor, request, id)
	if err != nil {
		return err
	}
	w, s, err := o.writer(ctx, actor, r.Organ)
	if err != nil {
		return err
	}
	return o.change(ctx, actor, request, id, PaperEdited, func(p *foi.Paper, r foi.Request) error {
		if !p.Editable(r) {
			return frozen(*p)
		}
		before := p.Text()
		if err := w.compose(p, r, s, toldOf(*p)); err != nil {
			return err
		}
		if p.Text() == before {
			return errs.New(errs.Conflict, "按现在的模板和案卷，文字没有变化。")
		}
		return nil
	})
}

// toldOf gives what was told of a letter that is written by hand.
func toldOf(p foi.Paper) Values {
	told := Values{"贵方": "贵机关"}
	for _, f := range p.Facts {
		if slices.Contains(Asked(p.Kind), f.Name) {
			told[f.Name] = f.Value
		}
	}
	return told
}

func (o *Office) writer(ctx context.Context, actor account.Actor, organ string) (writer, foi.Scene, error) {
	s, err := o.Desk.Scene(ctx, actor.ID, organ)
	if err != nil {
		return writer{}, s, err
	}
	w, err := o.Scribe.writer(ctx, organ)
	return w, s, err
}

// Write makes a letter that no act sends: a rectification, a transfer, a referral
// to the archive.
func (o *Office) Write(ctx context.Context, actor account.Actor, request, kind string, told Values) (id string, err error) {
	r, err := o.request(ctx, actor, request)
	if err != nil {
		return "", err
	}
	if err := o.may(ctx, actor, account.HandleRequests, r.Organ); err != nil {
		return "", err
	}
	w, s, err := o.writer(ctx, actor, r.Organ)
	if err != nil {
		return "", err
	}
	return o.written(ctx, actor, w, s, r.ID, kind, told)
}

func (o *Office) written(ctx context.Context, actor account.Actor, w writer, s foi.Scene, request, kind string, told Values) (id string, err error) {
	more := Values{"贵方": "贵机关"}
	var f errs.Fields
	if Asked(kind) == nil {
		f.Add("kind", "请选择文书的种类。")
	}
	for _, name := range Asked(kind) {
		if more[name] = strings.TrimSpace(told[name]); more[name] == "" {
			f.Add(name, "请填写“%s”。", name)
		}
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return id, o.Store.AddPaper(ctx, o.pen(actor), request, func(r foi.Request, around foi.Around) (foi.Paper, []event.Event, error) {
		p := foi.Paper{ID: o.IDs.New(), Request: r.ID, Organ: r.Organ, Kind: kind, On: s.Today, State: foi.PaperDraft, PostBy: foi.PostBy(kind, s.Today, s.Calendar)}
		id = p.ID
		if p.To = more[toConsulted]; p.To == "" {
			p.Party = 1
		}
		if err := w.compose(&p, r, s, more); err != nil {
			return p, nil, err
		}
		var err error
		if p.Number, err = s.Policy.Numbered(SeriesOf(kind), r.Organ, s.Today.Year(), around); err != nil {
			return p, nil, err
		}
		return p, []event.Event{o.happened(actor, foi.PaperWritten, p)}, nil
	})
}

// EventKinds gives the words for what happens to letters and templates.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: foi.PaperWritten, Chinese: "制作文书", English: "letter written"},
		{Kind: foi.PaperEdited, Chinese: "修改文书", English: "letter edited"},
		{Kind: foi.PaperIsSent, Chinese: "发出文书", English: "letter sent"},
		{Kind: foi.PaperVoided, Chinese: "文书作废", English: "letter made void"},
		{Kind: TemplateChanged, Chinese: "修改文书模板", English: "template of letters changed"},
		{Kind: TemplateReset, Chinese: "文书模板恢复为继承的内容", English: "template of letters reset"},
	}
}
