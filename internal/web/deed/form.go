// Package deed is what the desk's pages for acts share, whatever the table of states:
// a short form for a row of the table, what was typed into it, the papers that came
// with it, and the page on which it is asked and confirmed.
//
// The tables, the forms and the words belong to the pages of requests and of
// documents. That a row may happen, and by whom, the table says; here nothing is
// judged. Start at Form and Page.
package deed

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// Form is the short form of a row: what is asked, and the deed D that the answers
// make. S is the form on its page, with what it knows; V is what was typed into it.
type Form[S Page, V, D any] struct {
	Event  event.Kind
	Slug   string // in the address
	Right  account.Act
	Text   func(say *locale.Catalogue) string // what happens, and what follows from it
	Danger bool                               // it cannot be undone
	Upload bool
	Counts bool // the answers can be tried out before they are sent
	Grows  bool // answers call for further questions
	// Unasked tells whether an answer calls for further questions; nil for never.
	Unasked func(v V) bool
	Fields  func(s S, v V) ([]web.Field, error)
	Deed    func(s S, v V) D
}

// FormOf finds the form of a row. Drafts go back from several desks: their rows are
// told apart by the right.
func FormOf[S Page, V, D any](forms []Form[S, V, D], kind event.Kind, right account.Act) (Form[S, V, D], bool) {
	for _, f := range forms {
		if f.Event == kind && f.Right == right {
			return f, true
		}
	}
	return Form[S, V, D]{}, false
}

// In tells whether a form is one of several.
func (f Form[S, V, D]) In(forms []Form[S, V, D]) bool {
	for _, other := range forms {
		if other.Slug == f.Slug {
			return true
		}
	}
	return false
}

// Routes gives the page of a form below the page of its thing, with the right of its
// row. open loads the thing for whoever asks, and judges their right to the form.
func (f Form[S, V, D]) Routes(thing string, shows web.Checked, open func(http.ResponseWriter, *http.Request, Form[S, V, D]) (S, error)) []web.Route {
	at := web.Route{Path: thing + "/" + f.Slug, Frame: web.Desk, Rule: web.Needs(f.Right), Shows: []web.Checked{shows}}
	get, post := at, at
	get.Method, get.Handle = "GET", func(w http.ResponseWriter, r *http.Request) error {
		s, err := open(w, r, f)
		if err != nil {
			return err
		}
		return ask(r, s)
	}
	post.Method, post.Handle = "POST", func(w http.ResponseWriter, r *http.Request) error {
		s, err := open(w, r, f)
		if err != nil {
			return err
		}
		return send(w, s)
	}
	if f.Upload {
		post.Upload = MaxUpload
	}
	return []web.Route{get, post}
}

// More is the button that asks for what a choice calls for, or for further parts.
const More = "more"

// Page is a form on its page, for somebody who has the right to it.
type Page interface {
	// Why tells what stands against the act itself; nil for nothing.
	Why() error
	// Read reads what was sent.
	Read() (*Values, error)
	// Draw makes the form with what was typed so far.
	Draw(v *Values) (*web.Form, error)
	// Unasked tells whether what was typed calls for further questions.
	Unasked(v *Values) bool
	// Show answers with the page around a form, nil where the act is not permitted.
	Show(status int, form *web.Form) error
	// Do does the deed. Its error belongs to the form if the form has a place for it.
	Do(v *Values) error
	// Done answers that it was done, and what comes next.
	Done() error
}

// ask shows a form for the first time, or why it cannot be had now.
func ask(r *http.Request, p Page) error {
	if why := p.Why(); why != nil {
		return p.Show(web.Status(why), nil)
	}
	v := NewValues(r.URL.Query())
	if k, ok := p.(Keeper); ok {
		resumed, err := k.Resumed(v.Values)
		if err != nil {
			return err
		}
		if resumed != nil {
			v = resumed
		}
	}
	form, err := p.Draw(v)
	if err != nil {
		return err
	}
	if v.First {
		form.Keep(v.kept())
	} else {
		v.Fill(form)
	}
	return p.Show(http.StatusOK, form)
}

// send takes a form that was sent: it does the deed, or shows the form again with
// what was typed and what is wrong.
func send(w http.ResponseWriter, p Page) error {
	v, err := p.Read()
	if err != nil {
		return err
	}
	done, kept := keep(p, v, w)
	if done {
		return kept
	}
	more := p.Unasked(v) || v.Get(web.DoField) == More
	form, err := p.Draw(v)
	if err != nil {
		return err
	}
	v.Fill(form)
	if err = kept; err == nil {
		err = p.Why()
	}
	if err == nil && more {
		return p.Show(http.StatusOK, form)
	}
	if err == nil {
		err = p.Do(v)
	}
	if err == nil {
		return p.Done()
	}
	form, drawing := redrawn(p, v, form)
	if drawing != nil {
		return drawing
	}
	if !form.Fail(err) {
		return err
	}
	return p.Show(web.Status(err), form)
}

// Learner is a form that may learn something while its deed is refused, and asks more
// then.
type Learner interface{ Learned() bool }

// redrawn gives the form with what it has learned.
func redrawn(p Page, v *Values, form *web.Form) (*web.Form, error) {
	if l, ok := p.(Learner); !ok || !l.Learned() {
		return form, nil
	}
	form, err := p.Draw(v)
	if err == nil {
		v.Fill(form)
	}
	return form, err
}
