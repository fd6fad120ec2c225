package api

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
)

// newRequest is a request that another system took (条例§29).
type newRequest struct {
	Organ     string `json:"organ" doc:"受理的机关，见 /organs"`
	Channel   string `json:"channel" enum:"in-person,oral,signed-post,plain-post,web,email,fax" doc:"申请人怎样提出"`
	On        string `json:"on" format:"date" doc:"到达的日期" example:"2026-11-23"`
	Confirmed string `json:"confirmed,omitempty" format:"date" doc:"与申请人确认的日期；互联网、电子邮件、传真、平常信函以此日为收到之日（条例§31）"`
	Applicant struct {
		Kind         string `json:"kind" enum:"C1,C2,C3,C4,C5,C6" doc:"申请人类别：C1 自然人，C2 商业企业，C3 科研机构，C4 社会公益组织，C5 法律服务机构，C6 其他"`
		Name         string `json:"name" minLength:"1" maxLength:"60" doc:"姓名；单位的为联系人"`
		IDNumber     string `json:"idNumber,omitempty" doc:"公民身份号码"`
		Organisation string `json:"organisation,omitempty" maxLength:"120" doc:"单位名称"`
		CreditCode   string `json:"creditCode,omitempty" doc:"统一社会信用代码"`
		Phone        string `json:"phone,omitempty"`
		Email        string `json:"email,omitempty"`
		Address      string `json:"address,omitempty" maxLength:"200" doc:"通信地址"`
	} `json:"applicant"`
	Text string `json:"text" minLength:"1" maxLength:"20000" doc:"所申请信息的名称、文号或者其他特征"`
	Form string `json:"form" enum:"paper,electronic,inspection"`
	Way  string `json:"way" enum:"collect,post,web,email,fax"`
}

type registeredRequest struct {
	Body struct {
		ID     string `json:"id"`
		Number string `json:"number"`
		Status string `json:"status"`
		Due    string `json:"due,omitempty" doc:"答复的最后一日；等待确认的为空"`
	}
}

func (a API) registerRequest(ctx context.Context, actor account.Actor, in *struct{ Body newRequest }) (*registeredRequest, error) {
	intake, err := in.Body.intake()
	if err != nil {
		return nil, err
	}
	r, err := a.Requests.Register(ctx, actor, intake)
	if err != nil {
		return nil, err
	}
	var out registeredRequest
	out.Body.ID, out.Body.Number, out.Body.Status, out.Body.Due = r.ID, r.Number, string(r.Status), dayOf(r.Due)
	return &out, nil
}

func (n newRequest) intake() (foi.Intake, error) {
	var f errs.Fields
	day := func(name, text string) calendar.Date {
		if text == "" {
			return calendar.Date{}
		}
		d, err := calendar.ParseDate(text)
		if err != nil {
			f.Add(name, "%s", errs.Public(err))
		}
		return d
	}
	who := n.Applicant
	in := foi.Intake{
		Organ: n.Organ,
		Receive: foi.Receive{
			Channel: foi.Channel(n.Channel), On: day("on", n.On), Confirmed: day("confirmed", n.Confirmed),
			Parties: []foi.Party{{Role: foi.IsApplicant, Kind: who.Kind, Organisation: who.Organisation, CreditCode: who.CreditCode}},
			Ask:     foi.Ask{Text: n.Text, Form: n.Form, Way: n.Way},
		},
		Facts: []foi.Facts{{
			personal.Name: who.Name, personal.IDNumber: who.IDNumber, personal.Phone: who.Phone, personal.Email: who.Email, personal.Address: who.Address,
		}},
	}
	return in, f.Err()
}
