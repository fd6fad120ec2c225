package publish

import (
	"cmp"
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
	Warnings []Problem // what the release guard will stop at publication; only with dry
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
	if err := d.twice(ctx, organ, lines, all, &taken); err != nil || len(taken.Problems) > 0 {
		return taken, err
	}
	if dry {
		return taken, d.foresee(ctx, lines, &taken)
	}
	taken.Made, err = d.take(ctx, actor, all)
	return taken, err
}

// foresee asks the release guard now what it would say at publication, so that an
// old site's personal data are found before somebody signs them.
func (d *Desk) foresee(ctx context.Context, lines []Line, taken *Taken) error {
	if d.Gate == nil {
		return nil
	}
	column := map[string]string{RecordPart: "title", TextPart: "text"}
	for i, one := range taken.Made {
		if one.Attribute.Openness != Open {
			continue
		}
		for _, p := range one.Parts() {
			found, err := d.Gate.Look(ctx, one.Organ, p.Words().Chinese, one.say(p), p.Hash)
			if err != nil {
				return err
			}
			at := cmp.Or(column[p.Name], "files")
			for _, f := range found {
				if f.Blocks {
					taken.Warnings = append(taken.Warnings, Problem{lines[i].Number, at, f.Says})
				}
			}
		}
	}
	return nil
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

// twice finds numbers and index numbers that stand twice in the list, or in the house
// already.
func (d *Desk) twice(ctx context.Context, organ string, lines []Line, all []Intake, taken *Taken) error {
	var numbers, indexes []string
	for _, in := range all {
		numbers, indexes = append(numbers, in.Number), append(indexes, in.Origin.Index)
	}
	for _, c := range []struct {
		column, what string
		values       []string
		known        func(context.Context, string, []string) ([]string, error)
	}{
		{"number", "文号", numbers, d.Store.Known},
		{"index", "索引号", indexes, func(ctx context.Context, _ string, some []string) ([]string, error) {
			return d.Store.Indexed(ctx, some)
		}},
	} {
		first := map[string]int{}
		var once []string
		for i, value := range c.values {
			if value == "" {
				continue
			}
			if at, seen := first[value]; seen {
				taken.Problems = append(taken.Problems, Problem{lines[i].Number, c.column, c.what + "“" + value + "”与第" + strconv.Itoa(at) + "行相同。"})
				continue
			}
			first[value] = lines[i].Number
			once = append(once, value)
		}
		known, err := c.known(ctx, organ, once)
		if err != nil {
			return err
		}
		for _, value := range known {
			taken.Problems = append(taken.Problems, Problem{first[value], c.column, c.what + "“" + value + "”的文件已经登记过。"})
		}
	}
	return nil
}
