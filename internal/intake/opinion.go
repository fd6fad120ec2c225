package intake

import (
	"context"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

var errNoQuestion = errs.New(errs.NotFound, "申请编号、机关和验证码对不上，请按征求意见书逐项核对。")

// OpinionCode gives the code that the letter to a third party carries, by which
// it answers on the portal (条例§32).
func (c *Counter) OpinionCode(request, ref string) string {
	return c.code("request-opinion", request+"/"+ref)
}

// Asked finds the consultation of a third party by what its letter carries.
func (c *Counter) Asked(ctx context.Context, address, organ, number, code string) (request, ref string, err error) {
	number, code = Number(number), strings.ToUpper(strings.Join(strings.Fields(code), ""))
	limits, err := c.tries(ctx, "opinion", address, organ, number, false)
	if err != nil {
		return "", "", err
	}
	r, err := c.Store.Numbered(ctx, organ, number)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return "", "", err
	}
	found := same(code, c.OpinionCode("none", "c1")) // takes as long as with a request
	for _, k := range r.Consultations {
		if k.Kind == foi.ThirdParty && same(code, c.OpinionCode(r.ID, k.Ref)) {
			ref, found = k.Ref, true
		}
	}
	if !found || ref == "" {
		return "", "", errNoQuestion
	}
	return r.ID, ref, c.Store.Forgive(ctx, c.Clock.Now(), limits)
}

// Question gives a consultation by its reference.
func Question(r foi.Request, ref string) (foi.Consultation, bool) {
	for _, k := range r.Consultations {
		if k.Ref == ref && k.Kind == foi.ThirdParty {
			return k, true
		}
	}
	return foi.Consultation{}, false
}

// Opine takes the opinion of a third party. Reasons are asked for when it objects:
// without good ones the organ may disclose (条例§32).
func (c *Counter) Opine(ctx context.Context, request string, o foi.GiveOpinion) error {
	o.Reasons = strings.TrimSpace(o.Reasons)
	var f errs.Fields
	if !o.Agrees && o.Reasons == "" {
		f.Add("reasons", "不同意公开的，请写明公开会怎样损害您的合法权益（条例§32）。")
	}
	if len([]rune(o.Reasons)) > foi.MaxText {
		f.Add("reasons", "理由太长，不超过%d个字；可以写在附件里。", foi.MaxText)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return c.Desk.ByThirdParty(ctx, request, o)
}
