package platform

import (
	"encoding/json"
	"encoding/xml"
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// feedMost is how many documents a feed tells of.
const feedMost = 50

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
	Link      atomLink `xml:"link"`
	Summary   string   `xml:"summary,omitempty"`
}

// latest gives what was published last, of one organ or of all.
func (p Platform) latest(r *http.Request) (view, []publish.Listed, error) {
	v, err := p.view(r, Path)
	if err != nil {
		return v, nil, err
	}
	q := paging.Query{Page: 1, Size: feedMost, Filters: map[string]string{}}
	if v.Organ != "" {
		q.Filters[publish.FilterOrgan] = v.organ.ID
	}
	v.reads(r.Context())
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	return v, page.Rows, err
}

// atom tells the latest documents to programs that look for them (RFC 4287).
func (p Platform) atom(w http.ResponseWriter, r *http.Request) error {
	v, rows, err := p.latest(r)
	if err != nil {
		return err
	}
	base := p.base(r)
	feed := atomFeed{
		Title: p.feedTitle(r, v), ID: base + Path, Updated: p.Kit.Now().Format("2006-01-02") + midnight,
		Links: []atomLink{{"self", base + r.URL.RequestURI()}, {"alternate", base + Path}},
	}
	for i, l := range rows {
		updated := day(l.Changed) + midnight
		if i == 0 || updated > feed.Updated {
			feed.Updated = updated
		}
		at := base + Path + "/" + l.ID
		feed.Entries = append(feed.Entries, atomEntry{l.Title, at, day(l.Published) + midnight, updated, v.tree.Name(l.Organ), atomLink{Href: at}, l.Summary})
	}
	body, err := xml.Marshal(feed)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}

// midnight makes a day in China a moment: only the day is kept.
const midnight = "T00:00:00+08:00"

func (p Platform) feedTitle(r *http.Request, v view) string {
	name := v.Organ
	if name == "" {
		name = p.Kit.Site(r.Context()).Name
	}
	return name + " " + p.Kit.Say(r).T("platform.title")
}

// jsonFeed is the same as a JSON Feed 1.1.
func (p Platform) jsonFeed(w http.ResponseWriter, r *http.Request) error {
	v, rows, err := p.latest(r)
	if err != nil {
		return err
	}
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Summary   string   `json:"summary,omitempty"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors"`
	}
	base := p.base(r)
	items := []item{}
	for _, l := range rows {
		at := base + Path + "/" + l.ID
		items = append(items, item{at, at, l.Title, l.Summary, l.Title, day(l.Published) + midnight, day(l.Changed) + midnight, []author{{v.tree.Name(l.Organ)}}})
	}
	w.Header().Set("Content-Type", "application/feed+json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": p.feedTitle(r, v), "home_page_url": base + Path, "feed_url": base + r.URL.RequestURI(), "language": "zh-CN", "items": items,
	})
}
