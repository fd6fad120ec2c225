package apply

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// accept names what a browser offers first; what a file is, its content tells.
const accept = "image/jpeg,image/png,application/pdf"

func (p Apply) paperStep() step {
	return step{
		name: "paper", group: 1, upload: true, files: "identity", again: more,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.paper") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.paper-lead") }),
		form: func(r *http.Request, _ typed) (web.Form, error) {
			say := p.say(r)
			return web.Form{Fields: []web.Field{
				{Kind: web.File, Name: "file", Label: say.T("apply.paper-file"), Hint: say.T("apply.file-hint", intake.MaxFile>>20), Accept: accept},
				moreField(say),
			}}, nil
		},
		take: func(url.Values, *intake.Draft) error { return nil },
		more: func(_ *http.Request, t typed, data *stepData) error {
			data.Files = fileLines(t.Of("identity"))
			return nil
		},
	}
}

func moreField(say *locale.Catalogue) web.Field {
	return web.Field{Kind: web.Check, Name: "more", Label: say.T("apply.file-more")}
}

func fileLines(files []intake.File) []fileLine {
	var all []fileLine
	for _, f := range files {
		all = append(all, fileLine{f.No, f.Name, sizeWords(f.Size)})
	}
	return all
}

func sizeWords(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt(max(1, n>>10), 10) + " KB"
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// remove takes a file or somebody who joins in out of the draft, and shows the
// page again.
func (p Apply) remove(w http.ResponseWriter, r *http.Request) error {
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
	if no, err := strconv.Atoi(values.Get("file")); err == nil {
		if err := p.Counter.Detach(r.Context(), t.secret, &t.Draft, no); err != nil {
			return err
		}
	}
	if no, err := strconv.Atoi(values.Get("joint")); err == nil && no >= 0 && no < len(t.Others.Joint) {
		t.Others.Joint = append(t.Others.Joint[:no:no], t.Others.Joint[no+1:]...)
		if err := p.keep(r, &t); err != nil {
			return err
		}
	}
	to := Path + "/paper"
	for _, s := range p.steps() {
		if s.name == values.Get("page") {
			to = s.path()
		}
	}
	return web.Redirect(w, r, to)
}
