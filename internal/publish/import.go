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
	Made     []Document // of the lines that nothing is wrong with; of a trial, what would be made
	Problems []Problem
	Warnings []Problem // what the release guard will stop at publication; only of a trial
}

// Seen is at which line of a list a number or an index number stands first. It goes
// from part to part of the list.
type Seen map[string]int

// Stretch is a part of a list that becomes documents: the list moves on in the change
// that keeps them, so that no attempt keeps a part twice.
type Stretch struct {
	List     string
	From, To int  // lines
	Last     bool // the list ends there
	Kept     int
	Refused  []Problem
}

// Taking is how lines are taken in.
type Taking struct {
	Try     bool // only look
	Seen    Seen
	Stretch *Stretch // nil for lines that are of no kept list
}

// TakeIn drafts the documents of lines with which nothing is wrong: they go through
// the house like any other, also those that an old site has published. The lines are a
// part of a list, which is why they come in an own change.
func (d *Desk) TakeIn(ctx context.Context, actor account.Actor, in Intake, lines []Line, b Bundle, how Taking) (Taken, error) {
	var taken Taken
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return taken, err
	}
	if err := d.admit(ctx, actor, &in, tree); err != nil {
		return taken, err
	}
	s, err := d.scene(ctx, actor.ID, in.Organ, tree)
	if err != nil {
		return taken, err
	}
	good, made, err := d.tryLines(ctx, in, lines, b, how, s, &taken)
	if err != nil {
		return taken, err
	}
	if taken.Made = made; how.Try {
		return taken, d.foresee(ctx, good, &taken)
	}
	if how.Stretch == nil && len(made) == 0 {
		return taken, nil
	}
	taken.Made, err = d.take(ctx, actor, composed(in, made, how.Stretch), stretchOf(how.Stretch, len(made), taken.Problems))
	return taken, err
}

func stretchOf(s *Stretch, kept int, refused []Problem) *Stretch {
	if s == nil {
		return nil
	}
	done := *s
	done.Kept, done.Refused = kept, refused
	return &done
}

// composed gives what is drafted of documents that were tried.
func composed(in Intake, made []Document, s *Stretch) []Intake {
	var all []Intake
	for _, one := range made {
		c := Compose{Paper: Paper{Content: one.Content, Attribute: one.Attribute, Grade: one.Grade}, Origin: one.Origin}
		if s != nil {
			c.Origin.Import = s.List
		}
		all = append(all, Intake{Organ: in.Organ, Section: in.Section, Compose: c})
	}
	return all
}

// tryLines tells what is wrong with lines, and gives those with which nothing is, and
// what they would become.
func (d *Desk) tryLines(ctx context.Context, in Intake, lines []Line, b Bundle, how Taking, s Scene, taken *Taken) (good []Line, made []Document, err error) {
	all, wrong, unsaid := make([]Compose, len(lines)), make([][]Problem, len(lines)), make([][]string, len(lines))
	for i, l := range lines {
		all[i], wrong[i], unsaid[i] = l.Compose(b)
	}
	twice, err := d.twice(ctx, in.Organ, lines, all, how.Seen)
	if err != nil {
		return nil, nil, err
	}
	for i, l := range lines {
		c, problems := all[i], wrong[i]
		one := Document{ID: "new", Organ: in.Organ, Section: in.Section}
		if _, err := one.Do(c, s); err != nil {
			problems = append(problems, problemsOf(l, err, problems, unsaid[i])...)
		}
		if problems = append(problems, twice[i]...); len(problems) > 0 {
			taken.Problems = append(taken.Problems, problems...)
			continue
		}
		good, made = append(good, l), append(made, one)
	}
	return good, made, nil
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
// column has a problem already, or one that follows from another's.
func problemsOf(l Line, err error, known []Problem, unsaid []string) []Problem {
	fields := errs.FieldsOf(err)
	if len(fields) == 0 {
		return []Problem{{Line: l.Number, Text: errs.Public(err)}}
	}
	var all []Problem
	for _, f := range fields {
		if !slices.Contains(unsaid, f.Name) && !slices.ContainsFunc(known, func(p Problem) bool { return p.Column == f.Name }) {
			all = append(all, Problem{l.Number, f.Name, f.Public})
		}
	}
	return all
}

// twice finds numbers and index numbers that stood in the list before, or are in the
// house already; by the place of the line.
func (d *Desk) twice(ctx context.Context, organ string, lines []Line, made []Compose, seen Seen) (map[int][]Problem, error) {
	if seen == nil {
		seen = Seen{}
	}
	all := map[int][]Problem{}
	for _, c := range []struct {
		column, what string
		of           func(Compose) string
		known        func(context.Context, string, []string) ([]string, error)
	}{
		{"number", "文号", func(c Compose) string { return c.Number }, d.Store.Known},
		{"index", "索引号", func(c Compose) string { return c.Origin.Index }, func(ctx context.Context, _ string, some []string) ([]string, error) {
			return d.Store.Indexed(ctx, some)
		}},
	} {
		at := map[string]int{}
		var once []string
		for i, l := range lines {
			value := c.of(made[i])
			if value == "" {
				continue
			}
			key := c.column + "/" + value
			if line, there := seen[key]; there {
				all[i] = append(all[i], Problem{l.Number, c.column, c.what + "“" + value + "”与第" + strconv.Itoa(line) + "行相同；请核对，重复的一行删去。"})
				continue
			}
			seen[key], at[value] = l.Number, i
			once = append(once, value)
		}
		known, err := c.known(ctx, organ, once)
		if err != nil {
			return nil, err
		}
		for _, value := range known {
			i := at[value]
			all[i] = append(all[i], Problem{lines[i].Number, c.column, c.what + "“" + value + "”的文件已经登记过；不要重复导入，请删去这一行，或者改正" + c.what + "。"})
		}
	}
	return all, nil
}
