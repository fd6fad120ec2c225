package portal

import (
	"encoding/json"
	"net/http"
	"strings"

	"gongkai/internal/search"
	"gongkai/internal/web"
)

// SuggestPath is where titles are proposed for what is typed so far, as q.
const SuggestPath = "/search/suggest"

// suggested is how many titles are proposed.
const suggested = 8

// suggest proposes titles that say what is typed so far, in the form that browsers ask
// for (OpenSearch suggestions): documents first, then organs and pages of the portal.
func (p Portal) suggest(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfSearch)
	typed := strings.TrimSpace(r.URL.Query().Get("q"))
	if short := []rune(typed); len(short) > maxWords {
		typed = string(short[:maxWords])
	}
	titles := []string{}
	add := func(title string) {
		for _, t := range titles {
			if t == title {
				return
			}
		}
		if len(titles) < suggested {
			titles = append(titles, title)
		}
	}
	if terms := web.Terms(typed); len(terms) > 0 {
		if p.Published != nil {
			const looked = 20
			found, err := p.Published.Find(r.Context(), search.Parse(typed), search.Filter{}, 1, looked)
			if err != nil {
				return err
			}
			for _, h := range found.Hits {
				if said := pieces(h.Title); !found.Near && anyHit(said) {
					add(h.Meta.Title)
				}
			}
		}
		organs, err := p.public(r.Context())
		if err != nil {
			return err
		}
		for _, n := range organs {
			if web.HasAll(n.Name, terms) || search.Spells(n.Name, typed) {
				add(n.Name)
			}
		}
		for _, one := range p.pages(r) {
			if web.HasAll(one.Title, terms) || search.Spells(one.Title, typed) {
				add(one.Title)
			}
		}
	}
	w.Header().Set("Content-Type", "application/x-suggestions+json; charset=utf-8")
	return json.NewEncoder(w).Encode([]any{typed, titles})
}

func anyHit(pieces []web.Piece) bool {
	for _, one := range pieces {
		if one.Hit {
			return true
		}
	}
	return false
}
