package app

import (
	"context"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/web"
	"gongkai/internal/web/portal/apply"
)

// counterOf builds the counter of the public.
func (a *App) counterOf(r *rooms) *intake.Counter {
	return &intake.Counter{
		Store: store.Drafts{DB: a.db}, Desk: r.requests, Trees: r.book, Seals: a.keys, Vault: r.vault, Files: a.files(r.clock), Clock: r.clock,
		Hall: r.hall,
	}
}

// hall tells whether an address is that of a service hall.
func (r *rooms) hall(ctx context.Context, address string) (bool, error) {
	text, err := r.settings.Text(ctx, setting.Whole, setting.RequestHalls)
	if err != nil || text == "" {
		return false, err
	}
	list, err := setting.Addresses(text)
	return setting.Among(list, address), err
}

// asking tells how many forms of requests an address may send in a minute.
func (r *rooms) asking(ctx context.Context, address string) (int, error) {
	if hall, err := r.hall(ctx, address); hall || err != nil {
		return 0, err
	}
	return r.settings.Int(ctx, setting.Whole, setting.RequestPace)
}

// online tells a third party where it answers on the portal, and with which code.
func (a *App) online(r *rooms) func(request, ref string) (place, code string) {
	place := "本机关的政府信息公开平台“第三方意见”页面"
	if a.Config.BaseURL != "" {
		place = strings.TrimSuffix(a.Config.BaseURL, "/") + apply.Path + "/opinion"
	}
	return func(request, ref string) (string, string) { return place, r.counter.OpinionCode(request, ref) }
}

// folder is where the content of files lies, sealed.
func (a *App) folder() blob.Folder { return blob.Folder{Path: a.Config.Blobs(), Seals: a.keys} }

// files keeps what people send in.
func (a *App) files(c clock.Clock) store.Files {
	return store.Files{DB: a.db, Folder: a.folder(), Clock: c}
}

// apply are the pages of the public about requests.
func (a *App) apply(kit *web.Kit) apply.Apply {
	r := a.rooms
	requests := store.Requests{DB: a.db}
	return apply.Apply{
		Kit: kit, Counter: r.counter, Desk: r.requests, Requests: requests, Organs: r.book, Registry: registry{store.Organs{DB: a.db}}, Calendars: r.calendar,
		Log: r.log, History: a.db, Files: a.files(r.clock), Shown: r.release, Vault: r.vault, Letters: r.letters, Base: a.Config.BaseURL,
		Disclosed: a.disclosed(),
	}
}

// disclosed is the disclosure log of the organs that have one.
func (a *App) disclosed() *foi.Disclosed {
	r, requests := a.rooms, store.Requests{DB: a.db}
	return &foi.Disclosed{Store: requests, Log: requests, Trees: r.book, Shows: func(ctx context.Context, organ string) (bool, error) {
		return r.settings.Bool(ctx, organ, setting.RequestLog)
	}}
}

// registry looks up organs as they were on a day.
type registry struct{ store store.Organs }

// Version gives an organ as it stood on a day.
func (r registry) Version(id string, day calendar.Date) (org.Version, bool) {
	o, err := r.store.Organ(context.Background(), id)
	if err != nil {
		return org.Version{}, false
	}
	return o.On(day)
}

// limits are those of the options, with what is set for requests of the public.
func (a *App) limits(o Options) web.Limits {
	l := o.Limits
	if l.Secrets > 0 {
		l.Asking = a.rooms.asking
	}
	return l
}
