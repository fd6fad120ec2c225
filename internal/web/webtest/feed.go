package webtest

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Told is what a feed tells of one thing, whatever its form.
type Told struct{ ID, Link, Title, Summary, Author, Published string }

// ReadFeed reads a feed as strictly as the validators of its form do, and tells by its
// media type which that is: Atom (RFC 4287), RSS 2.0, or JSON Feed 1.1. at is the address
// under which it was got.
func ReadFeed(media, body, at string) ([]Told, error) {
	kind, params, err := mime.ParseMediaType(media)
	if err != nil || !strings.EqualFold(params["charset"], "utf-8") {
		return nil, fmt.Errorf("media type %q: %w", media, err)
	}
	read := map[string]func(*judge, string, string) []Told{"application/atom+xml": atom, "application/rss+xml": rss, "application/feed+json": jsonFeed}[kind]
	if read == nil {
		return nil, fmt.Errorf("%q is no feed", kind)
	}
	j := &judge{}
	told := read(j, body, at)
	j.once(told)
	return told, errors.Join(j.wrong...)
}

// judge collects what is wrong.
type judge struct{ wrong []error }

func (j *judge) check(ok bool, format string, args ...any) {
	if !ok {
		j.wrong = append(j.wrong, fmt.Errorf(format, args...))
	}
}

// absolute checks the address of something.
func (j *judge) absolute(what, address string) {
	u, err := url.Parse(address)
	j.check(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.Fragment == "" && !strings.ContainsAny(address, " <>\""), "%s %q is no absolute address", what, address)
}

func (j *judge) moment(what, layout, text string) {
	_, err := time.Parse(layout, text)
	j.check(err == nil, "%s %q: %v", what, text, err)
}

// plain checks a text that everybody reads as it is.
func (j *judge) plain(what, text string) {
	j.check(strings.TrimSpace(text) != "", "%s says nothing", what)
}

// once checks that no two things have one id.
func (j *judge) once(told []Told) {
	seen := map[string]bool{}
	for _, one := range told {
		j.check(!seen[one.ID], "two things are %s", one.ID)
		j.absolute("the id", one.ID)
		j.absolute("the link", one.Link)
		j.plain("the title of "+one.ID, one.Title)
		j.plain("the author of "+one.ID, one.Author)
		seen[one.ID] = true
	}
}

// elements checks that XML has only elements that are known, each by the names above it
// and, after a blank, its space.
func (j *judge) elements(body, space string, known ...string) {
	j.check(strings.HasPrefix(body, "<?xml "), "no declaration")
	d := xml.NewDecoder(strings.NewReader(body))
	var above []string
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			j.check(false, "%v", err)
			return
		}
		switch e := t.(type) {
		case xml.StartElement:
			above = append(above, e.Name.Local)
			path := strings.Join(above, "/")
			if e.Name.Space != space {
				path += " " + e.Name.Space
			}
			j.check(slices.Contains(known, path), "element %s", path)
		case xml.EndElement:
			above = above[:len(above)-1]
		}
	}
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

const (
	atomSpace = "http://www.w3.org/2005/Atom"
	coreSpace = "http://purl.org/dc/elements/1.1/"
)

func atom(j *judge, body, at string) (told []Told) {
	j.elements(body, atomSpace, "feed", "feed/title", "feed/id", "feed/updated", "feed/link", "feed/entry", "feed/entry/title", "feed/entry/id", "feed/entry/published",
		"feed/entry/updated", "feed/entry/author", "feed/entry/author/name", "feed/entry/link", "feed/entry/summary")
	var f struct {
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Title   []string `xml:"title"`
		ID      []string `xml:"id"`
		Updated []string `xml:"updated"`
		Links   []link   `xml:"link"`
		Entries []struct {
			Title     []string `xml:"title"`
			ID        []string `xml:"id"`
			Published []string `xml:"published"`
			Updated   []string `xml:"updated"`
			Author    []string `xml:"author>name"`
			Links     []link   `xml:"link"`
			Summary   []string `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		j.check(false, "%v", err)
		return nil
	}
	j.check(len(f.Title) == 1 && len(f.ID) == 1 && len(f.Updated) == 1, "title, id and updated stand there once each: %v %v %v", f.Title, f.ID, f.Updated)
	j.absolute("the id of the feed", strings.Join(f.ID, " "))
	j.moment("updated", time.RFC3339, strings.Join(f.Updated, " "))
	j.check(f.Lang != "", "it has no language")
	rels := map[string]string{}
	for _, l := range f.Links {
		j.check(rels[l.Rel] == "", "two links that are %s", l.Rel)
		rels[l.Rel] = l.Href
		j.absolute(l.Rel, l.Href)
	}
	j.check(rels["self"] == at, "it says that it is %s, not %s", rels["self"], at)
	j.check(rels["alternate"] != "", "no page has the same")
	for _, e := range f.Entries {
		if len(e.ID) != 1 || len(e.Title) != 1 || len(e.Updated) != 1 || len(e.Published) > 1 || len(e.Author) == 0 || len(e.Links) != 1 || len(e.Summary) > 1 {
			j.check(false, "an entry has not one of each: %+v", e)
			continue
		}
		j.moment("updated", time.RFC3339, e.Updated[0])
		j.moment("published", time.RFC3339, strings.Join(e.Published, ""))
		j.check(e.Links[0].Rel == "alternate" || e.Links[0].Rel == "", "the link is %s", e.Links[0].Rel)
		told = append(told, Told{e.ID[0], e.Links[0].Href, e.Title[0], strings.Join(e.Summary, ""), e.Author[0], e.Published[0][:10]})
	}
	return told
}

// rfc822 is how RSS writes a moment: RFC 822 with four digits of the year.
const rfc822 = "Mon, 02 Jan 2006 15:04:05 -0700"

func rss(j *judge, body, at string) (told []Told) {
	j.elements(body, "", "rss", "rss/channel", "rss/channel/title", "rss/channel/description", "rss/channel/language", "rss/channel/lastBuildDate", "rss/channel/link",
		"rss/channel/link "+atomSpace, "rss/channel/item", "rss/channel/item/title", "rss/channel/item/link", "rss/channel/item/guid", "rss/channel/item/pubDate",
		"rss/channel/item/description", "rss/channel/item/creator "+coreSpace)
	var f struct {
		Version  string `xml:"version,attr"`
		Channels []struct {
			Title []string `xml:"title"`
			Links []struct {
				link
				Page string `xml:",chardata"` // of that which is the channel's own
			} `xml:"link"`
			Description []string `xml:"description"`
			Language    []string `xml:"language"`
			Built       []string `xml:"lastBuildDate"`
			Items       []struct {
				Title       []string `xml:"title"`
				Link        []string `xml:"link"`
				GUID        []string `xml:"guid"`
				Published   []string `xml:"pubDate"`
				Author      []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
				Description []string `xml:"description"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal([]byte(body), &f); err != nil || f.Version != "2.0" || len(f.Channels) != 1 {
		j.check(false, "version %q, %d channels: %v", f.Version, len(f.Channels), err)
		return nil
	}
	c := f.Channels[0]
	j.check(len(c.Title) == 1 && len(c.Description) == 1 && len(c.Language) == 1 && len(c.Built) == 1, "not one of each: %+v", c)
	j.plain("the title", strings.Join(c.Title, ""))
	j.plain("the description", strings.Join(c.Description, ""))
	j.moment("lastBuildDate", rfc822, strings.Join(c.Built, ""))
	if len(c.Links) != 2 {
		j.check(false, "it has the links %v", c.Links)
		return nil
	}
	j.absolute("the page", c.Links[0].Page)
	j.check(c.Links[1].link == link{"self", "application/rss+xml", at}, "it says that it is %v, not %s", c.Links[1], at)
	for _, i := range c.Items {
		if len(i.Title) != 1 || len(i.Link) != 1 || len(i.GUID) != 1 || len(i.Published) != 1 || len(i.Author) != 1 || len(i.Description) > 1 {
			j.check(false, "an item has not one of each: %+v", i)
			continue
		}
		j.moment("pubDate", rfc822, i.Published[0])
		day, _ := time.Parse(rfc822, i.Published[0])
		told = append(told, Told{i.GUID[0], i.Link[0], i.Title[0], strings.Join(i.Description, ""), i.Author[0], day.Format(time.DateOnly)})
	}
	return told
}

func jsonFeed(j *judge, body, at string) (told []Told) {
	var f struct {
		Version  string `json:"version"`
		Title    string `json:"title"`
		Home     string `json:"home_page_url"`
		Feed     string `json:"feed_url"`
		Language string `json:"language"`
		Items    *[]struct {
			ID        string `json:"id"`
			URL       string `json:"url"`
			Title     string `json:"title"`
			Summary   string `json:"summary"`
			Text      string `json:"content_text"`
			Published string `json:"date_published"`
			Modified  string `json:"date_modified"`
			Authors   []struct {
				Name string `json:"name"`
			} `json:"authors"`
		} `json:"items"`
	}
	d := json.NewDecoder(strings.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil || d.More() || f.Items == nil {
		j.check(false, "%v", err)
		return nil
	}
	j.check(f.Version == "https://jsonfeed.org/version/1.1", "version %q", f.Version)
	j.plain("the title", f.Title)
	j.plain("the language", f.Language)
	j.absolute("home_page_url", f.Home)
	j.check(f.Feed == at, "it says that it is %s, not %s", f.Feed, at)
	for _, i := range *f.Items {
		j.plain("the text of "+i.ID, i.Text)
		j.moment("date_published", time.RFC3339, i.Published)
		j.moment("date_modified", time.RFC3339, i.Modified)
		if len(i.Authors) == 0 || len(i.Published) < len(time.DateOnly) {
			j.check(false, "an item has not one of each: %+v", i)
			continue
		}
		told = append(told, Told{i.ID, i.URL, i.Title, i.Summary, i.Authors[0].Name, i.Published[:len(time.DateOnly)]})
	}
	return told
}
