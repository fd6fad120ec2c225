package foi

import (
	"slices"
	"strconv"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Dispute is a reconsideration or a suit against what was done or left undone
// with a request. The organ is respondent or defendant.
type Dispute struct {
	Ref        string        `json:"ref"`
	Kind       DisputeKind   `json:"kind"`
	Body       string        `json:"body"`    // who decides
	Number     string        `json:"number"`  // of the case there
	FiledOn    calendar.Date `json:"filedOn"` // the organ received the copy
	Simple     bool          `json:"simple,omitempty"`
	AnswerDue  calendar.Date `json:"answerDue,omitzero"` // last day of the answer; zero when none is owed, or not known yet
	AnsweredOn calendar.Date `json:"answeredOn,omitzero"`
	DecidedOn  calendar.Date `json:"decidedOn,omitzero"`
	Result     Result        `json:"result,omitempty"`
	Order      bool          `json:"order,omitempty"` // the organ must reply anew
	Until      calendar.Date `json:"until,omitzero"`  // by this day; zero for the limit of the law
	ObeyedOn   calendar.Date `json:"obeyedOn,omitzero"`
	Appeal     *Appeal       `json:"appeal,omitempty"` // nil as long as there is one instance
}

// Appeal is the second instance of a suit. Until it is decided the case is open again,
// and then has its result.
type Appeal struct {
	FiledOn   calendar.Date `json:"filedOn"`
	Body      string        `json:"body"`
	Number    string        `json:"number,omitempty"`
	DecidedOn calendar.Date `json:"decidedOn"` // of the first instance
	Result    Result        `json:"result"`    // … by which it was decided
}

// Stages gives the case as table 4 counts it: as one, by its last result, or where an
// organ counts them apart, by its instances.
func (x Dispute) Stages(apart bool) []Dispute {
	if !apart || x.Appeal == nil {
		return []Dispute{x}
	}
	first, second := x, x
	first.DecidedOn, first.Result = x.Appeal.DecidedOn, x.Appeal.Result
	second.FiledOn = x.Appeal.FiledOn
	return []Dispute{first, second}
}

// DisputeKind is a block of table 4.
type DisputeKind string

// The kinds, named as table 4 names its blocks.
const (
	Reconsideration DisputeKind = "review"      // 行政复议
	DirectSuit      DisputeKind = "direct"      // 未经复议直接起诉
	SuitAfterReview DisputeKind = "afterReview" // 复议后起诉
)

// Result is a column of table 4.
type Result string

// The results.
const (
	Upheld      Result = "upheld"    // 结果维持
	Overturned  Result = "corrected" // 结果纠正: revoked, changed, declared unlawful, ordered to perform
	OtherResult Result = "other"     // 其他结果: withdrawn, ended, not accepted
	Undecided   Result = "pending"   // 尚未审结
)

// DisputeKinds gives the kinds in words, in the order of table 4.
func DisputeKinds() []Choice {
	return []Choice{
		{string(Reconsideration), Word{"行政复议", "reconsideration"}},
		{string(DirectSuit), Word{"未经复议直接起诉", "direct suit"}},
		{string(SuitAfterReview), Word{"复议后起诉", "suit after reconsideration"}},
	}
}

// Results gives the results in words, in the order of table 4.
func Results() []Choice {
	return []Choice{
		{string(Upheld), Word{"结果维持", "upheld"}},
		{string(Overturned), Word{"结果纠正", "corrected"}},
		{string(OtherResult), Word{"其他结果", "other result"}},
		{string(Undecided), Word{"尚未审结", "pending"}},
	}
}

// answerLimit is the limit of the organ's answer with evidence: without it in
// time there counts to be no evidence.
func (x Dispute) answerLimit() string {
	switch {
	case x.Kind != Reconsideration:
		return "suit-answer"
	case x.Simple:
		return "review-answer-simple"
	}
	return "review-answer"
}

func (r *Request) pending() bool {
	for _, x := range r.Disputes {
		if x.DecidedOn.IsZero() {
			return true
		}
	}
	return false
}

// order finds a decision that obliges the organ to reply anew and was not obeyed yet.
func (r *Request) order() (*Dispute, bool) {
	for i := range r.Disputes {
		if x := &r.Disputes[i]; x.Order && x.ObeyedOn.IsZero() {
			return x, true
		}
	}
	return nil, false
}

// FileDispute registers a case of which the organ has received the copy.
type FileDispute struct {
	Kind   DisputeKind
	Body   string
	Number string
	Simple bool // 简易程序, which the law allows for disclosure cases (行政复议法§53.1.4)
	On     calendar.Date
}

// Event is DisputeFiled.
func (FileDispute) Event() event.Kind { return DisputeFiled }

func (d FileDispute) apply(r *Request, s *Scene) (Entry, error) {
	var f errs.Fields
	if !chosen(string(d.Kind), DisputeKinds()) {
		f.Add("kind", "请选择是行政复议、直接起诉还是复议后起诉。")
	}
	if d.Body == "" {
		f.Add("body", "请填写复议机关或者人民法院。")
	}
	if err := f.Err(); err != nil {
		return Entry{}, err
	}
	x := Dispute{Ref: "d" + strconv.Itoa(len(r.Disputes)+1), Kind: d.Kind, Body: d.Body, Number: d.Number, Simple: d.Simple && d.Kind == Reconsideration, FiledOn: s.day(d.On)}
	r.Disputes = append(r.Disputes, x)
	return Entry{On: x.FiledOn, Ref: x.Ref, Code: string(x.Kind)}, nil
}

// AnswerDispute notes that the organ's answer went out.
type AnswerDispute struct {
	Ref string
	On  calendar.Date
}

// Event is DisputeAnswered.
func (AnswerDispute) Event() event.Kind { return DisputeAnswered }

func (d AnswerDispute) apply(r *Request, s *Scene) (Entry, error) {
	x, err := r.undecided(d.Ref)
	switch {
	case err != nil:
		return Entry{}, err
	case !x.AnsweredOn.IsZero():
		return Entry{}, errs.New(errs.Conflict, "已于%s提交答复（行政复议法§48）。", x.AnsweredOn)
	case s.day(d.On).Before(x.FiledOn):
		return Entry{}, errs.InField("on", "答复的日期早于收到申请书副本的日期，请核对。")
	}
	x.AnsweredOn = s.day(d.On)
	return Entry{On: x.AnsweredOn, Ref: x.Ref}, nil
}

// DecideDispute enters the result. Where an appeal follows, AppealDispute opens the case
// again, and what is decided there takes its place.
type DecideDispute struct {
	Ref    string
	On     calendar.Date // the organ received it
	Result Result
	Order  bool
	Until  calendar.Date
}

// Event is DisputeDecided.
func (DecideDispute) Event() event.Kind { return DisputeDecided }

func (d DecideDispute) apply(r *Request, s *Scene) (Entry, error) {
	x, err := r.undecided(d.Ref)
	on := s.day(d.On)
	switch {
	case err != nil:
		return Entry{}, err
	case !chosen(string(d.Result), Results()) || d.Result == Undecided:
		return Entry{}, errs.InField("result", "请选择结果：维持、纠正或者其他。")
	case d.Order && d.Result != Overturned:
		return Entry{}, errs.InField("order", "只有结果纠正的，才会责令重新答复。")
	case on.Before(x.FiledOn), x.Appeal != nil && on.Before(x.Appeal.FiledOn):
		return Entry{}, errs.InField("on", "结果的日期早于收到申请书副本或者上诉的日期，请核对。")
	case !d.Until.IsZero() && d.Until.Before(on):
		return Entry{}, errs.InField("until", "责令重新答复的期限早于收到决定的日期，请核对。")
	}
	x.DecidedOn, x.Result, x.Order, x.Until = on, d.Result, d.Order, d.Until
	return Entry{On: on, Ref: x.Ref, Code: string(d.Result), Until: d.Until}, nil
}

// AppealDispute notes that a judgment of first instance is appealed, by whomever: it is
// not in force then (行政诉讼法§85).
type AppealDispute struct {
	Ref    string
	Body   string
	Number string
	On     calendar.Date // the organ appealed, or received the copy
}

// Event is DisputeAppealed.
func (AppealDispute) Event() event.Kind { return DisputeAppealed }

func (d AppealDispute) apply(r *Request, s *Scene) (Entry, error) {
	i := slices.IndexFunc(r.Disputes, func(x Dispute) bool { return x.Ref == d.Ref })
	if i < 0 {
		return Entry{}, errs.New(errs.NotFound, "没有这件复议或者诉讼。")
	}
	x, on := &r.Disputes[i], s.day(d.On)
	switch {
	case !x.Appealable():
		return Entry{}, errs.InField("ref", "只有一审已经判决、还没有上诉的诉讼才能登记上诉（行政诉讼法§85）。")
	case d.Body == "":
		return Entry{}, errs.InField("body", "请填写二审人民法院。")
	case on.Before(x.DecidedOn):
		return Entry{}, errs.InField("on", "上诉的日期早于收到一审判决的日期%s，请核对。", x.DecidedOn)
	}
	x.Appeal = &Appeal{FiledOn: on, Body: d.Body, Number: d.Number, DecidedOn: x.DecidedOn, Result: x.Result}
	x.DecidedOn, x.Result, x.Order, x.Until = calendar.Date{}, "", false, calendar.Date{}
	return Entry{On: on, Ref: x.Ref}, nil
}

// Owes tells whether the organ's answer in the first instance is still to come.
func (x Dispute) Owes() bool { return x.AnsweredOn.IsZero() && x.DecidedOn.IsZero() && x.Appeal == nil }

// Appealable tells whether an appeal can be entered. A judgment that was already obeyed
// was in force.
func (x Dispute) Appealable() bool {
	return x.Kind != Reconsideration && !x.DecidedOn.IsZero() && x.Appeal == nil && x.ObeyedOn.IsZero()
}

func (r *Request) undecided(ref string) (*Dispute, error) {
	for i := range r.Disputes {
		x := &r.Disputes[i]
		if x.Ref != ref {
			continue
		}
		if !x.DecidedOn.IsZero() {
			return nil, errs.New(errs.Conflict, "该案已于%s审结（条例§51）。", x.DecidedOn)
		}
		return x, nil
	}
	return nil, errs.New(errs.NotFound, "没有这件复议或者诉讼。")
}

// Reopen begins the reply that was ordered. The first end of the request stays
// counted in table 3; what the order changed stands in table 4.
type Reopen struct{}

// Event is Reopened.
func (Reopen) Event() event.Kind { return Reopened }

func (Reopen) apply(r *Request, s *Scene) (Entry, error) {
	x, _ := r.order()
	x.ObeyedOn = s.Today
	r.Outcome, r.Draft, r.Lapse, r.Extension, r.Visibility = "", nil, "", nil, Inside
	if r.ReceivedOn.IsZero() { // it ended before it was confirmed, and was never counted
		r.ReceivedOn, r.Ended, r.EndedOn = x.DecidedOn, "", calendar.Date{}
	}
	return Entry{On: x.DecidedOn, Ref: x.Ref, Until: x.Until}, nil
}
