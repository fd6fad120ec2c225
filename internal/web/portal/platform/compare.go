package platform

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/collect"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// Paths of the comparison.
const (
	ComparePath = "/open/reports/compare"
	compareData = "/data/reports-compare"
)

// Comparison gives organs beside each other by their published annual reports.
type Comparison interface {
	Compare(ctx context.Context, place account.Place, year int, q paging.Query) (paging.Page[collect.Compared], error)
	ComparedYears(ctx context.Context) ([]int, error)
}

// comparePage is the page on which organs stand beside each other.
type comparePage struct {
	view
	Years    []web.NavLink
	Year     int // 0 when there is nothing to compare
	Smallest int
	Data     []web.Action // open data
	List     web.List
}

var compareTemplate = web.Define[comparePage]("portal/platform_compare")

func (p Platform) compareYear(r *http.Request) (int, []int, error) {
	years, err := p.Reports.ComparedYears(r.Context())
	if err != nil || len(years) == 0 {
		return 0, nil, err
	}
	if y, err := strconv.Atoi(r.URL.Query().Get(publish.FilterReport)); err == nil && slices.Contains(years, y) {
		return y, years, nil
	}
	return years[0], years, nil
}

func (p Platform) compare(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfReports, web.OfDocuments)
	v, err := p.view(r, ComparePath)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	v.Tags = column(say, say.T("compare.title"), "信息公开年报")
	place := account.Place{}
	if v.Organ != "" {
		place = account.Place{Organ: v.organ.ID, Below: true}
	}
	d := comparePage{view: v, Smallest: collect.Smallest}
	var years []int
	if d.Year, years, err = p.compareYear(r); err != nil {
		return err
	}
	for _, y := range years {
		values := url.Values{publish.FilterReport: {strconv.Itoa(y)}}
		if v.Organ != "" {
			values.Set(publish.FilterOrgan, v.organ.ID)
		}
		d.Years = append(d.Years, web.NavLink{Path: ComparePath + "?" + values.Encode(), Label: strconv.Itoa(y), Here: y == d.Year})
	}
	q := web.ReadList(r, []string{"name", "received", "concluded", "share", "ontime", "perhundred"}, nil)
	q.Filters = map[string]string{} // they stand in the address: a search stays in its year
	if d.Year != 0 {
		q.Filters[publish.FilterReport] = strconv.Itoa(d.Year)
	}
	if v.Organ != "" {
		q.Filters[publish.FilterOrgan] = v.organ.ID
	}
	fetch := func(q paging.Query) (paging.Page[collect.Compared], error) {
		return p.Reports.Compare(r.Context(), place, d.Year, q)
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("compare.title")+strconv.Itoa(d.Year), compareHeads(say), web.EveryPage(q, fetch, comparedCells))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	d.List = compareList(say, q, page)
	for _, format := range []string{"csv", "json"} {
		d.Data = append(d.Data, web.Action{Label: format, Path: compareData + "." + format + "?" + url.Values{publish.FilterReport: {strconv.Itoa(d.Year)}}.Encode()})
	}
	return compareTemplate.Show(p.Kit, w, r, say.T("compare.title"), d)
}

func compareHeads(say *locale.Catalogue) []string {
	return []string{
		say.T("platform.maker"), say.T("compare.received"), say.T("compare.concluded"), say.T("compare.share"), say.T("compare.ontime"), say.T("compare.reviews"), say.T("compare.corrected"), say.T("compare.perhundred"),
	}
}

func compareList(say *locale.Catalogue, q paging.Query, page paging.Page[collect.Compared]) web.List {
	l := web.List{
		Caption: say.T("compare.title"), Path: ComparePath, Query: q, Total: page.Total, AtLeast: page.AtLeast, Search: say.T("platform.reports-search"), Export: true,
		Empty: web.Empty{Title: say.T("compare.none"), Text: say.T("compare.none-text"), Action: &web.Action{Label: say.T("platform.reports"), Path: ReportsPath}},
	}
	names := []string{"name", "received", "concluded", "share", "ontime", "", "", "perhundred"}
	for i, h := range compareHeads(say) {
		l.Columns = append(l.Columns, web.Column{Name: names[i], Label: h, Number: i > 0})
	}
	for _, c := range page.Rows {
		row := web.Row{}
		for i, text := range comparedCells(c) {
			cell := web.Cell{Text: text}
			if i == 0 {
				cell.Link = reportsOf(c.Organ, "")
			}
			if text == "" {
				cell.Text = "—"
			}
			row.Cells = append(row.Cells, cell)
		}
		l.Rows = append(l.Rows, row)
	}
	return l
}

// comparedCells gives a line; "" for what is not known or of too few to tell.
func comparedCells(c collect.Compared) []string {
	whole := func(f collect.Figure) string {
		if !f.Known {
			return ""
		}
		return strconv.FormatInt(f.N, 10)
	}
	tenths := func(f collect.Figure, unit string) string {
		if !f.Known {
			return ""
		}
		return fmt.Sprintf("%d.%d%s", f.N/10, f.N%10, unit)
	}
	return []string{c.Name, whole(c.Received), whole(c.Concluded), tenths(c.Share(), "%"), tenths(c.OnTime(), "%"), whole(c.Reviews), whole(c.Corrected), tenths(c.PerHundred(), "")}
}

// comparedHeads are those of the csv; programs of others read them.
var comparedHeads = []string{"机关", "新收申请", "办结申请", "予以公开和部分公开占比", "按期答复率", "行政复议", "复议纠正", "每百件申请的复议纠正"}

func (p Platform) compareCSV(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfReports); same || err != nil {
		return err
	}
	year, _, err := p.compareYear(r)
	if err != nil {
		return err
	}
	return web.StreamCSV(w, "reports-compare-"+strconv.Itoa(year), comparedHeads, web.EveryPage(paging.Query{}, func(q paging.Query) (paging.Page[collect.Compared], error) {
		return p.Reports.Compare(r.Context(), account.Place{}, year, q)
	}, comparedCells))
}

// comparedEntry is an organ as open data.
type comparedEntry struct {
	Organ     string   `json:"organ"`
	Year      int      `json:"year"`
	Received  *int64   `json:"received"`
	Concluded *int64   `json:"concluded"`
	Disclosed *int64   `json:"disclosed"`
	Reviews   *int64   `json:"reviews"`
	Corrected *int64   `json:"corrected"`
	OnTime    *float64 `json:"onTimeShare"`
}

func (p Platform) compareJSON(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfReports); same || err != nil {
		return err
	}
	year, _, err := p.compareYear(r)
	if err != nil {
		return err
	}
	of := func(f collect.Figure) *int64 {
		if !f.Known {
			return nil
		}
		return &f.N
	}
	all := []comparedEntry{}
	q := paging.Query{Size: paging.MaxSize}
	for q.Page = 1; ; q.Page++ {
		page, err := p.Reports.Compare(r.Context(), account.Place{}, year, q)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			e := comparedEntry{c.Name, year, of(c.Received), of(c.Concluded), of(c.Disclosed), of(c.Reviews), of(c.Corrected), nil}
			if on := c.OnTime(); on.Known {
				share := float64(on.N) / 1000
				e.OnTime = &share
			}
			all = append(all, e)
		}
		if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
			break
		}
	}
	web.Attach(w, "reports-compare-"+strconv.Itoa(year)+".json", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(all)
}
