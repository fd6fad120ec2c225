package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/doc/clean"
	"gongkai/internal/errs"
)

// prepareCopies decides where the masked copy of each file goes, below the folder
// that was asked for, under its own name. Nothing is overwritten unless asked,
// an original never.
func (s *scanner) prepareCopies(c *scanCmd, files []input) error {
	if err := os.MkdirAll(c.Mask, 0o750); err != nil {
		return writeError(err, c.Mask)
	}
	s.copies = map[string]string{}
	taken := map[string]string{}
	for _, in := range files {
		if in.err != nil {
			continue
		}
		to := filepath.Join(c.Mask, copyName(c.Paths, in.path))
		if other, ok := taken[to]; ok {
			return errs.New(errs.Invalid, "“%s”和“%s”的副本会重名；请分别处理。", other, in.path)
		}
		taken[to] = in.path
		if same(in.path, to) {
			return errs.New(errs.Invalid, "副本会覆盖原文件“%s”；请用 --mask 指定另一个文件夹。", in.path)
		}
		if err := mayWrite(to, c.Force); err != nil {
			return err
		}
		s.copies[in.path] = to
	}
	return nil
}

// copyName is the name of a copy: that of the file, or its path below the folder
// that was named. A document without its macros gets an ordinary name.
func copyName(args []string, file string) string {
	name := filepath.Base(file)
	for _, arg := range args {
		if below, err := filepath.Rel(arg, file); err == nil && below != "." && !strings.HasPrefix(below, "..") {
			name = below
		}
	}
	for with, without := range map[string]string{".docm": ".docx", ".dotm": ".dotx", ".xlsm": ".xlsx", ".xltm": ".xltx"} {
		if ext := filepath.Ext(name); strings.EqualFold(ext, with) {
			name = strings.TrimSuffix(name, ext) + without
		}
	}
	return name
}

func same(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// mask makes the masked copy of a file and gives what is found in the copy.
func (s *scanner) mask(ctx context.Context, c *scanCmd, path, to string, data []byte) *scanned {
	res := &scanned{file: path}
	masked, result, err := s.guard.Mask(ctx, path, data, clean.Options{Reject: c.Changes == "reject"})
	if err != nil {
		res.err = err
		return res
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		res.err = writeError(err, to)
		return res
	}
	res.err = replaceFile(to, func(f *os.File) error {
		_, err := f.Write(masked)
		return err
	})
	res.result, res.copied = result, to
	return res
}
