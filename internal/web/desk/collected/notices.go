package collected

import (
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// noticesData are the notices that one issues or answers.
type noticesData struct {
	Figures []web.Figure
	List    web.List
}

var noticesTemplate = web.Define[noticesData]("desk/collected_notices")

func noticeTone(n collect.Notice, desk *collect.Desk) string {
	switch {
	case n.Overdue(desk.Today()):
		return "red"
	case n.Status == collect.ToMend:
		return "amber"
	case n.Status == collect.ToRecheck:
		return "blue"
	case n.Status == collect.Settled:
		return "green"
	}
	return "grey"
}

func (p Pages) notices(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, []string{"due", "issued"}, []string{collect.FilterStatus, collect.FilterYear})
	fetch := func(q paging.Query) (paging.Page[collect.Notice], error) { return p.Desk.Notices(ctx, actor, q) }
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	heads := []string{
		say.T("collected.number"), say.T("reports.organ"), say.T("reports.year"), say.T("reports.status"), say.T("collected.problems"), say.T("collected.issued"), say.T("collected.notice-due"),
		say.T("collected.answered"), say.T("collected.closed"),
	}
	status := func(n collect.Notice) string {
		if n.Overdue(p.Desk.Today()) {
			return say.T("collected.is-overdue")
		}
		return in(say, n.Status.Words())
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("collected.notices"), append(heads, say.T("collected.text")), web.EveryPage(q, fetch, func(n collect.Notice) []string {
			return []string{n.Number, tree.Name(n.Organ), count(n.Year), status(n), count(len(n.Found)), iso(n.IssuedOn), iso(n.Due), iso(n.Answered()), iso(n.ClosedOn), n.Text}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	l := web.List{
		Caption: say.T("collected.notices"), Path: noticesPath, Query: q, Total: page.Total, AtLeast: page.AtLeast, Search: say.T("collected.notice-search"), Export: true,
		Empty: web.Empty{Title: say.T("collected.no-notices"), Text: say.T("collected.no-notices-text")},
	}
	if actor.Can(account.CollectReports) {
		l.Empty.Action = &web.Action{Label: say.T("nav.collected"), Path: Path}
	}
	for i, h := range heads {
		l.Columns = append(l.Columns, web.Column{Label: h, Name: map[int]string{5: "issued", 6: "due"}[i]})
	}
	statuses := web.Filter{Name: collect.FilterStatus, Label: say.T("reports.status"), Options: []web.Option{{Value: "overdue", Label: say.T("collected.is-overdue")}}}
	for _, s := range collect.NoticeStatuses()[1:] {
		statuses.Options = append(statuses.Options, web.Option{Value: string(s), Label: in(say, s.Words())})
	}
	years := web.Filter{Name: collect.FilterYear, Label: say.T("reports.year"), Options: yearForm(say, p.Kit.Now().Year()-1, 0).Fields[0].Options}
	l.Filters = []web.Filter{statuses, years}
	for _, n := range page.Rows {
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: n.Number, Link: noticesPath + "/" + n.ID},
			{Text: tree.Name(n.Organ)},
			{Text: count(n.Year)},
			{Text: status(n), Badge: noticeTone(n, p.Desk)},
			{Text: count(len(n.Found))},
			{Text: iso(n.IssuedOn)},
			{Text: iso(n.Due)},
			{Text: iso(n.Answered())},
			{Text: iso(n.ClosedOn)},
		}})
	}
	data := noticesData{List: l}
	data.Figures, err = web.Figures(noticesPath, []web.Figure{
		{Label: in(say, collect.ToMend.Words()), Filter: collect.FilterStatus, Value: string(collect.ToMend), Tone: "amber"},
		{Label: say.T("collected.is-overdue"), Filter: collect.FilterStatus, Value: "overdue", Tone: "red"},
		{Label: in(say, collect.ToRecheck.Words()), Filter: collect.FilterStatus, Value: string(collect.ToRecheck)},
		{Label: in(say, collect.Settled.Words()), Filter: collect.FilterStatus, Value: string(collect.Settled)},
	}, fetch)
	if err != nil {
		return err
	}
	return noticesTemplate.Show(p.Kit, w, r, say.T("collected.notices"), data)
}

// issueData is a notice before it is issued.
type issueData struct {
	Path, Organ string
	Why         string // what speaks against it; "" for nothing
	Text        string // as it will be
	Form        *web.Form
}

var issueTemplate = web.Define[issueData]("desk/collected_issue")

func (p Pages) issuing(r *http.Request) (data issueData, organ string, y int, title string, err error) {
	if y, err = year(r); err != nil {
		return data, "", 0, "", err
	}
	organ, say := r.PathValue("organ"), p.Kit.Say(r)
	c, n, why, err := p.Desk.Draft(r.Context(), web.Actor(r), organ, y)
	if err != nil {
		return data, organ, y, "", err
	}
	data = issueData{Path: casePath(organ, y), Organ: c.Organ.Name + strconv.Itoa(y), Text: n.Text}
	title = say.T("collected.issue-to", c.Organ.Name, y)
	if why != nil {
		data.Why = public(why)
		return data, organ, y, title, nil
	}
	data.Form = &web.Form{Submit: say.T("collected.issue"), Cancel: data.Path, Fields: []web.Field{
		{Kind: web.Date, Name: "due", Label: say.T("collected.notice-due"), Hint: say.T("collected.notice-due-hint"), Value: n.Due.String(), Required: true, Narrow: true},
		{Kind: web.TextArea, Name: "remark", Label: say.T("collected.remark"), Hint: say.T("collected.remark-hint"), Rows: 3, MaxLength: collect.MaxRemark},
	}}
	return data, organ, y, title, nil
}

func (p Pages) askIssue(w http.ResponseWriter, r *http.Request) error {
	data, _, _, title, err := p.issuing(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if data.Why != "" {
		status = http.StatusConflict
	}
	return issueTemplate.ShowStatus(p.Kit, w, r, status, title, data)
}

func (p Pages) issue(w http.ResponseWriter, r *http.Request) error {
	data, organ, y, title, err := p.issuing(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	due, _ := calendar.ParseDate(typed.Get("due")) // what is no day is told by the deed
	id, err := p.Desk.IssueNotice(r.Context(), web.Actor(r), organ, y, collect.Issue{Due: due, Remark: typed.Get("remark")})
	if err == nil {
		return p.Kit.Done(w, r, noticesPath+"/"+id, p.Kit.Say(r).T("collected.issued-to", data.Organ))
	}
	if data.Form == nil {
		return issueTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, data)
	}
	data.Form.Fill(typed)
	if !data.Form.Fail(err) {
		return err
	}
	return issueTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, data)
}
