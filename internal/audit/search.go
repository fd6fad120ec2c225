package audit

import (
	"context"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Query is what an auditor asks for.
type Query struct {
	From, To time.Time // from the first, before the second; zero for no bound
	Organ    string    // with all below it; "" for all that the auditor may see
	Kind     event.Kind
	Personal bool   // only what was done with personal data
	Actor    string // name, login or key
	Subject  string // type/id as in the list, or the key alone
	Words    string // words for a kind, the name of an actor, or a key
}

// maxPeople bounds how many people a name stands for.
const maxPeople = 20

// search turns a query into what the store looks for, where the actor may do the
// act.
func (o Office) search(ctx context.Context, actor account.Actor, act account.Act, q Query) (Search, error) {
	s, err := o.scope(ctx, actor, act, q.Organ)
	if err != nil {
		return s, err
	}
	s.From, s.To = q.From, q.To
	if !s.From.IsZero() && !s.To.IsZero() && !s.From.Before(s.To) {
		return s, errs.New(errs.Invalid, "开始日期晚于结束日期，请调整查询的时段。")
	}
	if q.Kind != "" {
		s.All = append(s.All, []Way{{Kind: q.Kind}})
	}
	if q.Personal {
		s.All = append(s.All, o.kinds(func(m event.Meaning) bool { return personal(m.Kind) }))
	}
	if subject := strings.TrimSpace(q.Subject); strings.Contains(subject, "/") {
		s.All = append(s.All, []Way{{Subject: subject}})
	} else if subject != "" {
		s.All = append(s.All, o.subjects(subject))
	}
	if name := strings.TrimSpace(q.Actor); name != "" {
		who, err := o.who(ctx, name)
		if err != nil {
			return s, err
		}
		s.All = append(s.All, who)
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		meant, err := o.meant(ctx, words)
		if err != nil {
			return s, err
		}
		s.All = append(s.All, meant)
	}
	return s, nil
}

// scope gives where the actor may do the act, below an organ if one is named.
func (o Office) scope(ctx context.Context, actor account.Actor, act account.Act, organ string) (Search, error) {
	places := actor.Where(act)
	if len(places) == 0 {
		return Search{}, actor.May(act, "", nowhere{})
	}
	h, err := o.Trees.Hierarchy(ctx)
	if err != nil {
		return Search{}, err
	}
	if organ != "" {
		below := slices.ContainsFunc(places, func(p account.Place) bool { return p.Below && h.Below(organ, p.Organ) })
		return Search{Places: []account.Place{{Organ: organ, Below: below}}}, actor.May(act, organ, h)
	}
	whole, err := o.whole(ctx, places)
	return Search{Whole: whole, Places: places}, err
}

// whole tells whether a right holds over the whole deployment.
func (o Office) whole(ctx context.Context, places []account.Place) (bool, error) {
	roots, err := o.Store.Roots(ctx)
	for _, root := range roots {
		if !slices.Contains(places, account.Place{Organ: root, Below: true}) {
			return false, err
		}
	}
	return len(roots) > 0, err
}

type nowhere struct{}

func (nowhere) Below(string, string) bool { return false }

// kinds gives the ways to events of some kinds.
func (o Office) kinds(keep func(event.Meaning) bool) []Way {
	ways := []Way{}
	for _, m := range o.Kinds {
		if keep(m) {
			ways = append(ways, Way{Kind: m.Kind})
		}
	}
	return ways
}

// subjects gives the ways to a record whose key is known and whose type is not.
func (o Office) subjects(key string) []Way {
	types := map[string]bool{"person": true, "organ": true}
	for _, m := range o.Kinds {
		name, _, _ := strings.Cut(string(m.Kind), ".")
		types[name] = true
	}
	ways := []Way{}
	for name := range types {
		ways = append(ways, Way{Subject: event.Subject{Type: name, ID: key}.String()})
	}
	return ways
}

// who gives the ways to what somebody did.
func (o Office) who(ctx context.Context, name string) ([]Way, error) {
	switch name {
	case event.System, "系统":
		return []Way{{Actor: event.System}}, nil
	case event.Public, "公众":
		return []Way{{Actor: event.Public}}, nil
	}
	keys, err := o.Store.Actors(ctx, name, maxPeople)
	ways := []Way{}
	for _, key := range keys {
		ways = append(ways, Way{Actor: key})
	}
	return ways, err
}

// meant gives the ways to what words may stand for: the key of an event or a
// record, the words for a kind, somebody's name.
func (o Office) meant(ctx context.Context, words string) ([]Way, error) {
	if key := strings.ToUpper(words); ident.Valid(key) {
		return append(o.subjects(key), Way{Event: key}), nil
	}
	ways, err := o.who(ctx, words)
	lower := strings.ToLower(words)
	return append(ways, o.kinds(func(m event.Meaning) bool {
		return strings.Contains(m.Chinese, words) || strings.Contains(strings.ToLower(m.English), lower) || string(m.Kind) == lower
	})...), err
}
