package portal

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// organData is the page of an organ: its columns of the platform, what it published
// last, whom to turn to, and the organs below it.
type organData struct {
	Name    string
	Above   *web.NavLink
	Columns []web.NavLink
	Asked   *asked
	News    []news
	Contact org.Contact
	Below   []web.NavLink
}

var organTemplate = web.Define[organData]("portal/organ")

func (p Portal) organ(w http.ResponseWriter, r *http.Request) error {
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	n, ok := tree.Node(r.PathValue("organ"))
	if !ok || n.Nature == org.Internal {
		return errs.New(errs.NotFound, "没有这个机关，请从机关名录中选择。")
	}
	say := p.Kit.Say(r)
	data := organData{Name: n.Name, Below: below(tree, n.ID)}
	contacts, err := p.contacts(r.Context(), []org.Node{n})
	if err != nil {
		return err
	}
	data.Contact = contacts[n.ID]
	if parent, ok := tree.Node(n.Parent); ok {
		data.Above = &web.NavLink{Path: organPath(parent.ID), Label: parent.Name}
	}
	if p.Published != nil {
		of := "?" + url.Values{publish.FilterOrgan: {n.ID}}.Encode()
		for _, c := range [][2]string{{"/guide", "platform.guide"}, {"/system", "platform.system"}, {"", "platform.catalogue"}, {"/reports", "platform.reports"}, {"/policies", "platform.policies"}, {"/explanations", "platform.explained"}} {
			data.Columns = append(data.Columns, web.NavLink{Path: openPath + c[0] + of, Label: say.T(c[1])})
		}
		web.Reads(r.Context(), web.OfOrgan(n.ID))
		page, err := p.Published.Catalogue(r.Context(), account.Place{Organ: n.ID}, paging.Query{Page: 1, Size: 2 * newest, Filters: map[string]string{}})
		if err != nil {
			return err
		}
		if len(page.Rows) > 0 {
			data.News = []news{{Title: say.T("platform.newest"), More: openPath + of, Rows: newsRows(page.Rows)}}
		}
	}
	if data.Asked, err = p.asked(r, n.ID); err != nil {
		return err
	}
	if data.Asked != nil {
		web.Reads(r.Context(), web.OfConsultations)
		data.Columns = append(data.Columns, web.NavLink{Path: data.Asked.More, Label: say.T("nav.consultations")})
	}
	data.Columns = append(data.Columns, web.NavLink{Path: "/request", Label: say.T("nav.apply")})
	return organTemplate.Show(p.Kit, w, r, n.Name, data)
}

func organPath(id string) string { return "/organs/" + id }

// below gives the organs right below one that receive requests of their own.
func below(tree *org.Tree, id string) []web.NavLink {
	var all []web.NavLink
	for _, c := range tree.Children(id) {
		if c.Nature != org.Internal && !c.Ended {
			all = append(all, web.NavLink{Path: organPath(c.ID), Label: c.Name})
		}
	}
	return all
}
