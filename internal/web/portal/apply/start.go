package apply

import (
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/intake"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// startData is the first page: what can be asked for, how long it takes, what it
// costs, and how else one can ask.
type startData struct {
	Goes    bool   // something is filled in already
	On      string // page where it goes on
	Organ   string
	Contact org.Contact
	Last    string // last day of a request of today; "" where the calendar does not reach
	Hours   int
}

var startTemplate = web.Define[startData]("portal/apply_start")

func (p Apply) start(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	data := startData{Hours: int(intake.Life.Hours())}
	if t.secret != "" && t.request == "" {
		data.Goes, data.On = true, Path+"/"+t.Next()
		web.Private(w)
	}
	tree, err := p.Organs.Tree(ctx)
	if err != nil {
		return err
	}
	if roots := tree.Children(""); len(roots) > 0 {
		contacts, err := p.Organs.Contacts(ctx, []string{roots[0].ID})
		if err != nil {
			return err
		}
		data.Organ, data.Contact = roots[0].Name, contacts[roots[0].ID]
	}
	cal, err := p.Calendars.Calendar(ctx)
	if err != nil {
		return err
	}
	limit, _ := calendar.LimitByID("reply")
	if answer, err := cal.Reckon(calendar.Query{Limit: limit, From: p.today()}); err == nil {
		data.Last = dayWords(p.say(r), answer.Deadline)
	}
	return startTemplate.Show(p.Kit, w, r, p.say(r).T("apply.title"), data)
}

// begin throws away what was filled in, and begins anew.
func (p Apply) begin(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	if t.secret != "" && t.request == "" {
		if err := p.Counter.Drop(r.Context(), t.secret); err != nil {
			return err
		}
	}
	p.Kit.Sessions.Remove(r.Context(), draftKey)
	return web.Redirect(w, r, Path+"/organ")
}
