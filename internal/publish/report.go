package publish

import (
	"regexp"
	"strconv"
)

// yearInTitle is the year that an annual report names: the form prescribes it in the
// title (国办公开办函〔2021〕30号).
var yearInTitle = regexp.MustCompile(`(20[0-9]{2})\s*年`)

// ReportYear gives the year on which an annual report reports; 0 for other documents.
// One whose title names none was made in the year after it.
func (d Document) ReportYear() int {
	if d.Kind != AnnualReport || len(d.Versions) == 0 {
		return 0
	}
	last := d.Versions[len(d.Versions)-1]
	if m := yearInTitle.FindStringSubmatch(last.Title); m != nil {
		year, _ := strconv.Atoi(m[1])
		return year
	}
	made := last.FormedOn
	if made.IsZero() {
		made = d.PublishedOn
	}
	return made.Year() - 1
}
