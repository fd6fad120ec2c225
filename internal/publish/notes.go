package publish

import (
	"context"
	"strings"

	"gongkai/internal/errs"
)

// told gives what a deed lets everybody read at once, without a review, by the field in
// which it was written; "" for nothing.
func told(deed Deed) (field, text string) {
	switch deed := deed.(type) {
	case Revise: // it is reviewed with the new text; whoever writes it learns of it now
		return "note", deed.Note
	case TakeDown:
		return "note", deed.Note
	case Restore:
		return "note", deed.Note
	case Retract:
		return "note", deed.Note
	case SetValidity:
		return "by", deed.By
	}
	return "", ""
}

// lookAtNote lets the release guard look at what everybody is told: a note about somebody's
// data must not have them in it. It is a few lines, so it is written otherwise, never
// overruled.
func (d *Desk) lookAtNote(ctx context.Context, organ string, deed Deed) error {
	field, text := told(deed)
	if d.Gate == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	found, err := d.Gate.Look(ctx, organ, "公开说明", text, "")
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Blocks {
			return errs.InField(field, "这段话公众会看到，放行检查发现：%s。请改写（条例§15）。", strings.TrimRight(f.Says, "。"))
		}
	}
	return nil
}
