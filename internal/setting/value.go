package setting

import (
	"time"

	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Whole stands for the whole deployment where an organ's key is asked for.
const Whole = ""

// Own is a value that somebody has set.
type Own struct {
	Organ     string // Whole for the deployment
	Name      string
	Value     string
	ChangedBy string // key of the person
	ChangedAt time.Time
}

// State is what verify compares with the record of a setting in one place, nil
// where nothing is set.
func State(own *Own) string {
	if own == nil {
		return event.Digest("inherited")
	}
	return event.Digest([]any{own.Organ, own.Name, own.Value, own.ChangedBy, own.ChangedAt.UnixMicro()})
}

// Source says where a value comes from.
type Source struct {
	Organ   string // that has set it; Whole for the deployment
	Default bool   // nobody has set it
}

// Value is what holds somewhere.
type Value struct {
	Definition
	Value     string
	Source    Source
	Own       *Own      // what the organ itself has set; nil when it inherits
	Inherited string    // what would hold without its own
	Above     Source    // where Inherited comes from
	Overruled bool      // its own is laxer than the rule above, and does not hold wholly
	Since     time.Time // when what holds was set; zero for the default
}

// own is what has been set, by organ and name.
type own map[string]map[string]Own

func arrange(values []Own) own {
	all := own{}
	for _, v := range values {
		if all[v.Organ] == nil {
			all[v.Organ] = map[string]Own{}
		}
		all[v.Organ][v.Name] = v
	}
	return all
}

// resolve goes down from the default over the deployment and the organs above to
// the organ itself.
func (o own) resolve(d Definition, organ string, tree *org.Tree) Value {
	v := Value{Definition: d, Value: d.Default, Source: Source{Default: true}, Inherited: d.Default, Above: Source{Default: true}}
	for _, place := range chain(d, organ, tree) {
		v.Inherited, v.Above, v.Own, v.Overruled = v.Value, v.Source, nil, false
		set, ok := o[place][d.Name]
		if !ok {
			continue
		}
		before := v.Since
		v.Own, v.Source, v.Since = &set, Source{Organ: place}, set.ChangedAt
		if place == Whole {
			v.Value = set.Value // the bounds are all there is above the deployment
			continue
		}
		if v.Value, v.Overruled = d.under(set.Value, v.Inherited); v.Overruled && v.Value == v.Inherited {
			v.Source, v.Since = v.Above, before
		}
	}
	return v
}

// chain gives the places whose values count for an organ, from the top down.
func chain(d Definition, organ string, tree *org.Tree) []string {
	if d.Scope == Deployment || organ == Whole {
		return []string{Whole}
	}
	const deep = 64 // a ring in the data ends too
	var up []string
	for at := organ; at != "" && len(up) < deep; {
		up = append(up, at)
		n, _ := tree.Node(at)
		at = n.Parent
	}
	places := []string{Whole}
	for i := len(up) - 1; i >= 0; i-- {
		places = append(places, up[i])
	}
	return places
}
