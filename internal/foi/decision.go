package foi

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
	"gongkai/internal/procedure"
)

// Decision is the reply to a request: item by item what was asked and how it is
// answered. That something is disclosed in part is not chosen: it is what the
// items add up to (条例§37).
type Decision struct {
	Items    []Item        `json:"items"`
	Override string        `json:"override,omitempty"` // why the public interest outweighs a third party's objection (条例§32)
	Outcome  string        `json:"outcome,omitempty"`  // the one row of table 3
	Number   string        `json:"number,omitempty"`
	SignedBy string        `json:"signedBy,omitempty"`
	SignedOn calendar.Date `json:"signedOn,omitzero"`
	ByFirst  bool          `json:"byFirst,omitempty"` // what discloses nothing counts by its first part
}

// Item is one part of the reply.
type Item struct {
	Kind  string            `json:"kind"`            // code of a law.Reply
	About string            `json:"about,omitempty"` // which part of what was asked; "" for all of it
	Facts map[string]string `json:"facts,omitempty"` // what the law needs, by Need.Name
	Files []File            `json:"files,omitempty"` // what is released
}

// Reply gives what the law says of the item's kind.
func (i Item) Reply() (law.Reply, bool) { return law.ReplyByCode(i.Kind) }

// MaxItems is how many parts a reply may have.
const MaxItems = 50

// Counted gives the one outcome in which the decision is counted.
func (d Decision) Counted() (law.Outcome, error) {
	var parts []law.Outcome
	for _, item := range d.Items {
		reply, ok := item.Reply()
		if !ok {
			return law.Outcome{}, errs.New(errs.Invalid, "没有“%s”这种答复，请从列表中选择。", item.Kind)
		}
		parts = append(parts, outcome(reply.Outcome))
	}
	o, err := CountAs(parts)
	if discloses := o.ID == "R3.1" || o.ID == "R3.2"; err == nil && d.ByFirst && !discloses {
		return parts[0], nil
	}
	return o, err
}

// Discloses tells whether anything is disclosed.
func (d Decision) Discloses() bool {
	for _, item := range d.Items {
		if reply, _ := item.Reply(); reply.Discloses {
			return true
		}
	}
	return false
}

// check tells what the law wants of the decision and is not there, and gives its
// outcome.
func (d Decision) check(r *Request, s *Scene) (law.Outcome, error) {
	if len(d.Items) == 0 || len(d.Items) > MaxItems {
		return law.Outcome{}, errs.InField("items", "请填写答复的内容，最多分为五十部分。")
	}
	var f errs.Fields
	for i, item := range d.Items {
		reply, ok := item.Reply()
		if !ok {
			f.Add(inItem("kind", i), "没有“%s”这种答复，请从列表中选择。", item.Kind)
			continue
		}
		if len(d.Items) > 1 && strings.TrimSpace(item.About) == "" {
			f.Add(inItem("about", i), "答复分为几部分的，请写明这一部分是指所申请的哪些内容（条例§37）。")
		}
		for _, n := range Needs(item.Kind) {
			n.check(&f, i, item.Facts[n.Name])
		}
		if why := against(item.Kind, r, s); why != "" {
			f.Add(inItem("kind", i), "不能答复“%s”：%s（%s）。", reply.Chinese, why, reply.Cite)
		}
	}
	if d.Overrides(*r) && strings.TrimSpace(d.Override) == "" {
		f.Add("override", "第三方不同意公开；对第三方的内容不予公开的，请另列一部分；认为不公开可能对公共利益造成重大影响的，请写明理由，并书面告知第三方（条例§32）。")
	}
	if err := f.Err(); err != nil {
		return law.Outcome{}, err
	}
	return d.Counted()
}

// inItem names a field of the i-th item of a form.
func inItem(name string, i int) string { return name + "-" + strconv.Itoa(i) }

// withheldForThirdParty is the kind of reply that withholds what would harm a
// third party (条例§15).
const withheldForThirdParty = "C4"

// Overrides tells whether something is disclosed against a third party's
// objection (条例§32). Where a part is withheld for its sake, that is the part
// it objected to.
func (d Decision) Overrides(r Request) bool {
	withheld := slices.ContainsFunc(d.Items, func(i Item) bool { return i.Kind == withheldForThirdParty })
	return d.Discloses() && r.objected() && !withheld
}

// objected tells whether a third party objects to disclosure.
func (r Request) objected() bool {
	for _, c := range r.Consultations {
		if c.Kind == ThirdParty && !c.AnsweredOn.IsZero() && !c.Agrees {
			return true
		}
	}
	return false
}

// against tells what in the file speaks against a kind of reply: a step that the
// law wants first and that was not taken. "" when there is nothing.
func against(code string, r *Request, s *Scene) string {
	if lapsed := map[Lapse]string{NotCorrected: "F1", NotPaid: "F2"}[r.Lapse]; lapsed != "" && code != lapsed {
		return "申请已经视为放弃，只能告知不再处理"
	}
	switch code {
	case "C4":
		return procedure.Unless(r.heardThirdParty(s), "应当先书面征求第三方意见")
	case "D1a":
		return procedure.Unless(r.searched(), "应当先查找，并留有没有找到的查找记录")
	case "D3":
		return procedure.Unless(r.Correction != nil && !r.Correction.ReceivedOn.IsZero(), "应当先告知补正，补正后仍不明确的才能这样答复")
	case "E4":
		return procedure.Unless(r.Reasons != nil, "应当先要求申请人说明理由，认为理由不合理的才能这样答复")
	case "F1":
		return procedure.Unless(r.Lapse == NotCorrected, "申请人没有逾期不补正")
	case "F2":
		return procedure.Unless(r.Lapse == NotPaid, "申请人没有逾期不缴费")
	case "F3":
		return "撤回、终止的申请没有答复；请办理“撤回申请”或者“终止办理”"
	}
	return ""
}

func (r *Request) heardThirdParty(s *Scene) bool {
	for _, c := range r.Consultations {
		if st := c.Standing(s.Calendar, s.Today); c.Kind == ThirdParty && (st == Objected || st == Silent || st == Agreed) {
			return true
		}
	}
	return false
}

// LetterKind names the letter of a decision: one for each sort of reply that
// offices tell apart.
func (d Decision) LetterKind() string {
	if d.Outcome == "R3.2" {
		return "reply-part"
	}
	for _, item := range d.Items {
		if reply, _ := item.Reply(); reply.Outcome == d.Outcome {
			return letterOf[item.Kind]
		}
	}
	return ""
}

var letterOf = map[string]string{
	"A1": "reply-published", "A2": "reply-disclosed",
	"C1": "reply-refused", "C2": "reply-refused", "C3": "reply-refused", "C4": "reply-refused", "C5": "reply-refused", "C6": "reply-refused", "C7": "reply-refused",
	"C8": "reply-regime", "D1a": "reply-absent", "D1b": "reply-elsewhere", "D2": "reply-unable", "D3": "reply-unable",
	"E1": "reply-unhandled", "E2": "reply-repeated", "E3": "reply-unhandled", "E4": "reply-unhandled", "E5": "reply-repeated",
	"F1": "reply-lapsed", "F2": "reply-lapsed",
}
