package cli

import (
	"gongkai/internal/cli/limits"
	"gongkai/internal/errs"
)

// feeCmd is gongkai fee: the processing fee (信息处理费, 条例§42).
type feeCmd struct {
	Batch     string `arg:"" name:"-" optional:"" help:"arg.fee.batch"`
	Pieces    *int64 `xor:"method" placeholder:"N" help:"flag.fee.pieces"`
	Pages     *int64 `xor:"method" placeholder:"N" help:"flag.fee.pages"`
	Published bool   `help:"flag.fee.published"`
	JSON      bool   `name:"json" help:"flag.json"`
}

// Run answers one question from the command line, or many from standard input.
func (c *feeCmd) Run(a *app) error {
	switch {
	case c.Batch == "-":
		return limits.Fees(a.ctx, a.stdin, a.stdout)
	case c.Batch != "":
		return errs.New(errs.Invalid, "多余的参数“%s”；件数或页数请用 --pieces 或 --pages 给出。", c.Batch)
	}
	query := limits.FeeQuery{Method: "pieces", Count: c.Pieces, Published: c.Published}
	switch {
	case c.Pages != nil:
		query.Method, query.Count = "pages", c.Pages
	case c.Pieces == nil:
		return errs.New(errs.Invalid, "请用 --pieces 给出件数（按件计收），或用 --pages 给出页数（按量计收）。")
	}
	answer, err := limits.Fee(query)
	if err != nil {
		return err
	}
	return a.printAnswer(answer, c.JSON)
}
