package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/errs"
)

// maxFile is the largest file that is read, in bytes. Published reports are
// rarely above 2 MiB, scans aside, which cannot be read anyway.
const maxFile = 64 << 20

// reportExtensions are the endings of files that are taken for reports when a
// directory is walked. JSON is read only where it is named: beside reports lie
// other JSON files.
var reportExtensions = []string{".docx", ".html", ".htm", ".txt", ".md", ".markdown", ".pdf", ".xlsx", ".doc", ".wps"}

// input is a file that was named, or found below a directory that was named.
type input struct {
	path string
	err  error // why it cannot be opened
}

// expand gives the files in the order of the arguments, those of a directory
// sorted by path, and how many files below directories were passed over: files
// of other kinds, hidden ones, Word's lock files, README files and links.
func expand(args []string) (files []input, passed int) {
	return expandTo(args, looksLikeReport)
}

// expandTo is expand for those files below directories whose name is wanted.
func expandTo(args []string, wanted func(name string) bool) (files []input, passed int) {
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err != nil:
			files = append(files, input{arg, fileError(err, arg)})
		case info.IsDir():
			found, n := walk(arg, wanted)
			files = append(files, found...)
			passed += n
		default:
			files = append(files, input{path: arg})
		}
	}
	return files, passed
}

func walk(dir string, wanted func(name string) bool) (files []input, passed int) {
	// The walk itself cannot fail: what cannot be opened becomes an input with
	// its error.
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			files = append(files, input{path, fileError(err, path)})
		case d.IsDir() && path != dir && strings.HasPrefix(d.Name(), ".") && !wanted(d.Name()):
			return fs.SkipDir
		case d.IsDir():
		case !d.Type().IsRegular() || !wanted(d.Name()):
			passed++
		default:
			files = append(files, input{path: path})
		}
		return nil
	})
	return files, passed
}

func looksLikeReport(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return false
	}
	ext := strings.ToLower(filepath.Ext(name))
	if strings.EqualFold(strings.TrimSuffix(name, filepath.Ext(name)), "readme") {
		return false
	}
	for _, known := range reportExtensions {
		if ext == known {
			return true
		}
	}
	return false
}

// slurp reads a whole file within maxFile.
func slurp(path string) ([]byte, error) {
	return slurpWithin(path, maxFile, "请确认它是年度报告而不是扫描图片的合集。")
}

// slurpWithin reads a whole file of at most so many bytes; advice says what to do
// with a larger one.
func slurpWithin(path string, most int64, advice string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(err, path)
	}
	if info.IsDir() {
		return nil, errs.New(errs.Invalid, "“%s”是一个文件夹，这里需要一个文件。", path)
	}
	if !info.Mode().IsRegular() {
		return nil, errs.New(errs.Invalid, "“%s”不是普通文件，没有读取。", path)
	}
	if info.Size() > most {
		return nil, errs.New(errs.TooLarge, "文件“%s”有 %d MB，超过 %d MB 的上限，未读取；%s", path, info.Size()>>20, most>>20, advice)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fileError(err, path)
	}
	return data, nil
}

func fileError(err error, path string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errs.Wrap(err, errs.NotFound, "找不到“%s”，请核对路径。", path)
	case errors.Is(err, fs.ErrPermission):
		return errs.Wrap(err, errs.Invalid, "没有权限打开“%s”，请检查文件权限。", path)
	default:
		return errs.Wrap(err, errs.Invalid, "打不开“%s”，请检查磁盘和路径。", path)
	}
}

// replaceFile writes a file as a whole or not at all: into a temporary file
// beside it, which then takes its name.
func replaceFile(path string, write func(f *os.File) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".gongkai-*")
	if err != nil {
		return writeError(err, path)
	}
	defer func() {
		if err != nil {
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	if err := write(temp); err != nil {
		return err
	}
	if err := errors.Join(temp.Chmod(0o644), temp.Sync(), temp.Close()); err != nil {
		return writeError(err, path)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return writeError(err, path)
	}
	return nil
}

func writeError(err error, path string) error {
	return errs.Wrap(err, errs.Invalid, "写不了文件“%s”，请检查文件夹是否存在、是否可写、磁盘是否已满。", path)
}

// mayWrite refuses to overwrite a file, or to write it over its own source.
func mayWrite(path string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fileError(err, path)
	case info.IsDir():
		return errs.New(errs.Invalid, "“%s”是一个文件夹，请写出文件名。", path)
	case !force:
		return errs.New(errs.Invalid, "文件“%s”已存在，未覆盖；确要覆盖请加 --force。", path)
	}
	return nil
}
