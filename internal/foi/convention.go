package foi

import "strings"

// Conventions is how an organ counts where the form leaves it open
// (国办公开办函〔2021〕30号). They are applied when figures are counted, never when a
// request is recorded, so a year that is not signed is counted by one convention
// throughout. The zero value is what published reports do.
type Conventions struct {
	Each    bool // of joint applicants each counts, in the column of their own kind
	ByFirst bool // what discloses nothing counts by the first part of the reply, not by the order of table 3
	Stages  bool // the second instance of a suit counts as a case of its own
	Once    bool // a dispute counts in the year of its receipt only
}

// conventionNames are the parts of String, in their order.
var conventionNames = []struct {
	name string
	of   func(*Conventions) *bool
}{
	{"each", func(c *Conventions) *bool { return &c.Each }},
	{"first", func(c *Conventions) *bool { return &c.ByFirst }},
	{"stages", func(c *Conventions) *bool { return &c.Stages }},
	{"once", func(c *Conventions) *bool { return &c.Once }},
}

// String gives what filters of lists have: "" for the default, else as each.once.
func (c Conventions) String() string {
	var all []string
	for _, n := range conventionNames {
		if *n.of(&c) {
			all = append(all, n.name)
		}
	}
	return strings.Join(all, ".")
}

// ParseConventions reads what String gives; what it does not know stays default.
func ParseConventions(text string) Conventions {
	var c Conventions
	for _, part := range strings.Split(text, ".") {
		for _, n := range conventionNames {
			if n.name == part {
				*n.of(&c) = true
			}
		}
	}
	return c
}

// OfRequests gives what of the conventions table 3 depends on.
func (c Conventions) OfRequests() Conventions { return Conventions{Each: c.Each, ByFirst: c.ByFirst} }

// OfDisputes gives what of the conventions table 4 depends on.
func (c Conventions) OfDisputes() Conventions { return Conventions{Stages: c.Stages, Once: c.Once} }
