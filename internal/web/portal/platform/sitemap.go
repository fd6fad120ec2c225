package platform

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"io"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/foi"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// mapMost is how many addresses a map of the site may have by the protocol; what is
// more goes into maps of its own, which the first then lists.
const mapMost = 50_000

// mapSpace is the name of the protocol.
const mapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// own are the pages that a map has beside those of something that is published.
var own = []string{
	"/", Path, GuidePath, SystemPath, ReportsPath, PoliciesPath, ExplanationsPath, DataPage, applyPath, answersPath, askedPath, "/organs", "/deadline", "/request/rules", "/log", "/api", "/sitemap",
}

// place is an address of a map, with the day on which it was changed; "" for none.
type place struct{ path, changed string }

// siteMap tells search engines what there is (sitemaps.org).
func (p Platform) siteMap(w http.ResponseWriter, r *http.Request) error {
	most := cmp.Or(p.MapMost, mapMost)
	if same, err := p.Kit.Unchanged(w, r, web.OfDocuments, web.OfConsultations, web.OfAnswers); same || err != nil {
		return err
	}
	first, err := p.beside(r)
	if err != nil {
		return err
	}
	starts, err := p.mapStarts(r, most, len(first))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	base := web.Origin(r, p.Base)
	return web.Streamed(w, func(out io.Writer) error {
		m := &siteMapWriter{out: bufio.NewWriter(out)}
		if len(starts) > 1 {
			m.open("sitemapindex")
			for _, s := range starts {
				m.entry("sitemap", base+"/sitemap.xml?after="+s, "")
			}
			return m.close("sitemapindex")
		}
		m.open("urlset")
		left, after := most, r.URL.Query().Get("after")
		if after == "" {
			for _, one := range first {
				m.entry("url", base+one.path, one.changed)
			}
			left -= len(first)
		}
		for l, err := range p.all(r.Context(), after) {
			if err != nil {
				return err
			}
			if left--; left < 0 {
				break
			}
			m.entry("url", base+Path+"/"+l.ID, day(l.Changed))
		}
		return m.close("urlset")
	})
}

// mapStarts gives the documents after which a map begins; one for a site that has room
// in one.
func (p Platform) mapStarts(r *http.Request, most, before int) ([]string, error) {
	starts, n, last := []string{""}, before, ""
	if r.URL.Query().Has("after") {
		return starts, nil
	}
	for l, err := range p.all(r.Context(), "") {
		if err != nil {
			return nil, err
		}
		if n%most == 0 {
			starts = append(starts, last)
		}
		n, last = n+1, l.ID
	}
	return starts, nil
}

// Where everybody is asked about drafts, and reads what was answered to others; mapLatest
// is how many of each the first map tells of, the latest.
const (
	askedPath   = "/consultations"
	answersPath = "/disclosed"
	mapLatest   = 2_000
)

// beside gives what the first map has before the documents.
func (p Platform) beside(r *http.Request) ([]place, error) {
	var all []place
	for _, path := range own {
		all = append(all, place{path, ""})
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	for n := range tree.Within([]account.Place{{Organ: rootOf(tree), Below: true}}) {
		if n.Nature != org.Internal && !n.Ended {
			all = append(all, place{"/organs/" + n.ID, ""})
		}
	}
	asked, err := p.asked(r)
	if err != nil {
		return nil, err
	}
	for _, c := range asked {
		all = append(all, place{askedPath + "/" + c.ID, day(maxDay(c.From, c.Told, c.EndedOn))})
	}
	answers, err := p.answers(r)
	for _, a := range answers {
		all = append(all, place{answersPath + "/" + a.ID, day(a.Ended)})
	}
	return all, err
}

// asked gives the latest consultations.
func (p Platform) asked(r *http.Request) ([]consult.Row, error) {
	if p.Asked == nil {
		return nil, nil
	}
	return latest(paging.Query{Sort: "opens", Desc: true}, func(q paging.Query) (paging.Page[consult.Row], error) { return p.Asked.Listed(r.Context(), "", q) })
}

// answers gives the latest answers to requests that everybody may read.
func (p Platform) answers(r *http.Request) ([]foi.Row, error) {
	if p.Answers == nil {
		return nil, nil
	}
	return latest(paging.Query{}, func(q paging.Query) (paging.Page[foi.Row], error) { return p.Answers.List(r.Context(), q) })
}

// latest reads the first pages of a list.
func latest[T any](q paging.Query, read func(paging.Query) (paging.Page[T], error)) (all []T, err error) {
	for q.Page, q.Size = 1, paging.MaxSize; len(all) < mapLatest; q.Page++ {
		page, err := read(q)
		if err != nil {
			return nil, err
		}
		if all = append(all, page.Rows...); len(page.Rows) < q.Size {
			break
		}
	}
	return all, nil
}

// maxDay gives the last of some days.
func maxDay(days ...calendar.Date) (last calendar.Date) {
	for _, d := range days {
		if d.After(last) {
			last = d
		}
	}
	return last
}

// siteMapWriter keeps the first thing that went wrong.
type siteMapWriter struct {
	out *bufio.Writer
	err error
}

func (m *siteMapWriter) write(text string) {
	if m.err == nil {
		_, m.err = m.out.WriteString(text)
	}
}

func (m *siteMapWriter) open(root string) {
	m.write(xml.Header + "<" + root + ` xmlns="` + mapSpace + `">` + "\n")
}

func (m *siteMapWriter) entry(name, at, changed string) {
	m.write("<" + name + "><loc>")
	if m.err == nil {
		m.err = xml.EscapeText(m.out, []byte(at))
	}
	m.write("</loc>")
	if changed != "" {
		m.write("<lastmod>" + changed + "</lastmod>")
	}
	m.write("</" + name + ">\n")
}

func (m *siteMapWriter) close(root string) error {
	m.write("</" + root + ">\n")
	if m.err != nil {
		return m.err
	}
	return m.out.Flush()
}

// robots tells programs that read the site where its map is, and what is no reading: pages
// of the house, forms, and answers to questions.
func (p Platform) robots(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range []string{"/desk", "/admin", "/login", "/demo", "/search", "/fault", "/request/mine"} {
		b.WriteString("Disallow: " + path + "\n")
	}
	b.WriteString("\nSitemap: " + web.Origin(r, p.Base) + "/sitemap.xml\n")
	_, err := io.WriteString(w, b.String())
	return err
}
