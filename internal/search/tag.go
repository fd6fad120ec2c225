package search

// What begins with these signs is no token of a text: tokens have letters, digits and
// characters alone.
const (
	inTitle = "^" // before a token: it stands in the title or the number
	spelled = "~" // before initials: characters of the title begin so
	tagged  = "#" // before a tag
)

func tag(what, is string) string { return tagged + what + "/" + is }

// tags gives what filters find an entry by.
func (e Entry) tags() []string {
	ended := "no"
	if e.Ended {
		ended = "yes"
	}
	all := []string{tag("ended", ended)}
	for _, one := range [][2]string{{"organ", e.Organ}, {"kind", e.Kind}, {"subject", e.Subject}, {"theme", e.Theme}, {"year", yearOf(e.On)}} {
		if one[1] != "" {
			all = append(all, tag(one[0], one[1]))
		}
	}
	return all
}

func yearOf(on string) string { return on[:min(4, len(on))] }

// Filter narrows a search; "" for all.
type Filter struct {
	Organ, Kind, Subject, Theme string
	Below                       bool   // also the organs below Organ
	Ended                       string // no: only what holds; yes: only what does not
	From, Until                 string // published, 2006-01-02
}

// tags gives the tags that what meets a filter has, but for those of its organs.
func (f Filter) tags() []string {
	var all []string
	for _, one := range [][2]string{{"kind", f.Kind}, {"subject", f.Subject}, {"theme", f.Theme}, {"ended", f.Ended}} {
		if one[1] != "" {
			all = append(all, tag(one[0], one[1]))
		}
	}
	if y := yearOf(f.From); y != "" && y == yearOf(f.Until) {
		all = append(all, tag("year", y))
	}
	return all
}

// wholeYear tells whether the days are a year, of which there is a tag.
func (f Filter) wholeYear() bool {
	y := yearOf(f.From)
	return f.From == y+"-01-01" && f.Until == y+"-12-31"
}

// holds tells what tags do not: whether a document is of the days and the organs; nil
// for all organs.
func (f Filter) holds(m Meta, organs map[string]bool) bool {
	return (f.From == "" || m.On >= f.From) && (f.Until == "" || m.On <= f.Until) && (organs == nil || organs[m.Organ])
}
