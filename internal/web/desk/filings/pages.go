// Package filings holds the pages on which sections file the figures that no record of
// the house has, and on which somebody else confirms them: the overview of sections and
// periods, a return, its form and workbook, and the list of what is filed.
//
// What may be done, by whom and under which article is read from the table of package
// filing. Start at Pages.
package filings

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// Pages are the pages about filed figures.
type Pages struct {
	Kit    *web.Kit
	Office *filing.Office
	Trees  org.Trees
	Files  deed.Files
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// Reader reads workbooks.
	Reader interface {
		Rows(ctx context.Context, name string, data []byte) ([][]string, error)
	}
}

const (
	root     = "/desk/filings"
	list     = root + "/figures"
	maxSheet = 4 << 20
)

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, file, keep := web.Needs(account.SeeFilings), web.Needs(account.FileFigures), web.Needs(account.KeepFigures)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	one := "/{return}"
	edit, upload := page("POST", one+"/edit", file, p.edit, editTemplate), page("POST", one+"/upload", file, p.takeIn, uploadTemplate)
	edit.Upload, upload.Upload = deed.MaxUpload, maxSheet
	preview := page("POST", one+"/preview", file, p.preview, previewTemplate)
	preview.Upload = deed.MaxUpload
	all := []web.Route{
		page("GET", "", see, p.overview, overviewTemplate, madeTemplate),
		page("POST", "/remind", keep, p.remind),
		page("GET", "/figures", see, p.figures, figuresTemplate),
		page("GET", "/figures/new", keep, p.askNew, figureTemplate),
		page("POST", "/figures/new", keep, p.add, figureTemplate),
		page("GET", "/figures/standard", keep, p.askStandard, figureTemplate),
		page("POST", "/figures/standard", keep, p.standard, figureTemplate),
		page("GET", "/figures/edit/{figure}", keep, p.askAlter, figureTemplate),
		page("POST", "/figures/edit/{figure}", keep, p.alter, figureTemplate),
		page("GET", "/figures/end/{figure}", keep, p.askEnd, figureTemplate),
		page("POST", "/figures/end/{figure}", keep, p.end, figureTemplate),
		page("GET", one, see, p.show, showTemplate),
		page("GET", one+"/sheet", see, p.sheet),
		page("GET", one+"/files/{file}", see, p.paper),
		page("GET", one+"/edit", file, p.askEdit, editTemplate),
		edit, preview,
		page("GET", one+"/upload", file, p.askUpload, uploadTemplate),
		upload,
	}
	for _, f := range forms() {
		rule := web.Needs(f.right)
		all = append(
			all,
			page("GET", one+"/"+f.slug, rule, func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, f) }, actTemplate),
			page("POST", one+"/"+f.slug, rule, func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, f) }, actTemplate),
		)
	}
	return all
}

// open opens the return of the address.
func (p Pages) open(r *http.Request) (filing.Bench, error) {
	return p.Office.Open(r.Context(), web.Actor(r), r.PathValue("return"))
}

// place is whose returns a page is about, and of which year.
type place struct {
	organ  string
	year   int
	organs []web.Option // to choose from
}

func (p place) path(more ...string) string {
	q := url.Values{"organ": {p.organ}, "year": {strconv.Itoa(p.year)}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return root + "?" + q.Encode()
}

// read reads off the address whose returns are wanted; without one, those of the
// actor's own organ in this year.
func (p Pages) read(r *http.Request, act account.Act) (place, *org.Tree, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return place{}, nil, err
	}
	at := place{organ: r.FormValue("organ"), year: p.Kit.Now().Year()}
	if year, err := strconv.Atoi(r.FormValue("year")); err == nil {
		if year < 2000 || year > at.year+1 {
			return at, tree, errs.New(errs.NotFound, "没有这一年的填报。")
		}
		at.year = year
	}
	seen := map[string]bool{}
	for n := range tree.Within(web.Actor(r).Where(act)) {
		organ, ok := filing.OrganOf(tree, n.ID)
		if !ok || organ.Ended || seen[organ.ID] {
			continue
		}
		seen[organ.ID] = true
		at.organs = append(at.organs, web.Option{Value: organ.ID, Label: organ.Name})
		if at.organ == "" {
			at.organ = organ.ID
		}
	}
	return at, tree, nil
}

func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// day gives a day as texts tell it.
func day(say *locale.Catalogue, d calendar.Date) string {
	if say.Lang == locale.English {
		return d.String()
	}
	year, month, n := d.Civil()
	return strconv.Itoa(year) + "年" + strconv.Itoa(int(month)) + "月" + strconv.Itoa(n) + "日"
}

// state gives the word for where a return is, with its tone.
func state(say *locale.Catalogue, s filing.Status, confirmed, late bool) (word, tone string) {
	switch {
	case s == filing.Drafting && confirmed:
		return say.T("filings.correcting"), "amber"
	case late && s == filing.New:
		return say.T("filings.late"), "red"
	}
	switch s {
	case filing.Drafting:
		tone = "amber"
	case filing.Submitted:
		tone = "blue"
	case filing.Confirmed:
		tone = "green"
	case filing.New:
		tone = "grey"
	}
	if late {
		tone = "red"
	}
	return say.In(s.Words()), tone
}

func role(say *locale.Catalogue, r account.Role) string {
	info, _ := r.Info()
	return say.In(filing.Word{Chinese: info.Chinese, English: info.English})
}

// title names a return.
func title(say *locale.Catalogue, b filing.Bench) string {
	return say.T("filings.of", b.Scene.Section.Name, role(say, b.Return.Role), say.In(b.Return.Period.Words()))
}
