package letter

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

// OfApplicant gives the letters of a request that have gone to its applicant, the
// oldest first. Whoever calls it has made sure that it is the applicant. Letters
// to others are none of theirs, nor what has not been sent or served yet.
func (o *Office) OfApplicant(ctx context.Context, request string) ([]foi.Paper, error) {
	papers, err := o.Store.Papers(ctx, request)
	var own []foi.Paper
	for _, p := range papers {
		if p.State == foi.PaperSent && AudienceOf(p.Kind) == ToApplicant {
			own = append(own, p)
		}
	}
	return own, err
}

// FileOfApplicant gives one of them as a file, with the applicant's name and
// nobody else's.
func (o *Office) FileOfApplicant(ctx context.Context, request, id, format string) (name string, data []byte, err error) {
	r, err := o.Desk.Store.Request(ctx, request)
	if err != nil {
		return "", nil, err
	}
	own, err := o.OfApplicant(ctx, request)
	if err != nil {
		return "", nil, err
	}
	for _, p := range own {
		if p.ID != id {
			continue
		}
		names, err := o.plain(ctx, r, p, "向申请人提供文书")
		if err != nil {
			return "", nil, err
		}
		data, err := Bytes(SheetOf(p, names).Doc(), format)
		return FileName(p, format), data, err
	}
	return "", nil, errs.New(errs.NotFound, "没有这份文书，或者还没有发出。")
}
