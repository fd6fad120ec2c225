package work

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Finish tells that an item is done, in a few words.
func (o *Office) Finish(ctx context.Context, actor account.Actor, id, note string) error {
	return o.end(ctx, actor, id, Done, true, note, "请写明怎样办结的，如“已答复并送达”，不超过%d个字。")
}

// Withdraw takes work back that is no longer wanted.
func (o *Office) Withdraw(ctx context.Context, actor account.Actor, id, reason string) error {
	return o.end(ctx, actor, id, Withdrawn, false, reason, "请写明撤回的理由，不超过%d个字。")
}

func (o *Office) end(ctx context.Context, actor account.Actor, id string, state State, mine bool, note, ask string) error {
	note = strings.TrimSpace(note)
	judge, err := o.judge(ctx, actor, mine, func(i *Item, pen event.Pen) (event.Event, error) {
		if !i.Assigned() {
			return event.Event{}, errs.New(errs.Conflict, "“%s”随它所办的事一起结束，请打开那件事办理。", i.Title)
		}
		if n := len([]rune(note)); n == 0 || n > MaxNote {
			return event.Event{}, errs.InField("note", ask, MaxNote)
		}
		return i.End(pen, state, note), nil
	})
	if err != nil {
		return err
	}
	return o.Store.Update(ctx, []string{id}, judge)
}
