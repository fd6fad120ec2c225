package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

type meAnswer struct {
	Body struct {
		ID    string   `json:"id"`
		Name  string   `json:"name"`
		Organ string   `json:"organ" doc:"凭据所属的机关"`
		Below bool     `json:"below" doc:"是否也包括下级机关"`
		Acts  []string `json:"acts" doc:"可以做的事"`
	}
}

// me lets a caller see what its credentials are good for.
func (a API) me(s *server) {
	register(s, web.SignedIn(), huma.Operation{
		OperationID: "get-me", Method: http.MethodGet, Path: "/me", Tags: []string{"凭据"}, Summary: "当前凭据",
	}, func(_ context.Context, actor account.Actor, _ *struct{}) (*meAnswer, error) {
		var out meAnswer
		out.Body.ID, out.Body.Name, out.Body.Organ = actor.ID, actor.Name, actor.Organ
		out.Body.Below = actor.Client.Below
		for _, act := range actor.Client.Acts {
			out.Body.Acts = append(out.Body.Acts, string(act))
		}
		return &out, nil
	})
}
