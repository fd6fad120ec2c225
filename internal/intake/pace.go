package intake

import (
	"context"
	"time"

	"gongkai/internal/errs"
)

// Limit is how often something may be tried in a period.
type Limit struct {
	What string // sort of the limit
	Who  string // blinded: an address, a number
	Most int
	Per  time.Duration
}

// Since gives the beginning of the period that a moment lies in.
func (l Limit) Since(now time.Time) time.Time { return now.Truncate(l.Per) }

// act is something that an address may do so often in an hour. A service hall or
// a whole county government may share an address, so these are wide; they stop
// machines, not people.
type act struct {
	name string
	most int
	says string
}

var (
	begun    = act{"begin", 120, "这个网络地址在一小时内开始填写的申请已经很多，为防止机器刷单，请在%s以后再试。"}
	uploaded = act{"upload", 120, "这个网络地址在一小时内上传的文件已经很多，为防止机器刷单，请在%s以后再试。"}
	handedIn = act{"submit", 60, "这个网络地址在一小时内提交的申请已达60件，为防止机器刷单，请在%s以后再提交；已填写的内容保留两小时。急需的，可以当面或者邮寄提交，不受这个限制。"}
)

// pace counts what an address does.
func (c *Counter) pace(ctx context.Context, address string, a act) error {
	if c.Hall != nil {
		if hall, err := c.Hall(ctx, address); hall || err != nil {
			return err
		}
	}
	now := c.Clock.Now()
	used, err := c.Store.Try(ctx, now, []Limit{{a.name, c.Seals.Blind("address", address), a.most, time.Hour}})
	if err != nil || used == nil {
		return err
	}
	return errs.New(errs.TooMany, a.says, over(*used, now))
}

// Pace counts something else that an address of the public does, at most so often in an
// hour; says has a place for the time from which it goes on.
func (c *Counter) Pace(ctx context.Context, address, name string, most int, says string) error {
	return c.pace(ctx, address, act{name, most, says})
}

// over gives when the period of a limit is over.
func over(l Limit, now time.Time) string {
	return l.Since(now).Add(l.Per).In(now.Location()).Format("15:04")
}
