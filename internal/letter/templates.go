package letter

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// What happens to templates.
const (
	TemplateChanged event.Kind = "letter-template.changed"
	TemplateReset   event.Kind = "letter-template.reset"
)

// Held is what holds of a kind of letter in an organ.
type Held struct {
	Kind  string
	Text  string
	Title string
	From  string // key of the organ whose text it is; "" for the built-in one
	Saved Saved  // the zero value for the built-in one
	Own   bool   // the organ's own
}

// Templates gives what holds in an organ, in the order of a request's life.
func (o *Office) Templates(ctx context.Context, actor account.Actor, organ string) ([]Held, error) {
	if err := o.may(ctx, actor, account.SeeRequests, organ); err != nil {
		return nil, err
	}
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	chain := chainOf(tree, organ)
	saved, err := o.Store.Templates(ctx, chain)
	if err != nil {
		return nil, err
	}
	all := inForce(chain, saved)
	var held []Held
	for _, kind := range Kinds() {
		h := Held{Kind: kind}
		if s, ok := all[kind]; ok {
			h.Text, h.From, h.Saved, h.Own = s.Text, s.Organ, s, s.Organ == organ
		} else if h.Text, err = BuiltIn(kind); err != nil {
			return nil, err
		}
		head, _, _ := strings.Cut(h.Text, "\n")
		h.Title = strings.TrimSpace(strings.TrimPrefix(head, "title:"))
		held = append(held, h)
	}
	return held, nil
}

// Template gives what holds of one kind, and every text that the organ gave it,
// the latest first.
func (o *Office) Template(ctx context.Context, actor account.Actor, organ, kind string) (Held, []Saved, error) {
	all, err := o.Templates(ctx, actor, organ)
	if err != nil {
		return Held{}, nil, err
	}
	for _, h := range all {
		if h.Kind == kind {
			history, err := o.Store.TemplateHistory(ctx, organ, kind)
			return h, history, err
		}
	}
	return Held{}, nil, errs.New(errs.NotFound, "没有“%s”这种文书。", kind)
}

// MayTemplates tells with nil whether the actor may change an organ's templates.
func (o *Office) MayTemplates(ctx context.Context, actor account.Actor, organ string) error {
	return o.may(ctx, actor, account.EditLetters, organ)
}

// SaveTemplate gives a kind another text in an organ and below. What the law wants
// the letter to say must be in it. nth is the number of texts that were there
// when it was opened.
func (o *Office) SaveTemplate(ctx context.Context, actor account.Actor, organ, kind, text string, nth int) error {
	if err := o.MayTemplates(ctx, actor, organ); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	if _, err := Read(kind, text); err != nil {
		return err
	}
	return o.saveTemplate(ctx, actor, organ, kind, text, nth, TemplateChanged)
}

// ResetTemplate takes an organ's own text away: what is above it holds again, at
// the top the one that comes with the program.
func (o *Office) ResetTemplate(ctx context.Context, actor account.Actor, organ, kind string, nth int) error {
	if err := o.MayTemplates(ctx, actor, organ); err != nil {
		return err
	}
	return o.saveTemplate(ctx, actor, organ, kind, "", nth, TemplateReset)
}

// RestoreTemplate makes an earlier text of the organ hold again.
func (o *Office) RestoreTemplate(ctx context.Context, actor account.Actor, organ, kind string, earlier, nth int) error {
	if err := o.MayTemplates(ctx, actor, organ); err != nil {
		return err
	}
	history, err := o.Store.TemplateHistory(ctx, organ, kind)
	if err != nil {
		return err
	}
	for _, s := range history {
		if s.Nth == earlier && s.Text != "" {
			return o.SaveTemplate(ctx, actor, organ, kind, s.Text, nth)
		}
	}
	return errs.New(errs.NotFound, "没有这一稿。")
}

func (o *Office) saveTemplate(ctx context.Context, actor account.Actor, organ, kind, text string, nth int, what event.Kind) error {
	if _, err := BuiltIn(kind); err != nil {
		return err
	}
	return o.Store.SaveTemplate(ctx, organ, kind, func(last Saved) (Saved, []event.Event, error) {
		switch {
		case last.Nth != nth:
			return last, nil, errs.New(errs.Conflict, "别人刚刚改过这份模板；请看过现在的内容再改。")
		case last.Text == text:
			return last, nil, errs.New(errs.Conflict, "模板没有变化。")
		}
		next := Saved{Organ: organ, Kind: kind, Nth: nth + 1, Text: text, By: actor.ID, At: o.Clock.Now()}
		e := event.Pen{Actor: actor.ID, At: next.At, IDs: o.IDs}.Write(organ, event.Subject{Type: "letter-template", ID: organ + "." + kind}, what, map[string]any{"kind": kind, "nth": next.Nth})
		return next, []event.Event{e}, nil
	})
}
