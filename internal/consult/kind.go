package consult

import (
	"fmt"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/procedure"
)

type (
	// Word is something in words.
	Word = procedure.Word
	// Choice is a value of a list.
	Choice = procedure.Choice
)

// Kind is what a draft is of: it says how long everybody is asked at least.
type Kind string

// The kinds.
const (
	Rules     Kind = "rules"
	Decision  Kind = "decision"
	Business  Kind = "business"
	Normative Kind = "normative"
	Other     Kind = "other"
)

// Sort is a kind with its least period.
type Sort struct {
	Kind Kind
	Word
	Days int // least period in days; 0 where the organ sets it in working days
	Cite string
}

// The instruments on which least periods rest.
const (
	onRules     = "规章制定程序条例§15"
	onDecision  = "重大行政决策程序暂行条例§15"
	onStudy     = "重大行政决策程序暂行条例§18"
	onBusiness  = "优化营商环境条例§62"
	onNormative = "市县法治政府建设示范指标体系"
	onTakingIn  = "国办发〔2016〕80号"
)

// Sorts gives the kinds in their order.
func Sorts() []Sort {
	const month = 30
	return []Sort{
		{Rules, Word{Chinese: "规章草案", English: "draft rules"}, month, onRules},
		{Decision, Word{Chinese: "重大行政决策", English: "major administrative decision"}, month, onDecision},
		{Business, Word{Chinese: "与市场主体生产经营活动密切相关的规章、规范性文件", English: "rules or normative document close to business"}, month, onBusiness},
		{Normative, Word{Chinese: "行政规范性文件", English: "normative document"}, 0, onNormative},
		{Other, Word{Chinese: "其他", English: "other"}, 0, onTakingIn},
	}
}

// SortOf gives a kind with its least period.
func SortOf(k Kind) (Sort, bool) {
	for _, s := range Sorts() {
		if s.Kind == k {
			return s, true
		}
	}
	return Sort{}, false
}

// Words gives the words for a kind.
func (k Kind) Words() Word {
	s, _ := SortOf(k)
	return s.Word
}

// Policy is what an organ decides.
type Policy struct {
	Normative int // working days that a normative document stands open at least
	Other     int // … and what is of no other kind
	Feedback  int // working days after the last day until the feedback is due
	Lead      int // days before the last day from which it stands on a list
}

// workdays gives the least period that an organ sets itself.
func (p Policy) workdays(k Kind) int {
	if k == Normative {
		return p.Normative
	}
	return p.Other
}

// Least gives the first day that may be the last one of a consultation. The day on which
// it opens is not counted (民法典§201.1); the last day is.
func (p Policy) Least(k Kind, opens calendar.Date, cal *calendar.Calendar) (calendar.Date, error) {
	s, ok := SortOf(k)
	if !ok {
		return calendar.Date{}, errs.InField("kind", "请选择征求意见的事项属于哪一类。")
	}
	if s.Days > 0 {
		return opens.Add(s.Days), nil
	}
	return cal.AddWorkdays(opens, p.workdays(k))
}

// Period says how long a kind stands open at least, with its article.
func (p Policy) Period(k Kind) Word {
	s, _ := SortOf(k)
	if s.Days > 0 {
		return Word{Chinese: fmt.Sprintf("不少于%d日（%s）", s.Days, s.Cite), English: fmt.Sprintf("at least %d days (%s)", s.Days, s.Cite)}
	}
	return Word{Chinese: fmt.Sprintf("不少于%d个工作日（%s）", p.workdays(k), s.Cite), English: fmt.Sprintf("at least %d working days (%s)", p.workdays(k), s.Cite)}
}

// due gives the day by which the feedback is published. Into a year whose holidays are not
// announced yet, weeks are taken for plain; every night reckons anew.
func (p Policy) due(from calendar.Date, cal *calendar.Calendar) calendar.Date {
	if due, err := cal.AddWorkdays(from, p.Feedback); err == nil {
		return due
	}
	due := from
	for left := p.Feedback; left > 0; {
		if due = due.Add(1); due.Weekday() != time.Saturday && due.Weekday() != time.Sunday {
			left--
		}
	}
	return due
}
