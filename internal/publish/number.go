package publish

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
)

// drafted gives the document that a form has made already, where it is sent again.
func (d *Desk) drafted(ctx context.Context, actor account.Actor, id string) (made Document, again bool, err error) {
	if id == "" {
		return made, false, nil
	}
	taken := errs.New(errs.Conflict, "这张表单已经用过，请重新打开“起草文件”。")
	if !ident.Is(id) {
		return made, false, taken
	}
	made, err = d.Store.Document(ctx, id)
	switch {
	case errs.KindOf(err) == errs.NotFound:
		return Document{}, false, nil
	case err != nil:
		return Document{}, false, err
	case made.Draft == nil || made.Draft.By != actor.ID:
		return Document{}, false, taken
	}
	return made, true, nil
}

// numberOf gives the number that a deed writes into a document; "" for none.
func numberOf(deed Deed) string {
	switch deed := deed.(type) {
	case Edit:
		return deed.Number
	case Sign:
		return deed.Number
	}
	return ""
}

// numberFree tells with nil that no other document of an organ has a number.
func (d *Desk) numberFree(ctx context.Context, organ, number, id string) error {
	if number = strings.TrimSpace(number); number == "" {
		return nil
	}
	all, err := d.Store.Numbered(ctx, organ, number)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r Row) bool { return r.ID != id })
	if i < 0 {
		return nil
	}
	return errs.InField("number", "文号“%s”已经用于“%s”（%s）；请核对文号，同一份文件不要重复登记。", number, all[i].Title, all[i].Status.Words().Chinese)
}
