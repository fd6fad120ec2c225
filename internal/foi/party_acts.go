package foi

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// ByThirdParty takes the opinion of a third party from themself (条例§32). Whoever
// calls it has made sure that it is they who were asked.
func (d *Desk) ByThirdParty(ctx context.Context, id string, deed GiveOpinion) error {
	return d.do(ctx, event.Public, id, deed, nil, func(r *Request) error {
		c := r.consultation(deed.Ref)
		if c != nil && c.Kind == ThirdParty && rows.Nearest(r.Status, deed.Event()).Who.ThirdParty {
			return nil
		}
		return errs.New(errs.Forbidden, "这一环节由行政机关办理。")
	})
}
