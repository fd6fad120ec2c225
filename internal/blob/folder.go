// Package blob keeps files by their content: the name of a file is the SHA-256
// of its bytes, so that the same content is kept once and a changed file is
// noticed. What a file is for stands in the database.
//
// Start at Folder.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"gongkai/internal/errs"
)

// Folder holds the files, in folders of their first two characters.
type Folder struct{ Path string }

// Info is what is known of a file.
type Info struct {
	Hash      string // hexadecimal SHA-256
	Size      int64
	MediaType string // by its content, never by its name
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Valid tells whether a string looks like a hash.
func Valid(hash string) bool { return hashForm.MatchString(hash) }

func (f Folder) path(hash string) string { return filepath.Join(f.Path, hash[:2], hash) }

// Put keeps what it reads, at most so many bytes; TooLarge beyond. The file is
// on the disk when Put returns.
func (f Folder) Put(r io.Reader, most int64) (Info, error) {
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return Info{}, err
	}
	temp, err := os.CreateTemp(f.Path, ".new-*")
	if err != nil {
		return Info{}, err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	h, head := sha256.New(), &prefix{}
	size, err := io.Copy(io.MultiWriter(temp, h, head), io.LimitReader(r, most+1))
	if err != nil {
		return Info{}, err
	}
	if size > most {
		return Info{}, errs.New(errs.TooLarge, "文件太大，最多 %d MB。", most>>20)
	}
	info := Info{hex.EncodeToString(h.Sum(nil)), size, http.DetectContentType(head.bytes)}
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return Info{}, err
	}
	target := f.path(info.Hash)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return Info{}, err
	}
	if there, err := os.Stat(target); err == nil && there.Size() == size {
		return info, nil
	}
	if err := os.Rename(temp.Name(), target); err != nil {
		return Info{}, err
	}
	return info, errors.Join(Flush(f.Path), Flush(filepath.Dir(target)))
}

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

// prefix keeps the first bytes, by which the type is told.
type prefix struct{ bytes []byte }

func (p *prefix) Write(b []byte) (int, error) {
	const sniffed = 512
	if room := sniffed - len(p.bytes); room > 0 {
		p.bytes = append(p.bytes, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

// Open gives a file; NotFound when there is none.
func (f Folder) Open(hash string) (*os.File, error) {
	if !Valid(hash) {
		return nil, errs.New(errs.NotFound, "没有这个文件。")
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errs.Wrap(err, errs.NotFound, "没有这个文件。")
	}
	return file, err
}

// Empty tells whether there is no file.
func (f Folder) Empty() (bool, error) {
	entries, err := os.ReadDir(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// State is how a file was found.
type State int

// The states.
const (
	Whole State = iota
	Changed
	Missing
)

// Check reads a file and compares it with its name.
func (f Folder) Check(hash string) (State, error) {
	file, err := f.Open(hash)
	if errs.KindOf(err) == errs.NotFound {
		return Missing, nil
	}
	if err != nil {
		return Whole, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return Whole, err
	}
	if hex.EncodeToString(h.Sum(nil)) != hash {
		return Changed, nil
	}
	return Whole, nil
}
