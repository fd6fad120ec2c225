package api

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/web"
)

// docsData is the API as the page explains it.
type docsData struct {
	Version string
	Groups  []docsGroup
}

type docsGroup struct {
	Title      string
	Operations []docsOperation
}

type docsOperation struct {
	Method, Path, Summary string
	Token                 bool // needs credentials
	Params                []docsParam
}

type docsParam struct {
	Name, In, Doc string
	Required      bool
}

var docsTemplate = web.Define[docsData]("portal/api")

// docsRoute is the page /api. It is made once: the description does not change
// while the program runs.
func docsRoute(kit *web.Kit, description *huma.OpenAPI) web.Route {
	data := explain(description)
	return web.Route{
		Method: "GET", Path: "/api", Frame: web.Portal, Rule: web.Public(), Shows: []web.Checked{docsTemplate},
		Handle: func(w http.ResponseWriter, r *http.Request) error {
			return docsTemplate.Show(kit, w, r, kit.Say(r).T("api.title"), data)
		},
	}
}

func explain(description *huma.OpenAPI) docsData {
	data := docsData{Version: description.Info.Version}
	for _, path := range slices.Sorted(maps.Keys(description.Paths)) {
		item := description.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			i := slices.IndexFunc(data.Groups, func(g docsGroup) bool { return g.Title == op.Tags[0] })
			if i < 0 {
				i = len(data.Groups)
				data.Groups = append(data.Groups, docsGroup{Title: op.Tags[0]})
			}
			data.Groups[i].Operations = append(data.Groups[i].Operations, operation(op))
		}
	}
	return data
}

func operation(op *huma.Operation) docsOperation {
	out := docsOperation{Method: op.Method, Path: op.Path, Summary: op.Summary, Token: len(op.Security) > 0}
	for _, p := range op.Parameters {
		doc := cmp.Or(p.Description, p.Schema.Description)
		out.Params = append(out.Params, docsParam{p.Name, p.In, doc, p.Required})
	}
	if op.RequestBody != nil {
		out.Params = append(out.Params, docsParam{Name: "JSON", In: "body", Required: op.RequestBody.Required})
	}
	return out
}
