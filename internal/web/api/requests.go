package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// request is a request as lists show it. Nothing of a person stands in it.
type request struct {
	ID       string `json:"id"`
	Organ    string `json:"organ"`
	Number   string `json:"number" example:"依申请〔2026〕12号"`
	Status   string `json:"status" doc:"在哪一步" example:"handling"`
	Outcome  string `json:"outcome,omitempty" doc:"办理结果，为年度报告表三的行" example:"R3.2"`
	Channel  string `json:"channel" doc:"收到方式" example:"web"`
	Kind     string `json:"kind" doc:"申请人类别，为表三的列" enum:"C1,C2,C3,C4,C5,C6"`
	Headline string `json:"headline" doc:"所申请内容的开头"`
	Arrived  string `json:"arrived" doc:"到达的日期"`
	Received string `json:"received,omitempty" doc:"收到申请之日（条例§31）；没有确认的为空"`
	Due      string `json:"due,omitempty" doc:"答复的最后一日；期限没有运行的为空"`
	Overdue  bool   `json:"overdue" doc:"已经超过最后一日"`
	Ended    string `json:"ended,omitempty" doc:"办结的日期"`
}

func requestOf(r foi.Row, today calendar.Date) request {
	return request{
		ID: r.ID, Organ: r.Organ, Number: r.Number, Status: string(r.Status), Outcome: r.Outcome, Channel: string(r.Channel), Kind: r.Kind,
		Headline: r.Headline, Arrived: dayOf(r.Arrived), Received: dayOf(r.Received), Due: dayOf(r.Due), Overdue: r.Overdue(today), Ended: dayOf(r.Ended),
	}
}

// dayOf writes a day, "" for none.
func dayOf(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

type requestsQuestion struct {
	Organ  string `query:"organ" doc:"只列出这个机关的"`
	Below  string `query:"below" doc:"只列出这个机关及其下级的"`
	Status string `query:"status" doc:"只列出在这一步的，见 /requests/table"`
	Open   string `query:"open" enum:"yes,no" doc:"是否还没有办结"`
	Due    string `query:"due" enum:"overdue,soon" doc:"已超期，或者七日内到期"`
	Year   string `query:"year" pattern:"^[0-9]{4}$" doc:"年度报告的年份；与 row、column 一起，列出表三一格里的申请"`
	Row    string `query:"row" doc:"表三的行：R1、R2、R3.1 … R4"`
	Column string `query:"column" enum:"C1,C2,C3,C4,C5,C6" doc:"表三的列"`
	Page   int    `query:"page" minimum:"1" default:"1" doc:"第几页"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"100" doc:"一页最多几件"`
}

type requestsAnswer struct {
	Body struct {
		Requests []request `json:"requests"`
		Total    int       `json:"total" doc:"一共几件"`
		More     bool      `json:"more" doc:"后面还有"`
	}
}

// requestEntry is something that happened to a request.
type requestEntry struct {
	Event string `json:"event" example:"request.extension-approved"`
	Title string `json:"title" doc:"中文名称" example:"批准延期"`
	On    string `json:"on" doc:"法律上算数的日期"`
	Late  int    `json:"late,omitempty" doc:"晚于期限几个工作日"`
	Clock string `json:"clock,omitempty" enum:"run,pause,restart,extend,stop" doc:"对答复期限的影响"`
}

type requestOption struct {
	Event string `json:"event"`
	Title string `json:"title"`
	Cite  string `json:"cite" doc:"依据"`
	Why   string `json:"why,omitempty" doc:"现在不能这样做的理由；空表示可以"`
}

type requestAnswer struct {
	Body struct {
		request
		Text    string          `json:"text" doc:"所申请的内容"`
		Form    string          `json:"form,omitempty" enum:"paper,electronic,inspection" doc:"要求的信息形式"`
		Way     string          `json:"way,omitempty" enum:"collect,post,web,email,fax" doc:"要求的获取方式"`
		Limit   []deadlineStep  `json:"limit" doc:"答复期限逐步的说明；期限还没有起算的为空"`
		History []requestEntry  `json:"history" doc:"办理经过，按先后"`
		Options []requestOption `json:"options" doc:"凭据现在可以做的"`
	}
}

func (a API) requests(s *server) {
	see := web.Needs(account.SeeRequests)
	tags := []string{"依申请公开"}
	register(s, see, huma.Operation{
		OperationID: "list-requests", Method: http.MethodGet, Path: "/requests", Tags: tags, Summary: "凭据所及机关的公开申请",
	}, a.listRequests)
	register(s, see, huma.Operation{
		OperationID: "get-request", Method: http.MethodGet, Path: "/requests/{request}", Tags: tags, Summary: "一件申请：内容、期限和办理经过", Errors: []int{http.StatusNotFound},
	}, a.getRequest)
	register(s, web.Needs(account.HandleRequests), huma.Operation{
		OperationID: "register-request", Method: http.MethodPost, Path: "/requests", Tags: tags, Summary: "登记一件申请", DefaultStatus: http.StatusCreated,
		Description: "供上级平台、热线等把收到的申请转来。不收集用途（条例§29）。个人信息加密保存，接口不再返回。",
	}, a.registerRequest)
	register(s, web.Public(), huma.Operation{
		OperationID: "list-request-transitions", Method: http.MethodGet, Path: "/requests/table", Tags: tags, Summary: "申请办理的全部环节，每一行有其依据",
	}, a.requestTable)
	register(s, see, huma.Operation{
		OperationID: "count-requests", Method: http.MethodGet, Path: "/requests/figures", Tags: tags, Summary: "年度报告表三、表四的数字",
	}, a.requestFigures)
}

func (a API) listRequests(ctx context.Context, actor account.Actor, in *requestsQuestion) (*requestsAnswer, error) {
	page, err := a.Requests.List(ctx, actor, paging.Query{Page: in.Page, Size: in.Limit, Filters: map[string]string{
		foi.FilterOrgan: in.Organ, foi.FilterBelow: in.Below, foi.FilterStatus: in.Status, foi.FilterOpen: in.Open, foi.FilterDue: in.Due,
		foi.FilterYear: in.Year, foi.FilterRow: in.Row, foi.FilterColumn: in.Column,
	}})
	if err != nil {
		return nil, err
	}
	var out requestsAnswer
	out.Body.Requests = []request{}
	for _, r := range page.Rows {
		out.Body.Requests = append(out.Body.Requests, requestOf(r, a.Requests.Today()))
	}
	out.Body.Total, out.Body.More = page.Total, in.Page*in.Limit < page.Total
	return &out, nil
}

func (a API) getRequest(ctx context.Context, actor account.Actor, in *struct {
	Request string `path:"request" doc:"申请的 id，见 /requests"`
},
) (*requestAnswer, error) {
	r, err := a.Requests.Request(ctx, actor, in.Request)
	if err != nil {
		return nil, err
	}
	cal, err := a.Requests.CalendarOf(ctx, r.Organ)
	if err != nil {
		return nil, err
	}
	var out requestAnswer
	b := &out.Body
	b.request = requestOf(r.Row(), a.Requests.Today())
	b.Text, b.Form, b.Way = r.Ask.Text, r.Ask.Form, r.Ask.Way
	b.Limit, b.History, b.Options = []deadlineStep{}, []requestEntry{}, []requestOption{}
	if c, err := r.Clock(cal, a.Requests.Today()); err == nil { // a year without a calendar has no last day yet
		b.Limit = stepsOf(c.Answer)
	}
	for _, e := range r.History {
		act, _ := foi.ActOf(e.Event)
		b.History = append(b.History, requestEntry{string(e.Event), act.Chinese, dayOf(e.On), e.Late, string(e.Clock)})
	}
	options, err := a.Requests.Options(ctx, actor, r)
	if err != nil {
		return nil, err
	}
	for _, o := range options {
		told := requestOption{Event: string(o.Act.Event), Title: o.Act.Chinese, Cite: o.Cite}
		if o.Why != nil {
			told.Why = errs.Public(o.Why)
		}
		b.Options = append(b.Options, told)
	}
	return &out, nil
}

// requestTransition is a row of the state table.
type requestTransition struct {
	From  []string `json:"from" doc:"从哪些步骤；空字符串为还没有登记"`
	Event string   `json:"event"`
	Title string   `json:"title"`
	To    string   `json:"to" doc:"到哪一步；same 为不变，back 为退回起草"`
	Right string   `json:"right,omitempty" doc:"由有这项权限的人办理；空为程序自动"`
	Self  bool     `json:"applicant" doc:"申请人可以自己办理"`
	Asks  []string `json:"guards" doc:"法律要求先满足的条件"`
	Clock string   `json:"clock,omitempty" enum:"run,pause,restart,extend,stop" doc:"对答复期限的影响"`
	Cite  string   `json:"cite" doc:"依据"`
}

type requestTableAnswer struct {
	Body struct {
		Transitions []requestTransition `json:"transitions"`
		Mermaid     string              `json:"mermaid" doc:"状态图，Mermaid 文本"`
	}
}

func (a API) requestTable(context.Context, account.Actor, *struct{}) (*requestTableAnswer, error) {
	var out requestTableAnswer
	for _, t := range foi.Table() {
		act, _ := foi.ActOf(t.Event)
		row := requestTransition{
			Event: string(t.Event), Title: act.Chinese, To: string(t.To), Right: string(t.Who.Right), Self: t.Who.Applicant,
			Asks: []string{}, Clock: string(t.Clock), Cite: t.Cite,
		}
		for _, from := range t.From {
			row.From = append(row.From, string(from))
		}
		for _, g := range t.Guards {
			row.Asks = append(row.Asks, g.Chinese)
		}
		out.Body.Transitions = append(out.Body.Transitions, row)
	}
	out.Body.Mermaid = foi.Mermaid(false)
	return &out, nil
}

type figuresQuestion struct {
	Organ string `query:"organ" required:"true" doc:"机关的编号，见 /organs"`
	Below bool   `query:"below" doc:"包括其下级"`
	Year  int    `query:"year" required:"true" minimum:"2008" maximum:"2100" doc:"统计年度" example:"2026"`
}

// figure is a cell of a table.
type figure struct {
	Row    string `json:"row" doc:"行"`
	Column string `json:"column" doc:"列"`
	N      int    `json:"n"`
}

type figuresAnswer struct {
	Body struct {
		Table3 []figure `json:"table3" doc:"收到和处理申请情况：不为零的各格。/requests?year=&row=&column= 列出其中的申请"`
		Table4 []figure `json:"table4" doc:"复议、诉讼情况：不为零的各格，行为 review、direct、afterReview，列为 upheld、corrected、other、pending"`
	}
}

func (a API) requestFigures(ctx context.Context, actor account.Actor, in *figuresQuestion) (*figuresAnswer, error) {
	three, four, err := a.Requests.Count(ctx, actor, account.Place{Organ: in.Organ, Below: in.Below}, in.Year)
	if err != nil {
		return nil, err
	}
	var out figuresAnswer
	out.Body.Table3, out.Body.Table4 = []figure{}, []figure{}
	rows := []string{foi.RowReceived, foi.RowCarriedIn}
	for _, o := range law.Outcomes() {
		rows = append(rows, o.ID)
	}
	for _, row := range append(rows, foi.RowCarryOver) {
		for _, k := range law.ApplicantKinds() {
			if n := three[foi.Cell{Row: row, Column: k.ID}]; n > 0 {
				out.Body.Table3 = append(out.Body.Table3, figure{row, k.ID, n})
			}
		}
	}
	for _, kind := range foi.DisputeKinds() {
		for _, result := range foi.Results() {
			if n := four[foi.Place{Kind: foi.DisputeKind(kind.Value), Result: foi.Result(result.Value)}]; n > 0 {
				out.Body.Table4 = append(out.Body.Table4, figure{kind.Value, result.Value, n})
			}
		}
	}
	return &out, nil
}
