package foi

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// FeeRow is a demand of a fee in a list.
type FeeRow struct {
	Request, Number, Organ string
	Headline               string
	Demand
	State FeeState
}

// FeeSum is what the demands of a state come to.
type FeeSum struct {
	State FeeState
	N     int
	Fen   int64
}

// Applicant is somebody with what they asked for in a month: by pieces the fee
// counts these (国办函〔2020〕109号§4).
type Applicant struct {
	Request      string // one of the requests
	Owner        string // of personal data, of that one
	Kind         string
	Organisation string // "" of a person
	Requests     int
	Demanded     int64 // fen
	Paid         int64
	Fee          Fee    // by pieces, were it asked for
	Name         string // masked, of a person
}

// DisputeRow is a reconsideration or suit in a list.
type DisputeRow struct {
	Request, RequestNumber, Organ string
	Headline                      string
	Dispute
	Owed bool // a reply is ordered, and not begun yet
}

// Filters of the lists of fees and disputes, beside those of requests.
const (
	FilterFeeState = "fee"
	FilterMethod   = "method"
	FilterIssued   = "issued" // a year
	FilterCase     = "case"   // owed: an answer is due; late: it is overdue; pending; decided; ordered
)

// places gives where somebody sees requests.
func (d *Desk) places(actor account.Actor) ([]account.Place, error) {
	places := actor.Where(account.SeeRequests)
	if len(places) == 0 {
		return nil, actor.May(account.SeeRequests, "", &org.Tree{})
	}
	return places, nil
}

// Fees gives the demands that the actor may see, with what they come to.
func (d *Desk) Fees(ctx context.Context, actor account.Actor, q paging.Query) (page paging.Page[FeeRow], sums []FeeSum, err error) {
	places, err := d.places(actor)
	if err != nil {
		return page, nil, err
	}
	if page, err = d.Store.Fees(ctx, places, q); err != nil {
		return page, nil, err
	}
	sums, err = d.Store.FeeSums(ctx, places, q)
	return page, sums, err
}

// Applicants gives who asked an organ for something in a month, those with most
// requests first. month is its first day.
func (d *Desk) Applicants(ctx context.Context, actor account.Actor, organ string, month calendar.Date, opens Opens, q paging.Query) (page paging.Page[Applicant], err error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return page, err
	}
	if err := actor.May(account.SeeRequests, organ, tree); err != nil {
		return page, err
	}
	year, m, _ := month.Civil()
	first := calendar.On(year, m, 1)
	next, _ := first.AddMonths(1)
	if page, err = d.Store.Applicants(ctx, organ, first, next.Add(-1), q); err != nil {
		return page, err
	}
	for i := range page.Rows {
		one := &page.Rows[i]
		if one.Fee, err = Charge(ByPieces, int64(one.Requests)); err != nil {
			return page, err
		}
	}
	return page, d.name(ctx, page.Rows, opens)
}

// name adds the masked names of people.
func (d *Desk) name(ctx context.Context, rows []Applicant, opens Opens) error {
	var owners []event.Subject
	for _, one := range rows {
		if one.Organisation == "" {
			owner := event.Subject{}
			owner.Type, owner.ID, _ = strings.Cut(one.Owner, "/")
			owners = append(owners, owner)
		}
	}
	told, err := opens.Open(ctx, owners, false)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Name = told[rows[i].Owner]["name"]
	}
	return nil
}

// LedgerOf gives the months of the applicant of a request with its organ, in the
// twelve months before it and since.
func (d *Desk) LedgerOf(ctx context.Context, actor account.Actor, id string) (Request, []Month, error) {
	r, err := d.Request(ctx, actor, id)
	if err != nil {
		return r, nil, err
	}
	since, _ := r.ArrivedOn.AddMonths(-12)
	kin, err := d.Store.Kin(ctx, r, since, nil, kinMost)
	if err != nil {
		return r, nil, err
	}
	rows := []Row{r.Row()}
	for _, k := range kin {
		if k.SameApplicant {
			rows = append(rows, k.Row)
		}
	}
	months, err := Ledger(rows)
	return r, months, err
}

// Disputes gives the reconsiderations and suits that the actor may see, those
// whose answer is due first.
func (d *Desk) Disputes(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[DisputeRow], error) {
	places, err := d.places(actor)
	if err != nil {
		return paging.Page[DisputeRow]{}, err
	}
	return d.Store.Disputes(ctx, places, q, d.Today())
}
