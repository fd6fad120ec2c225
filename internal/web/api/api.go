// Package api is gongkai for other systems: HTTP and JSON under /api/v1, with
// its OpenAPI 3.1 description made out of the code (/api/openapi.json) and a page
// that explains it (/api).
//
// A program proves who it is with a token of its own or one of the identity
// provider, and may do the acts it was allowed, in its organ or also below. The
// same use cases answer as behind the pages, and judge again. Errors are problem
// documents (RFC 9457) with the same Chinese sentences. A call that changes
// something may carry an Idempotency-Key, and is then done once however often it
// is sent (idempotency.go).
//
// An operation is one register call in the file of its noun. Start at limits.go.
package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/web"
)

// Prefix is where the API begins; a change that breaks callers gets a new one.
const Prefix = "/api/v1"

// server puts operations both into OpenAPI and into the table of routes.
type server struct {
	kit    *web.Kit
	mux    *http.ServeMux
	huma   huma.API
	routes []web.Route
	once   once
	pace   pace
}

func newServer(kit *web.Kit, version string, keys client.Answers, calls Calls) *server {
	config := huma.DefaultConfig("gongkai 公开", version)
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil                   // no $schema in answers
	config.RejectUnknownQueryParameters = true // a misspelt one would change the answer in silence
	config.Transformers = []huma.Transformer{inChinese}
	config.Info.Description = "政府信息公开工作系统的接口。错误以 application/problem+json 返回，detail 是可以直接给人看的中文句子。"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		bearer: {Type: "http", Scheme: "bearer", Description: "安全管理员在“管理—接口凭据”中建立的令牌，或者统一身份认证按客户端凭证签发的令牌。"},
	}
	mux := http.NewServeMux()
	return &server{kit: kit, mux: mux, huma: humago.New(mux, config), once: once{keys}, pace: newPace(calls)}
}

const bearer = "token"

// register adds an operation behind a rule.
func register[I, O any](s *server, rule web.Rule, op huma.Operation, handle func(context.Context, account.Actor, *I) (*O, error)) {
	op.Path = Prefix + op.Path
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity, http.StatusTooManyRequests)
	if !rule.IsPublic() {
		acts := []string{}
		for _, act := range rule.Acts() {
			acts = append(acts, string(act))
		}
		op.Security = []map[string][]string{{bearer: acts}}
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	serve, place := s.serve, ""
	if op.Method != http.MethodGet {
		op.Parameters = append(op.Parameters, idempotencyHeader())
		op.Errors = append(op.Errors, http.StatusConflict, http.StatusRequestEntityTooLarge)
		serve, place = s.once.serve(serve), "body."
	}
	slices.Sort(op.Errors)
	s.routes = append(s.routes, web.Route{Method: op.Method, Path: op.Path, Frame: web.API, Rule: rule, Handle: s.pace.serve(serve), Upload: op.MaxBodyBytes})
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, web.ActorIn(ctx), in)
		return out, s.problem(ctx, place, err)
	})
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) error {
	s.mux.ServeHTTP(w, r)
	return nil
}
