package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	server "gongkai/internal/app"
	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/seal"
	"gongkai/internal/store"
)

// backupCmd is gongkai backup: one archive of everything but the keys, also
// while the site is served.
type backupCmd struct {
	place
	File string `arg:"" optional:"" help:"arg.backup.file"`
}

// Run writes the archive to a file, else into the folder of backups.
func (c *backupCmd) Run(a *app) error {
	return c.beside(a, func(cfg config.Config, s *server.App) error {
		path := c.File
		var (
			m   backup.Manifest
			err error
		)
		if path == "" {
			var e backup.Entry
			e, m, err = s.Backups.Make(a.ctx, "manual")
			path = filepath.Join(cfg.Backups, e.Name)
		} else {
			m, err = s.Backups.MakeAt(a.ctx, path)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("backup.made", path, rowsIn(m), m.Files))
		fmt.Fprintln(a.stdout, a.say.T("backup.keys", cfg.Keys))
		return nil
	})
}

func rowsIn(m backup.Manifest) (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// restoreCmd is gongkai restore: an archive into an empty place.
type restoreCmd struct {
	place
	File    string `arg:"" help:"arg.restore.file"`
	Trusted bool   `help:"flag.restore.trusted"`
}

// Run reads the whole archive before it touches anything.
func (c *restoreCmd) Run(a *app) error {
	cfg, err := c.load(a, nil)
	if err != nil {
		return err
	}
	m, err := c.check(a)
	if err != nil {
		return err
	}
	if err := c.restore(a, cfg, m); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.say.T("restore.done", m.Made.In(clock.Shanghai).Format("2006-01-02 15:04"), rowsIn(m), m.Files))
	keys, err := seal.Load(cfg.Keys)
	switch {
	case errs.KindOf(err) == errs.NotFound:
		fmt.Fprintln(a.stdout, a.say.T("restore.keys", cfg.Keys, m.LogKey))
	case err != nil:
		return err
	case keys.PublicKey() != m.LogKey:
		fmt.Fprintln(a.stdout, a.say.T("restore.other-keys", cfg.Keys, m.LogKey))
	}
	return nil
}

func (c *restoreCmd) open() (io.ReadCloser, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, errs.Wrap(err, errs.NotFound, "备份文件 %s 打不开。", c.File).InEnglish("the backup %s cannot be opened", c.File)
	}
	return f, nil
}

func (c *restoreCmd) check(a *app) (m backup.Manifest, err error) {
	f, err := c.open()
	if err != nil {
		return m, err
	}
	defer f.Close()
	return backup.Check(a.ctx, f, c.Trusted)
}

func (c *restoreCmd) restore(a *app, cfg config.Config, m backup.Manifest) (err error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "数据目录 %s 不能建立，请检查权限。", cfg.Data).
			InEnglish("the data folder %s cannot be made: check the rights", cfg.Data)
	}
	db, err := store.Open(a.ctx, cfg.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	target := store.Filler{DB: db, Program: Version, Now: clock.System{}.Now()}
	return backup.Restore(a.ctx, m, c.open, target, blob.Folder{Path: cfg.Blobs()})
}
