package platform

import (
	"net/http"
	"path"
	"strings"

	"gongkai/internal/clock"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// tags are what a page says of itself to those who read it by machine, beside the tags
// of the site (国办发〔2017〕47号): of the column always, of the article on its page.
type tags struct {
	Column, Description, Keywords, Type string
	Article                             *article
}

type article struct {
	Title, PubDate, Image, Source, Keywords, Author, Description, URL string
}

// column gives the tags of a column. The types are those of the guide to government
// sites, in Chinese whatever language the page is in.
func column(say *locale.Catalogue, name, kind string) tags {
	return tags{Column: name, Description: say.T("platform.lead"), Keywords: name + "," + say.T("platform.title"), Type: kind}
}

// described is how long a description is when there is no summary, in characters.
const described = 120

func (p Platform) article(r *http.Request, n publish.Notice, source string) *article {
	says := n.Summary
	if says == "" {
		plain := []rune(strings.Join(strings.Fields(publish.Plain(n.Text)), " "))
		says = string(plain[:min(len(plain), described)])
	}
	return &article{
		Title: n.Title, PubDate: pubDate(n), Image: p.picture(r, n), Source: source, Author: source, Keywords: strings.Join(n.Keywords, ","), Description: says,
		URL: web.Origin(r, p.Base) + Path + "/" + n.ID,
	}
}

// pubDate gives when it was published as the tag has it. Of what an old site published
// only the day is known.
func pubDate(n publish.Notice) string {
	if n.PublishedAt.IsZero() {
		return n.PublishedOn.String() + " 00:00"
	}
	return n.PublishedAt.In(clock.Shanghai).Format("2006-01-02 15:04")
}

// picture gives the address of the first attachment that is a picture; "" for none.
func (p Platform) picture(r *http.Request, n publish.Notice) string {
	for _, f := range n.Files {
		switch strings.ToLower(path.Ext(f.Name)) {
		case ".png", ".jpg", ".jpeg", ".gif", ".webp":
			return web.Origin(r, p.Base) + Path + "/" + n.ID + "/" + f.Hash
		}
	}
	return ""
}
