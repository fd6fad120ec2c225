package ledger

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Channels counts what began to stand in each channel, by year.
type Channels interface {
	Years(ctx context.Context, actor account.Actor, where account.Place) ([]channel.Count, error)
}

// posted is how many texts began to stand in a channel, for the first part of the
// report (“微信公众号 228 条”), with the lines of the ledger behind it.
type posted struct {
	Channel, Path string
	Number        int
}

// posts counts by channel; for who does not see the documents of the place, nothing.
func (p Pages) posts(r *http.Request, where where, year int) ([]posted, error) {
	if p.Channels == nil {
		return nil, nil
	}
	counts, err := p.Channels.Years(r.Context(), web.Actor(r), where.Place)
	if errs.KindOf(err) == errs.Forbidden {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	var all []posted
	for _, c := range publish.Channels() {
		for _, one := range counts {
			if one.Year != year || string(one.Channel) != c.Value {
				continue
			}
			q := url.Values{channel.FilterChannel: {c.Value}, channel.FilterYear: {strconv.Itoa(year)}, channel.FilterOrgan: {where.Organ}}
			if where.Place.Below {
				q.Del(channel.FilterOrgan)
				q.Set(channel.FilterBelow, where.Organ)
			}
			all = append(all, posted{choice.Word(say, c.Value, publish.Channels()), "/desk/channels?" + q.Encode(), one.Number})
		}
	}
	return all, nil
}
