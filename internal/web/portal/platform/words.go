package platform

import (
	"context"
	"strings"

	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/search"
	"gongkai/internal/web"
)

// Finder finds documents by all that they say.
type Finder interface {
	Keys(ctx context.Context, q search.Query, f search.Filter) (keys []string, all bool, err error)
}

// maxWords is how much of what is typed into the search of a list is looked for.
const maxWords = 60

// found narrows a list to what says the words in title, number, text or attachments,
// however brackets, width or characters are written. all is false where there may be more.
func (p Platform) found(ctx context.Context, q *paging.Query) (all bool, err error) {
	q.Words = strings.TrimSpace(q.Words)
	if short := []rune(q.Words); len(short) > maxWords {
		q.Words = string(short[:maxWords])
	}
	if q.Words == "" || p.Finder == nil {
		return true, nil
	}
	web.Reads(ctx, web.OfSearch)
	filter := search.Filter{Organ: q.Filter(publish.FilterOrgan), Kind: q.Filter(publish.FilterKind), Subject: q.Filter(publish.FilterSubject)}
	if year := q.Filter(publish.FilterYear); year != "" {
		filter.From, filter.Until = year+"-01-01", year+"-12-31"
	}
	keys, all, err := p.Finder.Keys(ctx, search.Parse(q.Words), filter)
	if len(keys) > 0 {
		q.Filters[publish.FilterAmong] = strings.Join(keys, " ")
	}
	return all, err
}

// plainly gives the query as the address has it: what was found does not stand there.
func plainly(q paging.Query) paging.Query {
	filters := map[string]string{}
	for name, value := range q.Filters {
		if name != publish.FilterAmong && name != publish.FilterLibrary {
			filters[name] = value
		}
	}
	q.Filters = filters
	return q
}

// marked marks the words of a query in a text; nil where none stands there.
func marked(text, words string) []web.Piece {
	var all []web.Piece
	hit := false
	for _, one := range search.Mark(text, search.Parse(words)) {
		all = append(all, web.Piece{Text: one.Text, Hit: one.Marked})
		hit = hit || one.Marked
	}
	if !hit {
		return nil
	}
	return all
}
