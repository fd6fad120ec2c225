package consult

import (
	"context"
	"strings"

	"gongkai/internal/account"
)

// piece is something that a deed makes public.
type piece struct{ name, text, hash string }

// pieces gives what a deed makes public.
func (c Consultation) pieces(deed Deed, ledger []Opinion) []piece {
	switch d := deed.(type) {
	case Submit, Approve:
		return c.Content.pieces()
	case Extend:
		return []piece{{name: "延长的原因", text: d.Note}}
	case CallOff:
		return []piece{{name: "停止的原因", text: d.Note}}
	case Correct:
		return []piece{{name: "更正的原因", text: d.Why}}
	case SubmitFeedback:
		if c.Draft != nil {
			return Feedback{Text: c.Draft.Text, Groups: Groups(ledger)}.pieces()
		}
	case Publish:
		if c.Draft != nil {
			return c.Draft.pieces()
		}
	}
	return nil
}

func (c Content) pieces() []piece {
	all := []piece{
		{name: "标题", text: c.Title},
		{name: "缩短期限的理由", text: c.Urgent},
		{name: "征求意见稿", text: c.Draft.Text},
		{name: "起草说明", text: c.Explanation.Text},
		{name: "提出意见的方式", text: strings.Join([]string{c.Email, c.Address, c.Fax, c.Contact, c.Phone}, "\n")},
	}
	for _, f := range append(append([]File{}, c.Draft.Files...), c.Explanation.Files...) {
		all = append(all, piece{name: f.Name, hash: f.Hash})
	}
	return all
}

func (f Feedback) pieces() []piece {
	all := []piece{{name: "反馈的正文", text: f.Text}}
	for _, g := range f.Groups {
		all = append(all, piece{name: "意见和理由", text: g.Gist + "\n" + g.Reason})
	}
	return all
}

// look lets the release guard see what a deed makes public, and tells what it saw. What
// cannot be read is an error, and nothing is published.
func (d *Desk) look(ctx context.Context, c Consultation, deed Deed) (found []Found, seen []piece, err error) {
	var ledger []Opinion
	if _, freezes := deed.(SubmitFeedback); freezes {
		if ledger, err = d.Store.Ledger(ctx, c.ID); err != nil {
			return nil, nil, err
		}
	}
	seen = c.pieces(deed, ledger)
	for _, p := range seen {
		if p.text == "" && p.hash == "" {
			continue
		}
		some, err := d.Gate.Look(ctx, c.Organ, p.name, p.text, p.hash)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range some {
			f.Part = "“" + p.name + "”"
			found = append(found, f)
		}
	}
	return found, seen, nil
}

// Look tells what the release guard would say of a deed, before it is done.
func (d *Desk) Look(ctx context.Context, actor account.Actor, id string, deed Deed) ([]Found, error) {
	c, _, err := d.may(ctx, actor, account.SeeConsultations, id)
	if err != nil {
		return nil, err
	}
	found, _, err := d.look(ctx, c, deed)
	return holding(found), err
}
