package channel

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// Row is a line of the ledger: what stood where from when to when.
type Row struct {
	Document, Ref  string
	Organ          string
	Channel        publish.Channel
	Phase          publish.Phase
	Sent           bool // by an interface: the text has a page
	From, Until    calendar.Date
	Actor          string // key; "" for the program
	Title          string
	Place, Address string
}

// Count is how many texts began to stand in a channel in a year.
type Count struct {
	Channel publish.Channel
	Year    int
	Number  int
}

// Errand is a text with which the program has something to do.
type Errand struct {
	Document string `json:"document"`
	Ref      string `json:"ref"`
}

// Filters of the ledger.
const (
	FilterChannel = "channel"
	FilterPhase   = "phase"
	FilterYear    = "year" // it began to stand there
	FilterFrom    = "from"
	FilterUntil   = "until"
	FilterOn      = "on" // it stood there on a day
	FilterOrgan   = "organ"
	FilterBelow   = "below" // an organ and those below it
	FilterActor   = "actor"
)

// Filters gives the names of all filters.
func Filters() []string {
	return []string{FilterChannel, FilterPhase, FilterYear, FilterFrom, FilterUntil, FilterOn, FilterOrgan, FilterBelow, FilterActor}
}

// Ledger gives a part of the ledger over the organs whose documents somebody sees.
func (o *Office) Ledger(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Row], error) {
	places, err := sees(actor)
	if err != nil {
		return paging.Page[Row]{}, err
	}
	return o.Store.Ledger(ctx, places, q)
}

// Years counts what began to stand in each channel, by year: in a place, or with a
// place without an organ in all whose documents somebody sees.
func (o *Office) Years(ctx context.Context, actor account.Actor, where account.Place) ([]Count, error) {
	places, err := sees(actor)
	if err != nil {
		return nil, err
	}
	if where.Organ != "" {
		if err := o.reaches(ctx, actor, where); err != nil {
			return nil, err
		}
		places = []account.Place{where}
	}
	return o.Store.Years(ctx, places)
}

// reaches tells with nil whether somebody sees the documents of a place, with those of
// all organs below where it has them.
func (o *Office) reaches(ctx context.Context, actor account.Actor, where account.Place) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.SeeDocuments, where.Organ, tree); err != nil || !where.Below {
		return err
	}
	for _, p := range actor.Where(account.SeeDocuments) {
		if p.Below && (p.Organ == where.Organ || tree.Below(where.Organ, p.Organ)) {
			return nil
		}
	}
	return errs.New(errs.Forbidden, "您不能查看该机关以下机关的主动公开文件。")
}

func sees(actor account.Actor) ([]account.Place, error) {
	places := actor.Where(account.SeeDocuments)
	if len(places) == 0 {
		return nil, errs.New(errs.Forbidden, "您没有查看主动公开文件的权限；如工作需要，请联系安全管理员授予角色。")
	}
	return places, nil
}
