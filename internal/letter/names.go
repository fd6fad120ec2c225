package letter

import (
	"bytes"
	"context"
	"io"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
)

// Vault knows the names of people.
type Vault interface {
	Masked(ctx context.Context, owner event.Subject) ([]personal.Shown, error)
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
	Plain(ctx context.Context, owner event.Subject, kind, purpose string) (string, error)
}

// erased stands where a name was that has been erased on schedule.
const erased = "（姓名已按期限删除）"

// masked gives the names of a letter as anybody who sees requests may see them.
func (o *Office) masked(ctx context.Context, r foi.Request, p foi.Paper) (Values, error) {
	return namesIn(r, p, func(party foi.Party) (string, error) {
		shown, err := o.Vault.Masked(ctx, owner(party))
		for _, s := range shown {
			if s.Kind == personal.Name {
				return s.Masked, err
			}
		}
		return "", err
	})
}

// revealed gives them whole; that they were is recorded.
func (o *Office) revealed(ctx context.Context, actor account.Actor, r foi.Request, p foi.Paper) (Values, error) {
	return namesIn(r, p, func(party foi.Party) (string, error) {
		id := party.Data[personal.Name]
		if id == "" {
			return "", nil
		}
		name, err := o.Vault.Reveal(ctx, actor, id, "制作文书《"+p.Title+"》"+p.Number)
		if errs.KindOf(err) == errs.NotFound {
			return "", nil
		}
		return name, err
	})
}

// plain gives them to the program itself, with a purpose that is recorded.
func (o *Office) plain(ctx context.Context, r foi.Request, p foi.Paper, purpose string) (Values, error) {
	return namesIn(r, p, func(party foi.Party) (string, error) {
		return o.Vault.Plain(ctx, owner(party), string(personal.Name), purpose)
	})
}

func owner(p foi.Party) (s event.Subject) {
	s.Type, s.ID, _ = strings.Cut(p.Owner, "/")
	return s
}

// namesIn gives the names that may stand in a letter: only of those to whom it
// goes, or who are its subject. A letter to a third party knows no applicant, and
// one to the applicant no third party.
func namesIn(r foi.Request, p foi.Paper, name func(foi.Party) (string, error)) (Values, error) {
	one := func(party foi.Party) (string, error) {
		if party.Organisation != "" {
			return party.Organisation, nil
		}
		told, err := name(party)
		if err == nil && told == "" {
			told = erased
		}
		return told, err
	}
	if AudienceOf(p.Kind) == ToConsulted {
		if p.Party == 0 {
			return Values{toConsulted: p.To}, nil
		}
		party, _ := r.Party(p.Party)
		told, err := one(party)
		return Values{toConsulted: told}, err
	}
	var all []string
	for _, party := range together(r) {
		told, err := one(party)
		if err != nil {
			return nil, err
		}
		all = append(all, told)
	}
	return Values{toApplicant: strings.Join(all, "、")}, nil
}

// namesNobody refuses a text of a letter to a third party in which the applicant is
// named, and of one to the applicant that names a third party who is a person
// (条例§15). What a template gives names nobody.
func (o *Office) namesNobody(ctx context.Context, actor account.Actor, request, id, typed string) error {
	r, p, err := o.letter(ctx, actor, request, id)
	if err == nil {
		err = o.may(ctx, actor, account.HandleRequests, r.Organ)
	}
	if err != nil {
		return err
	}
	text := squeeze(unguard(typed))
	for _, party := range r.Parties {
		hidden := party.Role != foi.IsThirdParty && AudienceOf(p.Kind) == ToConsulted || party.Role == foi.IsThirdParty && AudienceOf(p.Kind) == ToApplicant
		if !hidden || !party.Natural() || party.No == p.Party {
			continue
		}
		name, err := o.Vault.Plain(ctx, owner(party), string(personal.Name), "核对文书中有没有他人的姓名")
		if err != nil {
			return err
		}
		if name = squeeze(name); name != "" && strings.Contains(text, name) {
			return errs.InField("text", "文书里出现了%s的姓名，不能告诉对方（条例§15、个人信息保护法§10）；请删去。", roleWord(party))
		}
	}
	return nil
}

func roleWord(p foi.Party) string {
	if p.Role == foi.IsThirdParty {
		return "第三方"
	}
	return "申请人"
}

// Formats in which a letter is had.
const (
	Word     = "docx"
	Portable = "pdf"
)

// File gives a letter as a file, with the names for those who may see them.
func (o *Office) File(ctx context.Context, actor account.Actor, request, id, format string) (name string, data []byte, err error) {
	r, p, err := o.letter(ctx, actor, request, id)
	if err != nil {
		return "", nil, err
	}
	names, err := o.masked(ctx, r, p)
	if o.may(ctx, actor, account.RevealPersonal, r.Organ) == nil {
		names, err = o.revealed(ctx, actor, r, p)
	}
	if err != nil {
		return "", nil, err
	}
	data, err = Bytes(SheetOf(p, names).Doc(), format)
	return FileName(p, format), data, err
}

// FileName names the file of a letter.
func FileName(p foi.Paper, format string) string {
	name := p.Title + " " + p.Number
	if p.State == foi.PaperVoid {
		name = p.State.Words().Chinese + " " + name
	}
	return strings.Join(strings.Fields(name), " ") + "." + format
}

// Bytes writes a document in a format. The same document gives the same bytes.
func Bytes(d *doc.Doc, format string) ([]byte, error) {
	var b bytes.Buffer
	write := map[string]func(io.Writer, *doc.Doc) error{Word: docx.Write, Portable: pdf.Write}[format]
	if write == nil {
		return nil, errs.New(errs.NotFound, "文书只有 docx 和 pdf 两种格式。")
	}
	if err := write(&b, d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
