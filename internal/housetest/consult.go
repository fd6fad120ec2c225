package housetest

import (
	"context"

	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/store"
)

// Consultations gives the desk of consultations, with the real release guard; machines are
// not slowed down.
func (h *House) Consultations() *consult.Desk {
	return &consult.Desk{
		Store: store.Consultations{DB: h.DB}, Trees: h.Trees, Calendars: BuiltIn{}, Gate: consultGate{h.gate()}, Vault: h.Vault, Documents: finals{store.Documents{DB: h.DB}}, Clock: h.Now, IDs: h.IDs,
		Policies: func(ctx context.Context, organ string) (p consult.Policy, err error) {
			for name, into := range map[string]*int{setting.ConsultNormative: &p.Normative, setting.ConsultOther: &p.Other, setting.ConsultFeedback: &p.Feedback, setting.ConsultLead: &p.Lead} {
				if *into, err = h.Book.Int(ctx, organ, name); err != nil {
					return p, err
				}
			}
			return p, nil
		},
		Pace: func(context.Context, string) error { return nil },
	}
}

type consultGate struct{ publish.Gate }

// Look gives what the guard has to say.
func (g consultGate) Look(ctx context.Context, organ, name, text, hash string) ([]consult.Found, error) {
	found, err := g.Gate.Look(ctx, organ, name, text, hash)
	var all []consult.Found
	for _, f := range found {
		all = append(all, consult.Found{Rule: f.Rule, Says: f.Says, Place: f.Place, Blocks: f.Blocks})
	}
	return all, err
}

type finals struct{ store store.Documents }

// PublicTitle gives the title of a document that everybody may read.
func (f finals) PublicTitle(ctx context.Context, id string) (string, error) {
	d, err := f.store.Document(ctx, id)
	if err != nil {
		return "", err
	}
	if n, shown := d.Notice(); shown && n.Title != "" {
		return n.Title, nil
	}
	return "", errs.New(errs.NotFound, "没有这份公开的文件。")
}
