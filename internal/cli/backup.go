package cli

import (
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
	return c.with(a, func(cfg config.Config, s *server.App) error {
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
	File string `arg:"" help:"arg.restore.file"`
}

// Run reads the whole archive before it touches anything.
func (c *restoreCmd) Run(a *app) (err error) {
	cfg, err := c.load(a, nil)
	if err != nil {
		return err
	}
	open := func() (io.ReadCloser, error) {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, errs.Wrap(err, errs.NotFound, "备份文件 %s 打不开。", c.File)
		}
		return f, nil
	}
	f, err := open()
	if err != nil {
		return err
	}
	m, err := backup.Check(a.ctx, f)
	f.Close()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "数据目录 %s 不能建立，请检查权限。", cfg.Data)
	}
	db, err := store.Open(a.ctx, cfg.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	target := store.Filler{DB: db, Program: Version, Now: clock.System{}.Now()}
	if err := backup.Restore(a.ctx, m, open, target, blob.Folder{Path: cfg.Blobs()}); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.say.T("restore.done", m.Made.In(clock.Shanghai).Format("2006-01-02 15:04"), rowsIn(m), m.Files))
	if _, err := os.Stat(cfg.Keys); err != nil {
		fmt.Fprintln(a.stdout, a.say.T("restore.keys", cfg.Keys, m.LogKey))
	}
	return nil
}
