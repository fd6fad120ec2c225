package consult

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Answer is what becomes of opinions that say the same.
type Answer struct {
	Outcome Outcome
	Gist    string
	Reason  string // required unless they are adopted
}

// check tells what is missing.
func (a Answer) check() (Answer, error) {
	a.Gist, a.Reason = strings.TrimSpace(a.Gist), strings.TrimSpace(a.Reason)
	var wrong errs.Fields
	if !chosen(string(a.Outcome), Outcomes()) {
		wrong.Add("outcome", "请选择采纳、部分采纳或者未采纳。")
	}
	switch n := utf8.RuneCountInString(a.Gist); {
	case n < 2:
		wrong.Add("gist", "请概括意见的内容，反馈会公布；不要写姓名等个人信息。")
	case n > MaxGist:
		wrong.Add("gist", "超过了%d个字，请缩短。", MaxGist)
	}
	switch n := utf8.RuneCountInString(a.Reason); {
	case n == 0 && (a.Outcome == Partly || a.Outcome == Declined):
		wrong.Add("reason", "部分采纳、未采纳的，请写明理由（%s）。", onBusiness)
	case n > MaxReason:
		wrong.Add("reason", "超过了%d个字，请缩短。", MaxReason)
	}
	return a, wrong.Err()
}

// handleable tells whether an opinion may be answered or set aside now: what the head
// decides on, and what was told to everybody, stands.
func (c Consultation) handleable(o Opinion) error {
	switch {
	case c.Status == Answering:
		return errs.New(errs.Conflict, "反馈正在审核，意见不能再改；需要改的，请先撤回反馈。")
	case c.Status == Answered && (o.Outcome != "" || o.Aside != ""):
		return errs.New(errs.Conflict, "这条意见已经反馈；需要改的，请先更正反馈。")
	case c.Status != Approved && c.Status != Answered:
		return errs.New(errs.Conflict, "这次意见征集现在是“%s”，意见不能办理。", c.Status.Words().Chinese)
	}
	return nil
}

// answered writes what became of an opinion.
func (o *Opinion) answered(a Answer, group, actor string, today calendar.Date) {
	o.Outcome, o.Gist, o.Reason, o.Group = a.Outcome, a.Gist, a.Reason, group
	o.HandledBy, o.HandledOn = actor, today
}

// setAside takes an opinion out of the count.
func (o *Opinion) setAside(why, reason, actor string, today calendar.Date) {
	o.Outcome, o.Gist, o.Reason, o.Group = "", "", "", ""
	o.Aside, o.AsideReason, o.HandledBy, o.HandledOn = why, reason, actor, today
}

// restored makes it count again.
func (o *Opinion) restored() {
	o.Aside, o.AsideReason, o.HandledBy, o.HandledOn = "", "", "", calendar.Date{}
}
