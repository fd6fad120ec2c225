// Package reports is the workbench of the annual report: the list of organs and years,
// the report on one screen with its findings, the pages on which it is written, and a
// short form for each further row of its table.
//
// Start at Pages.
package reports

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// Pages are the pages of the workbench.
type Pages struct {
	Kit  *web.Kit
	Desk *compile.Desk
	// Collected are the reports of all, also those received.
	Collected *collect.Desk
	Trees     org.Trees
	Names     interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	Settings interface {
		Value(ctx context.Context, organ, name string) (setting.Value, error)
	}
}

const root = "/desk/reports"

// path gives the page of an organ's report on a year.
func path(organ string, year int) string { return root + "/" + organ + "/" + strconv.Itoa(year) }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	page := func(method, under string, act account.Act, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + under, Frame: web.Desk, Rule: web.Needs(act), Handle: handle, Shows: shows}
	}
	const one = "/{organ}/{year}"
	all := []web.Route{
		page("GET", "", account.SeeReports, p.list, listTemplate),
		page("GET", "/figures", account.SeeReports, p.figures, figuresTemplate),
		page("GET", "/conventions", account.SeeReports, p.conventions, conventionsTemplate),
		page("GET", "/recount", account.WatchReports, p.recount, recountTemplate),
		page("GET", one, account.SeeReports, p.show, benchTemplate),
		page("GET", one+"/compare", account.SeeReports, p.compare, compareTemplate),
		page("GET", one+"/records", account.SeeReports, p.records, recordsTemplate),
		page("GET", one+"/sum", account.WatchReports, p.sum, sumTemplate),
		page("GET", one+"/download", account.SeeReports, p.download),
		page("GET", one+"/edit", account.CompileReports, p.askEdit, editTemplate),
		page("POST", one+"/edit", account.CompileReports, p.edit, editTemplate),
		page("POST", one+"/preview", account.CompileReports, p.preview, previewTemplate),
	}
	for _, f := range forms() {
		all = append(all,
			page("GET", one+"/"+f.slug, f.right, func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, f) }, actTemplate),
			page("POST", one+"/"+f.slug, f.right, func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, f) }, actTemplate))
	}
	return all
}

// open reads organ and year off the address and opens the workbench.
func (p Pages) open(r *http.Request) (compile.Bench, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return compile.Bench{}, errs.New(errs.NotFound, "没有这个年份的报告。")
	}
	return p.Desk.Open(r.Context(), web.Actor(r), r.PathValue("organ"), year)
}

// lists are the pages of the lists that figures lead to.
var lists = map[compile.List]string{compile.Requests: "/desk/requests", compile.Documents: "/desk/documents", compile.Fees: "/desk/fees", compile.Disputes: "/desk/disputes", compile.Filings: "/desk/filings", compile.Consultations: "/desk/consultations", compile.Opinions: "/desk/opinions", compile.Parts: root + "/figures"}

// cases gives the address of what a figure counts, "" when there is no list.
func cases(c compile.Cases) string {
	if c.List == "" {
		return ""
	}
	q := url.Values{}
	for name, value := range c.Filters {
		if value != "" {
			q.Set(name, value)
		}
	}
	return lists[c.List] + "?" + q.Encode()
}

func in(say *locale.Catalogue, w compile.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

func title(say *locale.Catalogue, b compile.Bench) string {
	return say.T("reports.of", b.Scene.Organ.Name, b.Report.Year)
}
