package letter

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

// Registered is a letter with a number as the register has it.
type Registered struct {
	foi.Paper
	RequestNumber string
}

// Filters of the register.
const (
	FilterOrgan = "organ"
	FilterState = "state"
	FilterKind  = "kind"
	FilterYear  = "year" // of the number
)

// Register gives the letters that have a number, the latest first: void ones with
// the rest, for their numbers are used.
func (o *Office) Register(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Registered], error) {
	return o.Store.Register(ctx, actor.Where(account.SeeRequests), q)
}
