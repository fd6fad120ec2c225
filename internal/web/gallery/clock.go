package gallery

import (
	"time"

	"gongkai/internal/web"
)

// clock is an invented time limit with every sort of day.
func clock() web.Clock {
	c := web.Clock{Today: "2026-10-26"}
	day, nth := time.Date(2026, time.September, 22, 0, 0, 0, 0, time.UTC), 0
	for nth < 20 {
		one := web.ClockDay{Date: day.Format(time.DateOnly), Cite: "条例§33.2"}
		switch weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday; {
		case len(c.Days) == 0:
			one.Part, one.Cite = "start", "民法典§201.1"
		case one.Date >= "2026-10-01" && one.Date <= "2026-10-07":
			one.Part, one.Name, one.Cite = "holiday", "国庆节", "国办发明电〔2025〕7号"
		case one.Date == "2026-09-20" || one.Date == "2026-10-10":
			one.Part, one.Name, one.Cite = "made-up", "国庆节", "国办发明电〔2025〕7号"
		case one.Date >= "2026-10-14" && one.Date <= "2026-10-22":
			one.Part, one.Cite = "paused", "条例§33.3"
		case weekend:
			one.Part = "rest"
		default:
			one.Part = "counted"
		}
		if one.Part == "counted" || one.Part == "made-up" {
			nth++
			one.Nth = nth
		}
		c.Days = append(c.Days, one)
		day = day.AddDate(0, 0, 1)
	}
	return c
}
