package collect

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Notice is what the competent department tells an organ to put right in its report
// (通知整改), with the organ's answers.
type Notice struct {
	ID       string        `json:"id"`
	Number   string        `json:"number"`
	Keeper   string        `json:"keeper"` // organ that issued it
	Organ    string        `json:"organ"`
	Year     int           `json:"year"`
	Status   NoticeStatus  `json:"status"`
	Text     string        `json:"text"`              // as it was issued
	Found    []Finding     `json:"found"`             // what it is about, as it was then
	Printed  string        `json:"printed,omitempty"` // the report as it was then; "" where none had come
	IssuedAt time.Time     `json:"issuedAt"`
	IssuedOn calendar.Date `json:"issuedOn"`
	IssuedBy string        `json:"issuedBy"`
	Due      calendar.Date `json:"due"`
	Rounds   []Round       `json:"rounds,omitempty"`
	ClosedOn calendar.Date `json:"closedOn,omitzero"`
	Why      string        `json:"why,omitempty"` // of the closing, where something is left; of a withdrawal
}

// Round is an answer of the organ, and what was said to it.
type Round struct {
	Text     string        `json:"text"`
	Received string        `json:"received,omitempty"` // key of the report that came with it
	On       calendar.Date `json:"on"`
	By       string        `json:"by"`
	Back     string        `json:"back,omitempty"` // why it was sent back
}

// MendSubject names a notice in the log.
func MendSubject(id string) event.Subject { return event.Subject{Type: "mend", ID: id} }

// Digest is what verify compares with the record.
func (n Notice) Digest() string { return event.Digest(n) }

// Open tells whether somebody still has to do something about it.
func (n Notice) Open() bool { return n.Status == ToMend || n.Status == ToRecheck }

// Overdue tells whether the organ has not answered until the last day.
func (n Notice) Overdue(today calendar.Date) bool { return n.Status == ToMend && today.After(n.Due) }

// Answered gives the day of the last answer; zero for none.
func (n Notice) Answered() (on calendar.Date) {
	for _, r := range n.Rounds {
		on = r.On
	}
	return on
}

// Report gives the report as it was when the notice was issued; nil where none had come.
func (n Notice) Report() (*annual.Report, error) {
	if n.Printed == "" {
		return nil, nil
	}
	r := &annual.Report{}
	return r, r.UnmarshalJSON([]byte(n.Printed))
}

// Limits of what is written.
const (
	MaxAnswer = 3000
	MaxRemark = 1000
)

// NoticeScene is what surrounds a deed.
type NoticeScene struct {
	Actor   string
	At      time.Time
	Today   calendar.Date
	Keeper  org.Node
	Organ   org.Node
	Found   []Finding // what is wrong now
	Printed string
	Checked bool // Found is of the report as it is now
	Another bool // another notice of the organ and year is open
}

// NoticeDeed is something that is done with a notice.
type NoticeDeed interface {
	Event() event.Kind
	apply(n *Notice, s *NoticeScene) error
}

// Do does a deed: the row of the table, its guards, what the deed itself checks. After an
// error the notice is as it was.
func (n *Notice) Do(deed NoticeDeed, s NoticeScene) error {
	t, err := noticeRows.May(n.Status, deed.Event(), n, &s)
	if err != nil {
		return err
	}
	next := *n
	next.Rounds = slices.Clone(n.Rounds)
	if err := deed.apply(&next, &s); err != nil {
		return err
	}
	next.Status = t.Leads(n.Status)
	*n = next
	return nil
}

// Options gives what the table has where the notice is, for one actor. What the organ
// does is asked of the organ, the rest of whoever issued it.
func (n *Notice) Options(actor account.Actor, h account.Hierarchy, s NoticeScene) []NoticeOption {
	return noticeRows.Options(n.Status, n, &s, func(t NoticeRow) bool { return actor.May(t.Right, n.Organ, h) == nil })
}

// Against tells what speaks against a deed now; nil for nothing.
func (f Dossier) Against(kind event.Kind) error {
	_, err := noticeRows.May(f.Status, kind, &f.Notice, &f.Scene)
	return err
}

func lastDay(due calendar.Date, s *NoticeScene) error {
	if due.IsZero() || due.Before(s.Today) {
		return errs.InField("due", "整改期限不能早于今天（%s）。", s.Today)
	}
	return nil
}

// Issue issues a notice about everything that was found.
type Issue struct {
	Due    calendar.Date
	Remark string
}

// Event is Issued.
func (Issue) Event() event.Kind { return Issued }

func (i Issue) apply(n *Notice, s *NoticeScene) error {
	if err := lastDay(i.Due, s); err != nil {
		return err
	}
	if utf8.RuneCountInString(i.Remark) > MaxRemark {
		return errs.InField("remark", "超过了%d个字，请缩短。", MaxRemark)
	}
	n.Found, n.Printed, n.Due = s.Found, s.Printed, i.Due
	n.IssuedAt, n.IssuedOn, n.IssuedBy = s.At, s.Today, s.Actor
	n.Text = n.compose(s, strings.TrimSpace(i.Remark))
	return nil
}

// compose writes the text that is frozen.
func (n *Notice) compose(s *NoticeScene, remark string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：\n", s.Organ.Name)
	fmt.Fprintf(&b, "经核对，你单位%d年政府信息公开工作年度报告有下列问题，请核实改正：\n", n.Year)
	for i, f := range n.Found {
		fmt.Fprintf(&b, "%d．%s", i+1, f.Message)
		if f.Expected != "" && f.Actual != "" {
			fmt.Fprintf(&b, "应为：%s；现为：%s。", strings.TrimSuffix(f.Expected, "。"), strings.TrimSuffix(f.Actual, "。"))
		}
		if f.Cite != "" {
			fmt.Fprintf(&b, "（%s）", f.Cite)
		}
		b.WriteByte('\n')
	}
	if remark != "" {
		b.WriteString(remark + "\n")
	}
	fmt.Fprintf(&b, "请在%s前反馈整改情况：需要改正的，报送更正后的报告；确实无误的，说明理由。\n", chineseDay(n.Due))
	fmt.Fprintf(&b, "%s\n%s", s.Keeper.Name, chineseDay(s.Today))
	return b.String()
}

func chineseDay(d calendar.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// Urge reminds an organ and sets another last day.
type Urge struct{ Due calendar.Date }

// Event is Urged.
func (Urge) Event() event.Kind { return Urged }

func (u Urge) apply(n *Notice, s *NoticeScene) error {
	n.Due = u.Due
	return lastDay(u.Due, s)
}

// Answer is what the organ says, with the report that it mended.
type Answer struct {
	Text     string
	Received string // key of the report that came with it; filled in by the desk
}

// Event is Answered.
func (Answer) Event() event.Kind { return Answered }

func (a Answer) apply(n *Notice, s *NoticeScene) error {
	text := strings.TrimSpace(a.Text)
	if text == "" {
		return errs.InField("text", "请逐条说明改了什么；没有改的，说明理由。")
	}
	if utf8.RuneCountInString(text) > MaxAnswer {
		return errs.InField("text", "超过了%d个字，请缩短。", MaxAnswer)
	}
	n.Rounds = append(n.Rounds, Round{Text: text, Received: a.Received, On: s.Today, By: s.Actor})
	return nil
}

// SendBack gives the notice back to the organ.
type SendBack struct {
	Why string
	Due calendar.Date
}

// Event is Returned.
func (SendBack) Event() event.Kind { return Returned }

func (b SendBack) apply(n *Notice, s *NoticeScene) error {
	if strings.TrimSpace(b.Why) == "" {
		return errs.InField("why", "请写明还要改什么。")
	}
	if err := lastDay(b.Due, s); err != nil {
		return err
	}
	n.Rounds[len(n.Rounds)-1].Back, n.Due = strings.TrimSpace(b.Why), b.Due
	return nil
}

// Close ends a notice. Where an error is left it needs a reason.
type Close struct{ Why string }

// Event is Closed.
func (Close) Event() event.Kind { return Closed }

func (c Close) apply(n *Notice, s *NoticeScene) error {
	n.Why = strings.TrimSpace(c.Why)
	if left := n.Left(s.Found); n.Why == "" && len(left) > 0 {
		return errs.InField("why", "通知的问题还有 %d 个没有改正，第一个：%s请写明为什么可以销号，或者退回继续整改。", len(left), left[0].Message)
	}
	n.ClosedOn = s.Today
	return nil
}

// Left gives what the notice is about and is still found now.
func (n Notice) Left(now []Finding) []Finding {
	var left []Finding
	for _, f := range n.Found {
		if slices.ContainsFunc(now, func(g Finding) bool {
			return f.Sort == g.Sort && f.Rule == g.Rule && f.Where == g.Where && (f.Where.Row != "" && f.Where.Table != "text" || f.Message == g.Message)
		}) {
			left = append(left, f)
		}
	}
	return left
}

// Withdraw takes a notice back that was a mistake.
type Withdraw struct{ Why string }

// Event is Withdrawn.
func (Withdraw) Event() event.Kind { return Withdrawn }

func (w Withdraw) apply(n *Notice, s *NoticeScene) error {
	if n.Why = strings.TrimSpace(w.Why); n.Why == "" {
		return errs.InField("why", "请写明为什么撤销，该机关会看到。")
	}
	n.ClosedOn = s.Today
	return nil
}
