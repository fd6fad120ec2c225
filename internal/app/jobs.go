package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"gongkai/internal/accession"
	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/takeover"
	"gongkai/internal/web/admin"
)

// task is something that is done again and again without anybody asking.
type task struct {
	kind             job.Kind
	chinese, english string
	timing           func(ctx context.Context) (job.Timing, error) // nil for what is done when somebody asks
	do               job.Handler
}

// tasks gives them all. Whatever may be done twice does no harm: a process may
// stop in between.
func (a *App) tasks() []task {
	r := a.rooms
	sessions := store.Sessions{DB: a.db, Clock: r.clock}
	nightly := func(hour, minute int) func(context.Context) (job.Timing, error) {
		return job.Always(job.Daily{Hour: hour, Minute: minute})
	}
	hourly := job.Always(job.Every(time.Hour))
	plain := func(do func(context.Context) error) job.Handler {
		return func(ctx context.Context, _ *job.Active) error { return do(ctx) }
	}
	counted := func(do func(context.Context) (int, error)) job.Handler {
		return func(ctx context.Context, j *job.Active) error {
			n, err := do(ctx)
			j.Progress(n, n)
			return err
		}
	}
	return []task{
		{"organ.refresh", "机关变更到期生效", "organs: changes that begin today", nightly(0, 5), counted(r.organs.Refresh)},
		{"backup.daily", "每日备份", "daily backup", a.backupTime, plain(a.dailyBackup)},
		{"personal.erase", "按期限删除个人信息", "personal data whose time is over", nightly(3, 0), counted(a.eraseDue)},
		{"file.tidy", "清理没有用到的文件", "files that no record refers to", nightly(3, 15), counted(a.files(r.clock).Tidy)},
		{"search.tidy", "合并检索列表中变小的分段", "lists of the search whose parts have become small", nightly(3, 45), counted(store.Search{DB: a.db}.Tidy)},
		{"calendar.resume", "放假通知移动的期限补算完", "deadlines that a holiday notice still has to move", hourly, counted(r.calendar.Resume)},
		{"log.verify", "核验日志和记录", "verification of log and records", nightly(4, 0), a.verifyNightly},
		{"session.forget", "清理过期会话", "sessions that have ended", hourly, plain(sessions.Forget)},
		{"draft.forget", "清理过期的网上申请草稿和暂存内容", "drafts of the public, and forms put aside, whose time is over", hourly, plain(a.forgetDrafts)},
		{"ledger.forget", "清理过期的待导入台账", "ledgers on their way in whose time is over", hourly, plain(a.takeover().Forget)},
		{"accession.forget", "清理过期的待导入目录", "catalogues on their way in whose time is over", hourly, plain(a.accession().Forget)},
		{"answer.forget", "清理接口应答", "kept answers of the API", hourly, plain(r.answers.Forget)},
		{"request.tend", "更新申请的待办期限", "what is due about requests, brought up to the day", nightly(0, 30), counted(r.requests.Tend)},
		{"document.tend", "更新主动公开的待办期限", "what is due about documents, brought up to the day", nightly(0, 40), counted(r.documents.Tend)},
		{carryText, "办理渠道文稿", "text carried into a channel or out of it", nil, a.carryText},
		{"channel.sweep", "查找待办理的渠道文稿", "texts that are to be carried", job.Always(job.Every(5 * time.Minute)), counted(a.sweepChannels)},
		{"report.tend", "更新年度报告的待办期限", "what is due about annual reports, brought up to the day", nightly(0, 50), counted(r.reports.Tend)},
		{"filing.tend", "更新填报数据的待办期限", "what is due about filed figures, brought up to the day", nightly(0, 55), counted(r.filings.Tend)},
		{"consultation.tend", "更新意见征集的待办期限", "what is due about consultations, brought up to the day", nightly(0, 55), counted(r.consults.Tend)},
		{"report.remind", "提醒年度报告到期", "reminders of annual reports", nightly(7, 5), counted(a.remindReports)},
		{"figures.recount", "逐件清点统计数", "figures counted anew from the records", nightly(4, 30), counted(a.recountFigures)},
		{"collect.forget", "清理过期的年度报告上传记录", "records of brought annual reports whose time is over", nightly(0, 57), plain(r.collect.ForgetBatches)},
		{"collect.tend", "更新下级年度报告的最后一日", "last days of the reports of those below", nightly(0, 55), counted(r.collect.Tend)},
		{deliverReports, "向上级系统报送年度报告", "annual reports sent to the superior", job.Always(job.Every(15 * time.Minute)), counted(a.outbox().Carry)},
		{checkReports, "核对收到的年度报告", "annual reports checked against each other", job.Always(job.Every(time.Minute)), a.checkCollected},
		{"document.rank", "统计最多阅读的文件", "documents that were read most", hourly, plain(a.rankReads)},
		{"work.remind", "提醒到期和超期的事项", "reminders of what is due", nightly(7, 0), plain(a.remind)},
		{sendMessages, "发送邮件和短信", "messages sent", job.Always(job.Every(10 * time.Minute)), counted(r.notify.Deliver)},
		{"notice.forget", "清理过期的消息", "messages whose time is over", nightly(3, 30), plain(a.forgetNotices)},
	}
}

// eraseDue erases the personal data whose time is over, and the papers that hold
// such.
func (a *App) eraseDue(ctx context.Context) (int, error) {
	n, err := a.rooms.vault.Erase(ctx)
	if err != nil {
		return n, err
	}
	papers, err := a.files(a.rooms.clock).Erase(ctx, a.rooms.ids)
	return n + papers, err
}

func (a *App) backupTime(ctx context.Context) (job.Timing, error) {
	text, err := a.rooms.settings.Text(ctx, setting.Whole, setting.BackupAt)
	if err != nil {
		return nil, err
	}
	return job.ParseDaily(text)
}

func (a *App) dailyBackup(ctx context.Context) error {
	keep, err := a.rooms.settings.Int(ctx, setting.Whole, setting.BackupKeep)
	if err != nil {
		return err
	}
	_, err = a.Backups.Daily(ctx, keep)
	return err
}

// verifyNightly fails when something was tampered with, so that it stands among
// the failed jobs and on the first page of the administration.
func (a *App) verifyNightly(ctx context.Context, j *job.Active) error {
	found, first := 0, ""
	err := a.verify(ctx, j.Progress, func(f store.Finding) {
		a.Log.ErrorContext(ctx, "verification", "room", f.Room, "id", f.ID, "finding", f.English)
		if found++; first == "" {
			first = f.Chinese
		}
	})
	if err == nil && found > 0 {
		err = errs.Wrap(fmt.Errorf("%d findings, the first: %s", found, first), errs.Corrupt,
			"核验发现%d处问题：%s请立即查明，全部问题见系统日志，或者运行 gongkai verify。", found, first)
	}
	return err
}

// schedules gives the tasks as the queue wants them.
func (a *App) schedules() []job.Schedule {
	var all []job.Schedule
	for _, t := range a.tasks() {
		if t.timing == nil {
			continue
		}
		all = append(all, job.Schedule{Name: string(t.kind), Kind: t.kind, Timing: t.timing})
	}
	return all
}

func (a *App) jobMeanings() []job.Meaning {
	var all []job.Meaning
	for _, t := range a.tasks() {
		all = append(all, job.Meaning{Kind: t.kind, Chinese: t.chinese, English: t.english})
	}
	all = append(all, job.Meaning{Kind: moveDeadlines, Chinese: "按放假通知移动期限", English: "deadlines moved by a holiday notice"})
	all = append(all, job.Meaning{Kind: collect.ReadKind, Chinese: "读取上传的年度报告", English: "brought annual reports read"})
	return append(append(all, takeover.Meanings()...), accession.Meanings()...)
}

// runner does the tasks, and what people ask for that takes long.
func (a *App) runner() *job.Runner {
	handlers := map[job.Kind]job.Handler{}
	for _, t := range a.tasks() {
		handlers[t.kind] = t.do
	}
	maps.Copy(handlers, a.takeover().Handlers())
	maps.Copy(handlers, a.accession().Handlers())
	handlers[moveDeadlines] = a.moveDeadlines
	handlers[collect.ReadKind] = a.rooms.collect.ReadBatch
	return &job.Runner{Queue: a.rooms.queue, Handlers: handlers, Schedules: a.schedules(), Log: a.Log, Keep: func(ctx context.Context) (time.Duration, error) {
		return a.rooms.settings.Duration(ctx, setting.Whole, setting.JobKeepDays)
	}}
}

func (a *App) jobOffice() job.Office {
	return job.Office{Queue: a.rooms.queue, Schedules: a.schedules(), Trees: a.rooms.book}
}

// facts are the figures on the first page of the administration.
func (a *App) facts() map[string]admin.Fact {
	r := a.rooms
	number := func(n int, err error) (string, error) { return fmt.Sprint(n), err }
	return map[string]admin.Fact{
		"/admin/organs": func(ctx context.Context, _ account.Actor) (string, error) {
			tree, err := r.book.Tree(ctx)
			if err != nil {
				return "", err
			}
			return number(tree.Len(), nil)
		},
		"/admin/people": nil, "/admin/roles": nil, "/admin/settings": nil, "/admin/clients": nil, "/admin/jobs": nil, "/admin/messages": nil,
		"/admin/calendar": func(ctx context.Context, _ account.Actor) (string, error) {
			c, err := r.calendar.Calendar(ctx)
			if err != nil {
				return "", err
			}
			first, last := c.Years()
			return fmt.Sprintf("%d–%d", first, last), nil
		},
		"/admin/channels": func(ctx context.Context, actor account.Actor) (string, error) {
			all, err := r.channels.Accounts(ctx, actor)
			return number(len(all), err)
		},
		"/admin/backups": func(context.Context, account.Actor) (string, error) {
			all, err := a.Backups.List()
			return number(len(all), err)
		},
		"/admin/log": func(ctx context.Context, _ account.Actor) (string, error) {
			head, err := r.log.Latest(ctx)
			return number(int(head.Size), err)
		},
	}
}

// concerns are what may be wrong.
func (a *App) concerns() map[admin.Warning]admin.Concern {
	failed := func(ctx context.Context, actor account.Actor) (int, error) {
		counts, err := a.jobOffice().Count(ctx, actor)
		if errs.KindOf(err) == errs.Forbidden { // jobs are seen from the organ at the top
			return 0, nil
		}
		return counts[job.Failed], err
	}
	return map[admin.Warning]admin.Concern{
		admin.NeverBackup: func(context.Context, account.Actor) (int, error) {
			all, err := a.Backups.List()
			if len(all) == 0 {
				return 1, err
			}
			return 0, err
		},
		admin.NoBackup: func(context.Context, account.Actor) (int, error) {
			all, err := a.Backups.List()
			if err != nil || len(all) == 0 {
				return 0, err
			}
			if age := a.rooms.clock.Now().Sub(all[0].Made); age > 26*time.Hour {
				return int(age.Hours()), nil
			}
			return 0, nil
		},
		admin.FailedJobs: failed,
		admin.NoCalendar: func(ctx context.Context, _ account.Actor) (int, error) {
			c, err := a.rooms.calendar.Calendar(ctx)
			if err != nil {
				return 0, err
			}
			now := a.rooms.clock.Now()
			return c.Missing(calendar.On(now.Year(), now.Month(), now.Day())), nil
		},
		admin.FailedMail: a.rooms.notify.CountFailed,
	}
}

// forgetDrafts throws away what was typed and never sent, when its time is over.
func (a *App) forgetDrafts(ctx context.Context) error {
	now := a.rooms.clock.Now()
	return errors.Join(a.rooms.counter.Store.Forget(ctx, now), a.rooms.shelf.Store.ForgetShelved(ctx, now))
}
