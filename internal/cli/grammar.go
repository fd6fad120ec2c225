package cli

import (
	"errors"

	"github.com/alecthomas/kong"
)

// grammar is the whole command line. The help and detail tags are keys of the
// message catalogues.
type grammar struct {
	Lang string   `placeholder:"zh|en" help:"flag.lang"`
	Help helpFlag `short:"h" help:"flag.help"`

	Serve serveCmd `cmd:"" help:"cmd.serve" detail:"cmd.serve.detail"`
	Demo  demoCmd  `cmd:"" help:"cmd.demo"`
	Work  workCmd  `cmd:"" help:"cmd.work"`
	Init  initCmd  `cmd:"" help:"cmd.init"`
	User  userCmd  `cmd:"" help:"cmd.user"`

	Backup  backupCmd  `cmd:"" help:"cmd.backup"`
	Restore restoreCmd `cmd:"" help:"cmd.restore"`
	Verify  verifyCmd  `cmd:"" help:"cmd.verify"`
	Keys    keysCmd    `cmd:"" help:"cmd.keys"`

	Scan     scanCmd     `cmd:"" help:"cmd.scan" detail:"cmd.scan.detail"`
	Report   reportCmd   `cmd:"" help:"cmd.report"`
	Deadline deadlineCmd `cmd:"" help:"cmd.deadline" detail:"cmd.deadline.detail"`
	Fee      feeCmd      `cmd:"" help:"cmd.fee" detail:"cmd.fee.detail"`
	Rules    rulesCmd    `cmd:"" help:"cmd.rules"`
	Version  versionCmd  `cmd:"" help:"cmd.version"`
	HelpCmd  helpCmd     `cmd:"" name:"help" help:"cmd.help"`
}

type reportCmd struct {
	Read    reportReadCmd    `cmd:"" help:"cmd.report.read" detail:"cmd.report.read.detail"`
	Check   reportCheckCmd   `cmd:"" help:"cmd.report.check" detail:"cmd.report.check.detail"`
	Convert reportConvertCmd `cmd:"" help:"cmd.report.convert" detail:"cmd.report.convert.detail"`
	Diff    reportDiffCmd    `cmd:"" help:"cmd.report.diff" detail:"cmd.report.diff.detail"`
	Sum     reportSumCmd     `cmd:"" help:"cmd.report.sum" detail:"cmd.report.sum.detail"`
}

// errHelp stops parsing where --help was met.
var errHelp = errors.New("help was asked for")

type helpFlag bool

// BeforeReset is called by kong before anything is validated, so that help is
// given even where arguments are missing.
func (helpFlag) BeforeReset() error { return errHelp }

func newParser(a *app) (*kong.Kong, error) {
	return kong.New(&grammar{},
		kong.Name("gongkai"),
		kong.Description("cmd.gongkai"),
		kong.NoDefaultHelp(),
		kong.Writers(a.stdout, a.stderr),
		kong.Exit(func(int) {}))
}
