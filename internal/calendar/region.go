package calendar

import (
	"maps"
	"slices"

	"gongkai/internal/errs"
)

// Region is a local calendar laid over the national one: festivals of an
// autonomous region or prefecture (全国年节及纪念日放假办法§4), or days that a
// province moved.
type Region struct {
	Name     string    `json:"name"`   // 内蒙古自治区
	Number   string    `json:"number"` // of the local notice
	Holidays []Holiday `json:"holidays"`
}

// WithRegion gives the calendar with one more region known under its name.
func (c *Calendar) WithRegion(r Region) (*Calendar, error) {
	if r.Name == "" || r.Number == "" {
		return nil, errs.New(errs.Invalid, "地方放假安排应写明地区名称和通知文号。")
	}
	local := *c
	local.region = nil
	local.kinds, local.names = slices.Clone(c.kinds), slices.Clone(c.names)
	local.known, local.nth = slices.Clone(c.known), nil
	for _, h := range r.Holidays {
		if year, missing := c.lacks(h); missing {
			return nil, errs.Wrap(ErrNoCalendar, errs.Invalid, "%s的%s在%d年，还没有那一年全国的放假安排；请先录入全国的通知。", r.Name, h.Name, year)
		}
		for _, s := range h.Off {
			if s.From.IsZero() || s.To.Before(s.From) || s.To.Sub(s.From) >= MaxSpanDays {
				return nil, errs.New(errs.Invalid, "%s的%s放假日期“%s 至 %s”不正确。", r.Name, h.Name, s.From, s.To)
			}
		}
		for _, d := range h.Work {
			if !weekend(d) {
				return nil, errs.New(errs.Invalid, "%s的%s调休上班日“%s”不正确。", r.Name, h.Name, d)
			}
		}
		local.mark(announced{h, r.Number})
	}
	local.count()

	whole := *c
	whole.region = maps.Clone(c.region)
	if whole.region == nil {
		whole.region = map[string]*Calendar{}
	}
	whole.region[r.Name] = &local
	return &whole, nil
}

// Regions gives the regions with days of their own, in order.
func (c *Calendar) Regions() []string { return slices.Sorted(maps.Keys(c.region)) }

// In gives the calendar of a region; the empty name is the national calendar.
func (c *Calendar) In(region string) (*Calendar, error) {
	if region == "" {
		return c, nil
	}
	if local, ok := c.region[region]; ok {
		return local, nil
	}
	return nil, errs.New(errs.NotFound, "没有“%s”的地方放假安排；请先导入该地区的数据，或者不填地区。", shorten(region))
}

// Local gives the calendar of a region for somebody who works there: the national one
// where the region has no days of its own, or none any more.
func (c *Calendar) Local(region string) *Calendar {
	if local, ok := c.region[region]; ok {
		return local
	}
	return c
}

// lacks tells the year of a holiday's day that the calendar does not know.
func (c *Calendar) lacks(h Holiday) (year int, missing bool) {
	days := slices.Clone(h.Work)
	for _, s := range h.Off {
		days = append(days, s.From, s.To)
	}
	for _, d := range days {
		if !d.IsZero() && !c.Has(d) {
			return d.Year(), true
		}
	}
	return 0, false
}

func shorten(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
