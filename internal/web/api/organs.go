package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// organ is an organ as it stands today.
type organ struct {
	ID         string `json:"id"`
	Parent     string `json:"parent,omitempty" doc:"上级机关"`
	Name       string `json:"name" example:"青川旗政务服务局"`
	Nature     string `json:"nature" enum:"administrative,internal,township,dispatched,authorised" doc:"性质"`
	Level      string `json:"level" enum:"central,province,city,county,town" doc:"层级"`
	Region     string `json:"region" doc:"行政区划代码（GB/T 2260）"`
	CreditCode string `json:"creditCode,omitempty" doc:"统一社会信用代码（GB 32100）"`
	Ended      bool   `json:"ended" doc:"已合并或者撤销"`
}

func organOf(n org.Node) organ {
	return organ{n.ID, n.Parent, n.Name, string(n.Nature), string(n.Level), n.Region, n.CreditCode, n.Ended}
}

type organsQuestion struct {
	Below  string `query:"below" doc:"只列出这个机关及其下级；空为凭据所及的全部"`
	Cursor string `query:"cursor" doc:"上一页返回的 next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"200" doc:"一页的条数"`
}

type organsAnswer struct {
	Body struct {
		Organs []organ `json:"organs"`
		Next   string  `json:"next,omitempty" doc:"下一页的 cursor；空表示到底"`
	}
}

type organAnswer struct{ Body organ }

func (a API) organs(s *server) {
	register(s, web.Needs(account.SeeOrgans), huma.Operation{
		OperationID: "list-organs", Method: http.MethodGet, Path: "/organs", Tags: []string{"机关"}, Summary: "机关及其层级",
	}, a.listOrgans)
	register(s, web.Needs(account.SeeOrgans), huma.Operation{
		OperationID: "get-organ", Method: http.MethodGet, Path: "/organs/{organ}", Tags: []string{"机关"}, Summary: "一个机关", Errors: []int{http.StatusNotFound},
	}, a.getOrgan)
}

func (a API) listOrgans(ctx context.Context, actor account.Actor, in *organsQuestion) (*organsAnswer, error) {
	tree, err := a.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	nodes, err := reach(actor, tree, in.Below)
	if err != nil {
		return nil, err
	}
	var out organsAnswer
	out.Body.Organs = []organ{}
	past := in.Cursor == ""
	for _, n := range nodes {
		if !past {
			past = n.ID == in.Cursor
			continue
		}
		if len(out.Body.Organs) == in.Limit {
			out.Body.Next = out.Body.Organs[in.Limit-1].ID
			break
		}
		out.Body.Organs = append(out.Body.Organs, organOf(n))
	}
	if !past {
		return nil, errs.New(errs.Invalid, "cursor 无效：请使用上一页返回的 next。")
	}
	return &out, nil
}

// reach gives the organs that a caller may see, or those of them below one.
func reach(actor account.Actor, tree *org.Tree, below string) ([]org.Node, error) {
	if below != "" {
		if err := actor.May(account.SeeOrgans, below, tree); err != nil {
			return nil, err
		}
	}
	var all []org.Node
	for _, place := range actor.Where(account.SeeOrgans) {
		if below != "" {
			place = account.Place{Organ: below, Below: place.Below}
		}
		nodes := tree.Subtree(place.Organ)
		if !place.Below && len(nodes) > 1 {
			nodes = nodes[:1]
		}
		all = append(all, nodes...)
	}
	return all, nil
}

func (a API) getOrgan(ctx context.Context, actor account.Actor, in *struct {
	Organ string `path:"organ" doc:"机关的编号，见 /organs"`
},
) (*organAnswer, error) {
	tree, err := a.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.SeeOrgans, in.Organ, tree); err != nil {
		return nil, err
	}
	n, ok := tree.Node(in.Organ)
	if !ok {
		return nil, errs.New(errs.NotFound, "没有这个机关。")
	}
	return &organAnswer{organOf(n)}, nil
}
