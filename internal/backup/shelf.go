package backup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// Shelf is the folder where backups are kept, named by the time they were made.
type Shelf struct {
	Folder  string
	Source  Source
	Files   blob.Folder
	Clock   clock.Clock
	Program string
	LogKey  string
}

// Entry is a backup on the shelf.
type Entry struct {
	Name string
	Size int64
	Made time.Time
}

var nameForm = regexp.MustCompile(`^gongkai-\d{8}-\d{6}(-[a-z]+)?\.tar\.zst$`)

const nameTime = "20060102-150405"

// Make writes a backup onto the shelf; why is added to its name: daily, manual,
// upgrade.
func (s Shelf) Make(ctx context.Context, why string) (Entry, Manifest, error) {
	name := "gongkai-" + s.Clock.Now().Format(nameTime) + "-" + why + ".tar.zst"
	m, err := s.MakeAt(ctx, filepath.Join(s.Folder, name))
	if err != nil {
		return Entry{}, m, err
	}
	e, err := s.Entry(name)
	return e, m, err
}

// MakeAt writes a backup to a path. The file is there wholly or not at all.
func (s Shelf) MakeAt(ctx context.Context, path string) (m Manifest, err error) {
	if _, err := os.Stat(path); err == nil {
		return m, errs.New(errs.Conflict, "文件 %s 已经存在，没有覆盖。", path).InEnglish("the file %s is there already and was not overwritten", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return m, errs.Wrap(err, errs.Unavailable, "备份目录 %s 不能建立，请检查权限和磁盘空间。", filepath.Dir(path)).
			InEnglish("the folder %s cannot be made: check the rights and the space on the disk", filepath.Dir(path))
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".backup-*")
	if err != nil {
		return m, errs.Wrap(err, errs.Unavailable, "备份目录 %s 不能写入，请检查权限和磁盘空间。", filepath.Dir(path)).
			InEnglish("the folder %s cannot be written to: check the rights and the space on the disk", filepath.Dir(path))
	}
	defer os.Remove(temp.Name())
	m, err = Write(ctx, temp, s.Source, s.Files, Info{s.Program, s.Clock.Now(), s.LogKey})
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return m, err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return m, err
	}
	return m, blob.Flush(filepath.Dir(path))
}

// List gives the backups on the shelf, the newest first. Other files are none.
func (s Shelf) List() ([]Entry, error) {
	files, err := os.ReadDir(s.Folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, f := range files {
		if e, err := s.Entry(f.Name()); err == nil {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return b.Made.Compare(a.Made) })
	return all, nil
}

// Entry gives a backup by its name.
func (s Shelf) Entry(name string) (Entry, error) {
	missing := errs.New(errs.NotFound, "没有这份备份。")
	if !nameForm.MatchString(name) {
		return Entry{}, missing
	}
	info, err := os.Stat(filepath.Join(s.Folder, name))
	if err != nil || !info.Mode().IsRegular() {
		return Entry{}, missing
	}
	const prefix = len("gongkai-")
	made, err := time.ParseInLocation(nameTime, name[prefix:prefix+len(nameTime)], clock.Shanghai)
	return Entry{name, info.Size(), made}, err
}

// Open gives a backup to read.
func (s Shelf) Open(name string) (io.ReadCloser, error) {
	if _, err := s.Entry(name); err != nil {
		return nil, err
	}
	return os.Open(filepath.Join(s.Folder, name))
}

// Verify reads a backup and compares everything with its manifest.
func (s Shelf) Verify(ctx context.Context, name string) (Manifest, error) {
	f, err := s.Open(name)
	if err != nil {
		return Manifest{}, err
	}
	defer f.Close()
	return Check(ctx, f, true)
}

// Daily makes a backup and takes off the oldest daily ones beyond a number.
// Backups made by hand or before an upgrade stay.
func (s Shelf) Daily(ctx context.Context, keep int) (Entry, error) {
	e, _, err := s.Make(ctx, "daily")
	if err != nil {
		return e, err
	}
	all, err := s.List()
	if err != nil {
		return e, err
	}
	kept := 0
	for _, old := range all {
		if !strings.HasSuffix(old.Name, "-daily.tar.zst") {
			continue
		}
		if kept++; kept > max(keep, 1) {
			if err := os.Remove(filepath.Join(s.Folder, old.Name)); err != nil {
				return e, err
			}
		}
	}
	return e, nil
}
