package store

import (
	"context"
	"io"
	"os"

	"gongkai/internal/blob"
	"gongkai/internal/clock"
)

// Files keeps what people send in: the content in the folder, that it is there in
// the database, so that a backup takes it along and verify looks after it.
type Files struct {
	DB     *DB
	Folder blob.Folder
	Clock  clock.Clock
}

// Put keeps a file of at most so many bytes.
func (f Files) Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error) {
	info, err := f.Folder.Put(r, most)
	if err != nil {
		return info, err
	}
	return info, f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING",
			info.Hash, info.Size, info.MediaType, micros(f.Clock.Now()))
		return err
	})
}

// Info gives what is known of a file; NotFound when there is none.
func (f Files) Info(ctx context.Context, hash string) (info blob.Info, err error) {
	err = f.DB.read.QueryRowContext(ctx, "SELECT hash, size, media_type FROM blob WHERE hash = $1", hash).Scan(&info.Hash, &info.Size, &info.MediaType)
	return info, missing(err, "没有这个文件。")
}

// Open gives the content of a file.
func (f Files) Open(hash string) (*os.File, error) { return f.Folder.Open(hash) }
