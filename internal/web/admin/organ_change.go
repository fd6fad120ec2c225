package admin

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// organChange asks for a change of an organ, with what follows from it.
type organChange struct {
	Organ   string
	Follows string
	Form    web.Form
}

var organChangeTemplate = web.Define[organChange]("admin/organ_change")

// organAct is something that can be done to an organ: what it is called, what it
// asks, and what it does.
type organAct struct {
	title, follows, done string
	danger               bool
	fields               []web.Field
	do                   func(ctx context.Context, actor account.Actor, id string, values url.Values) error
}

// act gives the act that the address names, with the organ as it stands.
func (p Organs) act(r *http.Request, organ org.Organ) (organAct, error) {
	say, office, now := p.Kit.Say(r), p.Office, organ.Last()
	tree, err := office.Book.Tree(r.Context())
	if err != nil {
		return organAct{}, err
	}
	others := func(none string) []web.Option {
		options := organsWhere(tree, web.Actor(r).Where(account.EditOrgans))
		kept := []web.Option{{Label: none}}
		for _, o := range options {
			if !tree.Below(o.Value, organ.ID) {
				kept = append(kept, o)
			}
		}
		return kept
	}
	switch r.PathValue("act") {
	case "rename":
		return organAct{
			say.T("organ.rename"), say.T("organ.rename-follows"), say.T("organ.renamed"), false,
			append([]web.Field{
				{Name: "name", Label: say.T("organ.new-name"), Required: true, Value: now.Name, MaxLength: 80},
				{Name: "short", Label: say.T("organ.short"), Value: now.Short, MaxLength: 40},
			}, p.whenFields(r)...),
			func(ctx context.Context, actor account.Actor, id string, v url.Values) error {
				return office.Rename(ctx, actor, id, readWhen(v), v.Get("name"), v.Get("short"))
			},
		}, nil
	case "move":
		return organAct{
			say.T("organ.move"), say.T("organ.move-follows"), say.T("organ.moved"), false,
			append([]web.Field{{Kind: web.Select, Name: "parent", Label: say.T("organ.new-parent"), Required: true, Options: others(say.T("organ.choose")), Value: now.Parent}}, p.whenFields(r)...),
			func(ctx context.Context, actor account.Actor, id string, v url.Values) error {
				return office.Move(ctx, actor, id, readWhen(v), v.Get("parent"))
			},
		}, nil
	case "facts":
		facts := org.Facts{Nature: now.Nature, Level: now.Level, Region: now.Region, CreditCode: now.CreditCode, Vertical: now.Vertical}
		return organAct{
			say.T("organ.facts"), say.T("organ.facts-follows"), say.T("organ.saved"), false, append(p.factFields(r, facts), p.whenFields(r)...),
			func(ctx context.Context, actor account.Actor, id string, v url.Values) error {
				return office.Reclassify(ctx, actor, id, readWhen(v), readFacts(v))
			},
		}, nil
	case "contact":
		return organAct{
			say.T("organ.contact-edit"), say.T("organ.contact-follows"), say.T("organ.saved"), false, p.contactFields(r, now.Contact)[1:],
			func(ctx context.Context, actor account.Actor, id string, v url.Values) error {
				return office.SetContact(ctx, actor, id, readContact(v))
			},
		}, nil
	case "end":
		return organAct{
			say.T("organ.end"), say.T("organ.end-follows"), say.T("organ.end-done"), true,
			append([]web.Field{{
				Kind: web.Select, Name: "successor", Label: say.T("organ.successor"), Hint: say.T("organ.successor-hint"), Options: others(say.T("organ.no-successor")),
			}}, p.whenFields(r)...),
			func(ctx context.Context, actor account.Actor, id string, v url.Values) error {
				return office.End(ctx, actor, id, readWhen(v), v.Get("successor"))
			},
		}, nil
	}
	return organAct{}, errs.New(errs.NotFound, "没有这个页面：地址可能写错了，或者页面已经移走。")
}

func (p Organs) ask(r *http.Request) (organAct, organChange, error) {
	organ, err := p.Office.Organ(r.Context(), web.Actor(r), r.PathValue("organ"))
	if err != nil {
		return organAct{}, organChange{}, err
	}
	tree, err := p.Office.Book.Tree(r.Context())
	if err != nil {
		return organAct{}, organChange{}, err
	}
	if err := web.Actor(r).May(account.EditOrgans, organ.ID, tree); err != nil {
		return organAct{}, organChange{}, err
	}
	act, err := p.act(r, organ)
	return act, organChange{
		Organ: organ.Last().Name, Follows: act.follows,
		Form: web.Form{Submit: act.title, Cancel: "/admin/organs/" + organ.ID, Danger: act.danger, Fields: act.fields},
	}, err
}

func (p Organs) askChange(w http.ResponseWriter, r *http.Request) error {
	act, data, err := p.ask(r)
	if err != nil {
		return err
	}
	return organChangeTemplate.Show(p.Kit, w, r, act.title, data)
}

func (p Organs) change(w http.ResponseWriter, r *http.Request) error {
	act, data, err := p.ask(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	id := r.PathValue("organ")
	if err := act.do(r.Context(), web.Actor(r), id, values); err != nil {
		data.Form.Fill(values)
		if data.Form.Fail(err) {
			return organChangeTemplate.ShowStatus(p.Kit, w, r, web.Status(err), act.title, data)
		}
		return err
	}
	return p.Kit.Done(w, r, "/admin/organs/"+id, act.done)
}
