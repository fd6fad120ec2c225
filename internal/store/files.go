package store

import (
	"context"
	"io"

	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// Files keeps what people send in: the content sealed in the folder, that it is
// there in the database, so that a backup takes it along and verify looks after it.
type Files struct {
	DB     *DB
	Folder blob.Folder
	Clock  clock.Clock
}

// Put keeps a file of at most so many bytes. It gets its name while its row is
// held, so that it is not taken off in the moment in which somebody needs it again.
func (f Files) Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error) {
	staged, err := f.Folder.Stage(r, most)
	if err != nil {
		return blob.Info{}, err
	}
	defer staged.Drop()
	info := staged.Info
	return info, f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (hash) DO UPDATE SET size = excluded.size, media_type = excluded.media_type, created_at = excluded.created_at, erased_at = 0`,
			info.Hash, info.Size, info.MediaType, micros(f.Clock.Now())); err != nil {
			return err
		}
		return staged.Keep()
	})
}

// Info gives what is known of a file; NotFound when there is none.
func (f Files) Info(ctx context.Context, hash string) (info blob.Info, err error) {
	var erased int64
	err = f.DB.read.QueryRowContext(ctx, "SELECT hash, size, media_type, erased_at FROM blob WHERE hash = $1", hash).Scan(&info.Hash, &info.Size, &info.MediaType, &erased)
	info.Erased = moment(erased)
	return info, missing(err, "没有这个文件。")
}

// Open gives the content of a file.
func (f Files) Open(hash string) (io.ReadSeekCloser, error) { return f.Folder.Open(hash) }

// Reseal seals the keys of files anew with the active key, and gives the number.
// It may be broken off and run again.
func (f Files) Reseal(ctx context.Context) (int, error) {
	n := 0
	err := f.each(ctx, func(hash string) error {
		did, err := f.Folder.Reseal(hash)
		if did {
			n++
		}
		return err
	})
	return n, err
}

// Sealed goes through the sealed keys of the files.
func (f Files) Sealed(ctx context.Context, look func(place string, sealed []byte) error) error {
	return f.each(ctx, func(hash string) error {
		key, err := f.Folder.Key(hash)
		if err != nil {
			return err
		}
		return look("file/"+hash, key)
	})
}

// each goes through the files that are there. What is missing or was changed is
// for verify to name.
func (f Files) each(ctx context.Context, do func(hash string) error) error {
	hashes, err := f.DB.Files(ctx)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := do(hash)
		if kind := errs.KindOf(err); err != nil && kind != errs.NotFound && kind != errs.Corrupt {
			return err
		}
	}
	return nil
}
