package app

import (
	"context"

	"gongkai/internal/store"
)

// Verify tells everything that was changed past the program: the database, its
// records, the files, the personal data, the log.
func (a *App) Verify(ctx context.Context, report func(store.Finding)) error {
	return a.verify(ctx, func(int, int) {}, report)
}

func (a *App) verify(ctx context.Context, progress func(done, total int), report func(store.Finding)) error {
	keys, err := a.keys.LogVerifiers()
	if err != nil {
		return err
	}
	// What waits for its place is looked at too. A log that was damaged takes
	// nothing more; what is wrong with it is told below.
	_, stuck := a.rooms.sequencer.Once(ctx)
	whole := true
	tell := func(f store.Finding) {
		whole = false
		report(f)
	}
	checks := []func() error{
		func() error { return a.db.VerifyDatabase(ctx, tell) },
		func() error { return a.db.VerifyLog(ctx, keys, tell) },
		func() error { return a.db.VerifyState(ctx, tell) },
		func() error { return a.db.VerifyTallies(ctx, tell) },
		func() error { return a.db.VerifyFiled(ctx, tell) },
		func() error { return a.db.VerifyIndexes(ctx, tell) },
		func() error { return a.db.VerifyFiles(ctx, a.Backups.Files, tell) },
		func() error { return a.verifySealed(ctx, tell) },
	}
	for i, check := range checks {
		progress(i, len(checks))
		if err := check(); err != nil {
			return err
		}
	}
	progress(len(checks), len(checks))
	if whole {
		return stuck
	}
	return nil
}

// verifySealed tells what the keys do not open.
func (a *App) verifySealed(ctx context.Context, report func(store.Finding)) error {
	for _, s := range a.values() {
		if err := s.Sealed(ctx, func(place string, sealed []byte) error {
			if _, err := a.keys.Open(place, sealed); err != nil {
				report(store.Finding{
					Room: "personal", ID: place, Chinese: "加密保存的内容 " + place + " 不能解开：内容被改动过，或者密钥文件不对。",
					English: "what is sealed at " + place + " does not open: it was changed, or the key file is another one",
				})
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
