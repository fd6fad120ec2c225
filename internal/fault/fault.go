package fault

import (
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/personal"
)

// Word is what people read, in both languages.
type Word struct{ Chinese, English string }

// Choice is one of several values with its words.
type Choice struct {
	Value string
	Word
}

// Kinds are the sorts of fault.
func Kinds() []Choice {
	return []Choice{
		{"wording", Word{"错别字、表述错误", "wording or spelling"}},
		{"link", Word{"链接或者附件打不开", "a link or file that does not open"}},
		{"outdated", Word{"内容过时、不更新", "outdated content"}},
		{"wrong", Word{"内容不准确、前后矛盾", "wrong or contradictory content"}},
		{"privacy", Word{"公开了不应公开的个人信息", "personal data that must not be public"}},
		{"function", Word{"功能不能使用、看不清、读不出", "something that does not work or cannot be read"}},
		{"other", Word{"其他问题", "something else"}},
	}
}

// Outcome is how a fault ended.
type Outcome string

// Outcomes gives how a fault may end.
func Outcomes() []Choice {
	return []Choice{
		{"corrected", Word{"已经改正", "corrected"}},
		{"right", Word{"经核实没有错误", "found to be right"}},
		{"elsewhere", Word{"不属于本网站，已告知反映渠道", "not of this site; it was said where to turn"}},
	}
}

func chosen(value string, all []Choice) bool {
	for _, c := range all {
		if c.Value == value {
			return true
		}
	}
	return false
}

// Wording gives the words of a value.
func Wording(value string, all []Choice) Word {
	for _, c := range all {
		if c.Value == value {
			return c.Word
		}
	}
	return Word{value, value}
}

// Sizes of what is written.
const (
	MaxPage = 300
	MaxText = 1000
)

// Fault is one that a visitor has marked.
type Fault struct {
	ID, Organ  string // whose site it is
	Number     string // by which the visitor follows it; nobody can guess one
	Page       string // path on this site
	Kind       string
	Text       string
	Reachable  bool // how to reach the visitor is in the vault
	ReceivedAt time.Time
	ReceivedOn calendar.Date
	Due        calendar.Date // on the list
	Last       calendar.Date // a month: later than that it is counted against the site
	Outcome    Outcome       // "" while it is open
	Answer     string        // for the visitor
	ClosedAt   time.Time
	ClosedOn   calendar.Date
	ClosedBy   string
}

// Subject names a fault in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "fault", ID: id} }

// Open tells whether it still waits.
func (f Fault) Open() bool { return f.Outcome == "" }

// Overdue tells whether it is open behind the last day of the list.
func (f Fault) Overdue(today calendar.Date) bool { return f.Open() && today.After(f.Due) }

// Late tells whether it was, or is, open for more than a month.
func (f Fault) Late(today calendar.Date) bool {
	if f.Open() {
		return today.After(f.Last)
	}
	return f.ClosedOn.After(f.Last)
}

// Report is what a visitor fills in.
type Report struct{ Page, Kind, Text, Contact string }

// tidy takes away what a form adds around what was meant; the page keeps its path and
// query only.
func (r Report) tidy() Report {
	r.Page, r.Text, r.Contact = strings.TrimSpace(r.Page), strings.TrimSpace(r.Text), strings.TrimSpace(r.Contact)
	if _, rest, ok := strings.Cut(r.Page, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		r.Page = "/" + path
	}
	return r
}

// Check tells what is wrong with a report.
func (r Report) Check() error {
	var f errs.Fields
	switch n := len([]rune(r.Page)); {
	case !strings.HasPrefix(r.Page, "/") || strings.HasPrefix(r.Page, "//") || n > MaxPage:
		f.Add("page", "请填写本网站上有问题的页面的网址，如 /open/guide；从该页面下方的“我为政府网站找错”进入会自动填好。")
	case strings.ContainsFunc(r.Page, func(c rune) bool { return c < ' ' || c == '\\' }):
		f.Add("page", "网址中有不能识别的字符，请重新复制。")
	}
	if !chosen(r.Kind, Kinds()) {
		f.Add("kind", "请选择问题的种类。")
	}
	if n := len([]rune(r.Text)); n < 5 || n > MaxText {
		f.Add("text", "请写明错在哪里、应当是什么，5至%d个字。", MaxText)
	}
	if r.Contact != "" {
		if err := contactKind(r.Contact).Check(contactKind(r.Contact).Normal(r.Contact)); err != nil {
			f.Add("contact", "联系方式不正确：请填写手机号、固定电话或者电子邮箱，也可以不填。")
		}
	}
	return f.Err()
}

func contactKind(contact string) personal.Kind {
	if strings.Contains(contact, "@") {
		return personal.Email
	}
	return personal.Phone
}

// What happens to faults.
const (
	reported event.Kind = "fault.reported"
	answered event.Kind = "fault.answered"
	passed   event.Kind = "fault.passed"
)

// EventKinds gives the words for what happens to faults.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: reported, Chinese: "收到网站找错", English: "fault of the site reported"},
		{Kind: passed, Chinese: "转办网站找错", English: "fault of the site passed to another organ"},
		{Kind: answered, Chinese: "办结网站找错", English: "fault of the site answered"},
	}
}

// Row is a fault in a list.
type Row = Fault

// Filters of the list.
const (
	FilterState = "state" // open, overdue, closed, late
	FilterKind  = "kind"
	FilterYear  = "year"
)

// Figures are the counts of a year (国办秘函〔2019〕19号).
type Figures struct {
	Received, Closed, Open, Late int
	ByKind                       map[string]int
}
