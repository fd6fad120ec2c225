package cli

import (
	"gongkai/internal/annual"
	"gongkai/internal/annual/diff"
)

// reportDiffCmd is gongkai report diff: what changed between two versions of a
// report, or between two years.
type reportDiffCmd struct {
	A    string `arg:"" name:"A" help:"arg.diff.a"`
	B    string `arg:"" name:"B" help:"arg.diff.b"`
	JSON bool   `name:"json" help:"flag.json"`
}

// Run prints what changed. Like diff it ends with 1 where something did.
func (c *reportDiffCmd) Run(a *app) error {
	r := a.newReader()
	defer r.close()
	var sides [2]*annual.Report
	for i, path := range []string{c.A, c.B} {
		report, err := r.report(a.ctx, input{path: path})
		if err != nil {
			a.complain(path, err)
			return exit(exitFailed)
		}
		sides[i] = report
	}
	d := diff.Compare(sides[0], sides[1])
	var err error
	if c.JSON {
		list := jsonList{w: a.stdout, single: true}
		if err = list.add(d); err == nil {
			err = list.end()
		}
	} else {
		err = d.Text(a.stdout, a.coloured(a.stdout))
	}
	if err == nil && !d.Same() {
		return exit(exitViolations)
	}
	return err
}
