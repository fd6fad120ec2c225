package portal

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/search"
	"gongkai/internal/web"
)

// SearchPath is where the portal is searched, with the words as q.
const SearchPath = "/search"

// maxWords is how much of the words is searched for, maxHits how much of one
// sort is shown.
const (
	maxWords = 60
	maxHits  = 10
)

// searchData are the words and what was found, sort by sort.
type searchData struct {
	Words   string
	Total   int
	AtLeast bool // there may be more documents; nobody has counted them
	Sorts   []hits
	// Documents are found by all that they say; nil where there are none.
	Documents *documentHits
}

// hits are what was found of one sort; More leads to all of them.
type hits struct {
	Title string
	Total int
	Found []hit
	More  string // "" when all are shown
}

type hit struct {
	Path        string
	Title, Says []web.Piece
}

var searchTemplate = web.Define[searchData]("portal/search")

func (p Portal) search(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfSearch, web.OfAnswers, web.OfConsultations)
	say := p.Kit.Say(r)
	data := searchData{Words: strings.TrimSpace(r.URL.Query().Get("q"))}
	if short := []rune(data.Words); len(short) > maxWords {
		data.Words = string(short[:maxWords])
	}
	terms := web.Terms(data.Words)
	if len(terms) > 0 {
		organs, err := p.organHits(r.Context(), data.Words, terms)
		if err != nil {
			return err
		}
		answers, err := p.answerHits(r.Context(), data.Words, terms)
		if err != nil {
			return err
		}
		answers.Title = say.T("apply.disclosed")
		asked, err := p.consultationHits(r, data.Words)
		if err != nil {
			return err
		}
		pages, limits := p.pageHits(r, terms), limitHits(terms, say.Lang == "en")
		organs.Title, pages.Title, limits.Title = say.T("portal.organs"), say.T("portal.pages"), say.T("portal.limits")
		if data.Documents, err = p.documentHits(r, data.Words); err != nil {
			return err
		}
		for _, sort := range []hits{asked, answers, pages, organs, limits} {
			if data.Total += sort.Total; sort.Total > 0 && !data.Documents.Inside() {
				data.Sorts = append(data.Sorts, sort)
			}
		}
		if data.Documents != nil {
			data.Total, data.AtLeast = data.Total+data.Documents.Total, data.Documents.AtLeast
		}
	}
	return searchTemplate.Show(p.Kit, w, r, say.T("portal.search"), data)
}

// add enters something that was found, if it has all terms.
func (h *hits) add(path, title, says string, terms []string) {
	if !web.HasAll(title+"\n"+says, terms) {
		return
	}
	if h.Total++; h.Total <= maxHits {
		h.Found = append(h.Found, hit{path, web.Mark(title, terms), web.Mark(says, terms)})
	}
}

func (p Portal) pageHits(r *http.Request, terms []string) (h hits) {
	for _, one := range p.pages(r) {
		h.add(one.Path, one.Title, one.Says, terms)
	}
	return h
}

// organHits finds organs by their name, and tells how to reach the few shown.
func (p Portal) organHits(ctx context.Context, words string, terms []string) (h hits, err error) {
	all, err := p.public(ctx)
	if err != nil {
		return h, err
	}
	var found []org.Node
	for _, n := range all {
		if web.HasAll(n.Name, terms) || search.Spells(n.Name, words) {
			found = append(found, n)
		}
	}
	h.Total = len(found)
	if len(found) > maxHits {
		found, h.More = found[:maxHits], "/organs?q="+url.QueryEscape(words)
	}
	contacts, err := p.contacts(ctx, found)
	for _, n := range found {
		c := contacts[n.ID]
		says := strings.Join(strings.Fields(c.Office+" "+c.Phone+" "+c.Address), " · ")
		h.Found = append(h.Found, hit{"/organs?q=" + url.QueryEscape(n.Name), web.Mark(n.Name, terms), web.Mark(says, terms)})
	}
	return h, err
}

// answerHits finds what was answered to others, by its title.
func (p Portal) answerHits(ctx context.Context, words string, terms []string) (h hits, err error) {
	if p.Disclosed == nil {
		return h, nil
	}
	page, err := p.Disclosed.List(ctx, paging.Query{Words: words, Page: 1, Size: maxHits})
	h.Total = page.Total
	if page.Total > maxHits {
		h.More = "/disclosed?q=" + url.QueryEscape(words)
	}
	for _, row := range page.Rows {
		h.Found = append(h.Found, hit{"/disclosed/" + row.ID, web.Mark(row.Title, terms), web.Mark(row.Ended.String(), nil)})
	}
	return h, err
}

// limitHits finds time limits, each of which can be reckoned.
func limitHits(terms []string, english bool) (h hits) {
	for _, l := range calendar.Limits() {
		title, start := l.Title, l.Start
		if english {
			title, start = l.TitleEN, l.StartEN
		}
		h.add("/deadline?limit="+l.ID, title, start+" · "+l.Cite, terms)
	}
	return h
}
