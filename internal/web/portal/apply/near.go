package apply

import (
	"net/http"
	"strings"

	"gongkai/internal/intake"
	"gongkai/internal/web"
)

// nearPath is outside of the wizard: what is asked while somebody types is not
// counted like what they send.
const nearPath = DisclosedPath + "/near"

// nearKey is what the session keeps of the answers that were shown last.
const nearKey = "request-near"

// near is an answer of before that may be what is asked for.
type near struct{ Path, Title, Says string }

type nearData struct{ Near []near }

var nearTemplate = web.Define[nearData]("portal/apply_near")

// near gives what was disclosed before and is near to a text.
func (p Apply) near(r *http.Request, text string) ([]near, error) {
	rows, err := p.Disclosed.Near(r.Context(), text)
	if err != nil {
		return nil, err
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	var all []near
	for _, row := range rows {
		all = append(all, near{DisclosedPath + "/" + row.ID, row.Title, tree.Name(row.Organ) + " · " + row.Ended.String()})
	}
	return all, nil
}

// shown names answers, so that nobody is stopped by the same ones twice.
func shown(found []near) string {
	var paths []string
	for _, n := range found {
		paths = append(paths, n.Path)
	}
	return strings.Join(paths, " ")
}

// showNear shows what is near while somebody types; without a script it keeps what
// was typed and shows the page again with the answers.
func (p Apply) showNear(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	if t.secret == "" || t.request != "" || values.Get(formField) != formOf(t.secret) {
		return errOtherDraft
	}
	text := strings.TrimSpace(values.Get("text"))
	if err := intake.CheckText(text); err != nil {
		text = ""
	}
	if !web.Fragment(r) {
		t.Ask.Text, t.Seen = text, true
		if err := p.keep(r, &t); err != nil {
			return err
		}
		return web.Redirect(w, r, Path+"/what")
	}
	found, err := p.near(r, text)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		p.Kit.Sessions.Put(r.Context(), nearKey, shown(found))
	}
	web.Private(w)
	return nearTemplate.ShowFragment(p.Kit, w, r, p.say(r).T("apply.near"), nearData{found})
}
