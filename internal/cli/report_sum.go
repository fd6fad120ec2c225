package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/annual/rollup"
	"gongkai/internal/errs"
)

// reportSumCmd is gongkai report sum: the reports of many organs added up.
type reportSumCmd struct {
	Paths  []string `arg:"" name:"DIR" help:"arg.sum.dirs"`
	Out    string   `short:"o" required:"" placeholder:"FILE" help:"flag.sum.out"`
	Tree   string   `placeholder:"FILE.csv" help:"flag.sum.tree"`
	Year   int      `placeholder:"YEAR" help:"flag.sum.year"`
	Totals bool     `help:"flag.sum.totals"`
	Force  bool     `short:"f" help:"flag.force"`
}

// Run reads all reports, adds them up along the tree and writes the result.
func (c *reportSumCmd) Run(a *app) error {
	ext := strings.ToLower(filepath.Ext(c.Out))
	if ext != ".xlsx" && ext != ".json" {
		return errs.New(errs.Unsupported, "汇总不能写成“%s”这种文件，请把 -o 的文件名后缀改为 xlsx 或 json。", filepath.Base(c.Out))
	}
	if err := mayWrite(c.Out, c.Force); err != nil {
		return err
	}
	tree, err := readTree(c.Tree)
	if err != nil {
		return err
	}
	files, _ := expand(c.Paths)
	if len(files) == 0 {
		return errs.New(errs.NotFound, "“%s”下没有年度报告文件。", strings.Join(c.Paths, "”“"))
	}
	builder := rollup.New(tree, rollup.Options{Year: c.Year, GovernmentTotals: c.Totals})
	unreadable, err := c.addAll(a, builder, files)
	if err != nil {
		return err
	}
	result := builder.Result()
	err = replaceFile(c.Out, func(f *os.File) error {
		if ext == ".json" {
			return result.WriteJSON(f)
		}
		return result.WriteWorkbook(f)
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.say.T("sum.done", result.Year, result.Files, result.Summed, c.Out))
	for _, issue := range result.Issues {
		fmt.Fprintln(a.stdout, "  ! "+issueLine(issue))
	}
	if unreadable {
		return exit(exitFailed)
	}
	return nil
}

func (c *reportSumCmd) addAll(a *app, builder *rollup.Builder, files []input) (unreadable bool, err error) {
	r := a.newReader()
	defer r.close()
	step, done := a.progress(len(files), a.say.T("progress.reading"))
	defer done()
	err = ordered(a.ctx, len(files),
		func(ctx context.Context, i int) readResult {
			report, err := r.report(ctx, files[i])
			return readResult{report, err}
		},
		func(i int, res readResult) error {
			step()
			name := c.below(files[i].path)
			if res.err != nil {
				unreadable = true
				a.complain(files[i].path, res.err)
				builder.AddError(name, res.err)
				return nil
			}
			builder.Add(name, res.report)
			return nil
		})
	return unreadable, err
}

// below gives a file's path as seen from the folder that is summed, because the
// folders below that are the tree. Of several folders each is a branch.
func (c *reportSumCmd) below(path string) string {
	for _, dir := range c.Paths {
		rel, err := filepath.Rel(dir, path)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			continue
		}
		switch {
		case rel == ".":
			return filepath.Base(path)
		case len(c.Paths) > 1:
			return filepath.Join(filepath.Base(dir), rel)
		}
		return rel
	}
	return path
}

// issueLine says one issue of the sum: whose, which file, what is the matter.
func issueLine(issue rollup.Issue) string {
	var parts []string
	for _, s := range []string{issue.Organ, issue.File} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	line := strings.Join(parts, " ")
	if line != "" {
		line += "："
	}
	line += issue.Message
	if issue.Cite != "" {
		line += "（" + issue.Cite + "）"
	}
	return line
}
