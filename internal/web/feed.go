package web

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"time"

	"gongkai/internal/clock"
)

// FeedMost is how many things a feed tells of.
const FeedMost = 50

// Feed tells programs what is new in a column. Days are as 2006-01-02, in China.
type Feed struct {
	Title   string
	Base    string     // of the site, as https://zwgk.example.cn
	Path    string     // of the page that has all of it
	Of      url.Values // what the feed is narrowed to, as the page is; nil for nothing
	Today   time.Time
	Entries []FeedEntry

	at string // path of the feed itself
}

// FeedFilters reads what a feed is narrowed to: those of the filters that have a value.
func FeedFilters(r *http.Request, filters ...string) url.Values {
	of := url.Values{}
	for _, name := range filters {
		if value := r.URL.Query().Get(name); value != "" {
			of.Set(name, value)
		}
	}
	return of
}

// address gives the address of a path of the site, narrowed as the feed is. What else a
// visit asked for does not come into it, so that a feed has one address.
func (f Feed) address(path string) string {
	if len(f.Of) > 0 {
		path += "?" + f.Of.Encode()
	}
	return f.Base + path
}

// FeedEntry is one new thing.
type FeedEntry struct {
	Path, Title, Summary, Author string
	Published, Changed           string // days
}

// moment makes a day of it: only the day is kept.
func moment(day string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, day, clock.Shanghai)
	return t
}

// updated is when something was new last; today where there is nothing.
func (f Feed) updated() time.Time {
	last := time.Time{}
	for _, e := range f.Entries {
		if t := moment(e.Changed); t.After(last) {
			last = t
		}
	}
	if last.IsZero() {
		return moment(f.Today.In(clock.Shanghai).Format(time.DateOnly))
	}
	return last
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
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

// Atom writes the feed as RFC 4287 has it.
func (f Feed) Atom(w http.ResponseWriter) error {
	out := struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}{
		Lang: "zh-CN", Title: f.Title, ID: f.address(f.Path), Updated: f.updated().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", f.address(f.at)}, {"alternate", "text/html", f.address(f.Path)}},
	}
	for _, e := range f.Entries {
		at := f.Base + e.Path
		out.Entries = append(out.Entries, atomEntry{e.Title, at, moment(e.Published).Format(time.RFC3339), moment(e.Changed).Format(time.RFC3339), e.Author, atomLink{"alternate", "text/html", at}, e.Summary})
	}
	return writeXML(w, "application/atom+xml", out)
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	Published   string `xml:"pubDate"`
	Author      string `xml:"http://purl.org/dc/elements/1.1/ creator"`
	Description string `xml:"description,omitempty"`
}

// RSS writes the feed as RSS 2.0, whose descriptions are HTML.
func (f Feed) RSS(w http.ResponseWriter) error {
	type channel struct {
		Title       string    `xml:"title"`
		Link        string    `xml:"link"`
		Description string    `xml:"description"`
		Language    string    `xml:"language"`
		Built       string    `xml:"lastBuildDate"`
		Self        atomLink  `xml:"http://www.w3.org/2005/Atom link"`
		Items       []rssItem `xml:"item"`
	}
	out := struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Channel: channel{
		Title: f.Title, Link: f.address(f.Path), Description: html.EscapeString(f.Title), Language: "zh-cn", Built: f.updated().Format(time.RFC1123Z),
		Self: atomLink{"self", "application/rss+xml", f.address(f.at)},
	}}
	for _, e := range f.Entries {
		at := f.Base + e.Path
		out.Channel.Items = append(out.Channel.Items, rssItem{e.Title, at, at, moment(e.Published).Format(time.RFC1123Z), e.Author, html.EscapeString(e.Summary)})
	}
	return writeXML(w, "application/rss+xml", out)
}

func writeXML(w http.ResponseWriter, mime string, out any) error {
	body, err := xml.Marshal(out)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mime+"; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}

// JSON writes the feed as JSON Feed 1.1.
func (f Feed) JSON(w http.ResponseWriter) error {
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
	items := []item{}
	for _, e := range f.Entries {
		at := f.Base + e.Path
		items = append(items, item{at, at, e.Title, e.Summary, cmp.Or(e.Summary, e.Title), moment(e.Published).Format(time.RFC3339), moment(e.Changed).Format(time.RFC3339), []author{{e.Author}}})
	}
	w.Header().Set("Content-Type", "application/feed+json; charset=utf-8")
	return json.NewEncoder(w).Encode(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": f.Title, "home_page_url": f.address(f.Path), "feed_url": f.address(f.at), "language": "zh-CN", "items": items,
	})
}

// FeedRoutes gives the addresses of a feed: below path in Atom, with .rss and .json in
// the other forms.
func FeedRoutes(path string, feed func(*http.Request) (Feed, error)) []Route {
	var all []Route
	for _, form := range []struct {
		ending string
		write  func(Feed, http.ResponseWriter) error
	}{{"", Feed.Atom}, {".rss", Feed.RSS}, {".json", Feed.JSON}} {
		all = append(all, Route{Method: "GET", Path: path + form.ending, Frame: Portal, Rule: Public(), Cached: true, Handle: func(w http.ResponseWriter, r *http.Request) error {
			f, err := feed(r)
			if err != nil {
				return err
			}
			f.at = path + form.ending
			return form.write(f, w)
		}})
	}
	return all
}
