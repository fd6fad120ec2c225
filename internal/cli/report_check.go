package cli

import (
	"context"
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// reportCheckCmd is gongkai report check: what is wrong with a report and why.
type reportCheckCmd struct {
	Paths    []string `arg:"" name:"PATH" help:"arg.check.paths"`
	Previous string   `placeholder:"FILE" help:"flag.check.previous"`
	Tree     string   `placeholder:"FILE.csv" help:"flag.check.tree"`
	Format   string   `enum:"text,json,sarif,html" default:"text" placeholder:"text|json|sarif|html" help:"flag.check.format"`
	Out      string   `short:"o" placeholder:"FILE" help:"flag.check.out"`
}

// checked is what came of one file: a result, or why it could not be read.
type checked struct {
	file   string
	result *check.Result
	report *annual.Report // only while it is written out
	err    error
}

// tally counts what came of all files.
type tally struct {
	files, unreadable, passed int
	faulty                    int // reports with at least one error
	errors, warnings, infos   int
	doubts, notAssessable     int
}

func (t *tally) add(c *checked) {
	t.files++
	if c.err != nil {
		t.unreadable++
		return
	}
	errors := c.result.Count(rule.Error)
	if errors > 0 {
		t.faulty++
	}
	t.errors += errors
	t.warnings += c.result.Count(rule.Warning)
	t.infos += c.result.Count(rule.Info)
	t.doubts += len(c.result.Doubts)
	t.notAssessable += len(c.result.NotAssessable)
}

func (t *tally) exit() error {
	switch {
	case t.unreadable > 0:
		return exit(exitFailed)
	case t.errors > 0:
		return exit(exitViolations)
	}
	return nil
}

// checkWriter writes results in one format, in the order of the files.
type checkWriter interface {
	add(*checked) error
	end(*tally) error
}

// Run checks all files and writes what was found.
func (c *reportCheckCmd) Run(a *app) error {
	files, passed := expand(c.Paths)
	if len(files) == 0 {
		return errs.New(errs.NotFound, "“%s”下没有年度报告文件（%s）；另有 %d 个其他文件被跳过。",
			strings.Join(c.Paths, "”“"), strings.Join(reportExtensions, " "), passed)
	}
	if c.Previous != "" && len(files) != 1 {
		return errs.New(errs.Invalid, "--previous 只能用于检查一份报告，这里有 %d 份；检查多份时各年度会自动配对。", len(files))
	}
	tree, err := readTree(c.Tree)
	if err != nil {
		return err
	}
	b := &batch{a: a, files: files, rules: check.Rules(), kin: newKin(tree, len(files))}
	defer b.close()
	if err := b.read(c.Previous); err != nil {
		return err
	}
	sum := &tally{passed: passed}
	err = a.output(c.Out, func(out outputFile) error {
		if c.Format == "html" {
			return b.writeHTML(out, sum)
		}
		w := c.writer(a, out)
		if err := b.check(func(res *checked) error {
			sum.add(res)
			return w.add(res)
		}); err != nil {
			return err
		}
		return w.end(sum)
	})
	if err != nil {
		return err
	}
	if c.Out != "" && c.Out != "-" {
		fmt.Fprintln(a.stderr, a.say.T("written", c.Out))
	}
	return sum.exit()
}

func (c *reportCheckCmd) writer(a *app, out outputFile) checkWriter {
	switch c.Format {
	case "json":
		return &checkJSON{list: jsonList{w: out}}
	case "sarif":
		return newSARIF(out, describe(check.Rules()))
	default:
		return &checkText{a: a, w: out, colour: a.coloured(out)}
	}
}

// batch is a set of reports that are checked together. Reading comes first:
// only when all are read is it known which are years of the same organ.
type batch struct {
	a        *app
	files    []input
	rules    []check.Rule
	spool    spool
	slots    []slot
	errs     []error
	previous map[int]slot // by the number of the file
	kin      *kin
}

// close removes what is left of the reading. A temporary file that cannot be
// removed is the system's to clear.
func (b *batch) close() { _ = b.spool.Close() }

// read reads all files into the spool and pairs the years. previous names the
// file of the year before of a single report, "" to find it among the others.
func (b *batch) read(previous string) error {
	r := b.a.newReader()
	defer r.close()
	b.slots = make([]slot, len(b.files))
	b.errs = make([]error, len(b.files))
	b.previous = make(map[int]slot)
	pairs := newPairing()
	step, done := b.a.progress(len(b.files), b.a.say.T("progress.reading"))
	type readOne struct {
		at    slot
		organ string
		year  int
		said  []uint64
		err   error
	}
	err := ordered(b.a.ctx, len(b.files),
		func(ctx context.Context, i int) readOne {
			report, err := r.report(ctx, b.files[i])
			if err != nil {
				return readOne{err: err}
			}
			at, err := b.spool.put(report)
			return readOne{at, report.Organ, report.Year, sentencesOf(report), err}
		},
		func(i int, one readOne) error {
			step()
			b.slots[i], b.errs[i] = one.at, one.err
			if one.err != nil {
				b.a.complain(b.files[i].path, one.err)
				return nil
			}
			pairs.add(i, one.organ, one.year)
			b.kin.add(i, one.organ, one.year, one.said)
			return nil
		})
	done()
	if err != nil {
		return err
	}
	for i, before := range pairs.previous() {
		b.previous[i] = b.slots[before]
	}
	if previous == "" {
		return nil
	}
	report, err := r.report(b.a.ctx, input{path: previous})
	if err != nil {
		return err
	}
	b.previous[0], err = b.spool.put(report)
	return err
}

// check applies the rules to each report and hands on the results in order.
func (b *batch) check(emit func(*checked) error) error {
	return ordered(b.a.ctx, len(b.files),
		func(_ context.Context, i int) *checked { return b.one(i) },
		func(_ int, res *checked) error { return emit(res) })
}

func (b *batch) one(i int) *checked {
	res := &checked{file: b.files[i].path, err: b.errs[i]}
	if res.err != nil {
		return res
	}
	if res.report, res.err = b.spool.get(b.slots[i]); res.err != nil {
		return res
	}
	in := &check.Input{Report: res.report}
	missing, err := b.surround(in, i)
	if err != nil {
		res.err = err
		return res
	}
	res.result = check.CheckWith(b.rules, in)
	if missing != nil {
		res.result.NotAssessable = append(res.result.NotAssessable, rule.NotAssessable{
			Rule: "K21", Reason: "缺少下级机关的报告，无法核对汇总数：" + strings.Join(missing, "、") + "。",
		})
	}
	return res
}

// surround gives a report what is known around it: its year before, the reports
// below it, a report that shares its sentences. It names the organs below whose
// reports are not there; then their sum says nothing.
func (b *batch) surround(in *check.Input, i int) (missing []string, err error) {
	if at, ok := b.previous[i]; ok {
		if in.Previous, err = b.spool.get(at); err != nil {
			return nil, err
		}
	}
	if n := b.kin.neighbour(i); n >= 0 {
		r, err := b.spool.get(b.slots[n])
		if err != nil {
			return nil, err
		}
		in.Neighbours = []*annual.Report{r}
	}
	children, missing := b.kin.children(i)
	if missing != nil {
		return missing, nil
	}
	for _, child := range children {
		r, err := b.spool.get(b.slots[child])
		if err != nil {
			return nil, err
		}
		in.Children = append(in.Children, r)
	}
	return nil, nil
}
