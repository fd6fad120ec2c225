package deed

// Link is an act of the table, as a button or as what cannot be done now.
type Link struct {
	Label, Path, Cite string
	Effect            string // what it does to the limit; "" for nothing
	Why               string // it cannot be done now; "" when it can
	Danger            bool
}

// Group are acts of one sort.
type Group struct {
	Title string
	Acts  []Link
}

// Menu is what somebody may do: the next step, what else is permitted, and what
// speaks against the rest.
type Menu struct {
	First   *Link
	Acts    []Group
	Blocked []Link
}

// Add puts an act where it belongs: groups stand in the order of their first act.
func (m *Menu) Add(group string, l Link, next bool) {
	switch {
	case l.Why != "":
		m.Blocked = append(m.Blocked, l)
		return
	case next:
		m.First = &l
		return
	}
	for i := range m.Acts {
		if m.Acts[i].Title == group {
			m.Acts[i].Acts = append(m.Acts[i].Acts, l)
			return
		}
	}
	m.Acts = append(m.Acts, Group{group, []Link{l}})
}
