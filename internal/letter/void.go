package letter

import (
	"context"
	"strings"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// How long the reason may be for which a letter is void.
const (
	minReason = 4
	MaxReason = 300
)

// Void gives up a letter that has not gone out, for a reason. It stays where it is,
// and its number stays used, so that the series has no hole that nobody can explain.
func (o *Office) Void(ctx context.Context, actor account.Actor, request, id, why string) error {
	why = strings.TrimSpace(why)
	return o.change(ctx, actor, request, id, PaperVoided, func(p *foi.Paper, r foi.Request) error {
		if err := Voidable(*p, r); err != nil {
			return err
		}
		if n := utf8.RuneCountInString(why); n < minReason || n > MaxReason {
			return errs.InField("why", "请写明作废的原因，4至300个字；不要写出申请人、第三方的个人信息。")
		}
		*p = p.VoidFor(why, actor.ID, o.Clock.Now())
		return nil
	})
}

// Voidable tells with nil whether a letter may be given up.
func Voidable(p foi.Paper, r foi.Request) error {
	switch {
	case p.State == foi.PaperVoid:
		return errs.New(errs.Conflict, "《%s》已经作废。", p.Title)
	case p.State == foi.PaperSent:
		return errs.New(errs.Conflict, "《%s》已于%s发出，不能作废；有错的，另行制作更正的文书送达（条例§45）。", p.Title, p.SentOn)
	case p.Reply():
		return errs.New(errs.Conflict, "答复不能单独作废：需要修改的，请审核人、签发人退回；申请人撤回的，登记撤回后随之作废（条例§45）。")
	}
	if p.Wanted(r) {
		return errs.New(errs.Conflict, "《%s》还应当发出，不能作废%s；文字有错的请修改，已经通过其他途径送出的请登记发出。", p.Title, of(p.Kind))
	}
	return nil
}

// MootWord says what left a letter nothing to say before it went out.
func MootWord(p foi.Paper, r foi.Request) foi.Word {
	kind := p.Moot(r)
	if kind == "" {
		return foi.Word{}
	}
	return afterAct(kind)
}

// VoidWord says why a letter is void: the reason of whoever gave it up, or what
// happened to the request.
func VoidWord(p foi.Paper) foi.Word {
	switch v := p.Void; {
	case p.State != foi.PaperVoid || v == nil:
		return foi.Word{}
	case v.Why != "":
		return foi.Word{Chinese: v.Why, English: v.Why}
	default:
		return afterAct(v.Act)
	}
}

func afterAct(kind event.Kind) foi.Word {
	act, ok := foi.ActOf(kind)
	if !ok {
		return foi.Word{}
	}
	return foi.Word{Chinese: "发出之前已“" + act.Chinese + "”", English: "before it was sent: " + act.Done}
}
