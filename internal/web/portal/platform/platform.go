// Package platform holds the pages of proactive publication (条例§19 to 条例§26): the
// platform with its prescribed columns (国办公开办函〔2019〕61号), the page of a
// document, feeds, and the catalogue as open data. All of them work without scripts.
//
// Every page has the tags that government sites carry (tags.go). Start at Platform.
package platform

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// Documents gives what everybody may read.
type Documents interface {
	Catalogue(ctx context.Context, place account.Place, q paging.Query) (paging.Page[publish.Listed], error)
	Notice(ctx context.Context, id string) (publish.Notice, error)
	// Former gives a former text that everybody may still read.
	Former(ctx context.Context, id string, no int) (publish.Former, publish.Version, error)
	Companions(ctx context.Context, id string) ([]publish.Companion, *publish.Listed, error)
}

// Catalogue gives all lines of the catalogue, a part at a time.
type Catalogue interface {
	CatalogueAfter(ctx context.Context, after string, most int) ([]publish.Listed, error)
	// ReportYears gives the years on which annual reports of a place are published, the
	// latest first.
	ReportYears(ctx context.Context, place account.Place) ([]int, error)
	// ByIndex gives the key of the document with an index number; NotFound for none.
	ByIndex(ctx context.Context, index string) (string, error)
	// Explanations gives what some documents are explained by, or with back what they explain.
	Explanations(ctx context.Context, ids []string, back bool) (map[string][]publish.Listed, error)
	// PublicFile gives the name of a file that everybody may have; NotFound for others.
	PublicFile(ctx context.Context, id, hash string) (string, error)
}

// Files gives what is kept.
type Files interface {
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Asked lists the consultations that everybody may read.
type Asked interface {
	Listed(ctx context.Context, organ string, q paging.Query) (paging.Page[consult.Row], error)
}

// Answers lists the answers to requests that everybody may read.
type Answers interface {
	List(ctx context.Context, q paging.Query) (paging.Page[foi.Row], error)
}

// Settings are the settings that the guide tells of.
type Settings interface {
	Text(ctx context.Context, organ, name string) (string, error)
	Int(ctx context.Context, organ, name string) (int, error)
	Choices(ctx context.Context, organ, name string) ([]string, error)
}

// Platform are the pages.
type Platform struct {
	Kit       *web.Kit
	Documents Documents
	Catalogue Catalogue
	Files     Files
	Organs    *org.Book
	Registry  foi.Organs
	Finder    Finder // nil where lists are narrowed by titles and numbers alone
	Settings  Settings
	Reports   Comparison
	Asked     Asked   // consultations; nil for none
	Answers   Answers // nil for none
	Base      string  // address of the site, as https://zwgk.example.cn; "" for that of the visit
	MapMost   int     // addresses that a map of the site has at most; 0 for what the protocol allows
}

// Paths that others lead to.
const (
	Path       = "/open"
	GuidePath  = "/open/guide"
	FormPath   = "/open/guide/form"
	SystemPath = "/open/system"
	FeedPath   = "/open/feed"
	DataPage   = "/data"
	DataPath   = "/data/catalogue"
)

// applyPath is where somebody asks for what is not published.
const applyPath = "/request"

// Routes gives the pages.
func (p Platform) Routes() []web.Route {
	get := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows}
	}
	kept := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		route := get(path, handle, shows...)
		route.Cached = true
		return route
	}
	return append(web.FeedRoutes(FeedPath, p.feed),
		kept(Path, p.catalogue, catalogueTemplate),
		kept(GuidePath, p.guide, guideTemplate),
		get(FormPath, p.form),
		kept(SystemPath, p.system, systemTemplate),
		kept(PoliciesPath, p.policies, libraryTemplate),
		kept(ExplanationsPath, p.explanations, libraryTemplate),
		kept(ReportsPath, p.reports, reportsTemplate),
		kept(ComparePath, p.compare, compareTemplate),
		get(compareData+".csv", p.compareCSV),
		get(compareData+".json", p.compareJSON),
		kept(Path+"/{published}", p.document, documentTemplate),
		get(Path+"/{published}/download", p.download),
		get(Path+"/{published}/{file}", p.file),
		kept(Path+"/{published}/former/{no}", p.former, formerTemplate),
		get(DataPath+".json", p.dataJSON),
		get(DataPath+".csv", p.dataCSV),
		get("/sitemap.xml", p.siteMap),
		get("/robots.txt", p.robots),
		get(IndexPath+"{index...}", p.byIndex),
		kept(DataPage, p.data, dataTemplate),
	)
}

// view is what every page of the platform has: the columns, and whose they are.
type view struct {
	Tags    tags
	Columns []web.NavLink
	Organ   string // name, when the page is of one organ
	Whole   string // leads to that of all; "" when the page is
	organ   org.Node
	tree    *org.Tree
}

// view reads of which organ a page is to be: of all together unless one is named.
func (p Platform) view(r *http.Request, here string) (v view, err error) {
	if v.tree, err = p.Organs.Tree(r.Context()); err != nil {
		return v, err
	}
	say, of := p.Kit.Say(r), ""
	if id := r.URL.Query().Get(publish.FilterOrgan); id != "" {
		n, ok := v.tree.Node(id)
		if !ok || n.Nature == org.Internal {
			return v, errs.New(errs.NotFound, "没有这个机关，请从机关名录中选择。")
		}
		v.organ, v.Organ, v.Whole = n, n.Name, here
		of = "?" + url.Values{publish.FilterOrgan: {id}}.Encode()
	} else if roots := v.tree.Children(""); len(roots) > 0 {
		v.organ = roots[0]
	}
	v.Columns = []web.NavLink{
		{Path: GuidePath + of, Label: say.T("platform.guide"), Here: here == GuidePath},
		{Path: SystemPath + of, Label: say.T("platform.system"), Here: here == SystemPath},
		{Path: Path + of, Label: say.T("platform.catalogue"), Here: here == Path},
		{Path: ReportsPath + of, Label: say.T("platform.reports"), Here: here == ReportsPath},
		{Path: applyPath, Label: say.T("nav.apply")},
	}
	return v, nil
}

// reads notes that a page of an organ is made from its documents alone.
func (v view) reads(ctx context.Context) {
	if v.Organ != "" {
		web.Reads(ctx, web.OfOrgan(v.organ.ID))
	}
}

func words(say *locale.Catalogue, w publish.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}
