package takeover

import (
	"cmp"
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/job"
)

// Handlers gives what does the jobs.
func (o Office) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{
		LookKind: func(ctx context.Context, j *job.Active) error { return o.work(ctx, j, arrival.Looking, o.look) },
		KeepKind: func(ctx context.Context, j *job.Active) error { return o.work(ctx, j, arrival.Keeping, o.keep) },
	}
}

// Meanings gives the words for them.
func Meanings() []job.Meaning {
	return []job.Meaning{{Kind: LookKind, Chinese: "检查要导入的台账", English: "ledger looked at"}, {Kind: KeepKind, Chinese: "导入台账", English: "ledger taken over"}}
}

// work does one of the jobs with a ledger.
func (o Office) work(ctx context.Context, j *job.Active, in arrival.State, do func(context.Context, *job.Active, account.Actor, Standing) error) error {
	return o.desk().Work(ctx, j, in, func(ctx context.Context, actor account.Actor, l Ledger) error {
		s, err := o.standing(l)
		if err != nil {
			return err
		}
		return do(ctx, j, actor, s)
	}, func(ctx context.Context, l Ledger, why error) error {
		s, err := o.standing(l)
		if err != nil {
			return err
		}
		return o.refused(ctx, s, why)
	})
}

func (o Office) standing(l Ledger) (s Standing, err error) {
	s.Ledger = l
	s.Content, err = o.open(l)
	return s, err
}

// refused tells why nothing will come of the ledger.
func (o Office) refused(ctx context.Context, s Standing, why error) error {
	s.File, s.Found = nil, Found{Trouble: errs.Public(why)}
	return o.looked(ctx, s)
}

// looked keeps what was found.
func (o Office) looked(ctx context.Context, s Standing) (err error) {
	if s.Sealed, err = o.seal(s.ID, s.Content); err != nil {
		return err
	}
	return o.desk().Looked(ctx, s.Ledger)
}

// look reads the file, where that was not done yet, and finds everything that is wrong.
func (o Office) look(ctx context.Context, j *job.Active, actor account.Actor, s Standing) error {
	if s.Rows == nil {
		rows, err := o.Read(ctx, s.Name, s.File)
		if err != nil {
			return err
		}
		head, ok := sheet.FindHead(rows)
		if !ok {
			return errs.New(errs.Invalid, "在前十行里没有找到表头；请下载模板，或者把“申请编号”“申请人类别”等列名写在一行里。")
		}
		if len(rows)-head.Line-1 > foi.MaxImport {
			return errs.New(errs.TooLarge, "一次最多导入%d件，请按年度分成几个文件。", foi.MaxImport)
		}
		s.File, s.Rows, s.Head, s.Mapping = nil, rows, head.Line, head.Guess
	}
	if s.Found.Missing = s.Mapping.Missing(); len(s.Found.Missing) > 0 {
		return o.looked(ctx, s)
	}
	lines, problems, err := o.lines(ctx, actor, s)
	if err != nil {
		return err
	}
	more, err := o.Desk.TakeIn(ctx, actor, s.Organ, lines, foi.Taking{Try: true, Told: func(done int) { j.Progress(done, len(lines)) }})
	if err != nil {
		return err
	}
	s.Found = found(lines, append(problems, more...))
	return o.looked(ctx, s)
}

// lines reads the rows.
func (o Office) lines(ctx context.Context, actor account.Actor, s Standing) ([]foi.PastLine, []foi.Problem, error) {
	ids, err := o.Desk.Clerks(ctx, actor, s.Organ)
	if err != nil {
		return nil, nil, err
	}
	names, err := o.People.Names(ctx, ids)
	byName := map[string]string{}
	for _, id := range ids {
		byName[names[id]] = id
	}
	lines, problems := sheet.Read(s.Rows, s.Head, s.Mapping, byName)
	return lines, problems, err
}

func found(lines []foi.PastLine, problems []foi.Problem) Found {
	slices.SortStableFunc(problems, func(a, b foi.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return Found{Problems: problems[:min(len(problems), problemsMost)], Total: len(problems), Count: len(lines), Years: yearsOf(lines)}
}

// keep keeps the requests. What became wrong since the look is told in its place.
func (o Office) keep(ctx context.Context, j *job.Active, actor account.Actor, s Standing) error {
	lines, problems, err := o.lines(ctx, actor, s)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		told := event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}.Write(s.Organ, event.Subject{Type: "ledger", ID: s.ID}, Imported, map[string]int{"requests": len(lines)})
		problems, err = o.Desk.TakeIn(ctx, actor, s.Organ, lines, foi.Taking{Ledger: s.ID, Events: []event.Event{told}, Told: func(done int) { j.Progress(done, len(lines)) }})
	}
	if errs.KindOf(err) == errs.Conflict {
		return nil // another attempt has kept them
	}
	if err != nil || len(problems) == 0 {
		return err
	}
	s.Found = found(lines, problems)
	return o.looked(ctx, s)
}
