package portal

import (
	"net/http"
	"strings"

	"gongkai/internal/org"
	"gongkai/internal/web"
)

type organsData struct{ List web.List }

var organsTemplate = web.Define[organsData]("portal/organs")

// organs is the public directory: which office of which organ to turn to, as the
// guide must tell (条例§12.2). Internal sections are left out; they receive no
// requests of their own.
func (p Portal) organs(w http.ResponseWriter, r *http.Request) error {
	say, q := p.Kit.Say(r), web.ReadList(r, nil, nil)
	all, err := p.Organs.All(r.Context())
	if err != nil {
		return err
	}
	var found []org.Node
	for _, n := range all {
		if n.Nature != org.Internal && strings.Contains(n.Name, strings.TrimSpace(q.Words)) {
			found = append(found, n)
		}
	}
	page := found[min(q.Offset(), len(found)):]
	page = page[:min(len(page), q.Limit())]
	ids := make([]string, len(page))
	for i, n := range page {
		ids[i] = n.ID
	}
	contacts, err := p.Organs.Contacts(r.Context(), ids)
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
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{{Text: n.Name, Note: c.Office}, {Text: c.Address}, {Text: c.Phone, Note: c.Email}, {Text: c.Hours}}})
	}
	return organsTemplate.Show(p.Kit, w, r, say.T("portal.organs"), organsData{list})
}
