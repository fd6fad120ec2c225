package foi

import (
	"context"
	"encoding/json"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Telling is whom something that happened to a request concerns.
type Telling struct {
	Request, Number, Organ string
	People                 []string // keys, without whoever did it
}

// tidings says who is told of what: whoever handles the request, and those who have
// a role in its organ. What is not here nobody is told; it stands in the history.
var tidings = []struct {
	kinds   []event.Kind
	handler bool
	roles   []account.Role
}{
	{[]event.Kind{Received, Arrived, Confirmed, Corrected, CorrectionLapsed, QuestionReceived, OpinionGiven, SearchAnswered, ReasonsGiven}, true, nil},
	{[]event.Kind{ExtensionApproved, ExtensionRefused, FeeNotified, FeePaid, FeeCancelled, LimitDelayed, Returned, Signed, Withdrawn, Discontinued, LimitMoved, Reassigned}, true, nil},
	{[]event.Kind{Submitted, ExtensionProposed, EndProposed}, false, []account.Role{account.Head}},
	{[]event.Kind{Referred}, false, []account.Role{account.Reviewer}},
	{[]event.Kind{Approved, Cleared}, false, []account.Role{account.Signer}},
	{[]event.Kind{DisputeFiled, DisputeDecided, DisputeAppealed}, true, []account.Role{account.Head}},
}

// Concerned tells whom to tell of what happened to a request. ok is false for
// events that are not of this room, or of which nobody is told.
func (d *Desk) Concerned(ctx context.Context, e event.Event) (t Telling, ok bool, err error) {
	if e.Subject.Type != "request" {
		return t, false, nil
	}
	r, err := d.Store.Request(ctx, e.Subject.ID)
	if errs.KindOf(err) == errs.NotFound {
		return t, false, nil
	}
	if err != nil {
		return t, false, err
	}
	t = Telling{Request: r.ID, Number: r.Number, Organ: r.Organ}
	if e.Kind == SearchAsked {
		t.People, err = d.searchers(ctx, r, e)
	} else {
		t.People, err = d.toTell(ctx, r, e.Kind)
	}
	slices.Sort(t.People)
	t.People = slices.DeleteFunc(slices.Compact(t.People), func(id string) bool { return id == e.Actor })
	return t, len(t.People) > 0, err
}

func (d *Desk) toTell(ctx context.Context, r Request, kind event.Kind) (people []string, err error) {
	for _, row := range tidings {
		if !slices.Contains(row.kinds, kind) {
			continue
		}
		roles := row.roles
		switch {
		case row.handler && r.Handler != "":
			people = append(people, r.Handler)
		case row.handler:
			roles = append(slices.Clone(roles), account.Clerk)
		}
		for _, role := range roles {
			more, err := d.Store.Holders(ctx, r.Organ, role)
			if err != nil {
				return nil, err
			}
			people = append(people, more...)
		}
	}
	return people, nil
}

// searchers are those who are asked to search.
func (d *Desk) searchers(ctx context.Context, r Request, e event.Event) ([]string, error) {
	var entry Entry
	if err := json.Unmarshal(e.Data, &entry); err != nil {
		return nil, err
	}
	role := account.Liaison
	if entry.Organ == r.Organ {
		role = account.Clerk
	}
	return d.Store.Holders(ctx, entry.Organ, role)
}

// Above gives the heads of an organ, and the supervisors of it and of those above.
func (d *Desk) Above(ctx context.Context, organ string) (heads, supervisors []string, err error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, nil, err
	}
	if heads, err = d.Store.Holders(ctx, organ, account.Head); err != nil {
		return nil, nil, err
	}
	for n, ok := tree.Node(organ); ok; n, ok = tree.Node(n.Parent) {
		more, err := d.Store.Holders(ctx, n.ID, account.Supervisor)
		if err != nil {
			return nil, nil, err
		}
		supervisors = append(supervisors, more...)
	}
	return heads, supervisors, nil
}
