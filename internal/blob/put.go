package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"gongkai/internal/errs"
)

const tempForm = ".new-*"

// Put keeps what it reads, at most so many bytes; TooLarge beyond. The file is
// on the disk when Put returns.
func (f Folder) Put(r io.Reader, most int64) (Info, error) {
	staged, err := f.Stage(r, most)
	if err != nil {
		return Info{}, err
	}
	defer staged.Drop()
	return staged.Info, staged.Keep()
}

// Staged is a file that lies sealed beside the others until it is kept.
type Staged struct {
	Info   Info
	folder Folder
	temp   string
}

// Stage seals what it reads, at most so many bytes, and gives it no name yet.
func (f Folder) Stage(r io.Reader, most int64) (*Staged, error) {
	s := &Staged{folder: f}
	temp, err := f.temp()
	if err != nil {
		return nil, err
	}
	s.temp = temp.Name()
	s.Info, err = f.seal(temp, r, most)
	if err = errors.Join(err, temp.Close()); err != nil {
		s.Drop()
		return nil, err
	}
	return s, nil
}

func (f Folder) temp() (*os.File, error) {
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(f.Path, tempForm)
}

// seal writes a sealed file and puts it on the disk.
func (f Folder) seal(temp *os.File, r io.Reader, most int64) (info Info, err error) {
	sealed, head, err := f.Seals.SealFile(temp)
	if err != nil {
		return info, err
	}
	h, first := sha256.New(), &prefix{}
	size, err := io.Copy(io.MultiWriter(sealed, h, first), io.LimitReader(r, most+1))
	if err != nil {
		return info, err
	}
	if size > most {
		return info, errs.New(errs.TooLarge, "文件太大，最多 %d MB。", most>>20)
	}
	if err := sealed.Close(); err != nil {
		return info, err
	}
	info = Info{Hash: hex.EncodeToString(h.Sum(nil)), Size: size, MediaType: http.DetectContentType(first.bytes)}
	top, err := head(info.Hash)
	if err != nil {
		return info, err
	}
	_, err = temp.WriteAt(top, 0)
	return info, errors.Join(err, temp.Sync())
}

// Keep gives the file its name. One that is there and opens stays; one that does
// not is replaced.
func (s *Staged) Keep() error {
	if there, err := s.folder.Open(s.Info.Hash); err == nil {
		return there.Close()
	}
	return s.folder.name(s.temp, s.Info.Hash)
}

// Drop takes away what was not kept.
func (s *Staged) Drop() { _ = os.Remove(s.temp) }

// name gives a written file its name, so that it is there also after a power cut.
func (f Folder) name(temp, hash string) error {
	target := f.path(hash)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	if err := os.Rename(temp, target); err != nil {
		return err
	}
	return errors.Join(Flush(f.Path), Flush(filepath.Dir(target)))
}

// PutSealed puts a file back as it lay, sealed, out of a backup.
func (f Folder) PutSealed(hash string, r io.Reader) error {
	if !Valid(hash) {
		return errNone
	}
	return f.rewrite(hash, r, nil)
}

// rewrite writes a sealed file, with another beginning where one is given.
func (f Folder) rewrite(hash string, r io.Reader, head []byte) error {
	temp, err := f.temp()
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = io.Copy(temp, r)
	if err == nil && head != nil {
		_, err = temp.WriteAt(head, 0)
	}
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return f.name(temp.Name(), hash)
}

// Reseal seals the key of a file anew if another key than the active one has, and
// tells whether it did.
func (f Folder) Reseal(hash string) (bool, error) {
	file, err := f.Sealed(hash)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head, err := f.Seals.ResealFile(hash, file)
	if err != nil || head == nil {
		return false, err
	}
	return true, f.rewrite(hash, file, head)
}

// Key gives the sealed key of a file.
func (f Folder) Key(hash string) ([]byte, error) {
	file, err := f.Sealed(hash)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return f.Seals.FileKey(file)
}

// prefix keeps the first bytes, by which the type is told.
type prefix struct{ bytes []byte }

func (p *prefix) Write(b []byte) (int, error) {
	const sniffed = 512
	if room := sniffed - len(p.bytes); room > 0 {
		p.bytes = append(p.bytes, b[:min(room, len(b))]...)
	}
	return len(b), nil
}
