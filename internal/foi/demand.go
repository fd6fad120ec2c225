package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Demand is the notice of a processing fee and what became of it (条例§42.2).
type Demand struct {
	Method      FeeMethod     `json:"method"`
	Rank        int64         `json:"rank,omitempty"`  // by pieces: which request of the month it is
	Pages       int64         `json:"pages,omitempty"` // by pages
	Fen         int64         `json:"fen"`
	Account     string        `json:"account"` // how to pay
	IssuedOn    calendar.Date `json:"issuedOn"`
	ReceivedOn  calendar.Date `json:"receivedOn,omitzero"`
	Until       calendar.Date `json:"until,omitzero"` // last day of the payment, as far as it is known
	PaidOn      calendar.Date `json:"paidOn,omitzero"`
	Voucher     string        `json:"voucher,omitempty"` // number of the fiscal receipt
	CancelledOn calendar.Date `json:"cancelledOn,omitzero"`
}

// Limit gives the time to pay; it is not known before the notice is received.
func (f Demand) Limit(cal *calendar.Calendar) (calendar.Answer, error) {
	l, _ := calendar.LimitByID("fee-payment")
	return cal.Reckon(calendar.Query{Limit: l, From: f.ReceivedOn})
}

// FeeState is what became of a demand.
type FeeState string

// The states.
const (
	FeeOpen      FeeState = "open"
	FeeIsPaid    FeeState = "paid"
	FeeTakenBack FeeState = "cancelled"
	FeeUnpaid    FeeState = "lapsed" // not paid in time
)

// FeeStates gives the states in words.
func FeeStates() []Choice {
	return []Choice{
		{string(FeeOpen), Word{"待缴费", "to be paid"}},
		{string(FeeIsPaid), Word{"已缴费", "paid"}},
		{string(FeeUnpaid), Word{"逾期未缴", "not paid in time"}},
		{string(FeeTakenBack), Word{"已撤销", "taken back"}},
	}
}

// FeeState tells what became of the demand; "" when there was none.
func (r Request) FeeState() FeeState {
	switch f := r.Fee; {
	case f == nil:
		return ""
	case !f.CancelledOn.IsZero():
		return FeeTakenBack
	case !f.PaidOn.IsZero():
		return FeeIsPaid
	case r.Status != Paying:
		return FeeUnpaid
	}
	return FeeOpen
}

// DemandFee sends the notice. By pieces the request is priced by its rank among
// the requests of its applicant in the month of its receipt, by pages by the
// pages that would be supplied; the amount follows from the tariff alone.
type DemandFee struct {
	Method    FeeMethod
	Rank      int64
	Pages     int64
	Published bool // only the place of something published would be told
	Account   string
}

// Event is FeeNotified.
func (DemandFee) Event() event.Kind { return FeeNotified }

func (d DemandFee) apply(r *Request, s *Scene) (Entry, error) {
	fen, err := d.amount()
	switch {
	case err != nil:
		return Entry{}, err
	case fen == 0:
		return Entry{}, errs.New(errs.Conflict, "按收费标准计算为 0 元，不需要发出收费通知（条例§42.1）。")
	case strings.TrimSpace(d.Account) == "":
		return Entry{}, errs.InField("account", "请写明缴费方式和账户（%s）。", onFees)
	}
	r.Fee = &Demand{Method: d.Method, Rank: d.Rank, Pages: d.Pages, Fen: fen, Account: strings.TrimSpace(d.Account), IssuedOn: s.Today}
	return Entry{Fen: fen, Code: string(d.Method)}, nil
}

func (d DemandFee) amount() (int64, error) {
	switch {
	case d.Rank > 0 && d.Pages > 0:
		return 0, errs.New(errs.Invalid, "按件、按量只能择一，不能对同一件申请同时计收（国办函〔2020〕109号§3）。")
	case d.Method == ByPages && d.Published:
		return 0, errs.New(errs.Conflict, "信息已经主动公开、仅告知获取方式的，不能按量收费（国办函〔2020〕109号§5）。")
	case d.Method == ByPages:
		f, err := Charge(ByPages, d.Pages)
		return f.Fen, err
	}
	return PriceOf(d.Method, d.Rank)
}

// ReceiveDemand notes when the applicant received the notice: the time to pay
// begins on the day after.
type ReceiveDemand struct{ On calendar.Date }

// Event is FeeNoticeReceived.
func (ReceiveDemand) Event() event.Kind { return FeeNoticeReceived }

func (d ReceiveDemand) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	if on.Before(r.Fee.IssuedOn) {
		return Entry{}, errs.InField("on", "收到的日期早于发出收费通知的日期，请核对。")
	}
	r.Fee.ReceivedOn = on
	return Entry{On: on}, nil
}

// PayFee enters the payment: the limit of the reply runs anew.
type PayFee struct {
	On      calendar.Date
	Voucher string
}

// Event is FeePaid.
func (PayFee) Event() event.Kind { return FeePaid }

func (d PayFee) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	a, err := r.Fee.Limit(s.Calendar)
	switch {
	case err != nil && !beyond(err):
		return Entry{}, err
	case on.Before(r.Fee.IssuedOn):
		return Entry{}, errs.InField("on", "缴费的日期早于发出收费通知的日期，请核对。")
	case err == nil && on.After(a.Deadline):
		return Entry{}, errs.New(errs.Conflict, "缴费期限已于%s届满，逾期未缴纳的视为放弃申请；已缴的款项请退还（%s）。", a.Deadline, onFees)
	}
	r.Fee.PaidOn, r.Fee.Voucher = on, d.Voucher
	return Entry{On: on, Fen: r.Fee.Fen}, nil
}

// CancelFee takes the notice back. The limit of the reply goes on as if there
// had been none: the mistake is not the applicant's.
type CancelFee struct{ Reason string }

// Event is FeeCancelled.
func (CancelFee) Event() event.Kind { return FeeCancelled }

func (CancelFee) apply(r *Request, s *Scene) (Entry, error) {
	r.Fee.CancelledOn = s.Today
	return Entry{Fen: r.Fee.Fen}, nil
}

// LapseFee notes that nothing was paid in time.
type LapseFee struct{}

// Event is FeeLapsed.
func (LapseFee) Event() event.Kind { return FeeLapsed }

func (LapseFee) apply(r *Request, s *Scene) (Entry, error) {
	a, err := r.Fee.Limit(s.Calendar)
	if err != nil {
		return Entry{}, err
	}
	return r.lapse(NotPaid, a.Deadline, s)
}
