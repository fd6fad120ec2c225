// Package cli is gongkai on the command line: it takes the arguments apart,
// reads files, hands them to the rooms that know the work, and prints what they
// say. It decides nothing about law, documents or figures.
//
// Run is the only door. Each command is a struct with its arguments and a Run
// method in a file of its name (report_check.go, fee.go …); grammar.go lists
// them. What a machine may read goes to standard output as JSON; what went
// wrong goes to standard error as a Chinese sentence.
//
// Exit codes: 0 all is well; 1 a check found violations, or a comparison found
// differences; 2 the command line is wrong or something could not be read or
// written. Where 1 and 2 both apply it is 2.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/store"
)

// Exit codes.
const (
	exitClean      = 0
	exitViolations = 1
	exitFailed     = 2
)

// app is what every command works with.
type app struct {
	ctx    context.Context
	env    func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	say    *locale.Catalogue
	parser *kong.Kong
}

// exit ends a command with a code; everything has been said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Run carries out one command line, without the program's name, and gives the
// exit code. It never touches the process: arguments, environment and streams
// are handed in.
func Run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{ctx: ctx, env: env, stdin: stdin, stdout: stdout, stderr: stderr}
	lang, err := locale.Choose(askedLang(args), env)
	a.say = locale.Load(lang)
	if err != nil {
		return a.fail(err)
	}
	a.parser, err = newParser(a)
	if err != nil {
		return a.fail(err)
	}
	if len(args) == 0 {
		a.printHelp(a.parser.Model.Node)
		return exitClean
	}
	kctx, err := a.parser.Parse(args)
	var wrong *kong.ParseError
	switch {
	case errors.Is(err, errHelp) && errors.As(err, &wrong):
		a.printHelp(selected(wrong.Context))
		return exitClean
	case errors.As(err, &wrong):
		a.printUsageError(wrong)
		return exitFailed
	case err != nil:
		return a.fail(err)
	}
	return a.fail(kctx.Run(a))
}

// fail says what went wrong, if anything did, and gives the exit code.
func (a *app) fail(err error) int {
	var code exit
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, a.say.T("interrupted"))
	default:
		fmt.Fprintln(a.stderr, a.say.T("failed", a.sentence(store.Explain(err))))
	}
	return exitFailed
}

// sentence gives what may be said of an error, in English where there is any.
func (a *app) sentence(err error) string {
	if a.say.Lang == locale.English {
		return errs.English(err)
	}
	return errs.Public(err)
}

// askedLang finds --lang before the command line is parsed, so that also what is
// wrong with the command line is said in that language.
func askedLang(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
	}
	return ""
}
