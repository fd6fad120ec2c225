// Package blob keeps files by their content: the name of a file is the SHA-256
// of its bytes, so that the same content is kept once and a changed file is
// noticed. On the disk they are sealed (个人信息保护法§51); what seals them is handed
// in. What a file is for stands in the database.
//
// Start at Folder.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"time"

	"gongkai/internal/errs"
)

// Folder holds the files, in folders of their first two characters.
type Folder struct {
	Path  string
	Seals Seals // nil where files are only moved as they lie
}

// Seals makes files unreadable at rest, and readable again.
type Seals interface {
	// SealFile gives a writer that begins with an empty head; head gives what is to
	// stand there once everything is written.
	SealFile(to io.Writer) (w io.WriteCloser, head func(hash string) ([]byte, error), err error)
	// OpenFile gives errs.Corrupt for what was not sealed under the hash.
	OpenFile(hash string, sealed io.ReaderAt, size int64) (io.ReadSeeker, error)
	// FileKey gives the sealed key of a file.
	FileKey(sealed io.ReaderAt) ([]byte, error)
	// ResealFile gives a new head; nil when the file needs none.
	ResealFile(hash string, sealed io.ReaderAt) ([]byte, error)
}

// Info is what is known of a file.
type Info struct {
	Hash      string // hexadecimal SHA-256
	Size      int64
	MediaType string    // by its content, never by its name
	Erased    time.Time // its content is gone; zero while it is there
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Valid tells whether a string looks like a hash.
func Valid(hash string) bool { return hashForm.MatchString(hash) }

func (f Folder) path(hash string) string { return filepath.Join(f.Path, hash[:2], hash) }

// Flush puts a folder itself on the disk, so that a file that was renamed into it
// is there also after a power cut. Windows does so by itself.
func Flush(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Clear removes all files.
func (f Folder) Clear() error { return os.RemoveAll(f.Path) }

var errNone = errs.New(errs.NotFound, "没有这个文件。")

// Sealed gives a file as it lies on the disk; NotFound when there is none.
func (f Folder) Sealed(hash string) (*os.File, error) {
	if !Valid(hash) {
		return nil, errNone
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.Wrap(err, errs.NotFound, "%s", errNone.Public)
	}
	return file, err
}

// content is an opened file.
type content struct {
	io.ReadSeeker
	io.Closer
}

// Open gives the content of a file; NotFound when there is none, Corrupt when it
// is not what was kept.
func (f Folder) Open(hash string) (io.ReadSeekCloser, error) {
	file, err := f.Sealed(hash)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil {
		var plain io.ReadSeeker
		if plain, err = f.Seals.OpenFile(hash, file, info.Size()); err == nil {
			return content{plain, file}, nil
		}
	}
	return nil, errors.Join(err, file.Close())
}

// Remove takes a file off the disk, if it is there.
func (f Folder) Remove(hash string) error {
	if !Valid(hash) {
		return errNone
	}
	err := os.Remove(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, Flush(filepath.Dir(f.path(hash))))
}

// Empty tells whether there is no file.
func (f Folder) Empty() (bool, error) {
	entries, err := os.ReadDir(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// Older gives the hashes of files that were put before a time, and takes off
// what a process that was killed has left half written.
func (f Folder) Older(than time.Time) ([]string, error) {
	var all []string
	err := filepath.WalkDir(f.Path, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreMissing(err)
		}
		info, err := d.Info()
		if err != nil || !info.ModTime().Before(than) {
			return ignoreMissing(err)
		}
		if Valid(d.Name()) {
			all = append(all, d.Name())
			return nil
		}
		if filepath.Dir(path) == filepath.Clean(f.Path) && unfinished(d.Name()) {
			return ignoreMissing(os.Remove(path))
		}
		return nil
	})
	return all, err
}

func unfinished(name string) bool {
	ok, _ := filepath.Match(tempForm, name)
	return ok
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// State is how a file was found.
type State int

// The states.
const (
	Whole   State = iota
	Changed       // or sealed with a key that is not there
	Missing
	Unreadable // the disk or the rights do not let it be read
)

// Check reads a file and compares it with its name; why is what came in between
// when it was not read.
func (f Folder) Check(hash string) (state State, why error) {
	err := f.compare(hash)
	switch {
	case err == nil:
		return Whole, nil
	case errs.KindOf(err) == errs.NotFound:
		return Missing, nil
	case errs.KindOf(err) == errs.Corrupt:
		return Changed, nil
	}
	return Unreadable, err
}

func (f Folder) compare(hash string) error {
	file, err := f.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != hash {
		return errs.New(errs.Corrupt, "文件的内容与它的名称不符。")
	}
	return nil
}
