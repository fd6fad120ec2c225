package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/world"
)

// OpenDemo opens gongkai with the invented county; it is made where there is
// nothing yet. With reset everything in the folder of the demo is thrown away
// first. Passwords of the demo are worth nothing: anybody may be anybody there.
func OpenDemo(ctx context.Context, o Options, reset bool) (*App, error) {
	if err := ownFolder(o.Config.Data, reset); err != nil {
		return nil, err
	}
	o.Hasher, o.demo = account.NewQuickHasher(), world.Logins()
	o.Config.Mail, o.Config.SMS = config.Mail{}, config.SMS{} // nobody of the county has a mailbox
	p, err := openPlatform(ctx, o.Config)
	if err != nil {
		return nil, err
	}
	o.platform, o.Config.WeChat = p, p.address
	if err := makeWorld(ctx, o); err != nil {
		return nil, errors.Join(err, p.close())
	}
	a, err := Open(ctx, o)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	a.platform = p
	return a, nil
}

// demoMark stands in a folder that the demo made, and that it may empty. It is
// empty itself until the county is complete.
const demoMark = "DEMO"

// ownFolder makes sure that the demo works in a folder of its own, and that a
// county which was not finished is begun anew.
func ownFolder(folder string, reset bool) error {
	mark := filepath.Join(folder, demoMark)
	info, err := os.Stat(mark)
	if err == nil && (reset || info.Size() == 0) {
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	if entries, readErr := os.ReadDir(folder); readErr == nil && len(entries) > 0 && err != nil {
		return errs.New(errs.Conflict, "目录 %s 里有别的内容，不是演示数据；请用 --dir 换一个目录。", folder).
			InEnglish("the folder %s holds something else than a demo: name another one with --dir", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "数据目录 %s 不能建立，请检查权限。", folder).
			InEnglish("the data folder %s cannot be made: check the rights", folder)
	}
	f, err := os.OpenFile(mark, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// makeWorld builds the county in an empty database, on a clock that runs through
// its year.
func makeWorld(ctx context.Context, o Options) (err error) {
	now := o.Clock
	if now == nil {
		now = clock.System{}
	}
	c := clock.At(world.Begin)
	o.Clock, o.demo = c, nil
	a, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	open, err := a.Founding.Open(ctx)
	if err == nil && open {
		o.platform.setClock(c)
		err = a.populate(ctx, c, lived(now.Now()))
		o.platform.setClock(now)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.Config.Data, demoMark), []byte("gongkai demo --reset empties this folder\n"), 0o600)
}

// lived gives the hour up to which the county lives: now, or the December after which
// no holidays are announced yet, because no limit is counted into such a year.
func lived(now time.Time) time.Time {
	cal, err := calendar.Default()
	if err != nil {
		return now
	}
	_, last := cal.Years()
	if end := time.Date(last, time.December, 20, 12, 0, 0, 0, clock.Shanghai); now.After(end) {
		return end
	}
	return now
}

// populate lets the county live until now.
func (a *App) populate(ctx context.Context, c *clock.Manual, now time.Time) error {
	offices := a.rooms.offices()
	offices.Files = a.files(a.rooms.clock)
	offices.Now, offices.Told = now, a.told
	// The county carries its texts itself and waits for nobody.
	a.rooms.documents.Wake = nil
	a.rooms.collect.Wake = nil
	a.rooms.channels.Pause = func(context.Context, time.Duration) error { return nil }
	if _, err := world.Build(ctx, offices, c); err != nil {
		return err
	}
	if err := a.told(ctx); err != nil {
		return err
	}
	return errors.Join(a.visit(ctx), a.remind(ctx))
}

// visit lets people have read what is public, some of it more than the rest: the front
// page shows what is read most.
func (a *App) visit(ctx context.Context) error {
	page, err := a.published().Catalogue(ctx, account.Place{}, paging.Query{Page: 1, Size: 4 * rankedMost})
	if err != nil {
		return err
	}
	for i, d := range page.Rows {
		for range 3 + 7*i%31 {
			a.reads.add(d.ID)
		}
	}
	return errors.Join(a.flushReads(ctx), a.rankReads(ctx))
}

// told gives all that has happened its place in the log, and tells people of it.
func (a *App) told(ctx context.Context) error {
	for {
		if n, err := a.rooms.sequencer.Once(ctx); err != nil {
			return err
		} else if n == 0 {
			return a.readOn(ctx)
		}
	}
}

func (r *rooms) offices() world.Offices {
	return world.Offices{Organs: r.organs, People: r.people, Work: r.work, Requests: r.requests, Letters: r.letters, Documents: r.documents, Channels: r.channels, Reports: r.reports, Collect: r.collect, Settle: r.setters.Change, Notices: r.notify, Faults: r.faults, Filings: r.filings, Consults: r.consults, Contact: func(ctx context.Context, p account.Person, kind, plain string) error {
		return r.vault.PutOwn(ctx, p.Actor(), kind, plain)
	}}
}
