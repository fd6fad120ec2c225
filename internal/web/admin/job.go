package admin

import (
	"net/http"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/web"
)

// jobData is one job.
type jobData struct {
	Job                            job.Job
	State, Tone                    string
	Created, Next, Finished, Lease string
	Progress                       string
	Payload                        string
	MayRetry, MayStart, MayCancel  bool
	Attempts                       int // at most
}

var jobTemplate = web.Define[jobData]("admin/job")

func (p Jobs) show(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	j, err := p.Office.Job(ctx, actor, r.PathValue("job"))
	if err != nil {
		return err
	}
	run := p.Office.MayRun(ctx, actor)
	data := jobData{
		Job: j, Created: clockText(j.CreatedAt), Next: nextRun(j), Finished: clockText(j.FinishedAt), Lease: clockText(j.LeasedUntil), Progress: progress(j),
		Payload: string(j.Payload), Attempts: job.Attempts,
		MayRetry:  run && (j.State == job.Failed || j.State == job.Cancelled),
		MayStart:  run && j.State == job.Waiting,
		MayCancel: run && (j.Unfinished() || j.State == job.Failed),
	}
	data.State, data.Tone = jobState(say, j.State)
	return jobTemplate.Show(p.Kit, w, r, p.kindName(say, j.Kind), data)
}

// jobAct asks before something is done with a job.
type jobAct struct {
	Text, Name string
	Form       web.Form
}

var jobActTemplate = web.Define[jobAct]("admin/job_act")

func (p Jobs) askRetry(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	return p.ask(w, r, say.T("job.retry"), say.T("job.retry-text"), false)
}

func (p Jobs) askCancel(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	return p.ask(w, r, say.T("job.cancel"), say.T("job.cancel-text"), true)
}

func (p Jobs) ask(w http.ResponseWriter, r *http.Request, title, text string, danger bool) error {
	j, err := p.Office.Job(r.Context(), web.Actor(r), r.PathValue("job"))
	if err != nil {
		return err
	}
	if !p.Office.MayRun(r.Context(), web.Actor(r)) {
		return errMayNotRun
	}
	return jobActTemplate.Show(p.Kit, w, r, title, jobAct{
		text, p.kindName(p.Kit.Say(r), j.Kind), web.Form{Submit: title, Cancel: "/admin/jobs/" + j.ID, Danger: danger},
	})
}

var errMayNotRun = errs.New(errs.Forbidden, "您没有管理后台任务的权限；后台任务由最上级机关的系统管理员管理。")

func (p Jobs) retry(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Retry(r.Context(), web.Actor(r), r.PathValue("job")); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/jobs/"+r.PathValue("job"), p.Kit.Say(r).T("job.retry-done"))
}

func (p Jobs) cancel(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Cancel(r.Context(), web.Actor(r), r.PathValue("job")); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/jobs/"+r.PathValue("job"), p.Kit.Say(r).T("job.cancel-done"))
}

func (p Jobs) askStart(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(p.Office.Schedules, func(s job.Schedule) bool { return s.Name == r.PathValue("schedule") })
	if i < 0 {
		return errs.New(errs.NotFound, "没有这个定时任务。")
	}
	if !p.Office.MayRun(r.Context(), web.Actor(r)) {
		return errMayNotRun
	}
	say := p.Kit.Say(r)
	return jobActTemplate.Show(p.Kit, w, r, say.T("job.start"), jobAct{
		say.T("job.start-text"), p.kindName(say, p.Office.Schedules[i].Kind), web.Form{Submit: say.T("job.start"), Cancel: "/admin/jobs"},
	})
}

func (p Jobs) start(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	j, err := p.Office.Start(r.Context(), web.Actor(r), r.PathValue("schedule"))
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/jobs/"+j.ID, p.Kit.Say(r).T("job.start-done"))
}
