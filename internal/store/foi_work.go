package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/work"
)

// keepAgendas makes the open work about requests what it should be.
func (tx *Tx) keepAgendas(ctx context.Context, pen event.Pen, agendas []foi.Agenda) error {
	all := make([]agenda, len(agendas))
	for i, a := range agendas {
		wanted := make([]work.Opening, len(a.Duties))
		for k, d := range a.Duties {
			wanted[k] = opening(a, d)
		}
		all[i] = agenda{foi.Subject(a.Request), wanted, a.Fulfilled, a.Closing, a.Passed}
	}
	if err := tx.keepWork(ctx, pen, all); err != nil {
		return err
	}
	for _, a := range agendas {
		if err := tx.follow(ctx, pen, a); err != nil {
			return err
		}
	}
	return nil
}

// opening is a duty as an item of work. Its day is fixed: the request counts it.
func opening(a foi.Agenda, d foi.Duty) work.Opening {
	return work.Opening{
		Organ: d.Organ, Task: work.Request, Subject: foi.Subject(a.Request), Title: d.Title(a.Number), Note: d.Cite,
		Link: "/desk/requests/" + a.Request, For: work.Holder{Person: d.Person, Role: d.Role}, Due: d.Due,
	}
}

// Holders gives the people in office who have a role in an organ.
func (s Requests) Holders(ctx context.Context, organ string, role account.Role) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, `SELECT p.id FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.organ_id = $1 AND g.role = $2 AND p.active ORDER BY p.id`, organ, string(role))
}
