package app

import (
	"context"
	"time"

	"gongkai/internal/seal"
	"gongkai/internal/store"
)

// Verify tells everything that was changed past the program: the database, its
// records, the files, the personal data, the log.
func (a *App) Verify(ctx context.Context, report func(store.Finding)) error {
	keys, err := a.keys.LogVerifiers()
	if err != nil {
		return err
	}
	if _, err := a.rooms.sequencer.Once(ctx); err != nil { // what waits for its place is looked at too
		return err
	}
	for _, check := range []func() error{
		func() error { return a.db.VerifyDatabase(ctx, report) },
		func() error { return a.db.VerifyLog(ctx, keys, report) },
		func() error { return a.db.VerifyState(ctx, report) },
		func() error { return a.db.VerifyFiles(ctx, a.Backups.Files, report) },
		func() error {
			return a.rooms.vault.Unreadable(ctx, func(id string) {
				report(store.Finding{
					Room: "personal", ID: id, Chinese: "个人信息 " + id + " 不能解开：内容被改动过，或者密钥文件不对。",
					English: "personal datum " + id + " does not open: it was changed, or the key file is another one",
				})
			})
		},
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// RotateKeys adds a key and seals all personal data anew with it; it gives their
// number.
func (a *App) RotateKeys(ctx context.Context, algorithm seal.Algorithm, now time.Time) (int, error) {
	if err := a.keys.Rotate(algorithm, now); err != nil {
		return 0, err
	}
	return a.rooms.vault.Reseal(ctx)
}
