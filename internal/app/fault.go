package app

import (
	"context"

	"gongkai/internal/fault"
	"gongkai/internal/store"
)

// faultsAnHour is how many faults an address may report in an hour. A service hall may
// share one.
const faultsAnHour = 30

// faultOffice is what is done with what visitors find wrong on the site.
func (a *App) faultOffice(r *rooms) *fault.Office {
	return &fault.Office{
		Store: store.Faults{DB: a.db}, Trees: r.book, Settings: r.settings, Calendars: r.calendar, Vault: r.vault, Clock: r.clock, IDs: r.ids,
		Pace: func(ctx context.Context, address string) error {
			return r.counter.Pace(ctx, address, "fault", faultsAnHour, "这个网络地址在一小时内提交的找错已经很多，为防止机器提交，请在%s以后再试。")
		},
	}
}
