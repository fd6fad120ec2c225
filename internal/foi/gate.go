package foi

import (
	"context"
	"slices"

	"gongkai/internal/errs"
)

// Gate keeps files in the house that must not leave it. It is package release,
// which knows requests; a desk asks it before a reply goes on.
type Gate interface {
	// Settle gives a reply its files: those that it names and those that are
	// prepared for it, each as it would go out. The actor may draft the reply.
	Settle(ctx context.Context, actor string, r Request, d Decision) (Decision, error)
	// Against says why files of a reply must not go out yet, in Chinese; "" for
	// nothing.
	Against(ctx context.Context, request string, files []File) (string, error)
}

// gated is what the gate has said before the change began.
type gated struct {
	asked   bool
	files   []File
	against string
}

// released gives the files of a decision.
func (d Decision) released() (all []File) {
	for _, item := range d.Items {
		all = append(all, item.Files...)
	}
	return all
}

// gate asks about the files of a request's draft.
func (d *Desk) gate(ctx context.Context, r Request, s *Scene) error {
	if d.Gate == nil || r.Draft == nil {
		return nil
	}
	s.gated.asked, s.gated.files = true, r.Draft.released()
	var err error
	s.gated.against, err = d.Gate.Against(ctx, r.ID, s.gated.files)
	return err
}

// withFiles settles the files of a reply that is submitted. One that must not go
// out yet keeps the reply with the clerk.
func (d *Desk) withFiles(ctx context.Context, actor string, r Request, deed Deed, s *Scene) (Deed, error) {
	submit, ok := deed.(Submit)
	if !ok || d.Gate == nil || r.Try(Submitted, *s) != nil {
		return deed, nil
	}
	if _, err := submit.Decision.check(&r, s); err != nil {
		return deed, nil // the change says so
	}
	var err error
	if submit.Decision, err = d.Gate.Settle(ctx, actor, r, submit.Decision); err != nil {
		return deed, err
	}
	why, err := d.Gate.Against(ctx, r.ID, submit.Decision.released())
	if err == nil && why != "" {
		err = errs.New(errs.Conflict, "%s（%s）。", why, filesChecked.Cite)
	}
	return submit, err
}

var filesChecked = Guard{
	"随答复提供的文件检查没有发现问题，或者都已处理", "nothing is open about the files that go out", "条例§14、条例§15、条例§16、条例§17",
	func(r *Request, s *Scene) string {
		switch {
		case !s.gated.asked || r.Draft == nil:
			return ""
		case !slices.Equal(s.gated.files, r.Draft.released()):
			return "随答复提供的文件刚刚变了，请重新打开页面再办理"
		}
		return s.gated.against
	},
}
