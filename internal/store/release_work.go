package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/release"
	"gongkai/internal/work"
)

// keepDeciding puts findings that wait for a second person on the lists of those
// who may decide, and takes them away when that is done or not wanted any more.
func (tx *Tx) keepDeciding(ctx context.Context, pen event.Pen, r foi.Request, before, after []release.File) error {
	there := map[string]release.File{}
	for _, f := range after {
		there[f.ID] = f
	}
	asked := map[string]bool{}
	for _, f := range before {
		if _, waits := f.Asked(); !waits {
			continue
		}
		now := there[f.ID]
		if _, waits := now.Asked(); waits {
			asked[f.ID] = true
			continue
		}
		state, closing := work.Done, "已经决定"
		if now.Hash != f.Hash { // it was taken off the list, or another copy stands in its place
			state, closing = work.Withdrawn, "文件已经移除或者换过"
		}
		if _, err := tx.CloseWork(ctx, pen, f.Subject(), work.Request, state, closing); err != nil {
			return err
		}
	}
	for _, f := range after {
		if due, waits := f.Asked(); waits && !asked[f.ID] {
			roles, err := tx.deciders(ctx, r.Organ)
			if err != nil {
				return err
			}
			for _, role := range roles {
				if err := tx.OpenWork(ctx, pen, work.Opening{
					Organ: r.Organ, Task: work.Request, Subject: f.Subject(), Title: r.Number + "：" + f.Question(), Note: "条例§17",
					Link: "/desk/requests/" + r.ID + "/release/" + f.ID, For: work.Holder{Role: role}, Due: due,
				}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// deciders are those of the roles that may let a finding pass which somebody has in
// an organ. Where nobody has one it waits for a head.
func (tx *Tx) deciders(ctx context.Context, organ string) ([]account.Role, error) {
	roles, err := collect(ctx, tx, scanText, `SELECT DISTINCT g.role FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.organ_id = $1 AND p.active AND g.role IN ($2, $3) ORDER BY g.role`, organ, string(account.Head), string(account.Reviewer))
	if err != nil || len(roles) == 0 {
		return []account.Role{account.Head}, err
	}
	var all []account.Role
	for _, role := range roles {
		all = append(all, account.Role(role))
	}
	return all, nil
}
