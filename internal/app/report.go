package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/job"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/stats"
	"gongkai/internal/store"
)

// compiling is the workbench of annual reports, with the figures of every task.
func (a *App) compiling(o Options, r *rooms) *compile.Desk {
	return &compile.Desk{
		Store: store.Reports{DB: a.db}, Recounts: store.Recounts{DB: a.db}, Rolls: rolls{store.Recounts{DB: a.db}, r.requests}, Trees: r.book, Clock: o.Clock, IDs: r.ids,
		Sources:  []compile.Source{stats.Documents{Desk: r.documents}, stats.Requests{Desk: r.requests}, stats.Filings{Office: r.filings}, stats.Consultations{Desk: r.consults, Filings: stats.Filings{Office: r.filings}}},
		Contacts: reportContacts{a.Config.BaseURL, r.book}, Policies: reportPolicies{r.settings}, Press: press{r.documents, a.files(o.Clock)},
		Superiors: superiors{r.settings},
		Wake: func(ctx context.Context) error {
			_, err := r.queue.Add(ctx, deliverReports, nil, job.Options{})
			return err
		},
	}
}

// rolls counts one by one, by the conventions of the organ.
type rolls struct {
	store.Recounts
	requests *foi.Desk
}

// Take reads the records of an organ.
func (r rolls) Take(ctx context.Context, organ string, year int) (compile.Roll, []compile.Mismatch, error) {
	p, err := r.requests.Policies.RequestPolicy(ctx, organ)
	if err != nil {
		return nil, nil, err
	}
	return r.Recounts.Take(ctx, organ, year, p.Counting)
}

// recountFigures counts all figures anew. It fails where they differ, so that it stands
// among the failed jobs and on the first page of the administration.
func (a *App) recountFigures(ctx context.Context) (int, error) {
	r, err := a.rooms.reports.Recount(ctx)
	if err != nil {
		return 0, err
	}
	if n := len(r.Wrong); n > 0 {
		first := r.Wrong[0]
		return r.Cells, errs.Wrap(fmt.Errorf("%d figures differ, the first: %s %d %s kept %d counted %d", n, first.Organ, first.Year, first.Cell, first.Kept, first.Real), errs.Corrupt,
			"%d个统计数与逐件清点不符，年度报告的数字不可靠：有人绕过程序改动了数据库，或者记录损坏。请监督人员查看“年度报告—统计自检”，并运行 gongkai verify。", n)
	}
	return r.Cells, nil
}

// remindReports tells those whose turn it is that a report is due soon, on the days
// before that the organ has set.
func (a *App) remindReports(ctx context.Context) (int, error) {
	r := a.rooms
	cal, err := r.calendar.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	var all []notify.Notice
	err = r.reports.Remindable(ctx, cal, func(m compile.Reminder) error {
		people, err := r.requests.Store.Holders(ctx, m.Organ, m.Role)
		for _, person := range people {
			all = append(all, notify.Notice{Person: person, Organ: m.Organ, Kind: notify.ReportDue, Once: m.Once, Title: m.Title, Link: m.Link, Urgent: m.Days <= 1})
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(all), r.notify.Tell(ctx, all)
}

// reportContacts tells where a report is published, and who answers for it.
type reportContacts struct {
	base string
	book *org.Book
}

// ReportContact gives what an organ tells of itself.
func (c reportContacts) ReportContact(ctx context.Context, organ string) (compile.Contact, error) {
	tree, err := c.book.Tree(ctx)
	if err != nil {
		return compile.Contact{}, err
	}
	all, err := c.book.Contacts(ctx, []string{organ})
	if err != nil {
		return compile.Contact{}, err
	}
	contact := compile.Contact{Address: all[organ].Address, Phone: all[organ].Phone}
	if roots := tree.Children(""); len(roots) > 0 {
		contact.Site = roots[0].Name + "门户网站"
		if c.base != "" {
			contact.Site += "（" + c.base + "）"
		}
	}
	return contact, nil
}

// press publishes signed reports: each is a document like others, with the report in
// its text and as files.
type press struct {
	desk  *publish.Desk
	files interface {
		Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	}
}

// Draft drafts the document of a signed report, or gives the one that published the
// version before the new text.
func (p press) Draft(ctx context.Context, actor account.Actor, r compile.Report, former string) (string, error) {
	v, _ := r.Last()
	printed, err := v.Report()
	if err != nil {
		return "", err
	}
	paper, err := p.paper(ctx, printed, v)
	if err != nil {
		return "", err
	}
	if former == "" {
		d, err := p.desk.Draft(ctx, actor, publish.Intake{Organ: r.Organ, Compose: publish.Compose{Paper: paper}})
		return d.ID, err
	}
	d, err := p.desk.Document(ctx, actor, former)
	if err != nil {
		return "", err
	}
	if d.Status != publish.Drafting {
		if err := p.desk.Do(ctx, actor, former, publish.Revise{Why: v.Why, Note: v.Why}); err != nil {
			return "", err
		}
	}
	return former, p.desk.Do(ctx, actor, former, publish.Edit{Paper: paper})
}

// paper is the report as a document: its text without the title, which the record has,
// and the files that people take away.
func (p press) paper(ctx context.Context, r *annual.Report, v compile.Version) (publish.Paper, error) {
	form := write.Document(r)
	paper := publish.Paper{Attribute: publish.Attribute{Openness: publish.Open}, Content: publish.Content{Record: publish.Record{
		Title: form.Title, Kind: publish.AnnualReport, Subject: "20-15", FormedOn: v.SignedOn, Keywords: []string{"年度报告", "政府信息公开"},
	}}}
	text := &doc.Doc{}
	for _, b := range form.Blocks {
		if b.Para == nil || b.Para.Style != doc.Title {
			text.Blocks = append(text.Blocks, b)
		}
	}
	paper.Text = publish.Print(text)
	for _, format := range []string{"docx", "pdf", "xlsx", "json"} {
		var b bytes.Buffer
		if err := printed(&b, format, r, form); err != nil {
			return paper, err
		}
		info, err := p.files.Put(ctx, &b, int64(b.Len()))
		if err != nil {
			return paper, err
		}
		paper.Files = append(paper.Files, publish.File{Hash: info.Hash, Name: form.Title + "." + format})
	}
	return paper, nil
}

// printed writes a signed report in a format that people or programs take away.
func printed(b *bytes.Buffer, format string, r *annual.Report, form *doc.Doc) error {
	if format != "json" {
		return open.Write(b, doc.Format(format), form)
	}
	text, err := r.JSON(false)
	b.Write(text)
	return err
}

// PublishedOn gives the day on which a signed text became public.
func (p press) PublishedOn(ctx context.Context, document string, from calendar.Date) (calendar.Date, error) {
	d, err := p.desk.Store.Document(ctx, document)
	for _, v := range d.Versions {
		if !v.From.Before(from) {
			return v.From, err
		}
	}
	return calendar.Date{}, err
}

// reportPolicies read when a report is due off the settings.
type reportPolicies struct{ settings *setting.Book }

// ReportPolicy gives what an organ decides.
func (p reportPolicies) ReportPolicy(ctx context.Context, organ string) (policy compile.Policy, err error) {
	for name, into := range map[string]*int{
		setting.ReportJanuary: &policy.January, setting.ReportMarch: &policy.March, setting.ReportTownship: &policy.Township, setting.ReportField: &policy.Field,
		setting.ReportFactor: &policy.JumpFactor, setting.ReportLeast: &policy.JumpLeast, setting.ReportPlaces: &policy.Places,
		setting.ReportTable: &policy.TablePlaces,
	} {
		if *into, err = p.settings.Int(ctx, organ, name); err != nil {
			return policy, err
		}
	}
	for _, name := range compile.Settable() {
		v, err := p.settings.Value(ctx, organ, name)
		if err != nil {
			return policy, err
		}
		policy.Conventions = append(policy.Conventions, compile.Held{Setting: name, Value: v.Value, Since: v.Since})
	}
	days, err := p.settings.Choices(ctx, organ, setting.ReportReminders)
	for _, day := range days {
		n, err := strconv.Atoi(day)
		if err != nil {
			return policy, err
		}
		policy.Reminders = append(policy.Reminders, n)
	}
	return policy, err
}

// MendingDays gives how many working days a notice about a report gives.
func (p reportPolicies) MendingDays(ctx context.Context, organ string) (int, error) {
	return p.settings.Int(ctx, organ, setting.MendingDays)
}

// SenderAhead gives how far the clock of a sender may run ahead.
func (p reportPolicies) SenderAhead(ctx context.Context, organ string) (time.Duration, error) {
	return p.settings.Duration(ctx, organ, setting.SenderAhead)
}
