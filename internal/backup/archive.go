// Package backup writes everything gongkai keeps into one archive that belongs
// to no database, and reads it back: rows as JSON lines out of one snapshot, the
// files, and a manifest with the SHA-256 of each member. What came from SQLite
// restores into PostgreSQL and back.
//
// An archive is a tar packed with zstd. Its members are
//
//	table/<name>/<number>.jsonl   rows of a table, each a JSON array in the order of the manifest's columns
//	file/<sha-256>                files, sealed as they lie on the disk; the name is that of the content
//	manifest.json                 the last member
//
// Sessions are not in it, and neither is the key file: who finds a backup cannot
// read personal data. The manifest names the log's public key, so that it is
// known which key file belongs to it.
//
// Start at Write and Check.
package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
)

// Kind is what a column holds.
type Kind string

// The kinds; JSON has bytes in base64.
const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Bytes   Kind = "bytes"
)

// Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is a table as a snapshot has it.
type Table struct {
	Name    string
	Columns []Column
	// Rows hands over every row, in the order in which it can be put back.
	Rows func(ctx context.Context, yield func(row []any) error) error
}

// Source is a database that can be backed up.
type Source interface {
	// Snapshot hands over all tables as of one moment, while others write on.
	Snapshot(ctx context.Context, use func(schema int64, tables []Table, files []string) error) error
	// HasFile tells whether a file is still to be there.
	HasFile(ctx context.Context, hash string) (bool, error)
}

// Manifest says what an archive holds.
type Manifest struct {
	Format  string          `json:"format"`
	Schema  int64           `json:"schema"`  // version of the tables
	Program string          `json:"program"` // that wrote it
	Made    time.Time       `json:"made"`
	LogKey  string          `json:"logKey"` // public key of the log; names the key file that belongs to it
	Tables  []TableSummary  `json:"tables"`
	Files   int             `json:"files"`
	Members []MemberSummary `json:"members"`
}

// TableSummary is a table in the manifest.
type TableSummary struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int64    `json:"rows"`
}

// MemberSummary is a member of the archive.
type MemberSummary struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	format       = "gongkai-backup-1"
	manifestName = "manifest.json"
	chunk        = 4 << 20 // bytes of rows a member, so that memory does not grow with the table
)

// Info is what the writer of an archive tells about itself.
type Info struct {
	Program string
	Made    time.Time
	LogKey  string
}

// Write writes an archive of a database and the files that it names.
func Write(ctx context.Context, w io.Writer, source Source, files blob.Folder, info Info) (Manifest, error) {
	packed, err := zstd.NewWriter(w)
	if err != nil {
		return Manifest{}, err
	}
	a := &writer{tar: tar.NewWriter(packed), manifest: Manifest{Format: format, Program: info.Program, Made: info.Made, LogKey: info.LogKey}}
	err = source.Snapshot(ctx, func(schema int64, tables []Table, hashes []string) error {
		a.manifest.Schema = schema
		for _, t := range tables {
			if err := a.table(ctx, t); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		for _, hash := range hashes {
			if err := a.fileOf(ctx, source, files, hash); err != nil {
				return fmt.Errorf("file %s: %w", hash, err)
			}
		}
		return nil
	})
	if err != nil {
		return a.manifest, err
	}
	raw, err := json.Marshal(a.manifest)
	if err == nil {
		err = a.member(manifestName, int64(len(raw)), bytes.NewReader(raw), false)
	}
	if err == nil {
		err = a.tar.Close()
	}
	if err == nil {
		err = packed.Close()
	}
	return a.manifest, err
}

type writer struct {
	tar      *tar.Writer
	manifest Manifest
}

func (a *writer) table(ctx context.Context, t Table) error {
	summary := TableSummary{Name: t.Name, Columns: t.Columns}
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	n := 0
	flush := func() error {
		if b.Len() == 0 {
			return nil
		}
		n++
		err := a.member(fmt.Sprintf("table/%s/%06d.jsonl", t.Name, n), int64(b.Len()), &b, true)
		b.Reset()
		return err
	}
	err := t.Rows(ctx, func(row []any) error {
		summary.Rows++
		if err := lines.Encode(row); err != nil {
			return err
		}
		if b.Len() < chunk {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	a.manifest.Tables = append(a.manifest.Tables, summary)
	return err
}

// fileOf writes a file, unless it was erased since the snapshot was taken.
func (a *writer) fileOf(ctx context.Context, source Source, files blob.Folder, hash string) error {
	err := a.file(files, hash)
	if errs.KindOf(err) != errs.NotFound {
		return err
	}
	there, kept := source.HasFile(ctx, hash)
	if kept != nil || there {
		return errors.Join(err, kept)
	}
	return nil
}

func (a *writer) file(files blob.Folder, hash string) error {
	f, err := files.Sealed(hash)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	a.manifest.Files++
	return a.member("file/"+hash, info.Size(), f, true)
}

func (a *writer) member(name string, size int64, r io.Reader, listed bool) error {
	if err := a.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: a.manifest.Made, Format: tar.FormatPAX}); err != nil {
		return err
	}
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(a.tar, h), r); err != nil {
		return err
	}
	if listed {
		a.manifest.Members = append(a.manifest.Members, MemberSummary{name, size, hex.EncodeToString(h.Sum(nil))})
	}
	return nil
}
