package store

import (
	"context"

	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/work"
)

// keepPostings puts letters that must be sent on people's lists, and takes away
// those that have gone out, or never will.
func (tx *Tx) keepPostings(ctx context.Context, pen event.Pen, papers ...foi.Paper) error {
	for _, p := range papers {
		if !p.Waits() {
			state := work.Withdrawn
			if p.State == foi.PaperSent {
				state = work.Done
			}
			if _, err := tx.CloseWork(ctx, pen, p.Subject(), work.Request, state, p.State.Words().Chinese); err != nil {
				return err
			}
			continue
		}
		there, err := tx.waits(ctx, p.Subject())
		if err != nil {
			return err
		}
		if there {
			continue
		}
		r, err := requestByID(ctx, tx, p.Request, "")
		if err != nil {
			return err
		}
		if err := tx.OpenWork(ctx, pen, posting(r, p)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) waits(ctx context.Context, about event.Subject) (bool, error) {
	open, err := collect(ctx, tx, scanText, "SELECT id FROM work_item WHERE subject = $1 AND state = 'open'", about.String())
	return len(open) > 0, err
}

// posting is the duty to send a letter as an item of work.
func posting(r foi.Request, p foi.Paper) work.Opening {
	d := p.Posting(r)
	return work.Opening{
		Organ: d.Organ, Task: work.Request, Subject: p.Subject(), Title: d.Title(r.Number), Note: d.Cite,
		Link: "/desk/requests/" + r.ID + "/letters/" + p.ID, For: work.Holder{Person: d.Person, Role: d.Role}, Due: d.Due,
	}
}

// follow lets what hangs on a request go with it: letters that wait are sent by
// whoever has the request now, and what was asked about the files of one that is
// over needs no answer.
func (tx *Tx) follow(ctx context.Context, pen event.Pen, a foi.Agenda) error {
	if a.Passed {
		if err := tx.passPostings(ctx, pen, a.Request); err != nil {
			return err
		}
	}
	if !a.Over {
		return nil
	}
	files, err := releasesOf(ctx, tx, a.Request)
	if err != nil {
		return err
	}
	for _, f := range files {
		if _, err := tx.CloseWork(ctx, pen, f.Subject(), work.Request, work.Withdrawn, a.Closing); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) passPostings(ctx context.Context, pen event.Pen, request string) error {
	r, err := requestByID(ctx, tx, request, "")
	if err != nil {
		return err
	}
	papers, err := papersOf(ctx, tx, request)
	if err != nil {
		return err
	}
	for _, p := range papers {
		if !p.Waits() {
			continue
		}
		if _, err := tx.PassWork(ctx, pen, p.Subject(), work.Request, posting(r, p).For); err != nil {
			return err
		}
	}
	return nil
}
