package admin

import (
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/job"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// Jobs are the pages about what the program does by itself.
type Jobs struct {
	Kit      *web.Kit
	Office   job.Office
	Meanings []job.Meaning // words for the kinds, of all rooms
}

// Routes gives the pages.
func (p Jobs) Routes() []web.Route {
	see, run := web.Needs(account.SeeJobs), web.Needs(account.RunJobs)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/" + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "jobs", see, p.list, jobsTemplate),
		page("GET", "schedules/{schedule}", run, p.askStart, jobActTemplate),
		page("POST", "schedules/{schedule}", run, p.start),
		page("GET", "jobs/{job}", see, p.show, jobTemplate),
		page("GET", "jobs/{job}/retry", run, p.askRetry, jobActTemplate),
		page("POST", "jobs/{job}/retry", run, p.retry),
		page("GET", "jobs/{job}/cancel", run, p.askCancel, jobActTemplate),
		page("POST", "jobs/{job}/cancel", run, p.cancel),
	}
}

type jobsData struct {
	List      web.List
	Schedules []scheduleLine
	MayRun    bool
}

type scheduleLine struct{ Title, Timing, Last, Next, Start string }

var jobsTemplate = web.Define[jobsData]("admin/jobs")

func (p Jobs) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, []string{"run", "created"}, []string{job.FilterState, job.FilterKind})
	if web.Format(r) == "xlsx" {
		return p.export(w, r, q)
	}
	page, err := p.Office.List(ctx, actor, q)
	if err != nil {
		return err
	}
	kinds, err := p.Office.Kinds(ctx, actor)
	if err != nil {
		return err
	}
	data := jobsData{MayRun: p.Office.MayRun(ctx, actor)}
	if data.Schedules, err = p.schedules(r); err != nil {
		return err
	}
	data.List = web.List{
		Caption: say.T("job.title"), Path: "/admin/jobs", Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true,
		Columns: []web.Column{
			{Label: say.T("job.kind")},
			{Label: say.T("job.state"), Narrow: true},
			{Label: say.T("job.progress"), Number: true},
			{Label: say.T("job.attempts"), Number: true},
			{Name: "created", Label: say.T("job.created"), Narrow: true},
			{Name: "run", Label: say.T("job.run-at"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: job.FilterState, Label: say.T("job.state"), Options: jobStateOptions(say)},
			{Name: job.FilterKind, Label: say.T("job.kind"), Options: p.kindOptions(say, kinds)},
		},
		Empty: web.Empty{Title: say.T("job.none"), Text: say.T("job.none-text")},
	}
	for _, j := range page.Rows {
		data.List.Rows = append(data.List.Rows, p.row(say, j))
	}
	return jobsTemplate.Show(p.Kit, w, r, say.T("job.title"), data)
}

func (p Jobs) row(say *locale.Catalogue, j job.Job) web.Row {
	state, tone := jobState(say, j.State)
	row := web.Row{Cells: []web.Cell{
		{Text: p.kindName(say, j.Kind), Link: "/admin/jobs/" + j.ID, Note: j.Error},
		{Text: state, Badge: tone},
		{Text: progress(j)},
		{Text: strconv.Itoa(j.Attempts)},
		{Text: clockText(j.CreatedAt)},
		{Text: nextRun(j)},
	}}
	if j.State == job.Failed {
		row.Tone = "red"
	}
	return row
}

// nextRun is when the job is tried next; "" when it is not.
func nextRun(j job.Job) string {
	if j.State != job.Waiting {
		return ""
	}
	return clockText(j.RunAt)
}

func clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// progress gives how far a job is, as 120/500.
func progress(j job.Job) string {
	switch {
	case j.Total > 0:
		return strconv.Itoa(j.Done) + "/" + strconv.Itoa(j.Total)
	case j.Done > 0:
		return strconv.Itoa(j.Done)
	}
	return ""
}

// jobState gives a state's word and the tone of its badge.
func jobState(say *locale.Catalogue, s job.State) (name, tone string) {
	switch s {
	case job.Waiting:
		return say.T("job.waiting"), "blue"
	case job.Running:
		return say.T("job.running"), "amber"
	case job.Done:
		return say.T("job.done"), "green"
	case job.Failed:
		return say.T("job.failed"), "red"
	}
	return say.T("job.cancelled"), "grey"
}

func jobStateOptions(say *locale.Catalogue) []web.Option {
	var options []web.Option
	for _, s := range job.States() {
		name, _ := jobState(say, s)
		options = append(options, web.Option{Value: string(s), Label: name})
	}
	return options
}

func (p Jobs) kindOptions(say *locale.Catalogue, kinds []job.Kind) []web.Option {
	var options []web.Option
	for _, k := range kinds {
		options = append(options, web.Option{Value: string(k), Label: p.kindName(say, k)})
	}
	return options
}

func (p Jobs) kindName(say *locale.Catalogue, kind job.Kind) string {
	i := slices.IndexFunc(p.Meanings, func(m job.Meaning) bool { return m.Kind == kind })
	switch {
	case i < 0:
		return string(kind)
	case say.Lang == locale.English:
		return p.Meanings[i].English
	}
	return p.Meanings[i].Chinese
}

func (p Jobs) schedules(r *http.Request) ([]scheduleLine, error) {
	plans, err := p.Office.Plans(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	var lines []scheduleLine
	for i, plan := range plans {
		line := scheduleLine{
			Title: p.kindName(say, p.Office.Schedules[i].Kind), Timing: timing(say, plan.Timing), Last: clockText(plan.LastAt), Next: clockText(plan.NextAt),
			Start: "/admin/schedules/" + url.PathEscape(plan.Name),
		}
		if line.Last == "" {
			line.Last = say.T("job.never")
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// timing puts a timing into words: every day at 02:30, every 10 minutes.
func timing(say *locale.Catalogue, text string) string {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return say.T("job.daily", text)
	case d%(24*time.Hour) == 0:
		return say.T("job.every-days", int(d/(24*time.Hour)))
	case d%time.Hour == 0:
		return say.T("job.every-hours", int(d/time.Hour))
	case d%time.Minute == 0:
		return say.T("job.every-minutes", int(d/time.Minute))
	}
	return say.T("job.every-seconds", int(d/time.Second))
}

func (p Jobs) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	heads := []string{
		say.T("job.key"), say.T("job.kind"), say.T("job.state"), say.T("job.progress"), say.T("job.attempts"), say.T("job.created"), say.T("job.run-at"),
		say.T("job.finished"), say.T("job.error"),
	}
	return web.WriteXLSX(w, say.T("job.title"), heads, p.rows(r, q))
}

func (p Jobs) rows(r *http.Request, q paging.Query) iter.Seq2[[]string, error] {
	say := p.Kit.Say(r)
	return func(yield func([]string, error) bool) {
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := p.Office.List(r.Context(), web.Actor(r), q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, j := range page.Rows {
				state, _ := jobState(say, j.State)
				row := []string{
					j.ID, p.kindName(say, j.Kind), state, progress(j), strconv.Itoa(j.Attempts), clockText(j.CreatedAt), nextRun(j), clockText(j.FinishedAt), j.Error,
				}
				if !yield(row, nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
				return
			}
		}
	}
}
