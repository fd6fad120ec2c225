package world

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/filing"
	"gongkai/internal/rule"
)

// filers are who files for the service bureau, and who confirms it.
type filers struct {
	section, filer, head string
	role                 account.Role
}

func filingPeople() []filers {
	return []filers{
		{"审批管理股", "lianluo", "guzhang", account.Liaison},
		{serviceName, "jingban", "fuzeren", account.Clerk},
		{serviceName, "dating", "fuzeren", account.HallManager},
	}
}

// filedYear are the figures of a year like that of the model report: 19 opinions (12
// filed, the others on the ledger of a consultation: consults.go), 228 posts, nearly 70,000 ratings, 139 items that became 1650, and no decisions of the
// bureau's own. Months and quarters in their order.
var filedYear = map[string][]int64{
	"licences.decisions": {0}, "penalties.decisions": {0}, "coercion.decisions": {0}, "fees.amount": {0},
	"opinions.collected": {1, 1, 0, 1, 1, 2, 1, 1, 1, 1, 2, 0},
	"wechat.posts":       {17, 15, 20, 19, 18, 20, 19, 21, 18, 22, 19, 20},
	"ratings.received":   {5210, 4630, 5980, 5870, 5760, 5890, 6020, 6110, 5940, 6050, 6180, 6186},
	"ratings.poor":       {3, 2, 4, 3, 2, 3, 5, 3, 4, 2, 3, 3},
	"services.items":     {139, 480, 1120, 1650},
	"training.sessions":  {1, 0, 1, 0},
	"training.people":    {32, 0, 28, 0},
	"meetings.held":      {1, 1, 1, 1},
}

// filedIn gives a figure of a period: of the year after the model's a little more, and
// of what stands at least what stood.
func filedIn(f filing.Figure, p filing.Period) int64 {
	all := filedYear[f.Name]
	n := all[(p.Part-1)%len(all)]
	switch later := p.Year > Begin.Year()-1; {
	case later && f.Stock:
		return all[len(all)-1] + int64(8*p.Part)
	case later && n > 10:
		return n + n/20
	}
	return n
}

// filings gives what becomes of the bureau's returns until now: those of last year are
// brought in on one day, those of this year come period by period. Of the last period
// one waits to be confirmed, and one was sent back.
func (w *World) filings(o Offices, now time.Time) []deed {
	organ, clerk := w.Organs[serviceName], "jingban"
	begins := Begin.AddDate(0, 0, 1)
	all := []deed{{begins, func(ctx context.Context) error {
		_, err := o.Filings.Standard(ctx, w.People[clerk].Actor(), organ, calendar.On(Begin.Year()-1, 1, 1), map[account.Role]string{account.Liaison: w.Organs["审批管理股"]})
		return err
	}}}
	last := filing.Period{Year: now.Year(), Every: filing.Monthly, Part: int(now.Month())}.Before()
	for i, who := range filingPeople() {
		for year := Begin.Year() - 1; year <= now.Year(); year++ {
			for _, every := range []filing.Every{filing.Monthly, filing.Quarterly} {
				if every == filing.Quarterly && who.role == account.Liaison {
					continue
				}
				for _, p := range filing.Periods(every, year) {
					at := begins.Add(time.Duration(60+7*p.Part+100*i) * time.Minute)
					if year >= Begin.Year() {
						y, m, d := p.Last().Add(2).Civil()
						at = time.Date(y, m, d, 9, 10*i, p.Part, 0, clock.Shanghai)
					}
					if at.Add(24 * time.Hour).Before(now) {
						all = append(all, w.filed(o, who, p, at, p == last)...)
					}
				}
			}
		}
	}
	return all
}

// filed are the deeds of one return.
func (w *World) filed(o Offices, who filers, p filing.Period, at time.Time, last bool) []deed {
	id := filing.Key{Section: w.Organs[who.section], Role: who.role, Period: p}.String()
	filer, head := w.People[who.filer].Actor(), w.People[who.head].Actor()
	all := []deed{{at, func(ctx context.Context) error {
		b, err := o.Filings.Open(ctx, filer, id)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		c := filing.Content{Values: map[string]int64{}, Remarks: map[string]string{}, Source: "大厅业务系统和登记台账"}
		total := int64(0)
		for _, f := range b.Scene.Figures {
			c.Values[f.Name] = filedIn(f, p)
			total += c.Values[f.Name]
		}
		c.Nil = total == 0
		for _, f := range c.Examine(b.Scene) {
			if f.Severity == rule.Warning {
				c.Remarks[f.Key] = "分批增加事项、按季集中组织，已与台账核对。"
			}
		}
		if err := o.Filings.Do(ctx, filer, id, filing.Fill{Content: c}, filing.Submit{}); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		return nil
	}}}
	answer := filing.Deed(filing.Confirm{})
	switch {
	case last && who.role == account.Liaison:
		return all // still to be confirmed
	case last && who.role == account.HallManager:
		answer = filing.SendBack{Reasons: "差评数与评价系统导出的明细不一致，请核对后再报。"}
	}
	later := 5 * time.Hour
	if p.Year < Begin.Year() { // brought in one after the other
		later = 3 * time.Minute
	}
	return append(all, deed{at.Add(later), func(ctx context.Context) error {
		if err := o.Filings.Do(ctx, head, id, answer); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		return nil
	}})
}
