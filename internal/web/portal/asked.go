package portal

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/consult"
	"gongkai/internal/search"
	"gongkai/internal/web"
)

// consultPath is where everybody is asked about drafts.
const consultPath = "/consultations"

// Consultations are drafts on which everybody is asked (重大行政决策程序暂行条例§15).
type Consultations interface {
	consult.Reader
	// Find gives what says some words, so many at most, and how many there are.
	Find(ctx context.Context, typed string, most int) (found []Consulted, total int, err error)
}

// Consulted is a consultation that was found.
type Consulted struct {
	consult.Row
	Title, Says []search.Piece
}

// asked are the consultations that take opinions now.
type asked struct {
	Rows []askedRow
	More string // path of all, also of what has ended
}

type askedRow struct{ Title, Path, Organ, Left, Until string }

// askedMost is how many a page shows.
const askedMost = 6

// asked gives those of an organ, or of all with ""; nil where the site has none at all.
func (p Portal) asked(r *http.Request, organ string) (*asked, error) {
	if p.Consultations == nil {
		return nil, nil
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	rows, err := p.Consultations.OpenNow(r.Context(), organ, askedMost)
	if err != nil {
		return nil, err
	}
	a := &asked{More: consultPath}
	if organ != "" {
		a.More += "?" + url.Values{consult.FilterOrgan: {organ}}.Encode()
	}
	today, say := p.Consultations.Today(), p.Kit.Say(r)
	for _, c := range rows {
		row := askedRow{Title: c.Title, Path: consultPath + "/" + c.ID, Organ: tree.Name(c.Organ), Until: c.Until.String(), Left: say.T("consult.last-day")}
		if n := c.DaysLeft(today); n > 1 {
			row.Left = say.T("consult.days-left", n)
		}
		a.Rows = append(a.Rows, row)
	}
	return a, nil
}

// consultationHits finds consultations by their titles, drafts, explanations and files.
func (p Portal) consultationHits(r *http.Request, typed string) (h hits, err error) {
	if p.Consultations == nil {
		return h, nil
	}
	found, total, err := p.Consultations.Find(r.Context(), typed, maxHits)
	if err != nil {
		return h, err
	}
	say, today := p.Kit.Say(r), p.Consultations.Today()
	h.Title, h.Total = say.T("consult.portal"), total
	if total > len(found) {
		h.More = consultPath + "?" + url.Values{"q": {typed}}.Encode()
	}
	for _, c := range found {
		state := say.In(c.Phase(today).Words()) + " · " + c.From.String() + " — " + c.Until.String() + " · "
		h.Found = append(h.Found, hit{consultPath + "/" + c.ID, pieces(c.Title), append([]web.Piece{{Text: state}}, pieces(c.Says)...)})
	}
	return h, nil
}
