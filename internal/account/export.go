package account

import (
	"context"
	"iter"

	"gongkai/internal/paging"
)

// exportChunk is how many people an export reads at a time.
const exportChunk = 1000

// Export gives all people of a list, by name. That somebody took the list away
// is recorded before the first is given; what was searched for may be somebody's
// name and is not.
func (o *Office) Export(ctx context.Context, actor Actor, q paging.Query) (iter.Seq2[Person, error], error) {
	places := actor.Where(SeePeople)
	if len(places) == 0 {
		return nil, actor.May(SeePeople, "", noHierarchy{})
	}
	data := map[string]any{}
	for _, name := range []string{FilterOrgan, FilterRole, FilterState} {
		if v := q.Filter(name); v != "" {
			data[name] = v
		}
	}
	if q.Words != "" {
		data["narrowed"] = true
	}
	if err := o.Store.Record(ctx, o.pen(actor.ID).Write(places[0].Organ, subject(actor.ID), "person.exported", data)); err != nil {
		return nil, err
	}
	now := o.Clock.Now()
	return func(yield func(Person, error) bool) {
		var last *Person
		for {
			people, err := o.Store.After(ctx, places, q, now, last, exportChunk)
			if err != nil {
				yield(Person{}, err)
				return
			}
			for i := range people {
				if !yield(people[i], nil) {
					return
				}
			}
			if len(people) < exportChunk {
				return
			}
			last = &people[len(people)-1]
		}
	}, nil
}
