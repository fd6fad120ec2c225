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
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/errs"
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
	demo    []string        // logins of those who can be entered as
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

	db    *store.DB
	keys  *seal.Keys
	rooms *rooms
	setup string // secret of the first set-up; "" when it is done
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
	if err := os.MkdirAll(o.Config.Data, 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "数据目录 %s 不能建立，请检查权限。", o.Config.Data)
	}
	db, err := store.Open(ctx, o.Config.Database)
	if err != nil {
		return nil, err
	}
	a := &App{Config: o.Config, Log: o.Log, db: db}
	if err := a.open(ctx, o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context, o Options) error {
	schema, err := a.db.Schema(ctx)
	if err != nil {
		return err
	}
	if a.keys, err = loadKeys(o.Config, schema.Fresh(), o.Clock.Now()); err != nil {
		return err
	}
	a.Backups = backup.Shelf{
		Folder: o.Config.Backups, Source: a.db, Files: blob.Folder{Path: o.Config.Blobs()}, Clock: o.Clock, Program: o.Version, LogKey: a.keys.PublicKey(),
	}
	if err := a.upgrade(ctx, schema, o); err != nil {
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
		return nil, errs.Wrap(err, errs.Conflict, "数据库里已有数据，但密钥文件 %s 不见了；请从保管的副本恢复它，没有它个人信息无法读取。", c.Keys)
	}
	name := "gongkai"
	if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() != "" {
		name = u.Hostname()
	}
	if err := os.MkdirAll(filepath.Dir(c.Keys), 0o700); err != nil {
		return nil, err
	}
	return seal.Create(c.Keys, name, seal.AES, now)
}

// upgrade brings the tables up to this program. A database with data is backed
// up before, in the form of its own version; where that fails it stays as it is.
func (a *App) upgrade(ctx context.Context, schema store.Schema, o Options) error {
	if schema.Current() {
		return nil
	}
	if !schema.Fresh() {
		entry, _, err := a.Backups.Make(ctx, "upgrade")
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "升级之前的备份没有做成，数据库没有升级；请检查备份目录 %s 的权限和空间。", o.Config.Backups)
		}
		a.Log.Info("backup before upgrade", "name", entry.Name, "from", schema.Database, "to", schema.Program)
	}
	return a.db.Migrate(ctx, o.Version, o.Clock.Now())
}

// Close waits for what was accepted and closes the database.
func (a *App) Close() error { return a.db.Close() }

// SetupSecret gives the secret of the first set-up, "" when it is done.
func (a *App) SetupSecret() string { return a.setup }
