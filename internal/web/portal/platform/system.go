package platform

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/law"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// systemData are the rules by which information is public (政府信息公开制度): those of
// the state, and the organ's own.
type systemData struct {
	view
	Laws []law.Instrument
	List web.List
}

var systemTemplate = web.Define[systemData]("portal/platform_system")

// founding are the rules of the state that every organ works by.
var founding = []string{"条例", "国办函〔2020〕109号", "国办公开办函〔2019〕61号"}

func (p Platform) system(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, SystemPath)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, []string{"index", "formed", "published"}, []string{publish.FilterOrgan})
	q.Filters[publish.FilterKind] = string(publish.DisclosureRules)
	v.reads(r.Context())
	all, err := p.found(r.Context(), &q)
	if err != nil {
		return err
	}
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	if err != nil {
		return err
	}
	delete(q.Filters, publish.FilterKind)
	list := p.list(say, v, plainly(q))
	list.Caption, list.Path, list.Filters, list.Export, list.Total, list.AtLeast = say.T("platform.own-rules"), SystemPath, nil, false, page.Total, page.AtLeast || !all
	list.Empty = web.Empty{Title: say.T("platform.no-rules"), Text: say.T("platform.no-rules-text")}
	for _, l := range page.Rows {
		list.Rows = append(list.Rows, row(say, v, l, q.Words))
	}
	data := systemData{view: v, List: list}
	for _, name := range founding {
		if i, ok := law.Lookup(name); ok {
			data.Laws = append(data.Laws, i)
		}
	}
	data.Tags = column(say, say.T("platform.system"), "信息公开制度")
	return systemTemplate.Show(p.Kit, w, r, say.T("platform.system"), data)
}
