package accession

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/publish"
)

// atOnce is how many lines are worked on at a time: those that a change keeps, and
// whose texts are in memory.
const atOnce = 200

// Handlers gives what does the jobs.
func (o Office) Handlers() map[job.Kind]job.Handler {
	return map[job.Kind]job.Handler{
		LookKind: func(ctx context.Context, j *job.Active) error { return o.work(ctx, j, arrival.Looking, o.look) },
		KeepKind: func(ctx context.Context, j *job.Active) error { return o.work(ctx, j, arrival.Keeping, o.keep) },
	}
}

// Meanings gives the words for them.
func Meanings() []job.Meaning {
	return []job.Meaning{{Kind: LookKind, Chinese: "检查要导入的旧站目录", English: "catalogue of an old site looked at"}, {Kind: KeepKind, Chinese: "导入旧站目录", English: "catalogue of an old site taken in"}}
}

// work does one of the jobs with a list.
func (o Office) work(ctx context.Context, j *job.Active, in arrival.State, do func(context.Context, *job.Active, account.Actor, Standing) error) error {
	return o.desk().Work(ctx, j, in, func(ctx context.Context, actor account.Actor, b Batch) error {
		s, err := o.standing(b)
		if err != nil {
			return err
		}
		return do(ctx, j, actor, s)
	}, func(ctx context.Context, b Batch, why error) error {
		s, err := o.standing(b)
		if err != nil {
			return err
		}
		return o.refused(ctx, s, why)
	})
}

func (o Office) standing(b Batch) (s Standing, err error) {
	s.Batch = b
	s.Known, err = o.load(b.Content)
	return s, err
}

// refused tells why nothing more will come of the list.
func (o Office) refused(ctx context.Context, s Standing, why error) error {
	s.Known.Found = Found{Trouble: errs.Public(why)}
	return o.looked(ctx, s)
}

// looked keeps what was found.
func (o Office) looked(ctx context.Context, s Standing) (err error) {
	if s.Content, err = o.save(ctx, s.Known); err != nil {
		return err
	}
	return o.desk().Looked(ctx, s.Batch)
}

// look reads list and files, where that was not done yet, and finds everything that
// is wrong.
func (o Office) look(ctx context.Context, j *job.Active, actor account.Actor, s Standing) error {
	c := &s.Known
	if !c.Unpacked {
		if err := o.read(ctx, c); err != nil {
			return err
		}
		rows := len(c.Sheet.Rows)
		if err := o.unpack(ctx, c, func(done, total int) { j.Progress(done, total+rows) }); err != nil {
			return err
		}
	}
	c.Found = Found{}
	for _, column := range c.Mapping.Missing() {
		c.Found.Missing = append(c.Found.Missing, column.Name)
	}
	if len(c.Found.Missing) > 0 {
		return o.looked(ctx, s)
	}
	lines, seen := c.Sheet.Lines(c.Mapping), publish.Seen{}
	for from := 0; from < len(lines); from += atOnce {
		part := lines[from:min(from+atOnce, len(lines))]
		bundle, err := o.bundle(ctx, *c, part)
		if err != nil {
			return err
		}
		taken, err := o.Desk.TakeIn(ctx, actor, publish.Intake{Organ: s.Organ, Section: s.Section}, part, bundle, publish.Taking{Try: true, Seen: seen})
		if err != nil {
			return err
		}
		c.Found.Problems, c.Found.Warnings = append(c.Found.Problems, taken.Problems...), append(c.Found.Warnings, taken.Warnings...)
		j.Progress(len(c.Files)+from+len(part), len(c.Files)+len(lines))
	}
	c.Found.Count, c.Found.Bad = len(lines), len(linesOf(c.Found.Problems))
	return o.looked(ctx, s)
}

// read reads the list.
func (o Office) read(ctx context.Context, c *Content) error {
	data, err := o.bytes(c.List)
	if err != nil {
		return err
	}
	d, err := o.Reader.Sheet(ctx, c.Name, data)
	if err == nil {
		c.Sheet, err = publish.FindSheet(d)
	}
	if err != nil && errs.KindOf(err) != errs.Internal {
		return errs.Wrap(err, errs.Invalid, "%s", errs.Public(err))
	}
	c.Mapping = c.Sheet.Guess()
	return err
}

// keep keeps the documents, stretch by stretch, from where an earlier attempt has come
// to.
func (o Office) keep(ctx context.Context, j *job.Active, actor account.Actor, s Standing) error {
	c := s.Known
	lines, bad := c.Sheet.Lines(c.Mapping), linesOf(c.Found.Problems)
	for from := s.Done; from < len(lines); from += atOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(from+atOnce, len(lines))
		part := slices.DeleteFunc(slices.Clone(lines[from:to]), func(l publish.Line) bool { return bad[l.Number] })
		bundle, err := o.bundle(ctx, c, part)
		if err != nil {
			return err
		}
		how := publish.Taking{Stretch: &publish.Stretch{List: s.ID, From: from, To: to, Last: to == len(lines)}}
		_, err = o.Desk.TakeIn(ctx, actor, publish.Intake{Organ: s.Organ, Section: s.Section}, part, bundle, how)
		if errs.KindOf(err) == errs.Conflict {
			return o.overtaken(ctx, s.ID, from, err)
		}
		if err != nil {
			return err
		}
		j.Progress(to, len(lines))
	}
	return nil
}

// overtaken tells whether another attempt has kept a stretch: then it goes on with
// the list. Any other conflict is one, and the job is tried again.
func (o Office) overtaken(ctx context.Context, id string, from int, conflict error) error {
	b, err := o.Store.Batch(ctx, id)
	if err == nil && (b.State != arrival.Keeping || b.Done != from) {
		return nil
	}
	return conflict
}

// bundle gives the files of a list, with the texts of those from which some lines
// read one.
func (o Office) bundle(ctx context.Context, c Content, lines []publish.Line) (publish.Bundle, error) {
	b := publish.NewBundle(c.Files, c.Unfit)
	for _, l := range lines {
		for _, at := range b.Find(l.Cells["source"]) {
			if err := o.text(ctx, b, at); err != nil {
				return b, err
			}
		}
		if name := l.Cells["text"]; len(name) <= publish.MaxPath && strings.EqualFold(path.Ext(name), ".txt") {
			for _, at := range b.Find(name) {
				if err := o.plain(b, at); err != nil {
					return b, err
				}
			}
		}
	}
	return b, nil
}

// text reads a document, once. What cannot be read is told with the line.
func (o Office) text(ctx context.Context, b publish.Bundle, at string) error {
	f, kept := b.File(at)
	if _, done := b.Texts[at]; done || !kept {
		return nil
	}
	data, err := o.bytes(f.Hash)
	if err != nil {
		return err
	}
	d, err := o.Reader.Read(ctx, path.Base(at), data)
	switch {
	case err == nil:
		b.Texts[at] = d
	case errs.KindOf(err) == errs.Internal:
		return err
	}
	return nil
}

// plain reads a text as it is kept.
func (o Office) plain(b publish.Bundle, at string) error {
	f, kept := b.File(at)
	if !kept {
		return nil
	}
	data, err := o.bytes(f.Hash)
	if err == nil && utf8.Valid(data) {
		b.Plain[at] = strings.TrimPrefix(string(data), "\ufeff")
	}
	return err
}
