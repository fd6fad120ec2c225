package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// workItem is something that is to be done.
type workItem struct {
	ID       string `json:"id"`
	Organ    string `json:"organ"`
	Task     string `json:"task" doc:"工作" example:"request"`
	About    string `json:"about" doc:"所办的事：类型/编号"`
	Title    string `json:"title"`
	Person   string `json:"person,omitempty" doc:"由谁办理"`
	Role     string `json:"role,omitempty" doc:"由担任哪个角色的人办理"`
	Due      string `json:"due" doc:"到期日" example:"2026-12-07"`
	Overdue  bool   `json:"overdue" doc:"已超期"`
	Workdays *int   `json:"workdays,omitempty" doc:"还剩几个工作日；超期的为已超期几个；没有放假安排的年份没有此项"`
	OpenedAt string `json:"openedAt" format:"date-time"`
}

func workItemOf(i work.Listed) workItem {
	item := workItem{
		ID: i.ID, Organ: i.Organ, Task: string(i.Task), About: i.Subject.String(), Title: i.Title, Person: i.For.Person, Role: string(i.For.Role),
		Due: i.Due.String(), Overdue: i.Left.Late, OpenedAt: i.OpenedAt.Format(time.RFC3339),
	}
	if i.Left.Known {
		item.Workdays = &i.Left.Days
	}
	return item
}

type workQuestion struct {
	Task   string `query:"task" enum:"request,publish,report,consult,rating,hall,duty,monitor,other" doc:"只列出这项工作的"`
	Late   bool   `query:"overdue" doc:"只列出已超期的"`
	Cursor string `query:"cursor" doc:"上一页返回的 next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"100" doc:"一页最多几项"`
}

type workAnswer struct {
	Body struct {
		Work []workItem `json:"work" doc:"待办事项，最早到期的在前"`
		Next string     `json:"next,omitempty" doc:"下一页的 cursor；空表示到底"`
	}
}

func (a API) work(s *server) {
	register(s, web.Needs(account.SeeWork), huma.Operation{
		OperationID: "list-work", Method: http.MethodGet, Path: "/work", Tags: []string{"待办"}, Summary: "凭据所及机关的待办事项",
	}, a.listWork)
}

func (a API) listWork(ctx context.Context, actor account.Actor, in *workQuestion) (*workAnswer, error) {
	after, err := readMark(in.Cursor)
	if err != nil {
		return nil, err
	}
	q := paging.Query{Size: in.Limit, Filters: map[string]string{work.FilterTask: in.Task}}
	if in.Late {
		q.Filters[work.FilterLate] = "yes"
	}
	page, err := a.Work.Everywhere(ctx, actor, q, after)
	if err != nil {
		return nil, err
	}
	var out workAnswer
	out.Body.Work = []workItem{}
	for _, i := range page.Rows {
		out.Body.Work = append(out.Body.Work, workItemOf(i))
	}
	if page.Total > len(page.Rows) && len(page.Rows) > 0 {
		last := page.Rows[len(page.Rows)-1]
		out.Body.Next = last.Due.String() + "/" + last.ID
	}
	return &out, nil
}

func readMark(cursor string) (work.Mark, error) {
	if cursor == "" {
		return work.Mark{}, nil
	}
	day, id, _ := strings.Cut(cursor, "/")
	due, err := calendar.ParseDate(day)
	if err != nil || id == "" {
		return work.Mark{}, errs.New(errs.Invalid, "cursor 无效：请使用上一页返回的 next。")
	}
	return work.Mark{Due: due, ID: id}, nil
}
