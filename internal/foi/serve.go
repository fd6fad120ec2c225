package foi

import (
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Delivery is a service of a decision, with what came of it.
type Delivery struct {
	Decision    int           `json:"decision"` // which one, from 1
	Way         ServiceWay    `json:"way"`
	On          calendar.Date `json:"on"` // by which the reply is judged (国办公开办函〔2016〕235号)
	Tracking    string        `json:"tracking,omitempty"`
	Proof       []File        `json:"proof,omitempty"`
	DeliveredOn calendar.Date `json:"deliveredOn,omitzero"` // from then the applicant's remedies run
	Failed      bool          `json:"failed,omitempty"`     // it came back
}

// Serve hands the decision over, and closes the request.
type Serve struct {
	Way      ServiceWay
	On       calendar.Date
	Tracking string // of the post
	Proof    []File
}

// Event is Served.
func (Serve) Event() event.Kind { return Served }

func (d Serve) apply(r *Request, s *Scene) (Entry, error) {
	last, err := r.lastDay(s.Calendar)
	if err != nil && !beyond(err) {
		return Entry{}, err
	}
	e, err := r.serve(d, s)
	if err != nil {
		return e, err
	}
	if !last.IsZero() && r.Lapse == "" {
		if e.Late, err = s.Calendar.Late(last, e.On); err != nil {
			return e, err
		}
	}
	r.end(r.Outcome, e.On)
	return e, nil
}

// serve judges the way and notes the service.
func (r *Request) serve(d Serve, s *Scene) (Entry, error) {
	on := s.day(d.On)
	decision, _ := r.Decision()
	var f errs.Fields
	if !slices.Contains(ServiceWays(), d.Way) {
		f.Add("way", "请选择送达方式。")
	}
	if d.Way == Courier {
		f.Add("way", "答复应当通过邮政企业寄送，其他快递企业寄送的不能作为送达（国办公开办函〔2016〕235号）。")
	}
	if d.Way == Post && d.Tracking == "" {
		f.Add("tracking", "请填写邮件号码，作为交邮的凭证（国办公开办函〔2016〕235号）。")
	}
	if d.Way == Electronic && len(d.Proof) == 0 {
		f.Add("proof", "请附到达申请人系统的凭证，如发送成功的截图或者回执（国办公开办函〔2016〕235号）。")
	}
	if on.Before(decision.SignedOn) {
		f.Add("on", "送达的日期早于签发的日期%s，请核对。", decision.SignedOn)
	}
	if err := f.Err(); err != nil {
		return Entry{}, err
	}
	r.Services = append(r.Services, Delivery{Decision: len(r.Decisions), Way: d.Way, On: on, Tracking: d.Tracking, Proof: d.Proof})
	return Entry{On: on, Code: string(d.Way)}, nil
}

// end notes how the request ended; the first end is what table 3 counts.
func (r *Request) end(outcome string, on calendar.Date) {
	r.Outcome = outcome
	if r.EndedOn.IsZero() {
		r.Ended, r.EndedOn = outcome, on
	}
}

// ServeAgain serves a decision once more: the letter came back, or was lost.
type ServeAgain struct{ Serve }

// Event is ServedAgain.
func (ServeAgain) Event() event.Kind { return ServedAgain }

func (d ServeAgain) apply(r *Request, s *Scene) (Entry, error) { return r.serve(d.Serve, s) }

// Deliver notes that the last letter was signed for, or came back.
type Deliver struct {
	On     calendar.Date
	Failed bool
}

// Event is Delivered.
func (Deliver) Event() event.Kind { return Delivered }

func (d Deliver) apply(r *Request, s *Scene) (Entry, error) {
	last := &r.Services[len(r.Services)-1]
	on := s.day(d.On)
	switch {
	case !last.DeliveredOn.IsZero():
		return Entry{}, errs.New(errs.Conflict, "已经登记于%s签收（国办公开办函〔2016〕235号）。", last.DeliveredOn)
	case on.Before(last.On):
		return Entry{}, errs.InField("on", "签收的日期早于送出的日期，请核对。")
	case d.Failed:
		last.Failed = true
		return Entry{On: on, Code: "failed"}, nil
	}
	last.DeliveredOn = on
	return Entry{On: on}, nil
}
