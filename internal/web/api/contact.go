package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// contact is how to reach an organ's disclosure office (条例§12.2).
type contact struct {
	Office   string `json:"office,omitempty" maxLength:"120" doc:"政府信息公开工作机构的名称" example:"办公室（政务公开）"`
	Address  string `json:"address,omitempty" maxLength:"120" doc:"办公地址"`
	Postcode string `json:"postcode,omitempty" maxLength:"6" doc:"邮政编码" example:"015000"`
	Phone    string `json:"phone,omitempty" maxLength:"40" doc:"联系电话" example:"0478-3212345"`
	Fax      string `json:"fax,omitempty" maxLength:"40" doc:"传真号码"`
	Email    string `json:"email,omitempty" maxLength:"120" doc:"电子邮箱"`
	Hours    string `json:"hours,omitempty" maxLength:"120" doc:"办公时间"`
	Website  string `json:"website,omitempty" maxLength:"200" doc:"网址，以 http:// 或 https:// 开头"`
}

type contactAnswer struct {
	ETag string `header:"ETag" doc:"这一版内容的标记，修改时写在 If-Match 里"`
	Body contact
}

func answerContact(c org.Contact) *contactAnswer { return &contactAnswer{quoted(c.Tag()), contact(c)} }

func quoted(tag string) string { return `"` + tag + `"` }

type contactChange struct {
	Organ   string `path:"organ" doc:"机关的编号，见 /organs"`
	IfMatch string `header:"If-Match" doc:"读取时得到的 ETag；内容在别处改过时不修改，返回 412。必填。"`
	Body    contact
}

func (a API) contacts(s *server) {
	register(s, web.Needs(account.SeeOrgans), huma.Operation{
		OperationID: "get-organ-contact", Method: http.MethodGet, Path: "/organs/{organ}/contact", Tags: []string{"机关"}, Summary: "机关的联系方式",
		Errors: []int{http.StatusNotFound},
	}, a.getContact)
	register(s, web.Needs(account.EditContact), huma.Operation{
		OperationID: "put-organ-contact", Method: http.MethodPut, Path: "/organs/{organ}/contact", Tags: []string{"机关"}, Summary: "更新机关的联系方式",
		Description: "内容整个替换，没有写的字段成为空。",
		Errors:      []int{http.StatusNotFound, http.StatusPreconditionFailed, http.StatusPreconditionRequired},
	}, a.putContact)
}

func (a API) getContact(ctx context.Context, actor account.Actor, in *struct {
	Organ string `path:"organ" doc:"机关的编号，见 /organs"`
},
) (*contactAnswer, error) {
	organ, err := a.Organs.Organ(ctx, actor, in.Organ)
	if err != nil {
		return nil, err
	}
	return answerContact(organ.Contact(a.Organs.Today())), nil
}

func (a API) putContact(ctx context.Context, actor account.Actor, in *contactChange) (*contactAnswer, error) {
	tags := matches(in.IfMatch)
	kept, err := a.Organs.ReplaceContact(ctx, actor, in.Organ, org.Contact(in.Body), func(now org.Contact) bool {
		return slices.Contains(tags, "*") || slices.Contains(tags, quoted(now.Tag()))
	})
	switch changed := errors.Is(err, org.ErrContactChanged); {
	case changed && len(tags) == 0: // asked after the right to change it
		return nil, refusal(http.StatusPreconditionRequired, "请先读取联系方式，再把得到的 ETag 写在 If-Match 里提交，以免覆盖别人刚做的修改。")
	case changed:
		return nil, refusal(http.StatusPreconditionFailed, "联系方式在读取之后改过，没有修改；请重新读取后再提交。")
	case err != nil:
		return nil, err
	}
	return answerContact(kept), nil
}

// matches parts the tags of an If-Match.
func matches(header string) []string {
	var tags []string
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}
