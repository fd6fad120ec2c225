package foi

import (
	"cmp"
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/personal"
)

// Alike gives the requests that one which is about to be registered may repeat:
// those of the same applicant in the last twelve months, and near-equal ones of
// anybody, the most alike first. A person is known by the ID number; that it was
// looked for is on record.
func (d *Desk) Alike(ctx context.Context, actor account.Actor, in Intake) ([]Kin, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.HandleRequests, in.Organ, tree); err != nil {
		return nil, err
	}
	text := in.Receive.Ask.Text
	since, _ := d.Today().AddMonths(-12)
	kin, err := d.Store.Kin(ctx, Request{Organ: in.Organ, Parties: in.Receive.Parties, Ask: in.Receive.Ask}, since, Traces(text), kinMost)
	if err != nil {
		return nil, err
	}
	own, err := d.ofPerson(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	for _, r := range own {
		i := slices.IndexFunc(kin, func(k Kin) bool { return k.ID == r.ID })
		if i < 0 {
			kin, i = append(kin, Kin{Row: r.Row(), Text: r.Ask.Text}), len(kin)
		}
		kin[i].SameApplicant = true
	}
	var near []Kin
	for _, k := range kin {
		if k.Likeness = Compare(text, k.Text); k.Likeness.Near() || k.SameApplicant && !k.Arrived.Before(since) {
			near = append(near, k)
		}
	}
	slices.SortStableFunc(near, func(a, b Kin) int { return cmp.Compare(b.Likeness.Score, a.Likeness.Score) })
	return near, nil
}

// ofPerson gives the requests of the organ whose applicant has the ID number that
// was told.
func (d *Desk) ofPerson(ctx context.Context, actor account.Actor, in Intake) ([]Request, error) {
	if len(in.Facts) == 0 || in.Facts[0][personal.IDNumber] == "" {
		return nil, nil
	}
	owners, err := d.Vault.Find(ctx, actor, personal.IDNumber, in.Facts[0][personal.IDNumber])
	if err != nil {
		return nil, err
	}
	var all []Request
	for _, owner := range owners {
		id, ok := RequestOf(owner)
		if !ok {
			continue
		}
		r, err := d.Store.Request(ctx, id)
		if err != nil {
			return nil, err
		}
		if r.Organ == in.Organ && r.Applicant().Owner == owner.String() {
			all = append(all, r)
		}
	}
	return all, nil
}
