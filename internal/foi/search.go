package foi

import (
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Search is a search for what is asked, by a section or an organ below: who
// looked, where, and what was found. Without one nobody can say that something
// does not exist (条例§36.4).
type Search struct {
	Ref        string        `json:"ref"`
	Organ      string        `json:"organ"` // key
	What       string        `json:"what"`
	AskedOn    calendar.Date `json:"askedOn"`
	Until      calendar.Date `json:"until"`
	AnsweredOn calendar.Date `json:"answeredOn,omitzero"`
	By         string        `json:"by,omitempty"`    // key of the person
	Where      string        `json:"where,omitempty"` // systems, archives, with the words searched for
	Found      bool          `json:"found,omitempty"`
	Result     string        `json:"result,omitempty"`
	Files      []File        `json:"files,omitempty"`
}

var searchLimit = calendar.Limit{
	ID: "search", Title: "查找信息", TitleEN: "Search",
	Start: "交办查找之日", StartEN: "the day it was asked for", Cite: "条例§36.4",
}

// AskSearch asks an organ to look: the office's own, a section or one below.
type AskSearch struct {
	Organ string
	What  string
	Until calendar.Date
}

// Event is SearchAsked.
func (AskSearch) Event() event.Kind { return SearchAsked }

func (d AskSearch) apply(r *Request, s *Scene) (Entry, error) {
	switch {
	case d.Organ == "":
		return Entry{}, errs.InField("organ", "请选择由谁查找。")
	case d.Until.Before(s.Today):
		return Entry{}, errs.InField("until", "请填写反馈的期限，不早于今天。")
	}
	q := Search{Ref: "s" + strconv.Itoa(len(r.Searches)+1), Organ: d.Organ, What: d.What, AskedOn: s.Today, Until: d.Until}
	r.Searches = append(r.Searches, q)
	return Entry{Ref: q.Ref, Until: d.Until, Organ: d.Organ}, nil
}

// AnswerSearch reports what was found, and where one looked.
type AnswerSearch struct {
	Ref    string
	Where  string
	Found  bool
	Result string
	Files  []File
}

// Event is SearchAnswered.
func (AnswerSearch) Event() event.Kind { return SearchAnswered }

func (d AnswerSearch) apply(r *Request, s *Scene) (Entry, error) {
	q := r.search(d.Ref)
	switch {
	case q == nil:
		return Entry{}, errs.New(errs.NotFound, "没有这次查找。")
	case !q.AnsweredOn.IsZero():
		return Entry{}, errs.New(errs.Conflict, "这次查找已于%s反馈（条例§36.4）。", q.AnsweredOn)
	case strings.TrimSpace(d.Where) == "":
		return Entry{}, errs.InField("where", "请写明在哪些系统、档案中，用什么词查找过（条例§36.4）。")
	}
	q.AnsweredOn, q.By, q.Where, q.Found, q.Result, q.Files = s.Today, s.Actor, strings.TrimSpace(d.Where), d.Found, d.Result, d.Files
	e := Entry{Ref: q.Ref, Organ: q.Organ, Code: "not-found"}
	if d.Found {
		e.Code = "found"
	}
	return e, nil
}

func (r *Request) search(ref string) *Search {
	for i := range r.Searches {
		if r.Searches[i].Ref == ref {
			return &r.Searches[i]
		}
	}
	return nil
}

// searched tells whether somebody has looked and found nothing.
func (r Request) searched() bool {
	for _, q := range r.Searches {
		if !q.AnsweredOn.IsZero() && !q.Found {
			return true
		}
	}
	return false
}
