package platform

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"io"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// mapMost is how many addresses a map of the site may have by the protocol; what is
// more goes into maps of its own, which the first then lists.
const mapMost = 50_000

// mapSpace is the name of the protocol.
const mapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// own are the pages that a map has beside the documents.
var own = []string{"/", Path, GuidePath, SystemPath, PoliciesPath, ExplanationsPath, ReportsPath, applyPath, "/disclosed", askedPath, "/organs"}

// siteMap tells search engines what there is (sitemaps.org).
func (p Platform) siteMap(w http.ResponseWriter, r *http.Request) error {
	most := cmp.Or(p.MapMost, mapMost)
	asked, err := p.asked(r)
	if err != nil {
		return err
	}
	starts, err := p.mapStarts(r, most, len(own)+len(asked))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
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
			for _, path := range own {
				m.entry("url", base+path, "")
			}
			for _, c := range asked {
				m.entry("url", base+askedPath+"/"+c.ID, day(maxDay(c.From, c.Told, c.EndedOn)))
			}
			left -= len(own) + len(asked)
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

// askedPath is where everybody is asked about drafts; askedMost is how many of them the
// first map tells of, the latest.
const (
	askedPath = "/consultations"
	askedMost = 2_000
)

// asked gives the latest consultations.
func (p Platform) asked(r *http.Request) (all []consult.Row, err error) {
	for q := (paging.Query{Page: 1, Size: paging.MaxSize, Sort: "opens", Desc: true}); p.Asked != nil && len(all) < askedMost; q.Page++ {
		page, err := p.Asked.Listed(r.Context(), "", q)
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
