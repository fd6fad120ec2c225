package foi

import (
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// ServiceWay is how a decision reaches the applicant.
type ServiceWay string

const (
	// Direct is handing over against signature (直接送达).
	Direct ServiceWay = "direct"
	// Entrusted is handing over by another organ (委托送达).
	Entrusted ServiceWay = "entrusted"
	// Post is sending by the postal enterprise (邮政企业).
	Post ServiceWay = "post"
	// Electronic is sending to an address that the applicant named, or handing out
	// on the portal, with proof of arrival (条例§40).
	Electronic ServiceWay = "electronic"
	// Courier is sending by any other courier, which is no service by post.
	Courier ServiceWay = "courier"
)

// ServiceWays gives the ways, the sound ones first.
func ServiceWays() []ServiceWay { return []ServiceWay{Direct, Entrusted, Post, Electronic, Courier} }

// Words gives a way in words.
func (w ServiceWay) Words() Word {
	return map[ServiceWay]Word{
		Direct: {"直接送达", "direct"}, Entrusted: {"委托送达", "entrusted"}, Post: {"邮寄送达", "by post"},
		Electronic: {"电子送达", "electronic"}, Courier: {"其他快递", "other courier"},
	}[w]
}

// Service is an act of service. Day is that of the signature for direct and
// entrusted service, and that on which the letter was handed over for post: the
// reply is judged by it and not by the day of delivery
// (国办公开办函〔2016〕235号).
type Service struct {
	Way ServiceWay
	Day calendar.Date
}

// Timeliness is whether a reply was in time.
type Timeliness struct {
	LateBy  int    // working days; 0: in time
	Warning string // Chinese sentence; "" if the way of service is sound
}

// Judge compares the service with the last day. It returns errs.Invalid for an
// unknown way or a missing day, and calendar.ErrNoCalendar beyond the data.
func (s Service) Judge(cal *calendar.Calendar, deadline calendar.Date) (Timeliness, error) {
	var t Timeliness
	switch s.Way {
	case Direct, Entrusted, Post, Electronic:
	case Courier:
		t.Warning = "寄送政府信息公开答复应当通过邮政企业，交由其他快递企业寄送的，不能以交寄日作为答复日（国办公开办函〔2016〕235号）；请改由邮政企业寄送或者当面送达。"
	default:
		return t, errs.New(errs.Invalid, "送达方式“%s”无法识别，应为直接送达、委托送达、邮寄送达或者电子送达。", s.Way)
	}
	var err error
	t.LateBy, err = cal.Late(deadline, s.Day)
	return t, err
}
