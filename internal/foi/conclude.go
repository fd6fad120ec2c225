package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
)

// CountAs gives the one outcome in which a request is counted whose parts ended
// differently. If anything is disclosed and anything is not, it is partly
// disclosed and nothing else (条例§37 and the label of the row). Otherwise the
// main ground counts once; that refusals go before what cannot be provided, and
// that before what is not handled, is a convention of this program and no text.
func CountAs(parts []law.Outcome) (law.Outcome, error) {
	if len(parts) == 0 {
		return law.Outcome{}, errs.New(errs.Invalid, "没有给出任何处理结果，无法确定计入哪一行。")
	}
	main := parts[0]
	disclosed, withheld := false, false
	for _, p := range parts {
		if rank(p) < 0 {
			return law.Outcome{}, errs.New(errs.Invalid, "“%s”不是办理结果表中的一行。", p.ID)
		}
		switch p.ID {
		case "R3.1":
			disclosed = true
		case "R3.2":
			disclosed, withheld = true, true
		default:
			withheld = true
		}
		if rank(p) < rank(main) {
			main = p
		}
	}
	if disclosed && withheld {
		return outcome("R3.2"), nil
	}
	return main, nil
}

// rank is the place of an outcome in the form, -1 for none of its rows.
func rank(o law.Outcome) int {
	for i, known := range law.Outcomes() {
		if known.ID == o.ID {
			return i
		}
	}
	return -1
}

func outcome(id string) law.Outcome {
	for _, o := range law.Outcomes() {
		if o.ID == id {
			return o
		}
	}
	return law.Outcome{}
}

// Lapse is what an applicant failed to do in time.
type Lapse string

const (
	// NotCorrected is a correction that did not come (条例§30).
	NotCorrected Lapse = "not-corrected"
	// NotPaid is a processing fee that was not paid (国办函〔2020〕109号§6).
	NotPaid Lapse = "not-paid"
)

// CloseLapsed gives the outcome with which a request ends that its applicant is
// taken to have given up: from then on no limit for a reply runs. It refuses
// before the last day is over and where there is a good reason (正当理由).
func CloseLapsed(what Lapse, lastDay, today calendar.Date, goodReason string) (law.Outcome, error) {
	ended := map[Lapse]law.Outcome{NotCorrected: outcome("R3.6.1"), NotPaid: outcome("R3.6.2")}
	o, known := ended[what]
	switch {
	case !known:
		return o, errs.New(errs.Invalid, "“%s”不是视为放弃申请的情形。", what)
	case !today.After(lastDay):
		return law.Outcome{}, errs.New(errs.Invalid, "期限到%s才届满，在此之前不能按放弃申请处理（%s）。", lastDay, o.Cite)
	case strings.TrimSpace(goodReason) != "":
		return law.Outcome{}, errs.New(errs.Invalid, "申请人有正当理由（%s），不能按放弃申请处理（%s）；请另行确定合理期限。", strings.TrimSpace(goodReason), o.Cite)
	}
	return o, nil
}
