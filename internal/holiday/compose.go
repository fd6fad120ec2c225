package holiday

import (
	"cmp"
	"slices"
	"strings"

	"gongkai/internal/calendar"
)

// inForce gives the notices that are counted by.
func inForce(all []Record) []Record {
	var kept []Record
	for _, r := range all {
		if s := r.State(); s == Moving || s == InForce {
			kept = append(kept, r)
		}
	}
	return kept
}

// compose makes a calendar of the built-in years and further notices. Of one
// year and region, a holiday in a later notice replaces that of the same name.
func compose(records []Record) (*calendar.Calendar, error) {
	years, err := calendar.Built()
	if err != nil {
		return nil, err
	}
	records = slices.SortedStableFunc(slices.Values(records), func(a, b Record) int {
		return cmp.Or(a.Notice.Issued.Compare(b.Notice.Issued), a.AppliedAt.Compare(b.AppliedAt))
	})
	for _, r := range records {
		if r.Region != "" {
			continue
		}
		i := slices.IndexFunc(years, func(y calendar.Year) bool { return y.Year == r.Year })
		if i < 0 {
			years, i = append(years, calendar.Year{Year: r.Year, Version: 1}), len(years)
		}
		years[i].Notices = append(years[i].Notices, r.Notice)
	}
	c, err := calendar.New(years, calendar.DefaultSettings())
	if err != nil {
		return nil, err
	}
	for _, region := range regions(records) {
		if c, err = c.WithRegion(region); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// regions puts the notices of each region together.
func regions(records []Record) []calendar.Region {
	type festival struct {
		year int
		name string
	}
	var all []calendar.Region
	known := map[string]map[festival]int{} // places in Holidays, by region
	for _, r := range records {
		if r.Region == "" {
			continue
		}
		i := slices.IndexFunc(all, func(region calendar.Region) bool { return region.Name == r.Region })
		if i < 0 {
			all, i = append(all, calendar.Region{Name: r.Region}), len(all)
			known[r.Region] = map[festival]int{}
		}
		if !slices.Contains(strings.Split(all[i].Number, "、"), r.Notice.Number) {
			all[i].Number = strings.TrimPrefix(all[i].Number+"、"+r.Notice.Number, "、")
		}
		for _, h := range r.Notice.Holidays {
			key := festival{r.Year, h.Name}
			if at, again := known[r.Region][key]; again {
				all[i].Holidays[at] = h
				continue
			}
			known[r.Region][key] = len(all[i].Holidays)
			all[i].Holidays = append(all[i].Holidays, h)
		}
	}
	return all
}
