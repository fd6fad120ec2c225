package store

import (
	"context"
	"encoding/json"
	"io"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/release"
)

// Releases keeps files on their way out with a reply, and what was found in them.
type Releases struct{ DB *DB }

func scanRelease(row interface{ Scan(...any) error }) (f release.File, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return f, err
	}
	if err := json.Unmarshal([]byte(file), &f); err != nil {
		return f, errs.Wrap(err, errs.Corrupt, "文件的记录损坏，读不出来；请从备份恢复。")
	}
	return f, nil
}

// Files gives those of a request, in the order in which they came.
func (s Releases) Files(ctx context.Context, request string) ([]release.File, error) {
	return releasesOf(ctx, s.DB.read, request)
}

func releasesOf(ctx context.Context, q querier, request string) ([]release.File, error) {
	return collect(ctx, q, scanRelease, "SELECT file FROM release_file WHERE request_id = $1 ORDER BY id", request)
}

// Change changes the files of a request as judge says.
func (s Releases) Change(ctx context.Context, pen event.Pen, request string, judge func(foi.Request, []release.File) ([]release.File, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := requestByID(ctx, tx, request, tx.forUpdate())
		if err != nil {
			return err
		}
		before, err := releasesOf(ctx, tx, request)
		if err != nil {
			return err
		}
		files, err := releasesOf(ctx, tx, request) // judge may change what it is given
		if err != nil {
			return err
		}
		files, events, err := judge(r, files)
		if err != nil {
			return err
		}
		if err := tx.saveReleases(ctx, request, files); err != nil {
			return err
		}
		if err := tx.countFiles(ctx, r, before, files); err != nil {
			return err
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		return tx.keepDeciding(ctx, pen, r, before, files)
	})
}

// saveReleases makes the files of a request those that are given.
func (tx *Tx) saveReleases(ctx context.Context, request string, files []release.File) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM release_file WHERE request_id = $1", request); err != nil {
		return err
	}
	for _, f := range files {
		text, err := json.Marshal(f)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO release_file (id, request_id, organ_id, hash, file) VALUES ($1, $2, $3, $4, $5)", f.ID, f.Request, f.Organ, f.Hash, string(text)); err != nil {
			return err
		}
	}
	return tx.useOfReleases(ctx, request, files)
}

// Checks gives what was found in files, by hash.
func (s Releases) Checks(ctx context.Context, hashes []string) (map[string]release.Check, error) {
	all := map[string]release.Check{}
	for _, hash := range hashes {
		found, err := collect(ctx, s.DB.read, scanText, "SELECT result FROM file_check WHERE hash = $1", hash)
		if err != nil {
			return all, err
		}
		if len(found) == 0 {
			continue // never looked through
		}
		var c release.Check
		if err := json.Unmarshal([]byte(found[0]), &c); err != nil {
			return all, errs.Wrap(err, errs.Corrupt, "文件检查的记录损坏，读不出来；请重新上传文件。")
		}
		all[hash] = c
	}
	return all, nil
}

// Append keeps what happened where nothing else changes.
func (s Releases) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}

// KeepCheck keeps what was found; a later look takes the place of an earlier one.
func (s Releases) KeepCheck(ctx context.Context, c release.Check) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO file_check (hash, checked_at, result) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET checked_at = excluded.checked_at, result = excluded.result`, c.Hash, micros(c.At), string(text)); err != nil {
			return err
		}
		return tx.countChecked(ctx, c.Hash)
	})
}

// Keep keeps the content of a file and gives its hash.
func (f Files) Keep(ctx context.Context, r io.Reader, most int64) (string, error) {
	info, err := f.Put(ctx, r, most)
	return info.Hash, err
}

// Read gives the whole content of a file.
func (f Files) Read(hash string) ([]byte, error) {
	file, err := f.Open(hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}
