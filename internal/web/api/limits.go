package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// limit is a time limit of the law, as it is listed.
type limit struct {
	ID    string `json:"id" doc:"编号" example:"reply"`
	Title string `json:"title" doc:"名称" example:"答复申请"`
	Start string `json:"start" doc:"从哪一天起算（当日不计入）"`
	Cite  string `json:"cite" doc:"依据" example:"条例§33.2"`
}

type limitsAnswer struct {
	Body struct {
		Limits []limit `json:"limits"`
	}
}

type deadlineQuestion struct {
	Limit  string `query:"limit" required:"true" doc:"期限的编号，见 /limits" example:"reply"`
	From   string `query:"from" required:"true" doc:"起算日，如 2026-11-23" example:"2026-11-23"`
	Extend int    `query:"extend" minimum:"0" maximum:"20" doc:"延长的工作日数（条例§33.2）"`
	Region string `query:"region" doc:"有地方放假安排的地区，如 内蒙古自治区；空为全国"`
}

type deadlineStep struct {
	From string `json:"from"`
	To   string `json:"to"`
	Text string `json:"text" doc:"这一步说的话"`
	Cite string `json:"cite,omitempty" doc:"依据"`
}

type deadlineAnswer struct {
	Body struct {
		Deadline string         `json:"deadline" doc:"最后一日" example:"2026-12-21"`
		Steps    []deadlineStep `json:"steps" doc:"逐步说明为什么是这一天"`
	}
}

func (a API) limits(s *server) {
	register(s, web.Public(), huma.Operation{
		OperationID: "list-limits", Method: http.MethodGet, Path: "/limits", Tags: []string{"期限"}, Summary: "法定期限",
	}, func(context.Context, account.Actor, *struct{}) (*limitsAnswer, error) {
		var out limitsAnswer
		for _, l := range calendar.Limits() {
			out.Body.Limits = append(out.Body.Limits, limit{l.ID, l.Title, l.Start, l.Cite})
		}
		return &out, nil
	})
	register(s, web.Public(), huma.Operation{
		OperationID: "reckon-deadline", Method: http.MethodGet, Path: "/deadline", Tags: []string{"期限"}, Summary: "计算最后一日并说明理由",
	}, a.deadline)
}

func (a API) deadline(ctx context.Context, _ account.Actor, in *deadlineQuestion) (*deadlineAnswer, error) {
	l, ok := calendar.LimitByID(in.Limit)
	if !ok {
		return nil, errs.New(errs.Invalid, "没有编号为“%s”的期限；全部期限见 %s/limits。", in.Limit, Prefix)
	}
	from, err := calendar.ParseDate(in.From)
	if err != nil {
		return nil, err
	}
	cal, err := a.Calendars.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	if cal, err = cal.In(in.Region); err != nil {
		return nil, askedWrongly(err)
	}
	answer, err := cal.Reckon(calendar.Query{Limit: l, From: from, Extend: in.Extend})
	if err != nil {
		return nil, askedWrongly(err)
	}
	var out deadlineAnswer
	out.Body.Deadline, out.Body.Steps = answer.Deadline.String(), stepsOf(answer)
	return &out, nil
}

func stepsOf(answer calendar.Answer) []deadlineStep {
	steps := []deadlineStep{}
	for _, step := range answer.Steps {
		steps = append(steps, deadlineStep{step.From.String(), step.To.String(), step.Chinese(), step.Cite})
	}
	return steps
}

// askedWrongly makes a question about a year or region that the calendar does
// not know the question's fault: the operation itself is there.
func askedWrongly(err error) error {
	if errs.KindOf(err) == errs.NotFound {
		return errs.Wrap(err, errs.Invalid, "%s", errs.Public(err))
	}
	return err
}
