package admin

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// act gives the act that the address names, with the organ as it stands.
func (p Organs) act(r *http.Request, organ org.Organ, tree *org.Tree) (organAct, error) {
	acts := map[string]func(*http.Request, org.Organ, *org.Tree) (organAct, error){
		"rename": p.rename, "move": p.move, "facts": p.facts, "contact": p.contact, "merge": p.merge, "dissolve": p.dissolve, "correct": p.correct,
	}
	act, ok := acts[r.PathValue("act")]
	if !ok {
		return organAct{}, errs.New(errs.NotFound, "没有这个页面：地址可能写错了，或者页面已经移走。")
	}
	return act(r, organ, tree)
}

func (p Organs) rename(r *http.Request, organ org.Organ, _ *org.Tree) (organAct, error) {
	say, now := p.Kit.Say(r), organ.Last()
	return organAct{
		title: say.T("organ.rename"), follows: say.T("organ.rename-follows"), done: say.T("organ.renamed"),
		fields: append(p.nameFields(r, say.T("organ.new-name"), now), p.whenFields(r)...),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.Rename(ctx, actor, organ.ID, readWhen(v), v.Get("name"), v.Get("short"))
		},
	}, nil
}

func (p Organs) move(r *http.Request, organ org.Organ, tree *org.Tree) (organAct, error) {
	say := p.Kit.Say(r)
	return organAct{
		title: say.T("organ.move"), follows: say.T("organ.move-follows"), done: say.T("organ.moved"),
		fields: append([]web.Field{{
			Kind: web.Select, Name: "parent", Label: say.T("organ.new-parent"), Required: true,
			Options: p.others(r, organ, tree), Value: organ.Last().Parent,
		}}, p.whenFields(r)...),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.Move(ctx, actor, organ.ID, readWhen(v), v.Get("parent"))
		},
	}, nil
}

func (p Organs) facts(r *http.Request, organ org.Organ, _ *org.Tree) (organAct, error) {
	say := p.Kit.Say(r)
	return organAct{
		title: say.T("organ.facts"), follows: say.T("organ.facts-follows"), done: say.T("organ.saved"),
		fields: append(p.factFields(r, factsOf(organ.Last())), p.whenFields(r)...),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.Reclassify(ctx, actor, organ.ID, readWhen(v), readFacts(v))
		},
	}, nil
}

func (p Organs) contact(r *http.Request, organ org.Organ, _ *org.Tree) (organAct, error) {
	say := p.Kit.Say(r)
	return organAct{
		title: say.T("organ.contact-edit"), follows: say.T("organ.contact-follows"), done: say.T("organ.saved"),
		fields: p.contactFields(r, organ.Last().Contact)[1:],
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.SetContact(ctx, actor, organ.ID, readContact(v))
		},
	}, nil
}

func (p Organs) merge(r *http.Request, organ org.Organ, tree *org.Tree) (organAct, error) {
	say := p.Kit.Say(r)
	return organAct{
		title: say.T("organ.merge"), follows: say.T("organ.merge-follows"), done: say.T("organ.merge-done"), danger: true,
		fields: append([]web.Field{{
			Kind: web.Select, Name: "successor", Label: say.T("organ.successor"), Hint: say.T("organ.successor-hint"), Required: true,
			Options: p.others(r, organ, tree),
		}}, p.whenFields(r)...),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.Merge(ctx, actor, organ.ID, readWhen(v), v.Get("successor"))
		},
	}, nil
}

func (p Organs) dissolve(r *http.Request, organ org.Organ, _ *org.Tree) (organAct, error) {
	say := p.Kit.Say(r)
	return organAct{
		title: say.T("organ.dissolve"), follows: say.T("organ.dissolve-follows"), done: say.T("organ.dissolve-done"), danger: true,
		fields: p.whenFields(r),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			return p.Office.Dissolve(ctx, actor, organ.ID, readWhen(v))
		},
	}, nil
}

// correct puts right the version that begins on the day which the address names.
func (p Organs) correct(r *http.Request, organ org.Organ, _ *org.Tree) (organAct, error) {
	say, day := p.Kit.Say(r), organ.Last().From
	if text := r.URL.Query().Get("version"); text != "" {
		var err error
		if day, err = calendar.ParseDate(text); err != nil {
			return organAct{}, err
		}
	}
	v, _ := organ.On(day)
	if v.From != day {
		return organAct{}, errs.New(errs.NotFound, "这个机关没有从%s起的版本。", day)
	}
	fields := append(p.nameFields(r, say.T("organ.name"), v), p.factFields(r, factsOf(v))...)
	when := p.whenFields(r)
	when[0].Value, when[1].Value = v.From.String(), v.Reason
	if when[0].Hint = say.T("organ.correct-from-hint"); v.From != organ.Versions[0].From {
		when[0].Kind = web.Hidden
	}
	return organAct{
		title: say.T("organ.correct"), follows: say.T("organ.correct-follows"), done: say.T("organ.corrected"),
		fields: append(fields, when...),
		do: func(ctx context.Context, actor account.Actor, v url.Values) error {
			when := readWhen(v)
			return p.Office.Correct(ctx, actor, organ.ID, day, org.Correction{
				From: when.From, Name: v.Get("name"), Short: v.Get("short"), Reason: when.Reason, Facts: readFacts(v),
			})
		},
	}, nil
}

// others gives the organs that one may come below, or be carried on by.
func (p Organs) others(r *http.Request, organ org.Organ, tree *org.Tree) []web.Option {
	kept := []web.Option{{Label: p.Kit.Say(r).T("organ.choose")}}
	for _, o := range choice.Organs(tree, web.Actor(r).Where(account.EditOrgans)) {
		if !tree.Below(o.Value, organ.ID) {
			kept = append(kept, o)
		}
	}
	return kept
}

func (p Organs) nameFields(r *http.Request, label string, v org.Version) []web.Field {
	return []web.Field{
		{Name: "name", Label: label, Required: true, Value: v.Name, MaxLength: 80},
		{Name: "short", Label: p.Kit.Say(r).T("organ.short"), Value: v.Short, MaxLength: 40},
	}
}

func factsOf(v org.Version) org.Facts {
	return org.Facts{Nature: v.Nature, Level: v.Level, Region: v.Region, CreditCode: v.CreditCode, Vertical: v.Vertical}
}
