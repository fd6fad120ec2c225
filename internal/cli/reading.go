package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/annual/read"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
)

// reader opens files of any format and reads the reports in them. It may be
// used from many goroutines.
type reader struct {
	files *open.Opener
}

func (a *app) newReader() *reader {
	options := open.Options{CacheDir: a.cacheDir()}
	if convert, ok := open.LibreOffice(); ok {
		options.Convert = convert
	}
	return &reader{open.New(options)}
}

// cacheDir is where the PDF reader keeps what it compiled, so that the next run
// starts at once; "" where the environment names no place.
func (a *app) cacheDir() string {
	for _, place := range []struct{ variable, below string }{
		{"GONGKAI_CACHE", ""}, {"XDG_CACHE_HOME", "gongkai"}, {"LocalAppData", "gongkai/cache"}, {"HOME", ".cache/gongkai"},
	} {
		if dir := a.env(place.variable); dir != "" {
			return filepath.Join(dir, filepath.FromSlash(place.below))
		}
	}
	return ""
}

// close frees what the codecs hold. Nothing was written, so an error of it
// changes nothing.
func (r *reader) close() { _ = r.files.Close() }

// report reads one report. A file that makes a codec stumble must not end the
// check of ten thousand others, so a panic becomes an error of this file.
func (r *reader) report(ctx context.Context, in input) (report *annual.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			report, err = nil, fmt.Errorf("reading %s: %v", in.path, p)
		}
	}()
	if in.err != nil {
		return nil, in.err
	}
	data, err := slurp(in.path)
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(filepath.Ext(in.path), ".json") {
		report = &annual.Report{}
		if err := report.UnmarshalJSON(data); err != nil {
			return nil, err
		}
		report.File = in.path
		return report, nil
	}
	d, err := r.files.Read(ctx, in.path, data)
	if err != nil {
		return nil, err
	}
	return read.Report(d, in.path)
}

// failure is what stands in JSON for a file that could not be read.
type failure struct {
	File  string      `json:"file"`
	Error failureText `json:"error"`
}

type failureText struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

func failureOf(path string, err error) failure {
	return failure{path, failureText{errs.KindOf(err).String(), errs.Public(err)}}
}

// complain says on standard error that a file could not be read.
func (a *app) complain(path string, err error) {
	sentence := errs.Public(err)
	if strings.Contains(sentence, path) || strings.Contains(sentence, filepath.Base(path)) {
		fmt.Fprintln(a.stderr, a.say.T("failed", sentence))
		return
	}
	fmt.Fprintln(a.stderr, a.say.T("failed", path+a.say.T("colon")+sentence))
}

// output gives where a command writes to: the file named with --out, else
// standard output.
func (a *app) output(path string, write func(f outputFile) error) error {
	if path == "" || path == "-" {
		return write(outputFile{a.stdout})
	}
	return replaceFile(path, func(f *os.File) error { return write(outputFile{f}) })
}
