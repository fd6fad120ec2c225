package app

import (
	"context"

	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/setting"
	"gongkai/internal/store"
)

// opinionsAnHour is how many opinions an address may give in an hour. A service hall may
// share one.
const opinionsAnHour = 30

// consulting is the desk of consultations on drafts.
func (a *App) consulting(r *rooms) *consult.Desk {
	return &consult.Desk{
		Store: store.Consultations{DB: a.db}, Trees: r.book, Calendars: r.calendar, Gate: consultGate{look{r.release}, texts{a.opener, r.release.Content, store.Search{DB: a.db}}}, Vault: r.vault, Documents: finals{store.Documents{DB: a.db}}, Clock: r.clock, IDs: r.ids,
		Policies: func(ctx context.Context, organ string) (p consult.Policy, err error) {
			for name, into := range map[string]*int{setting.ConsultNormative: &p.Normative, setting.ConsultOther: &p.Other, setting.ConsultFeedback: &p.Feedback, setting.ConsultLead: &p.Lead} {
				if *into, err = r.settings.Int(ctx, organ, name); err != nil {
					return p, err
				}
			}
			return p, nil
		},
		Pace: func(ctx context.Context, address string) error {
			return r.counter.Pace(ctx, address, "opinion", opinionsAnHour, "这个网络地址在一小时内提交的意见已经很多，为防止机器提交，请在%s以后再试，或者用页面上的其他方式提出。")
		},
	}
}

// consultGate is the release guard, as consultations ask it.
type consultGate struct {
	look
	texts texts
}

// Look gives what the guard has to say of a text or a kept file.
func (g consultGate) Look(ctx context.Context, organ, name, text, hash string) ([]consult.Found, error) {
	found, err := g.look.Look(ctx, organ, name, text, hash)
	var all []consult.Found
	for _, f := range found {
		all = append(all, consult.Found{Rule: f.Rule, Says: f.Says, Place: f.Place, Blocks: f.Blocks})
	}
	if err == nil && hash != "" {
		err = g.texts.Keep(ctx, name, hash) // by which it is found
	}
	return all, err
}

// finals tells of the documents in which consultations end.
type finals struct{ store store.Documents }

// PublicTitle gives the title of a document that everybody may read.
func (f finals) PublicTitle(ctx context.Context, id string) (string, error) {
	d, err := f.store.Document(ctx, id)
	if err != nil {
		return "", err
	}
	n, shown := d.Notice()
	if !shown || n.Title == "" {
		return "", errs.New(errs.NotFound, "没有这份公开的文件。")
	}
	return n.Title, nil
}
