package requests

import (
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// searchData is what somebody sees who was asked to search: what is asked for,
// what they are to find, until when. Who asks for it is no business of theirs.
type searchData struct {
	Number, Organ, Asker string
	What, Ask            string
	Left, LeftTone       string
	Until, AskedOn       string
	Case                 string // page of the request, for those who may see it
	Done                 *card  // the record, once there is one
	Form                 *web.Form
	Kept                 *keptData
}

var searchTemplate = web.Define[searchData]("desk/request_search")

// searchOf finds the search in the address for somebody who may answer it: in the
// organ that was asked, or where the request is handled.
func (p Pages) searchOf(r *http.Request) (*view, foi.Search, error) {
	v, err := p.load(r, r.PathValue("request"))
	if err != nil {
		return nil, foi.Search{}, err
	}
	i := slices.IndexFunc(v.request.Searches, func(q foi.Search) bool { return q.Ref == r.PathValue("search") })
	if i < 0 {
		if err := v.actor.May(account.SearchRequests, v.request.Organ, v.tree); err != nil {
			return nil, foi.Search{}, err
		}
		return nil, foi.Search{}, errs.New(errs.NotFound, "没有这次查找。")
	}
	q := v.request.Searches[i]
	if v.actor.May(account.SearchRequests, v.request.Organ, v.tree) == nil {
		return v, q, nil
	}
	return v, q, v.actor.May(account.SearchRequests, q.Organ, v.tree)
}

// mySearch gives the page of a search that somebody was asked for who may see no
// more of the request; the open one first. "" for none.
func (v *view) mySearch() string {
	found := ""
	for _, q := range v.request.Searches {
		if v.actor.May(account.SearchRequests, q.Organ, v.tree) != nil {
			continue
		}
		if found = path(v.request.ID) + "/searches/" + q.Ref; q.AnsweredOn.IsZero() {
			return found
		}
	}
	return found
}

func (v *view) searchPage(q foi.Search) searchData {
	say := v.say
	d := searchData{
		Number: v.request.Number, Organ: v.organName(q.Organ), Asker: v.tree.Name(v.request.Organ), What: q.What, Ask: v.request.Ask.Text,
		Until: course.Day(say, q.Until), AskedOn: course.Day(say, q.AskedOn),
	}
	if v.may(account.SeeRequests) {
		d.Case = path(v.request.ID)
	}
	if !q.AnsweredOn.IsZero() {
		done := v.searchCard(q)
		d.Done = &done
		return d
	}
	d.Left, d.LeftTone = course.Standing(say, v.cal, v.today, q.Until)
	d.Form = &web.Form{Submit: actWord(say, foi.SearchAnswered), Upload: true, Cancel: d.Case, Fields: []web.Field{
		{Kind: web.Radios, Name: "found", Label: say.T("requests.found-it"), Required: true, Options: []web.Option{
			{Value: "yes", Label: say.T("requests.was-found")}, {Value: "no", Label: say.T("requests.was-not-found"), Hint: say.T("requests.not-found-hint")},
		}},
		{Kind: web.TextArea, Name: "where", Label: say.T("requests.search-where"), Hint: say.T("requests.search-where-hint"), Rows: 4, MaxLength: foi.MaxText, Required: true},
		{Kind: web.TextArea, Name: "result", Label: say.T("requests.search-result"), Hint: say.T("requests.search-result-hint"), Rows: 3, MaxLength: foi.MaxText},
		{Kind: web.File, Name: "files", Label: say.T("requests.search-files"), Hint: say.T("requests.papers-hint"), Accept: acceptNames, Multiple: true},
	}}
	return d
}

func (p Pages) askSearch(w http.ResponseWriter, r *http.Request) error {
	v, q, err := p.searchOf(r)
	if err != nil {
		return err
	}
	data := v.searchPage(q)
	if data.Form != nil {
		a, err := p.searchAside(r, v, q)
		if err != nil {
			return err
		}
		typed := a.resumed()
		if typed == nil {
			typed = deed.NewValues(url.Values{})
		}
		a.draw(data.Form, typed)
		typed.Fill(data.Form)
		data.Kept = a.data()
	}
	return searchTemplate.Show(p.Kit, w, r, v.say.T("requests.search-title", v.request.Number), data)
}

// searchAside is the answer as it may be put aside.
func (p Pages) searchAside(r *http.Request, v *view, q foi.Search) (*aside, error) {
	return p.aside(r, v.request.ID, searchKey(q.Ref), path(v.request.ID)+"/searches/"+q.Ref)
}

func (p Pages) answerSearch(w http.ResponseWriter, r *http.Request) error {
	v, q, err := p.searchOf(r)
	if err != nil {
		return err
	}
	a, err := p.searchAside(r, v, q)
	if err != nil {
		return err
	}
	typed, err := p.readForm(r, append(a.files(), q.Files...)...)
	if err != nil {
		return err
	}
	var kept error
	if q.AnsweredOn.IsZero() {
		done, err := a.sent(w, typed.Values, "", a.at)
		if done {
			return err
		}
		kept = err
	}
	found := typed.Must("found", "请选择是否找到。")
	answer := foi.AnswerSearch{Ref: q.Ref, Where: typed.Short("where", foi.MaxText), Found: found == "yes", Result: typed.Text("result"), Files: typed.papers("files", "evidence")}
	if err = kept; err == nil {
		err = typed.Err()
	}
	if err == nil {
		err = p.Desk.Do(r.Context(), v.actor, v.request.ID, answer)
	}
	if err == nil {
		if err := a.drop(); err != nil {
			return err
		}
		return p.Kit.Done(w, r, path(v.request.ID)+"/searches/"+q.Ref, v.say.T("requests.search-done", v.request.Number))
	}
	data := v.searchPage(q)
	if data.Form == nil { // somebody else was quicker
		return err
	}
	a.draw(data.Form, typed.Values)
	typed.Fill(data.Form)
	if !data.Form.Fail(err) {
		return err
	}
	return searchTemplate.ShowStatus(p.Kit, w, r, web.Status(err), v.say.T("requests.search-title", v.request.Number), data)
}
