package desk

import (
	"net/http"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/work"
)

// workItemData is one item.
type workItemData struct {
	Item                              work.Listed
	Task, Organ, For, From            string
	Standing, Tone                    string
	Opened, Due, ClosedBy, ClosedAt   string
	Steps                             []course.Line
	History                           []workEvent
	Act                               string // path that acts begin with
	MayDo, MayTake, MayPass, Withdraw bool
	Elsewhere                         string // page where it is done; "" for here
}

// workEvent is something that has happened to an item.
type workEvent struct{ At, What, Who string }

var workItemTemplate = web.Define[workItemData]("desk/work_item")

func (p Work) show(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	i, err := p.Office.Item(ctx, actor, r.PathValue("work"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	events, err := p.History.EventsOf(ctx, event.Subject{Type: work.SubjectType, ID: i.ID})
	if err != nil {
		return err
	}
	ids := []string{i.OpenedBy, i.ClosedBy, i.For.Person}
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := p.namesOf(r, ids)
	if err != nil {
		return err
	}
	assigns := p.Office.MayAssign(ctx, actor, i.Organ) == nil
	open, mine := i.State == work.Open, i.Concerns(actor)
	data := workItemData{
		Item: i, Task: taskWord(say, i.Task), Organ: tree.Name(i.Organ), For: names.holder(i.For), From: names.of(i.OpenedBy),
		Opened: clockText(i.OpenedAt), Due: i.Due.String(), ClosedAt: clockText(i.ClosedAt), Act: "/desk/work/" + i.ID, Elsewhere: i.Link,
		MayDo: open && i.Assigned() && (mine || assigns), MayTake: open && mine && i.For.Person == "", MayPass: open && (mine || assigns), Withdraw: open && i.Assigned() && assigns,
	}
	if !open {
		data.ClosedBy = names.of(i.ClosedBy)
	}
	data.Standing, data.Tone = standing(say, i)
	steps, err := p.Office.Explain(ctx, i.Item)
	if err != nil {
		return err
	}
	data.Steps = course.Lines(say, steps)
	for _, e := range events {
		data.History = append(data.History, workEvent{clockText(e.At), eventWord(say, e.Kind), names.of(e.Actor)})
	}
	return workItemTemplate.Show(p.Kit, w, r, i.Title, data)
}

func eventWord(say *locale.Catalogue, kind event.Kind) string {
	for _, m := range work.EventKinds() {
		if m.Kind == kind && say.Lang == locale.English {
			return m.English
		}
		if m.Kind == kind {
			return m.Chinese
		}
	}
	return string(kind)
}

func clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// holderOptions gives who can be given work of an organ: roles first, then
// people. Nobody is chosen beforehand.
func holderOptions(say *locale.Catalogue, all []work.Colleague) []web.Option {
	options := []web.Option{{Label: say.T("work.choose-one")}}
	for _, info := range account.Roles() {
		if n := len(withRole(all, info.Role)); n > 0 {
			options = append(options, web.Option{Value: work.Holder{Role: info.Role}.String(), Label: say.T("work.anybody-of", roleWord(say, info.Role), n)})
		}
	}
	for _, c := range all {
		label := c.Name
		if c.Title != "" {
			label += " · " + c.Title
		}
		options = append(options, web.Option{Value: work.Holder{Person: c.ID}.String(), Label: label})
	}
	return options
}

func withRole(all []work.Colleague, role account.Role) []work.Colleague {
	var some []work.Colleague
	for _, c := range all {
		for _, r := range c.Roles {
			if r == role {
				some = append(some, c)
			}
		}
	}
	return some
}
