package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/audit"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Log are the auditor's pages.
type Log struct {
	Kit    *web.Kit
	Office audit.Office
	Trees  org.Trees
}

// Routes gives the pages.
func (p Log) Routes() []web.Route {
	rule := web.Needs(account.SeeLog)
	return []web.Route{
		{Method: "GET", Path: "/admin/log", Frame: web.Admin, Rule: rule, Handle: p.list, Shows: []web.Checked{logTemplate}},
		{Method: "GET", Path: "/admin/log/{event}", Frame: web.Admin, Rule: rule, Handle: p.event, Shows: []web.Checked{logEventTemplate}},
	}
}

// logData is a part of the log; Wrong says what cannot be searched for.
type logData struct {
	Wrong string
	List  web.List
}

var logTemplate = web.Define[logData]("admin/log")

// logFilters are the names of the filters, in the order of the page.
func logFilters() []string {
	return []string{"from", "to", "organ", "kind", "actor", "subject", "personal"}
}

func (p Log) list(w http.ResponseWriter, r *http.Request) error {
	say, q := p.Kit.Say(r), web.ReadList(r, []string{"at"}, logFilters())
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	data := logData{List: p.frame(r, q, tree)}
	query, err := readAudit(q)
	if err == nil && web.Format(r) == "xlsx" {
		return p.export(w, r, query, tree)
	}
	var page paging.Page[audit.Line]
	if err == nil {
		page, err = p.Office.List(r.Context(), web.Actor(r), query, q)
	}
	if errs.KindOf(err) == errs.Invalid {
		data.Wrong, err = errs.Public(err), nil
	}
	if err != nil {
		return err
	}
	data.List.Total, data.List.AtLeast = page.Total, page.AtLeast
	for _, line := range page.Rows {
		data.List.Rows = append(data.List.Rows, p.row(r, line, tree))
	}
	status := http.StatusOK
	if data.Wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return logTemplate.ShowStatus(p.Kit, w, r, status, say.T("audit.title"), data)
}

// frame is the list without its lines.
func (p Log) frame(r *http.Request, q paging.Query, tree *org.Tree) web.List {
	say, actor := p.Kit.Say(r), web.Actor(r)
	return web.List{
		Caption: say.T("audit.title"), Path: "/admin/log", Query: q, Search: say.T("audit.search"), Export: actor.Can(account.ExportLog),
		Columns: []web.Column{
			{Name: "at", Label: say.T("audit.at"), Narrow: true},
			{Label: say.T("audit.what")},
			{Label: say.T("audit.actor")},
			{Label: say.T("audit.organ")},
			{Label: say.T("audit.subject")},
			{Label: say.T("audit.place"), Number: true},
		},
		Filters: []web.Filter{
			{Kind: web.Date, Name: "from", Label: say.T("audit.from")},
			{Kind: web.Date, Name: "to", Label: say.T("audit.to")},
			{Name: "organ", Label: say.T("audit.organ"), Options: choice.Organs(tree, actor.Where(account.SeeLog))},
			{Name: "kind", Label: say.T("audit.what"), Options: p.kinds(say.Lang == "en")},
			{Kind: web.Text, Name: "actor", Label: say.T("audit.actor")},
			{Kind: web.Text, Name: "subject", Label: say.T("audit.subject")},
			{Name: "personal", Label: say.T("audit.personal"), Options: []web.Option{{Value: "1", Label: say.T("audit.personal-only")}}},
		},
		Empty: web.Empty{Title: say.T("audit.none"), Text: say.T("audit.none-text")},
	}
}

func (p Log) kinds(english bool) []web.Option {
	var options []web.Option
	for _, m := range p.Office.Kinds {
		label := m.Chinese
		if english {
			label = m.English
		}
		options = append(options, web.Option{Value: string(m.Kind), Label: label})
	}
	return options
}

// readAudit reads what is searched for out of the filters.
func readAudit(q paging.Query) (audit.Query, error) {
	out := audit.Query{
		Organ: q.Filter("organ"), Kind: event.Kind(q.Filter("kind")), Personal: q.Filter("personal") != "",
		Actor: q.Filter("actor"), Subject: q.Filter("subject"), Words: q.Words,
	}
	var err error
	if out.From, err = readDay(q.Filter("from")); err != nil {
		return out, err
	}
	if out.To, err = readDay(q.Filter("to")); err == nil && !out.To.IsZero() {
		out.To = out.To.AddDate(0, 0, 1) // the last day is searched too
	}
	return out, err
}

func readDay(text string) (time.Time, error) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation("2006-01-02", text, clock.Shanghai)
	if err != nil {
		return day, errs.New(errs.Invalid, "日期“%s”不正确，请写成 2026-11-22 的样子。", text)
	}
	return day, nil
}

func (p Log) row(r *http.Request, line audit.Line, tree *org.Tree) web.Row {
	what := web.Cell{Text: p.what(r, line), Note: string(line.Kind)}
	row := web.Row{}
	if line.Personal() {
		what.Badge, row.Tone = "amber", "amber"
	}
	place := p.Kit.Say(r).T("audit.waiting")
	if line.Place >= 0 {
		place = strconv.FormatInt(line.Place, 10)
	}
	row.Cells = []web.Cell{
		{Text: line.At.Format("2006-01-02 15:04:05"), Link: "/admin/log/" + line.ID},
		what,
		{Text: p.who(r, line)},
		{Text: tree.Name(line.Organ)},
		{Text: line.Subject.String()},
		{Text: place},
	}
	return row
}

// what gives the words for what happened.
func (p Log) what(r *http.Request, line audit.Line) string {
	m := p.Office.Meaning(line.Kind)
	if p.Kit.Say(r).Lang == "en" {
		return m.English
	}
	return m.Chinese
}

// who gives the name of who acted.
func (p Log) who(r *http.Request, line audit.Line) string {
	say := p.Kit.Say(r)
	switch {
	case line.Actor == event.System:
		return say.T("audit.system")
	case line.Actor == event.Public:
		return say.T("audit.public")
	case line.Who != "":
		return line.Who
	}
	return line.Actor
}

func (p Log) export(w http.ResponseWriter, r *http.Request, query audit.Query, tree *org.Tree) error {
	say := p.Kit.Say(r)
	lines, err := p.Office.Export(r.Context(), web.Actor(r), query)
	if err != nil {
		return err
	}
	columns := []string{
		say.T("audit.at"), say.T("audit.what"), say.T("audit.kind"), say.T("audit.actor"), say.T("audit.actor-key"), say.T("audit.organ"),
		say.T("audit.subject"), say.T("audit.data"), say.T("audit.place"), say.T("audit.key"),
	}
	return web.WriteXLSX(w, say.T("audit.title")+"-"+p.Kit.Now().Format("20060102-1504"), columns, func(yield func([]string, error) bool) {
		for line, err := range lines {
			if err != nil {
				yield(nil, err)
				return
			}
			place := ""
			if line.Place >= 0 {
				place = strconv.FormatInt(line.Place, 10)
			}
			if !yield([]string{
				line.At.Format("2006-01-02 15:04:05.000000"), p.what(r, line), string(line.Kind), p.who(r, line), line.Actor, tree.Name(line.Organ),
				line.Subject.String(), string(line.Data), place, line.ID,
			}, nil) {
				return
			}
		}
	})
}
