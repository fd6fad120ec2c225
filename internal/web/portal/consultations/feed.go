package consultations

import (
	"encoding/json"
	"encoding/xml"
	"iter"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// FeedPath is where programs look for new consultations.
const FeedPath = Path + "/feed"

// feedMost is how many a feed tells of.
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
	Summary   string   `xml:"summary"`
}

// midnight makes a day in China a moment: only the day is kept.
const midnight = "T00:00:00+08:00"

// latest gives what everybody was asked last, of one organ or of all.
func (p Pages) latest(r *http.Request) (rows []consult.Row, tree *org.Tree, name string, err error) {
	web.Reads(r.Context(), web.OfConsultations)
	if tree, err = p.Trees.Tree(r.Context()); err != nil {
		return nil, nil, "", err
	}
	name, organ := p.Kit.Site(r.Context()).Name, ""
	if n, ok := tree.Node(r.URL.Query().Get(consult.FilterOrgan)); ok {
		name, organ = n.Name, n.ID
	}
	page, err := p.Desk.Listed(r.Context(), organ, paging.Query{Page: 1, Size: feedMost, Sort: "opens", Desc: true})
	return page.Rows, tree, name + " " + p.Kit.Say(r).T("consult.portal"), err
}

// changed is the day on which something about a consultation was made public last.
func changed(c consult.Row) string {
	last := c.From
	for _, d := range []calendar.Date{c.Told, c.EndedOn} {
		if d.After(last) {
			last = d
		}
	}
	return last.String()
}

// summary says until when, or what it has come to.
func (p Pages) summary(r *http.Request, c consult.Row) string {
	say := p.Kit.Say(r)
	state, _ := p.state(say, c)
	return state + " · " + span(c)
}

// atom tells the latest consultations to programs that look for them (RFC 4287).
func (p Pages) atom(w http.ResponseWriter, r *http.Request) error {
	rows, tree, title, err := p.latest(r)
	if err != nil {
		return err
	}
	base := p.base(r)
	feed := atomFeed{
		Title: title, ID: base + Path, Updated: p.Kit.Now().Format("2006-01-02") + midnight,
		Links: []atomLink{{"self", base + r.URL.RequestURI()}, {"alternate", base + Path}},
	}
	for _, c := range rows {
		at := base + Path + "/" + c.ID
		feed.Entries = append(feed.Entries, atomEntry{c.Title, at, c.From.String() + midnight, changed(c) + midnight, tree.Name(c.Organ), atomLink{Href: at}, p.summary(r, c)})
	}
	body, err := xml.Marshal(feed)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}

// jsonFeed is the same as a JSON Feed 1.1.
func (p Pages) jsonFeed(w http.ResponseWriter, r *http.Request) error {
	rows, tree, title, err := p.latest(r)
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
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors"`
	}
	base := p.base(r)
	items := []item{}
	for _, c := range rows {
		at := base + Path + "/" + c.ID
		items = append(items, item{at, at, c.Title, p.summary(r, c), c.From.String() + midnight, changed(c) + midnight, []author{{tree.Name(c.Organ)}}})
	}
	w.Header().Set("Content-Type", "application/feed+json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": base + Path, "feed_url": base + r.URL.RequestURI(), "language": "zh-CN", "items": items,
	})
}

// every gives all consultations that everybody may read.
func (p Pages) every(r *http.Request) iter.Seq2[consult.Row, error] {
	return func(yield func(consult.Row, error) bool) {
		q := paging.Query{Size: paging.MaxSize, Sort: "opens"}
		for q.Page = 1; ; q.Page++ {
			page, err := p.Desk.Listed(r.Context(), "", q)
			if err != nil {
				yield(consult.Row{}, err)
				return
			}
			for _, row := range page.Rows {
				if !yield(row, nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
				return
			}
		}
	}
}
