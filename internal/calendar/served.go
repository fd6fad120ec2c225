package calendar

import "gongkai/internal/errs"

// Late gives by how many working days an act came after its last day; zero if
// it was in time. The day of the act is the day of signature for direct or
// entrusted service, and the day a letter was handed to the postal enterprise
// for service by post (国办公开办函〔2016〕235号).
func (c *Calendar) Late(deadline, acted Date) (int, error) {
	if acted.IsZero() || deadline.IsZero() {
		return 0, errs.New(errs.Invalid, "没有给出期限届满日或者办理日。")
	}
	if !acted.After(deadline) {
		return 0, nil
	}
	n, err := c.WorkdaysBetween(deadline, acted)
	if err != nil {
		return 0, err
	}
	// A day of rest behind the deadline is late too, by the day that it leads to.
	return max(n, 1), nil
}

// Consultation is one letter asking a third party or another organ for its
// opinion. Dates that are not known are zero.
type Consultation struct {
	Sent      Date
	Received  Date // by the one who is asked
	Answered  Date
	Withdrawn Date
}

// Pause gives the time that the limit of the reply does not run because of the
// consultation. It ends with the answer, with the end of the 15 working days
// after receipt, or with the withdrawal, whichever comes first; open tells that
// none of these days is known, and To is then zero.
func (c *Calendar) Pause(k Consultation) (p Pause, open bool, err error) {
	p.From = k.Sent
	ends := []Date{k.Answered, k.Withdrawn}
	if !k.Received.IsZero() {
		limit, _ := LimitByID("third-party")
		end, err := c.AddWorkdays(k.Received, limit.N)
		if err != nil && k.Answered.IsZero() && k.Withdrawn.IsZero() {
			return Pause{}, false, err
		}
		if err == nil {
			ends = append(ends, end)
		}
	}
	for _, e := range ends {
		if !e.IsZero() && (p.To.IsZero() || e.Before(p.To)) {
			p.To = e
		}
	}
	return p, p.To.IsZero(), nil
}
