package consultations

import (
	"iter"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// FeedPath is where programs look for new consultations.
const FeedPath = Path + "/feed"

// feed tells what everybody was asked last, by one organ or by all.
func (p Pages) feed(r *http.Request) (web.Feed, error) {
	web.Reads(r.Context(), web.OfConsultations)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Feed{}, err
	}
	name, of := p.Kit.Site(r.Context()).Name, web.FeedFilters(r, consult.FilterOrgan)
	organ := of.Get(consult.FilterOrgan)
	if organ != "" {
		n, ok := tree.Node(organ)
		if !ok || n.Nature == org.Internal {
			return web.Feed{}, errs.New(errs.NotFound, "没有这个机关，请从机关名录中选择。")
		}
		name = n.Name
	}
	page, err := p.Desk.Listed(r.Context(), organ, paging.Query{Page: 1, Size: web.FeedMost, Sort: "opens", Desc: true})
	f := web.Feed{Title: name + " " + p.Kit.Say(r).T("consult.portal"), Base: web.Origin(r, p.Base), Path: Path, Of: of, Today: p.Kit.Now()}
	for _, c := range page.Rows {
		f.Entries = append(f.Entries, web.FeedEntry{Path: Path + "/" + c.ID, Title: c.Title, Summary: p.summary(r, c), Author: tree.Name(c.Organ), Published: c.From.String(), Changed: changed(c)})
	}
	return f, err
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
