package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/guard"
	"gongkai/internal/rule"
)

// scanCmd is gongkai scan: what must not leave the house with a file.
type scanCmd struct {
	Paths   []string `arg:"" name:"PATH" help:"arg.scan.paths"`
	Format  string   `enum:"text,json,sarif" default:"text" placeholder:"text|json|sarif" help:"flag.scan.format"`
	Out     string   `short:"o" placeholder:"FILE" help:"flag.check.out"`
	Words   string   `name:"dictionary" aliases:"words" placeholder:"FILE" help:"flag.scan.words"`
	Allow   string   `placeholder:"FILE" help:"flag.scan.allow"`
	Mask    string   `placeholder:"DIR" help:"flag.scan.mask"`
	Changes string   `enum:"accept,reject" default:"accept" placeholder:"accept|reject" help:"flag.scan.changes"`
	Force   bool     `help:"flag.force"`
}

// scanned is what came of one file.
type scanned struct {
	file   string
	result *guard.Result
	copied string // the masked copy that the result is about; "" for the file itself
	err    error
}

// scanTally counts what came of all files.
type scanTally struct {
	files, unreadable, passed int
	clean                     int
	errors, warnings, infos   int
}

func (t *scanTally) add(s *scanned) {
	t.files++
	if s.err != nil {
		t.unreadable++
		return
	}
	if s.result.Unread {
		t.unreadable++
	}
	if !s.result.Blocks() {
		t.clean++
	}
	t.errors += s.result.Count(rule.Error)
	t.warnings += s.result.Count(rule.Warning)
	t.infos += s.result.Count(rule.Info)
}

func (t *scanTally) exit() error {
	switch {
	case t.unreadable > 0:
		return exit(exitFailed)
	case t.errors+t.warnings > 0:
		return exit(exitViolations)
	}
	return nil
}

// scanWriter writes results in one format, in the order of the files.
type scanWriter interface {
	add(*scanned) error
	end(*scanTally) error
}

// Run scans all files and writes what was found.
func (c *scanCmd) Run(a *app) error {
	files, passed := c.inputs()
	if len(files) == 0 {
		return errs.New(errs.NotFound, "“%s”下没有文件。", strings.Join(c.Paths, "”“"))
	}
	s, err := c.scanner(a)
	if err != nil {
		return err
	}
	defer s.close()
	if c.Mask != "" {
		if err := s.prepareCopies(c, files); err != nil {
			return err
		}
	}
	sum := &scanTally{passed: passed}
	step, done := a.progress(len(files), a.say.T("progress.scanning"))
	err = a.output(c.Out, func(out outputFile) error {
		w := c.writer(a, out)
		err := ordered(a.ctx, len(files),
			func(ctx context.Context, i int) *scanned { return s.one(ctx, c, files[i]) },
			func(_ int, res *scanned) error {
				step()
				sum.add(res)
				return w.add(res)
			})
		if err != nil {
			return err
		}
		return w.end(sum)
	})
	done()
	if err != nil {
		return err
	}
	if c.Out != "" && c.Out != "-" {
		fmt.Fprintln(a.stderr, a.say.T("written", c.Out))
	}
	return sum.exit()
}

// standardInput stands for what another program hands over.
const standardInput = "-"

// inputs lists the files of all arguments.
func (c *scanCmd) inputs() (files []input, passed int) {
	paths := slices.DeleteFunc(slices.Clone(c.Paths), func(p string) bool { return p == standardInput })
	files, passed = expandTo(paths, func(string) bool { return true })
	if len(paths) < len(c.Paths) {
		in := input{path: standardInput}
		if c.Mask != "" {
			in.err = errs.New(errs.Invalid, "标准输入没有文件名，不能生成副本；请先存成文件。")
		}
		files = append(files, in)
	}
	return files, passed
}

// read reads an input.
func (s *scanner) read(path string) ([]byte, error) {
	const advice = "请拆分后再检查。"
	if path != standardInput {
		return slurpWithin(path, inside.MaxFile, advice)
	}
	data, err := io.ReadAll(io.LimitReader(s.a.stdin, inside.MaxFile+1))
	switch {
	case err != nil:
		return nil, errs.Wrap(err, errs.Invalid, "标准输入读不完；请先存成文件。")
	case len(data) > inside.MaxFile:
		return nil, errs.New(errs.TooLarge, "标准输入超过 %d MB 的上限，未读取；%s", inside.MaxFile>>20, advice)
	}
	return data, nil
}

func (c *scanCmd) writer(a *app, out outputFile) scanWriter {
	switch c.Format {
	case "json":
		return &scanJSON{list: jsonList{w: out}}
	case "sarif":
		return &scanSARIF{newSARIF(out, describe(guard.Rules()))}
	default:
		return &scanText{text: &checkText{a: a, w: out, colour: a.coloured(out)}}
	}
}

// scanner holds what the scan of all files shares.
type scanner struct {
	a      *app
	files  *open.Opener
	guard  *guard.Guard
	copies map[string]string // where the masked copy of a file goes
}

func (c *scanCmd) scanner(a *app) (*scanner, error) {
	allowed, err := optional(c.Allow)
	if err != nil {
		return nil, err
	}
	options := open.Options{CacheDir: a.cacheDir(), MaxBytes: inside.MaxFile}
	if convert, ok := open.LibreOffice(); ok {
		options.Convert = convert
	}
	s := &scanner{a: a, files: open.New(options)}
	words, err := s.dictionary(c.Words)
	if err != nil {
		s.close()
		return nil, err
	}
	s.guard = &guard.Guard{Reader: &inside.Reader{Opener: s.files}, Words: words, Allowed: guard.AllowedIn(allowed)}
	return s, nil
}

// dictionary reads a list of words, as xlsx or csv, as the pages of the desk hand it
// out; "" for the built-in words alone.
func (s *scanner) dictionary(file string) (*guard.Words, error) {
	data, err := optional(file)
	if err != nil || len(data) == 0 {
		return guardWords(nil, err)
	}
	rows, err := s.files.Rows(s.a.ctx, file, data)
	if err != nil {
		return nil, err
	}
	return guardWords(guard.ReadWords(rows))
}

func guardWords(own []guard.Word, err error) (*guard.Words, error) {
	if err != nil {
		return nil, err
	}
	return guard.NewWords(own)
}

// close frees what the codecs hold. Nothing was written, so an error of it
// changes nothing.
func (s *scanner) close() { _ = s.files.Close() }

// optional reads a file that may not be asked for.
func optional(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	return slurp(path)
}

// one scans a file, or makes its masked copy and scans that.
func (s *scanner) one(ctx context.Context, c *scanCmd, in input) *scanned {
	res := &scanned{file: in.path, err: in.err}
	if res.err != nil {
		return res
	}
	data, err := s.read(in.path)
	if err != nil {
		res.err = err
		return res
	}
	if to := s.copies[in.path]; to != "" {
		return s.mask(ctx, c, in.path, to, data)
	}
	res.result, res.err = s.guard.Scan(ctx, in.path, data)
	return res
}
