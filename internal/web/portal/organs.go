package portal

import (
	"context"
	"net/http"
	"slices"

	"gongkai/internal/org"
	"gongkai/internal/web"
)

type organsData struct{ List web.List }

var organsTemplate = web.Define[organsData]("portal/organs")

// public gives the organs that receive requests of their own.
func (p Portal) public(ctx context.Context) ([]org.Node, error) {
	all, err := p.Organs.All(ctx)
	return slices.DeleteFunc(slices.Clone(all), func(n org.Node) bool { return n.Nature == org.Internal }), err
}

func (p Portal) contacts(ctx context.Context, nodes []org.Node) (map[string]org.Contact, error) {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	return p.Organs.Contacts(ctx, ids)
}

// organs is the public directory: which office of which organ to turn to, as the
// guide must tell (条例§12.2). Internal sections are left out; they receive no
// requests of their own.
func (p Portal) organs(w http.ResponseWriter, r *http.Request) error {
	say, q := p.Kit.Say(r), web.ReadList(r, nil, nil)
	all, err := p.public(r.Context())
	if err != nil {
		return err
	}
	terms := web.Terms(q.Words)
	found := slices.DeleteFunc(all, func(n org.Node) bool { return !web.HasAll(n.Name, terms) })
	page := found[min(q.Offset(), len(found)):]
	page = page[:min(len(page), q.Limit())]
	contacts, err := p.contacts(r.Context(), page)
	if err != nil {
		return err
	}
	list := web.List{
		Caption: say.T("portal.organs"), Path: "/organs", Query: q, Total: len(found), Search: say.T("portal.organs-search"),
		Columns: []web.Column{{Label: say.T("portal.organ")}, {Label: say.T("portal.address")}, {Label: say.T("portal.phone"), Narrow: true}, {Label: say.T("portal.hours")}},
		Empty:   web.Empty{Title: say.T("portal.organs-none"), Text: say.T("portal.organs-none-text")},
	}
	for _, n := range page {
		c := contacts[n.ID]
		name := web.Cell{Text: n.Name, Note: c.Office}
		if p.Published != nil {
			name.Link = "/organs/" + n.ID
		}
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{name, {Text: c.Address}, {Text: c.Phone, Note: c.Email}, {Text: c.Hours}}})
	}
	return organsTemplate.Show(p.Kit, w, r, say.T("portal.organs"), organsData{list})
}
