package cli

import (
	"fmt"
	"io"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/cli/limits"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
)

// deadlineCmd is gongkai deadline: the last day of a statutory time limit.
type deadlineCmd struct {
	Limit  string   `arg:"" name:"LIMIT" help:"arg.deadline.limit"`
	Date   string   `arg:"" name:"DATE" optional:"" help:"arg.deadline.date"`
	Pause  []string `placeholder:"A..B" sep:"none" help:"flag.deadline.pause"`
	Extend int      `placeholder:"N" help:"flag.deadline.extend"`
	Region string   `placeholder:"REGION" help:"flag.deadline.region"`
	JSON   bool     `name:"json" help:"flag.json"`
}

// Run answers one question from the command line, or many from standard input.
func (c *deadlineCmd) Run(a *app) error {
	cal, err := calendar.Default()
	if err != nil {
		return err
	}
	if c.Limit == "-" {
		return limits.Deadlines(a.ctx, a.stdin, a.stdout, cal)
	}
	query, err := c.query()
	if err != nil {
		return err
	}
	answer, err := limits.Deadline(query, cal)
	if err != nil {
		return err
	}
	return a.printAnswer(answer, c.JSON)
}

func (c *deadlineCmd) query() (limits.DeadlineQuery, error) {
	q := limits.DeadlineQuery{Limit: c.Limit, From: c.Date, Extend: c.Extend, Region: c.Region}
	if c.Date == "" {
		return q, errs.New(errs.Invalid, "缺少日期：请在期限名称后写起算事件之日，如 gongkai deadline %s 2025-09-22。", c.Limit)
	}
	for _, pause := range c.Pause {
		from, to, ok := strings.Cut(pause, "..")
		if !ok {
			return q, errs.New(errs.Invalid, "--pause 的值“%s”应写作“发函日..收到答复日”，如 2025-09-24..2025-10-13。", pause)
		}
		q.Pauses = append(q.Pauses, limits.Pause{From: from, To: to})
	}
	return q, nil
}

// answer is what the commands deadline and fee give.
type answer interface {
	AppendJSON([]byte) []byte
	Text(english bool) string
}

func (a *app) printAnswer(got answer, asJSON bool) error {
	if asJSON {
		_, err := fmt.Fprintf(a.stdout, "%s\n", got.AppendJSON(nil))
		return err
	}
	_, err := io.WriteString(a.stdout, got.Text(a.say.Lang == locale.English))
	return err
}
