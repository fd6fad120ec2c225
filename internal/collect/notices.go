package collect

import (
	"context"
	"fmt"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/work"
)

// Filters of the list of notices.
const (
	FilterStatus = "status" // issued, overdue, answered, closed, withdrawn
	FilterOrgan  = "organ"
)

// Notices gives those that the actor issues or answers.
func (d *Desk) Notices(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Notice], error) {
	places, own := actor.Where(account.CollectReports), actor.Where(account.AnswerNotices)
	if len(places)+len(own) == 0 {
		return paging.Page[Notice]{}, actor.May(account.AnswerNotices, "", &org.Tree{})
	}
	return d.Store.Notices(ctx, places, own, q, d.Today())
}

// Dossier is a notice as its page shows it.
type Dossier struct {
	Notice
	Scene   NoticeScene
	Case    Case
	Options []NoticeOption
}

// Notice gives a notice to those who issue it or answer it.
func (d *Desk) Notice(ctx context.Context, actor account.Actor, id string) (f Dossier, err error) {
	if f.Notice, err = d.Store.Notice(ctx, id); err != nil {
		return f, err
	}
	tree, err := d.ruling(ctx, actor, account.CollectReports, f.Organ, f.Year)
	if err != nil {
		if tree, err = d.ruling(ctx, actor, account.AnswerNotices, f.Organ, f.Year); err != nil {
			return f, err
		}
	}
	if f.Scene, f.Case, err = d.scene(ctx, tree, actor.ID, f.Keeper, f.Organ, f.Year); err != nil {
		return f, err
	}
	f.Options = f.Notice.Options(actor, tree, f.Scene)
	return f, nil
}

func (d *Desk) scene(ctx context.Context, tree *org.Tree, actor, keeper, organ string, year int) (NoticeScene, Case, error) {
	c, err := d.open(ctx, tree, organ, year)
	if err != nil {
		return NoticeScene{}, c, err
	}
	s := NoticeScene{Actor: actor, At: d.Clock.Now(), Today: d.Today(), Organ: c.Organ, Found: grave(c.Found.Findings), Checked: c.Found.Fresh}
	s.Keeper, _ = tree.Node(keeper)
	for _, n := range c.Notices {
		s.Another = s.Another || n.Open()
	}
	if c.Report != nil {
		printed, err := c.Report.JSON(false)
		if err != nil {
			return s, c, err
		}
		s.Printed = string(printed)
	}
	return s, c, nil
}

// grave leaves out hints: nobody must mend what only may be looked at.
func grave(all []Finding) []Finding {
	var some []Finding
	for _, f := range all {
		if f.Severity != "info" {
			some = append(some, f)
		}
	}
	return some
}

// Draft gives what a notice to an organ would say, with the last day that is usual.
func (d *Desk) Draft(ctx context.Context, actor account.Actor, organ string, year int) (c Case, n Notice, why, err error) {
	tree, err := d.sees(ctx, actor, account.CollectReports, organ, year)
	if err != nil {
		return c, n, nil, err
	}
	s, c, err := d.scene(ctx, tree, actor.ID, keeperOf(actor, organ, tree), organ, year)
	if err != nil {
		return c, n, nil, err
	}
	due, err := d.mendingDue(ctx, s.Keeper.ID)
	if err != nil {
		return c, n, nil, err
	}
	n = Notice{Organ: organ, Year: year, Keeper: s.Keeper.ID}
	why = n.Do(Issue{Due: due}, s)
	n.Due = due
	return c, n, why, nil
}

// keeperOf gives the organ for which the actor collects the reports of another: the
// nearest above it.
func keeperOf(actor account.Actor, organ string, tree *org.Tree) (keeper string) {
	for _, p := range actor.Where(account.CollectReports) {
		if tree.Below(organ, p.Organ) && (keeper == "" || tree.Below(p.Organ, keeper)) {
			keeper = p.Organ
		}
	}
	return keeper
}

func (d *Desk) mendingDue(ctx context.Context, keeper string) (calendar.Date, error) {
	days, err := d.Policies.MendingDays(ctx, keeper)
	if err != nil {
		return calendar.Date{}, err
	}
	cal, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return calendar.Date{}, err
	}
	r := &work.Reckoning{Workdays: days, From: d.Today()}
	answer, err := r.Answer(cal)
	return answer.Deadline, err
}

// IssueNotice tells an organ what to put right in its report.
func (d *Desk) IssueNotice(ctx context.Context, actor account.Actor, organ string, year int, deed Issue) (id string, err error) {
	tree, err := d.sees(ctx, actor, account.CollectReports, organ, year)
	if err != nil {
		return "", err
	}
	s, _, err := d.scene(ctx, tree, actor.ID, keeperOf(actor, organ, tree), organ, year)
	if err != nil {
		return "", err
	}
	id = d.IDs.New()
	err = d.Store.AddNotice(ctx, s.Keeper.ID, organ, year, func(n *Notice, number int, another bool) (NoticeChange, error) {
		*n = Notice{ID: id, Number: fmt.Sprintf("〔%d〕%d号", s.Today.Year(), number), Keeper: s.Keeper.ID, Organ: organ, Year: year}
		s.Another = another
		return d.doNotice(n, deed, s)
	})
	return id, err
}

// DoNotice does a deed with a notice.
func (d *Desk) DoNotice(ctx context.Context, actor account.Actor, id string, deed NoticeDeed) error {
	f, err := d.Notice(ctx, actor, id)
	if err != nil {
		return err
	}
	if _, err := d.ruling(ctx, actor, noticeRows.Nearest(f.Status, deed.Event()).Right, f.Organ, f.Year); err != nil {
		return err
	}
	return d.Store.UpdateNotice(ctx, id, func(n *Notice) (NoticeChange, error) { return d.doNotice(n, deed, f.Scene) })
}

// AnswerNotice answers a notice, with a mended report where one comes along.
func (d *Desk) AnswerNotice(ctx context.Context, actor account.Actor, id, text string, paper *Paper) error {
	f, err := d.Notice(ctx, actor, id)
	if err != nil {
		return err
	}
	tree, err := d.ruling(ctx, actor, account.AnswerNotices, f.Organ, f.Year)
	if err != nil {
		return err
	}
	answer := Answer{Text: text}
	try := f.Notice
	if err := try.Do(answer, f.Scene); err != nil { // before anything is kept
		return err
	}
	if paper != nil {
		if f.Case.Way == Here {
			return errs.InField("file", "这份报告是在本系统编制、签发的，不能用文件代替；请在“年度报告”中更正并重新签发，再反馈。")
		}
		o, err := d.receive(ctx, actor.ID, f.Keeper, f.Organ, f.Year, *paper, tree, nil)
		if err != nil {
			return err
		}
		if o.Err != nil {
			return &errs.Error{Kind: errs.Invalid, Public: errs.Public(o.Err), Cause: o.Err, Fields: errs.Fields{{Name: "file", Public: errs.Public(o.Err)}}}
		}
		answer.Received = o.Report.ID
	}
	if err := d.Store.UpdateNotice(ctx, id, func(n *Notice) (NoticeChange, error) { return d.doNotice(n, answer, f.Scene) }); err != nil {
		return err
	}
	return d.wake(ctx)
}

// doNotice does the deed and says what is to be done afterwards.
func (d *Desk) doNotice(n *Notice, deed NoticeDeed, s NoticeScene) (c NoticeChange, err error) {
	c.Pen = event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}
	todo, was := n.duty(s)
	if err := n.Do(deed, s); err != nil {
		return c, err
	}
	e := c.Pen.Write(n.Organ, MendSubject(n.ID), deed.Event(), map[string]any{"number": n.Number, "year": n.Year, "found": len(n.Found), "due": n.Due, "rounds": len(n.Rounds)})
	e.State = n.Digest()
	c.Events = e1(e)
	next, is := n.duty(s)
	if is {
		c.Wanted = []work.Opening{next}
	}
	if was && (!is || next.Title != todo.Title) {
		act, _ := noticeRows.Act(deed.Event())
		c.Done, c.How = []string{todo.Title}, act.Chinese
	}
	return c, nil
}

// duty is what is to be done about the notice: by the organ, or by whoever issued it.
func (n *Notice) duty(s NoticeScene) (work.Opening, bool) {
	o := work.Opening{Task: work.Report, Subject: MendSubject(n.ID), Note: onMending, Link: "/desk/collected/notices/" + n.ID, Due: n.Due}
	name := s.Organ.Name + strconv.Itoa(n.Year) + "年"
	switch n.Status {
	case ToMend:
		o.Organ, o.Title, o.For = n.Organ, "整改年度报告并反馈："+name, work.Holder{Role: account.Clerk}
	case ToRecheck:
		o.Organ, o.Title, o.For = n.Keeper, "复核年度报告整改："+name, work.Holder{Role: account.Supervisor}
		if o.Due.Before(s.Today) {
			o.Due = s.Today
		}
	case NoNotice, Settled, Recalled:
		return o, false
	}
	return o, true
}
