package app

import (
	"context"
	"time"

	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/wechat"
)

// carryText is the job that carries one text.
const carryText job.Kind = "channel.carry"

// channels is the office of the channels beside the website. What people do there and
// with documents wakes a job; the sweep finds what no job was made for.
func (a *App) channels(o Options, r *rooms) *channel.Office {
	service := wechat.Service{Base: o.Config.WeChat, Tokens: &wechat.Tokens{Clock: o.Clock}}
	office := &channel.Office{
		Desk: r.documents, Store: store.Channels{DB: a.db}, Files: r.release.Content, Seals: a.keys, Trees: r.book, Clock: o.Clock, IDs: r.ids, Base: o.site(),
		Lines: func(c publish.Channel, k channel.Keys) (channel.Line, error) {
			if c != publish.WeChat {
				return nil, errs.New(errs.Conflict, "这个渠道没有接口，请人工发布后登记。")
			}
			return &wechat.Account{Service: service, App: k.App, Secret: k.Secret}, nil
		},
		Pause: rest,
	}
	r.documents.Ready = office.Ready
	r.documents.Wake = func(ctx context.Context, document string, refs []string) {
		for _, ref := range refs {
			if err := a.queueText(ctx, channel.Errand{Document: document, Ref: ref}); err != nil {
				a.Log.WarnContext(ctx, "a text waits for the sweep", "document", document, "post", ref, "error", err)
			}
		}
	}
	return office
}

// rest waits.
func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// queueText makes the job of a text, unless there is one.
func (a *App) queueText(ctx context.Context, e channel.Errand) error {
	_, err := a.rooms.queue.Add(ctx, carryText, e, job.Options{Single: "channel/" + e.Document + "/" + e.Ref})
	return err
}

func (a *App) carryText(ctx context.Context, j *job.Active) error {
	var e channel.Errand
	if err := j.Read(&e); err != nil {
		return err
	}
	return a.rooms.channels.Carry(ctx, e, j.Attempts >= job.Attempts)
}

func (a *App) sweepChannels(ctx context.Context) (int, error) {
	return a.rooms.channels.Busy(ctx, func(e channel.Errand) error { return a.queueText(ctx, e) })
}
