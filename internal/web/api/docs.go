package api

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// docsData is the API as the page explains it.
type docsData struct {
	Version string
	Base    string // where the site is reached, for the examples
	Groups  []docsGroup
}

type docsGroup struct {
	Title      string
	Operations []docsOperation
}

type docsOperation struct {
	ID, Method, Path, Summary, Text string
	Token                           bool   // needs credentials
	Acts                            string // that they must allow; "" for none in particular
	Params                          []docsParam
	Answers                         []docsAnswer
}

type docsParam struct {
	Name, In, Doc, Example string
	Required               bool
}

type docsAnswer struct{ Status, Text string }

var docsTemplate = web.Define[docsData]("portal/api")

// docsRoute is the page /api. It is made once a language: the description does
// not change while the program runs.
func docsRoute(kit *web.Kit, base string, description *huma.OpenAPI) web.Route {
	pages := map[bool]docsData{false: explain(description, false), true: explain(description, true)}
	return web.Route{
		Method: "GET", Path: "/api", Frame: web.Portal, Rule: web.Public(), Shows: []web.Checked{docsTemplate},
		Handle: func(w http.ResponseWriter, r *http.Request) error {
			data := pages[web.Lang(r) == locale.English]
			data.Base = cmp.Or(base, "https://zwgk.example.cn")
			return docsTemplate.Show(kit, w, r, kit.Say(r).T("api.title"), data)
		},
	}
}

func explain(description *huma.OpenAPI, english bool) docsData {
	data := docsData{Version: description.Info.Version}
	for _, path := range slices.Sorted(maps.Keys(description.Paths)) {
		item := description.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			title := in(english, op.Tags[0], op.Tags[0])
			i := slices.IndexFunc(data.Groups, func(g docsGroup) bool { return g.Title == title })
			if i < 0 {
				i = len(data.Groups)
				data.Groups = append(data.Groups, docsGroup{Title: title})
			}
			data.Groups[i].Operations = append(data.Groups[i].Operations, operation(description, op, english))
		}
	}
	return data
}

func operation(description *huma.OpenAPI, op *huma.Operation, english bool) docsOperation {
	out := docsOperation{
		ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: in(english, op.OperationID, op.Summary), Text: op.Description,
		Token: len(op.Security) > 0, Acts: acts(op, english),
	}
	for _, p := range op.Parameters {
		out.Params = append(out.Params, docsParam{p.Name, p.In, cmp.Or(p.Description, p.Schema.Description), example(p.Schema), p.Required})
	}
	if op.RequestBody != nil {
		out.Params = append(out.Params, fields(description, op.RequestBody.Content["application/json"].Schema)...)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if status != "default" {
			out.Answers = append(out.Answers, docsAnswer{status, in(english, status, statusWords[status])})
		}
	}
	return out
}

// fields gives the fields of a body.
func fields(description *huma.OpenAPI, schema *huma.Schema) []docsParam {
	if schema.Ref != "" {
		schema = description.Components.Schemas.SchemaFromRef(schema.Ref)
	}
	var all []docsParam
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[name]
		all = append(all, docsParam{name, "body", p.Description, example(p), slices.Contains(schema.Required, name)})
	}
	return all
}

func example(s *huma.Schema) string {
	if len(s.Examples) == 0 {
		return ""
	}
	text, _ := s.Examples[0].(string)
	return text
}

// acts names what the credentials of an operation must allow.
func acts(op *huma.Operation, english bool) string {
	var names []string
	for _, scheme := range op.Security {
		for _, right := range account.Rights() {
			if slices.Contains(scheme[bearer], string(right.Act)) {
				name := right.Chinese
				if english {
					name = right.English
				}
				names = append(names, name+" ("+string(right.Act)+")")
			}
		}
	}
	return strings.Join(names, ", ")
}

var statusWords = map[string]string{
	"200": "成功", "400": "内容不是正确的 JSON", "401": "没有凭据，或者凭据无效、已停用、已过期", "403": "凭据不允许在该机关做这件事", "404": "没有这个对象",
	"409": "与现在的状态冲突，或者同一请求正在处理", "412": "读取之后改过，没有修改", "413": "内容太大", "422": "参数或者内容不符合要求", "428": "缺少 If-Match",
	"429": "调用太频繁，按 Retry-After 等待", "500": "系统出错，instance 是编号",
}

// in gives the English words of an operation, group or status where they are
// asked for.
func in(english bool, key, chinese string) string {
	if !english {
		return chinese
	}
	return cmp.Or(englishWords[key], chinese)
}

var englishWords = map[string]string{
	"期限": "Time limits", "机关": "Organs", "凭据": "Credentials",
	"list-limits": "Statutory time limits", "reckon-deadline": "Reckon a last day, with reasons", "get-calendar-year": "Holidays and make-up days of a year",
	"list-organs": "Organs and their hierarchy", "get-organ": "One organ", "get-organ-contact": "Contact of an organ", "put-organ-contact": "Replace the contact of an organ",
	"数据填报": "Filed figures", "list-filings": "Returns of a year, one a period", "get-filing": "A return: figures, those before, what speaks against them", "file-figures": "File the figures of a period",
	"get-me": "The credentials of the call",
	"200":    "success", "400": "no proper JSON", "401": "no credentials, or such as do not hold", "403": "the credentials do not allow this in that organ", "404": "no such object",
	"409": "conflicts with the present state, or the same call is being done", "412": "changed since it was read", "413": "too large", "422": "parameters or content are wrong",
	"428": "If-Match is missing", "429": "too many calls, wait as Retry-After says", "500": "something broke; instance is its number",
}
