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
	"gongkai/internal/errs"
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
}

func newServer(kit *web.Kit, version string, keys client.Answers) *server {
	config := huma.DefaultConfig("gongkai 公开", version)
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no $schema in answers
	config.Info.Description = "政府信息公开工作系统的接口。错误以 application/problem+json 返回，detail 是可以直接给人看的中文句子。"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		bearer: {Type: "http", Scheme: "bearer", Description: "安全管理员在“管理—接口凭据”中建立的令牌，或者统一身份认证按客户端凭证签发的令牌。"},
	}
	mux := http.NewServeMux()
	return &server{kit: kit, mux: mux, huma: humago.New(mux, config), once: once{kit, keys}}
}

const bearer = "token"

// register adds an operation that needs an act; "" for one that is open to all.
func register[I, O any](s *server, act account.Act, op huma.Operation, handle func(context.Context, account.Actor, *I) (*O, error)) {
	rule := web.Public()
	op.Path = Prefix + op.Path
	op.Errors = []int{http.StatusUnprocessableEntity}
	if act != "" {
		rule = web.Needs(act)
		op.Security = []map[string][]string{{bearer: {}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	serve := s.serve
	if op.Method != http.MethodGet {
		op.Parameters = append(op.Parameters, idempotencyHeader())
		op.Errors = append(op.Errors, http.StatusConflict)
		serve = s.once.serve(serve)
	}
	slices.Sort(op.Errors)
	s.routes = append(s.routes, web.Route{Method: op.Method, Path: op.Path, Frame: web.API, Rule: rule, Handle: serve})
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, web.ActorIn(ctx), in)
		return out, s.problem(ctx, err)
	})
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) error {
	s.mux.ServeHTTP(w, r)
	return nil
}

// problem turns an error into a problem document. What nobody planned for gets
// an incident number and no words of its own.
func (s *server) problem(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	problem := &huma.ErrorModel{Status: web.Status(err), Detail: errs.Public(err)}
	problem.Title = http.StatusText(problem.Status)
	if problem.Status == http.StatusInternalServerError {
		problem.Instance = s.kit.Incident(ctx, err)
		problem.Detail = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把 instance 中的编号告诉系统管理员。"
	}
	for _, f := range errs.FieldsOf(err) {
		problem.Errors = append(problem.Errors, &huma.ErrorDetail{Message: f.Public, Location: f.Name})
	}
	return problem
}
