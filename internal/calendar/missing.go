package calendar

import "time"

// Missing gives the year whose notice is not there although it is wanted: the
// notices of a year come out from October of the year before on, and a reply
// that is extended once (条例§33.2) then reaches into the new year. 0 when
// nothing is missing.
func (c *Calendar) Missing(today Date) int {
	if _, last := c.Years(); !today.Before(On(last, time.October, 1)) {
		return last + 1
	}
	return 0
}

// Unsettled tells whether a day is known and a notice that is still to come may
// change it: the holiday of New Year can begin in December, and its make-up day
// stand before it (as 2018-12-29 did).
func (c *Calendar) Unsettled(d Date) bool {
	_, last := c.Years()
	return c.Has(d) && !d.Before(On(last, time.December, 21))
}
