package collect

import (
	"bytes"
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/read"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Outcome is what became of a file that was brought.
type Outcome struct {
	Name   string
	Report Received // zero where it was refused
	Doubts int
	Err    error
}

// Receive takes in files, each a report or a package of many. A file that is no report,
// or cannot be read, is refused with a sentence and not kept; the others are taken in.
func (d *Desk) Receive(ctx context.Context, actor account.Actor, keeper string, papers []Paper) ([]Outcome, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.CollectReports, keeper, tree); err != nil {
		return nil, err
	}
	var all []Outcome
	for _, brought := range papers {
		inside, err := Unpack(brought)
		if err != nil {
			all = append(all, Outcome{Name: brought.Name, Err: err})
			continue
		}
		for _, p := range inside {
			if len(all) == MaxFiles {
				return append(all, Outcome{Name: p.Name, Err: errs.New(errs.TooLarge, "一次最多接收 %d 个文件，其余的没有接收，请分几次上传。", MaxFiles)}), d.wake(ctx)
			}
			o, err := d.receive(ctx, actor.ID, keeper, "", 0, p, tree, nil)
			if err != nil {
				return all, err
			}
			all = append(all, o)
		}
	}
	return all, d.wake(ctx)
}

// receive takes in one file. organ and year are told where they are known already; step is
// that of its batch, nil for none. Its error is one of the machine; what is wrong with the
// file is in the outcome.
func (d *Desk) receive(ctx context.Context, by, keeper, organ string, year int, p Paper, tree *org.Tree, step *Step) (Outcome, error) {
	o := Outcome{Name: p.Name}
	report, err := d.read(ctx, p)
	if err != nil {
		if errs.KindOf(err) == errs.Internal {
			return o, err
		}
		o.Err = err
		return o, nil
	}
	o.Doubts = len(Open(report))
	r := Received{ID: d.IDs.New(), Keeper: keeper, State: Waiting, Way: ByFile, At: d.Clock.Now(), On: d.Today(), By: by, Named: report.Organ, Year: report.Year}
	printed, err := report.JSON(true)
	if err != nil {
		return o, err
	}
	r.Read = string(printed)
	if organ != "" {
		then, err := d.nodeOf(ctx, organ, year)
		if err != nil {
			return o, err
		}
		if r.Why = elsewhere(report, year, then.Name, tree.Name(organ)); r.Why != "" {
			o.Err = errs.New(errs.Invalid, "%s", r.Why)
			return o, nil
		}
		r.Organ, r.Year = organ, year
	} else {
		if r.Organ, r.Why, err = d.whose(ctx, tree, keeper, report); err != nil {
			return o, err
		}
	}
	info, err := d.Files.Put(ctx, bytes.NewReader(p.Data), MaxFile)
	if err != nil {
		o.Err = err
		return o, nil
	}
	r.Files = []File{{info.Hash, p.Name}}
	if step != nil {
		step.Settled = Fate{Name: p.Name, Doubts: o.Doubts}
	}
	err = d.take(ctx, &r, tree, step)
	if k := errs.KindOf(err); k == errs.Conflict || k == errs.Invalid {
		o.Err, err = err, nil
		return o, err
	}
	o.Report = r
	return o, err
}

// read reads a file as a report.
func (d *Desk) read(ctx context.Context, p Paper) (*annual.Report, error) {
	if len(p.Data) > MaxFile {
		return nil, errs.New(errs.TooLarge, "文件有 %d MB，超过 %d MB；请压缩其中的图片，或者只报送报告本身。", len(p.Data)>>20, MaxFile>>20)
	}
	document, err := d.Reader.Read(ctx, p.Name, p.Data)
	if err != nil {
		return nil, err
	}
	return read.Report(document, p.Name)
}

// whose tells whose report it is among the organs that were at and below the one that
// received it; why says what a person has to say.
func (d *Desk) whose(ctx context.Context, tree *org.Tree, keeper string, r *annual.Report) (organ, why string, err error) {
	if knownYear(r.Year, d.Today()) != nil || r.Year == d.Today().Year() {
		return "", "报告中没有读出年度，或者年度不对，请选择年度和机关。", nil
	}
	organ, near, err := d.find(ctx, tree, keeper, r.Organ, r.Year)
	switch {
	case err != nil || organ != "":
		return organ, "", err
	case r.Organ == "":
		return "", "报告中没有读出机关名称，请选择机关。", nil
	case len(near) > 0:
		return "", "报告中的机关“" + r.Organ + "”与名录中的名称不完全一致，请确认是哪个机关。", nil
	}
	return "", "报告中的机关“" + r.Organ + "”不在名录中，请选择机关，或者作废这份文件。", nil
}

// find finds an organ at and below another by the name that a report on a year bears: the
// name of that time, else that of today.
func (d *Desk) find(ctx context.Context, tree *org.Tree, top, name string, year int) (organ string, near []org.Node, err error) {
	if year == 0 {
		organ, near = Find(Expected(tree, top), name)
		return organ, near, nil
	}
	then, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return "", nil, err
	}
	if organ, near = Find(Expected(then, top), name); organ != "" {
		return organ, near, nil
	}
	today := slices.DeleteFunc(Expected(tree, top), func(n org.Node) bool {
		_, there := then.Node(n.ID)
		return !there
	})
	organ, also := Find(today, name)
	for _, n := range also {
		if !slices.ContainsFunc(near, func(other org.Node) bool { return other.ID == n.ID }) {
			near = append(near, n)
		}
	}
	return organ, near, nil
}

// elsewhere says why a report cannot be that of an organ, known by some names, and a year;
// "" when it can.
func elsewhere(r *annual.Report, year int, names ...string) string {
	switch {
	case r.Year != 0 && r.Year != year:
		return "这是" + itoa(r.Year) + "年的报告，不是" + itoa(year) + "年的，请核对文件。"
	case r.Organ != "" && !slices.ContainsFunc(names, func(name string) bool { return fold(r.Organ) == fold(name) }):
		return "报告中的机关是“" + r.Organ + "”，不是“" + names[0] + "”，请核对文件。"
	}
	return ""
}

// take keeps a received report. One that is placed takes the place of those before it.
func (d *Desk) take(ctx context.Context, r *Received, tree *org.Tree, step *Step) error {
	pen := event.Pen{Actor: r.By, At: r.At, IDs: d.IDs}
	if err := d.notSignedHere(ctx, r.Organ, r.Year, tree); err != nil {
		return err
	}
	return d.Store.Take(ctx, *r, func(kept *Received, before []Received) (ReceivedChange, error) {
		c, err := counts(kept, before, pen, tree)
		if err != nil {
			return c, err
		}
		e := pen.Write(owner(*kept), Subject(kept.ID), Taken, map[string]any{"way": kept.Way, "year": kept.Year, "version": kept.Version, "files": hashes(kept.Files), "state": kept.State})
		e.State = kept.Digest()
		c.Events = append(c.Events, e)
		if step != nil {
			s := &step.Settled
			s.Received, s.Organ, s.Year, s.Version, s.Why = kept.ID, kept.Organ, kept.Year, kept.Version, kept.Why
			c.Step = step
		}
		*r = *kept
		return c, nil
	})
}

// notSignedHere refuses what would take the place of a report that was signed in this
// deployment: the organ corrects that one itself.
func (d *Desk) notSignedHere(ctx context.Context, organ string, year int, tree *org.Tree) error {
	if organ == "" {
		return nil
	}
	c, err := d.Store.Counting(ctx, organ, year)
	if errs.KindOf(err) == errs.NotFound || err == nil && c.Way != Here {
		return nil
	}
	if err != nil {
		return err
	}
	return errs.New(errs.Conflict, "“%s”%d年的报告已经在本系统签发，不能用文件代替；有错误的，请该机关更正后重新签发。", tree.Name(organ), year)
}

// counts lets a placed report count in place of those before it.
func counts(r *Received, before []Received, pen event.Pen, tree *org.Tree) (c ReceivedChange, err error) {
	if r.Organ == "" {
		return c, nil
	}
	r.Version = 1
	for _, b := range before {
		if b.ID == r.ID {
			continue
		}
		r.Version = max(r.Version, b.Version+1)
		if b.State != Counted {
			continue
		}
		if len(b.Files) > 0 && len(r.Files) > 0 && b.Files[0].Hash == r.Files[0].Hash {
			return c, errs.New(errs.Conflict, "“%s”%d年的这份报告已经收到过，内容完全相同。", tree.Name(r.Organ), r.Year)
		}
		b.State = Replaced
		e := pen.Write(b.Organ, Subject(b.ID), Succeeded, map[string]any{"by": r.ID})
		e.State = b.Digest()
		c.Others, c.Events = append(c.Others, b), append(c.Events, e)
	}
	r.State, r.Why = Counted, ""
	return c, nil
}

// owner is the organ whose business a received report is.
func owner(r Received) string {
	if r.Organ == "" {
		return r.Keeper
	}
	return r.Organ
}

func hashes(files []File) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.Hash)
	}
	return all
}
