package publish

import (
	"context"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/errs"
)

// Taken tells what an import does, or would do.
type Taken struct {
	Made     []Document // with dry, what would be made
	Problems []Problem
}

// Import drafts the documents of a list, all or none: they go through the house like
// any other, also those that an old site has published. With dry it only looks; with
// a problem nothing is kept.
func (d *Desk) Import(ctx context.Context, actor account.Actor, organ, section string, lines []Line, b Bundle, dry bool) (Taken, error) {
	var taken Taken
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return taken, err
	}
	in := Intake{Organ: organ, Section: section}
	if err := d.admit(ctx, actor, &in, tree); err != nil {
		return taken, err
	}
	if len(lines) > MaxLines {
		return taken, errs.New(errs.TooLarge, "一次最多导入%d份文件，这份表有%d行；请分开导入。", MaxLines, len(lines))
	}
	s, err := d.scene(ctx, actor.ID, organ, tree)
	if err != nil {
		return taken, err
	}
	var all []Intake
	for _, l := range lines {
		c, problems := l.Compose(b)
		one := Document{ID: "new", Organ: in.Organ, Section: in.Section}
		if _, err := one.Do(c, s); err != nil {
			problems = append(problems, problemsOf(l, err, problems)...)
		}
		taken.Problems = append(taken.Problems, problems...)
		taken.Made = append(taken.Made, one)
		all = append(all, Intake{Organ: in.Organ, Section: in.Section, Compose: c})
	}
	if err := d.twice(ctx, organ, lines, all, &taken); err != nil || dry || len(taken.Problems) > 0 {
		return taken, err
	}
	taken.Made, err = d.take(ctx, actor, all)
	return taken, err
}

// problemsOf says beside the columns what the rules have against a line, unless the
// column has a problem already.
func problemsOf(l Line, err error, known []Problem) []Problem {
	fields := errs.FieldsOf(err)
	if len(fields) == 0 {
		return []Problem{{Line: l.Number, Text: errs.Public(err)}}
	}
	var all []Problem
	for _, f := range fields {
		if !slices.ContainsFunc(known, func(p Problem) bool { return p.Column == f.Name }) {
			all = append(all, Problem{l.Number, f.Name, f.Public})
		}
	}
	return all
}

// twice finds numbers that stand twice in the list, or in the house already.
func (d *Desk) twice(ctx context.Context, organ string, lines []Line, all []Intake, taken *Taken) error {
	var numbers []string
	first := map[string]int{}
	for i, in := range all {
		n := in.Number
		if n == "" {
			continue
		}
		if at, seen := first[n]; seen {
			taken.Problems = append(taken.Problems, Problem{lines[i].Number, "number", "文号“" + n + "”与第" + strconv.Itoa(at) + "行相同。"})
			continue
		}
		first[n] = lines[i].Number
		numbers = append(numbers, n)
	}
	known, err := d.Store.Known(ctx, organ, numbers)
	for _, n := range known {
		taken.Problems = append(taken.Problems, Problem{first[n], "number", "文号“" + n + "”的文件已经登记过。"})
	}
	return err
}
