package platform

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// ReportsPath is where the annual reports are.
const ReportsPath = "/open/reports"

// reportsData are the annual reports (条例§49, 条例§50): the organ's own of all years,
// and year by year those of all organs below it.
type reportsData struct {
	view
	Own   []report
	Years []web.NavLink
	Year  int // shown; 0 when nobody has published any
	List  web.List
}

// report is a report of the organ itself.
type report struct {
	Year, Title, Path, Form, Published string
	Download                           string // path, to which the format is added
}

var reportsTemplate = web.Define[reportsData]("portal/platform_reports")

func (p Platform) reports(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, ReportsPath)
	if err != nil {
		return err
	}
	say, place := p.Kit.Say(r), account.Place{}
	if v.Organ != "" {
		place = account.Place{Organ: v.organ.ID, Below: true}
	}
	years, err := p.Catalogue.ReportYears(r.Context(), place)
	if err != nil {
		return err
	}
	data := reportsData{view: v}
	data.Tags = column(say, say.T("platform.reports"), "信息公开年报")
	if data.Own, err = p.ownReports(r, v.organ.ID); err != nil {
		return err
	}
	q := web.ReadList(r, []string{"published", "index"}, []string{publish.FilterOrgan})
	organ := q.Filter(publish.FilterOrgan)
	data.Year, data.Years = chosenYear(r, years), yearTabs(r, years)
	if web.Format(r) == "xlsx" {
		return p.exportReports(w, r, v, place, data.Year)
	}
	data.List = p.reportList(say, v, q, data.Year)
	q.Filters = map[string]string{publish.FilterKind: string(publish.AnnualReport), publish.FilterReport: strconv.Itoa(data.Year)}
	page, err := p.Documents.Catalogue(r.Context(), place, q)
	if err != nil {
		return err
	}
	data.List.Total, data.List.AtLeast = page.Total, page.AtLeast
	for _, l := range page.Rows {
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: v.tree.Name(l.Organ), Link: reportsOf(l.Organ, organ)}, {Text: l.Title, Link: Path + "/" + l.ID}, {Text: l.Index}, {Text: form(l.Report)}, {Text: day(l.Published)},
		}})
	}
	return reportsTemplate.Show(p.Kit, w, r, say.T("platform.reports"), data)
}

// reportsOf leads to the reports of an organ, unless they are shown already.
func reportsOf(organ, shown string) string {
	if organ == shown {
		return ""
	}
	return ReportsPath + "?" + url.Values{publish.FilterOrgan: {organ}}.Encode()
}

// ownReports gives those that the organ has made itself, the latest first.
func (p Platform) ownReports(r *http.Request, organ string) ([]report, error) {
	q := paging.Query{Page: 1, Size: paging.MaxSize, Sort: "report", Desc: true, Filters: map[string]string{publish.FilterKind: string(publish.AnnualReport)}}
	page, err := p.Documents.Catalogue(r.Context(), account.Place{Organ: organ}, q)
	var all []report
	for _, l := range page.Rows {
		at := Path + "/" + l.ID
		all = append(all, report{strconv.Itoa(l.Report), l.Title, at, form(l.Report), day(l.Published), at + "/download?format="})
	}
	return all, err
}

// form names the notice whose form a year's report has; "" before there was one.
func form(year int) string {
	if f := annual.FormFor(year); f != nil {
		return f.Basis
	}
	return ""
}

// chosenYear gives the year that is asked for, else the latest.
func chosenYear(r *http.Request, years []int) int {
	if year, err := strconv.Atoi(r.URL.Query().Get(publish.FilterReport)); err == nil && slices.Contains(years, year) {
		return year
	}
	if len(years) == 0 {
		return 0
	}
	return years[0]
}

func yearTabs(r *http.Request, years []int) []web.NavLink {
	var tabs []web.NavLink
	for _, year := range years {
		values := url.Values{publish.FilterReport: {strconv.Itoa(year)}}
		if organ := r.URL.Query().Get(publish.FilterOrgan); organ != "" {
			values.Set(publish.FilterOrgan, organ)
		}
		tabs = append(tabs, web.NavLink{Path: ReportsPath + "?" + values.Encode(), Label: strconv.Itoa(year), Here: year == chosenYear(r, years)})
	}
	return tabs
}

func (p Platform) reportList(say *locale.Catalogue, v view, q paging.Query, year int) web.List {
	list := web.List{
		Caption: say.T("platform.reports-all"), Path: ReportsPath, Query: q, Search: say.T("platform.reports-search"), Export: true,
		Columns: []web.Column{
			{Label: say.T("platform.maker")},
			{Label: say.T("platform.document")},
			{Name: "index", Label: say.T("platform.index")},
			{Label: say.T("platform.form")},
			{Name: "published", Label: say.T("platform.published"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("platform.no-reports"), Text: say.T("platform.no-reports-text"), Action: &web.Action{Label: say.T("apply.begin"), Path: applyPath, Primary: true}},
	}
	list.Query.Filters = map[string]string{} // they stand in the address: a search stays in its year
	if year != 0 {
		list.Query.Filters[publish.FilterReport] = strconv.Itoa(year)
	}
	if v.Organ != "" {
		list.Query.Filters[publish.FilterOrgan] = v.organ.ID
	}
	return list
}

func (p Platform) exportReports(w http.ResponseWriter, r *http.Request, v view, place account.Place, year int) error {
	say := p.Kit.Say(r)
	q := paging.Query{Size: paging.MaxSize, Words: r.URL.Query().Get("q"), Filters: map[string]string{publish.FilterKind: string(publish.AnnualReport), publish.FilterReport: strconv.Itoa(year)}}
	head := []string{say.T("platform.report-year"), say.T("platform.maker"), say.T("platform.document"), say.T("platform.index"), say.T("platform.form"), say.T("platform.published")}
	return web.WriteXLSX(w, say.T("platform.reports"), head, p.rows(r.Context(), place, q, func(l publish.Listed) []string {
		return []string{strconv.Itoa(l.Report), v.tree.Name(l.Organ), l.Title, l.Index, form(l.Report), day(l.Published)}
	}))
}
