package pdf

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"time"
)

// fontFiles are the only files that a sandbox has: our own typeface where PDFium looks for
// those of the system. Many files do not carry their Chinese typeface with them;
// without one their pages would be painted empty, all text would count as unseen, and
// a copy made of pictures would show nothing.
type fontFiles struct{}

const fontFile = "usr/share/fonts/NotoSerifSC.ttf"

// Open opens the typeface or a folder on the way to it.
func (fontFiles) Open(name string) (fs.File, error) {
	if name == fontFile {
		data, err := serifFile()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &fontReader{entry{path.Base(name), int64(len(data)), false}, bytes.NewReader(data)}, nil
	}
	for below, dir := path.Base(fontFile), path.Dir(fontFile); ; below, dir = path.Base(dir), path.Dir(dir) {
		if dir == name {
			return &fontFolder{entry: entry{path.Base(dir), 0, true}, holds: entry{below, 0, path.Ext(below) == ""}}, nil
		}
		if dir == "." {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
}

// entry is a file or folder as it is listed.
type entry struct {
	name   string
	size   int64
	folder bool
}

func (e entry) Name() string               { return e.name }
func (e entry) Size() int64                { return e.size }
func (e entry) IsDir() bool                { return e.folder }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Stat() (fs.FileInfo, error) { return e, nil }
func (e entry) Close() error               { return nil }
func (e entry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type fontReader struct {
	entry
	*bytes.Reader
}

// Size is that of the whole file.
func (f *fontReader) Size() int64 { return f.size }

type fontFolder struct {
	entry
	holds entry
	told  bool
}

func (f *fontFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}

// ReadDir lists the one entry.
func (f *fontFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if f.told {
		if n > 0 {
			return nil, io.EOF
		}
		return nil, nil
	}
	f.told = true
	return []fs.DirEntry{f.holds}, nil
}
