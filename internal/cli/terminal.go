package cli

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// outputFile is a stream that results are written to.
type outputFile struct{ io.Writer }

// isTerminal tells whether a person sees the stream at once.
func isTerminal(w io.Writer) bool {
	if out, ok := w.(outputFile); ok {
		w = out.Writer
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured tells whether to use colours on a stream: only on a terminal, and
// not where NO_COLOR asks for none.
func (a *app) coloured(w io.Writer) bool {
	return isTerminal(w) && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
}

// longWork is how many files are worth a progress bar.
const longWork = 20

// progress shows on standard error how far the work is, if a person looks and
// the work is long. The function that it gives is called once for each file.
func (a *app) progress(n int, title string) (step, done func()) {
	if n < longWork || !isTerminal(a.stderr) {
		return func() {}, func() {}
	}
	bar := progressbar.NewOptions(n,
		progressbar.OptionSetWriter(a.stderr),
		progressbar.OptionSetDescription(title),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish())
	return func() { _ = bar.Add(1) }, func() { _ = bar.Finish() }
}
