// Package app puts gongkai together: the database and its upgrade, the keys, the
// rooms with what they need of each other, the table of routes, the jobs. It is
// the only place that knows all of them, and it decides nothing.
//
// Open builds everything; Serve answers on a listener and does the jobs; Work
// does the jobs alone. Start at Open; the table of routes is in routes.go.
package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/account"
	"gongkai/internal/backup"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/founding"
	"gongkai/internal/ident"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/web"
)

// Options are what a process is opened with.
type Options struct {
	Config  config.Config
	Version string
	Log     *slog.Logger
	Clock   clock.Clock     // nil for the machine's
	Hasher  *account.Hasher // nil for the one of production
	Limits  web.Limits      // of requests; zero for none
	// Existing demands data of this version: what is done beside a server neither
	// begins a deployment in a mistyped folder nor upgrades one.
	Existing bool
	demo     []string // logins of those who can be entered as
	platform *standIn // of the demo: stands in for WeChat
}

// App is gongkai, ready to serve.
type App struct {
	Config   config.Config
	Log      *slog.Logger
	Handler  http.Handler
	Routes   []web.Route
	Founding *founding.Office
	People   *account.Office
	Backups  backup.Shelf

	db       *store.DB
	keys     *seal.Keys
	rooms    *rooms
	opener   *open.Opener // of files that go out
	platform *standIn     // of the demo: stands in for WeChat
	reads    *reads       // of documents, not yet kept
	setup    string       // secret of the first set-up; "" when it is done
}

// Open opens the database, upgrades it (with a backup before, when it has data),
// loads the keys, and builds everything. Nothing runs yet.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Hasher == nil {
		o.Hasher = account.NewHasher()
	}
	if o.Existing {
		if _, err := os.Stat(o.Config.Database); errors.Is(err, fs.ErrNotExist) && !store.IsURL(o.Config.Database) {
			return nil, noData(o.Config)
		}
	}
	if err := os.MkdirAll(o.Config.Data, 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "数据目录 %s 不能建立，请检查权限。", o.Config.Data).
			InEnglish("the data folder %s cannot be made: check the rights", o.Config.Data)
	}
	db, err := store.Open(ctx, o.Config.Database)
	if err != nil {
		return nil, err
	}
	a := &App{Config: o.Config, Log: o.Log, db: db, reads: &reads{}}
	if err := a.open(ctx, o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context, o Options) error {
	schema, err := a.db.Schema(ctx)
	if err == nil && o.Existing {
		err = existing(o.Config, schema)
	}
	if err != nil {
		return err
	}
	if a.keys, err = loadKeys(o.Config, schema.Fresh(), o.Clock.Now()); err != nil {
		return err
	}
	if active := a.keys.Active(); string(active.Algorithm) != o.Config.Seal {
		a.Log.Warn("another algorithm is configured than the active key has: run gongkai keys rotate", "key", active.ID, "algorithm", active.Algorithm, "configured", o.Config.Seal)
	}
	a.Backups = backup.Shelf{
		Folder: o.Config.Backups, Source: a.db, Files: a.folder(), Clock: o.Clock, Program: o.Version, LogKey: a.keys.PublicKey(),
	}
	if err := a.upgrade(ctx, o); err != nil {
		return err
	}
	if err := a.ownKeys(ctx); err != nil {
		return err
	}
	if a.rooms, err = a.build(o); err != nil {
		return err
	}
	a.People, a.Founding = a.rooms.people, a.rooms.founding
	open, err := a.Founding.Open(ctx)
	if err != nil {
		return err
	}
	if open && len(o.demo) == 0 {
		a.setup = ident.Secret()
	}
	return a.mount(ctx, o)
}

// loadKeys reads the key file, or makes one for a database that is new. One that
// is missing beside data is never replaced: with other keys nothing opens.
func loadKeys(c config.Config, fresh bool, now time.Time) (*seal.Keys, error) {
	keys, err := seal.Load(c.Keys)
	if errs.KindOf(err) != errs.NotFound {
		return keys, err
	}
	if !fresh {
		return nil, errs.Wrap(err, errs.Conflict, "数据库里已有数据，但密钥文件 %s 不见了；请从保管的副本恢复它，没有它个人信息无法读取。", c.Keys).
			InEnglish("there is data but no key file %s: put it back, for without it personal data cannot be read", c.Keys)
	}
	name := "gongkai"
	if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() != "" {
		name = u.Hostname()
	}
	if err := os.MkdirAll(filepath.Dir(c.Keys), 0o700); err != nil {
		return nil, err
	}
	return seal.Create(c.Keys, name, seal.Algorithm(c.Seal), now)
}

// ownKeys refuses a key file that belongs to other data: with it nothing that is
// sealed opens, and the log would go on under another name.
func (a *App) ownKeys(ctx context.Context) error {
	keys, err := a.keys.LogVerifiers()
	if err != nil {
		return err
	}
	head, err := store.Log{DB: a.db}.Latest(ctx)
	if err != nil {
		return nil // no log yet, or a damaged one, which is for gongkai verify to name
	}
	var unknown *note.UnverifiedNoteError
	if _, err := event.OpenHead(head.Note, keys); errors.As(err, &unknown) {
		return errs.Wrap(err, errs.Conflict, "密钥文件 %s 不属于这个数据库；请从保管的副本恢复原来的密钥文件。", a.Config.Keys).
			InEnglish("the key file %s does not belong to this database: put its own one back", a.Config.Keys)
	}
	return nil
}

// upgrade brings the tables up to this program. A database with data is backed
// up before, in the form of its own version; where that fails it stays as it is.
func (a *App) upgrade(ctx context.Context, o Options) error {
	return a.db.Upgrade(ctx, o.Version, o.Clock.Now(), func(ctx context.Context, schema store.Schema) error {
		entry, _, err := a.Backups.Make(ctx, "upgrade")
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "升级之前的备份没有做成，数据库没有升级；请检查备份目录 %s 的权限和空间。", o.Config.Backups).
				InEnglish("the backup before the upgrade failed, so the database was not upgraded: check the rights of %s and the space there", o.Config.Backups)
		}
		a.Log.Info("backup before upgrade", "name", entry.Name, "from", schema.Database, "to", schema.Program)
		return nil
	})
}

func existing(c config.Config, s store.Schema) error {
	switch {
	case s.Fresh():
		return noData(c)
	case !s.Current():
		return errs.New(errs.Conflict, "数据库还是旧版本的结构（第%d版，本程序用第%d版）：请先用本程序启动 gongkai serve，它会先备份再升级；或者用原来的程序。", s.Database, s.Program).
			InEnglish("the tables are of an older version (%d, this program uses %d): start gongkai serve once, which makes a backup and upgrades them, or use the older program", s.Database, s.Program)
	}
	return nil
}

// noData names where there is nothing; an address may hold a password.
func noData(c config.Config) error {
	where := c.Database
	if store.IsURL(where) {
		where = "PostgreSQL"
	}
	return errs.New(errs.NotFound, "这里还没有 gongkai 的数据：%s。请检查 --data 或者 --database；新建请用 gongkai serve 或者 gongkai init。", where).
		InEnglish("there is no data of gongkai yet: %s. Check --data or --database; gongkai serve or gongkai init begin anew", where)
}

// Close waits for what was accepted and closes the database.
func (a *App) Close() error {
	var ends []error
	if a.platform != nil {
		ends = append(ends, a.platform.close())
	}
	if a.opener != nil {
		ends = append(ends, a.opener.Close())
	}
	return errors.Join(append(ends, a.db.Close())...)
}

// SetupSecret gives the secret of the first set-up, "" when it is done.
func (a *App) SetupSecret() string { return a.setup }
