package api

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/web"
)

// filed is a return as lists show it.
type filed struct {
	ID        string `json:"id" doc:"编号：内设机构.角色.填报期" example:"01JB2Z.liaison.2026-11"`
	Section   string `json:"section" doc:"填报的内设机构或者机关，见 /organs"`
	Role      string `json:"role" doc:"由谁填报" enum:"liaison,clerk,hall-manager"`
	Period    string `json:"period" doc:"填报期" example:"2026-11"`
	Status    string `json:"status" doc:"new 未填报，drafting 填写中，submitted 待确认，confirmed 已确认" enum:"new,drafting,submitted,confirmed"`
	Confirmed bool   `json:"confirmed" doc:"有确认过的版本，计入年度报告"`
	Due       string `json:"due" doc:"应确认日"`
	Late      bool   `json:"late" doc:"过了应确认日还没有确认过"`
}

type filingsQuestion struct {
	Organ string `query:"organ" doc:"机关，见 /organs；空为凭据所属的机关"`
	Year  int    `query:"year" minimum:"2000" maximum:"9998" doc:"年份；空为今年"`
}

type filingsAnswer struct {
	Body struct {
		Returns []filed `json:"returns" doc:"凭据所及的填报，按机构和填报期"`
	}
}

// filedFigure is a number of a return with those before it.
type filedFigure struct {
	Name     string `json:"name" doc:"指标的名称；整张表为格的编号" example:"licences.decisions"`
	Title    string `json:"title" doc:"指标"`
	Meaning  string `json:"meaning,omitempty" doc:"计数口径"`
	Unit     string `json:"unit" doc:"count 整数，money 万元" enum:"count,money"`
	Value    string `json:"value,omitempty" doc:"本期；没有填的为空" example:"15"`
	Before   string `json:"before,omitempty" doc:"上期确认的数"`
	LastYear string `json:"lastYear,omitempty" doc:"去年同期确认的数"`
}

type filedFinding struct {
	Key      string `json:"key" doc:"警告的编号，说明原因时用"`
	Name     string `json:"name" doc:"指标的名称"`
	Severity string `json:"severity" enum:"error,warning" doc:"错误必须改正；警告要说明原因"`
	Message  string `json:"message"`
	Remark   string `json:"remark,omitempty" doc:"已经说明的原因"`
}

type filingAnswer struct {
	Body struct {
		filed
		Nil      bool           `json:"nil" doc:"零报告"`
		Source   string         `json:"source,omitempty" doc:"数据来源"`
		Figures  []filedFigure  `json:"figures"`
		Findings []filedFinding `json:"findings" doc:"对正在填写的数的检查"`
	}
}

type filingChange struct {
	Return string `path:"return" doc:"填报的编号，见 /filings"`
	Body   struct {
		Values  map[string]string `json:"values,omitempty" doc:"按名称的数，写成文字：整数，或者单位万元的金额；没有写的保持原来的数"`
		Nil     bool              `json:"nil,omitempty" doc:"零报告：这一期没有发生"`
		Source  string            `json:"source,omitempty" maxLength:"500" doc:"数据来源"`
		Remarks map[string]string `json:"remarks,omitempty" doc:"按警告编号说明的原因"`
		Submit  bool              `json:"submit,omitempty" doc:"提交，由另一个人确认"`
	}
}

func (a API) filings(s *server) {
	tags, see := []string{"数据填报"}, web.Needs(account.SeeFilings)
	register(s, see, huma.Operation{
		OperationID: "list-filings", Method: http.MethodGet, Path: "/filings", Tags: tags, Summary: "一年的填报，每期一件",
	}, a.listFilings)
	register(s, see, huma.Operation{
		OperationID: "get-filing", Method: http.MethodGet, Path: "/filings/{return}", Tags: tags, Summary: "一期的填报：指标、上期和去年同期、检查", Errors: []int{http.StatusNotFound},
	}, a.getFiling)
	register(s, web.Needs(account.FileFigures), huma.Operation{
		OperationID: "file-figures", Method: http.MethodPost, Path: "/filings/{return}", Tags: tags, Summary: "填报一期的数", Errors: []int{http.StatusNotFound},
		Description: "供业务系统按期报送许可、处罚、强制、收费等台账里没有的数。提交后由另一个人确认才计入年度报告；有错误的不能提交，警告要说明原因。已经确认的，由人办理更正。",
	}, a.fileFigures)
}

func statusOf(s filing.Status) string {
	if s == filing.New {
		return "new"
	}
	return string(s)
}

func (a API) listFilings(ctx context.Context, actor account.Actor, in *filingsQuestion) (*filingsAnswer, error) {
	tree, err := a.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if in.Organ == "" {
		n, _ := filing.OrganOf(tree, actor.Organ)
		in.Organ = n.ID
	}
	if in.Year == 0 {
		in.Year = a.Kit.Now().Year()
	}
	v, err := a.Filings.Overview(ctx, actor, in.Organ, in.Year)
	if err != nil {
		return nil, err
	}
	var out filingsAnswer
	out.Body.Returns = []filed{}
	for _, l := range v.Lines {
		for _, c := range l.Cells {
			out.Body.Returns = append(out.Body.Returns, filed{
				ID: c.ID, Section: l.Section.ID, Role: string(l.Role), Period: c.Period.String(), Status: statusOf(c.Status), Confirmed: c.Confirmed, Due: c.Due.String(), Late: c.Late,
			})
		}
	}
	return &out, nil
}

func (a API) getFiling(ctx context.Context, actor account.Actor, in *struct {
	Return string `path:"return" doc:"填报的编号，见 /filings"`
},
) (*filingAnswer, error) {
	b, err := a.Filings.Open(ctx, actor, in.Return)
	if err != nil {
		return nil, err
	}
	return answerFiling(b), nil
}

func answerFiling(b filing.Bench) *filingAnswer {
	var out filingAnswer
	_, confirmed := b.Return.Last()
	c := b.Shown()
	out.Body.filed = filed{
		ID: b.Return.ID, Section: b.Return.Section, Role: string(b.Return.Role), Period: b.Return.Period.String(), Status: statusOf(b.Return.Status), Confirmed: confirmed,
		Due: b.Scene.Due.String(), Late: !confirmed && b.Scene.Today.After(b.Scene.Due),
	}
	out.Body.Nil, out.Body.Source = c.Nil, c.Source
	out.Body.Figures, out.Body.Findings = []filedFigure{}, []filedFinding{}
	known := func(f filing.Field, values map[string]int64) string {
		if n, ok := values[f.Key]; ok {
			return f.Print(n)
		}
		return ""
	}
	for _, f := range b.Fields {
		one := filedFigure{Name: f.Key, Title: f.Label.Chinese, Meaning: f.Figure.Meaning, Unit: "count", Value: known(f, c.Values), Before: known(f, b.Scene.Before), LastYear: known(f, b.Scene.LastYear)}
		if f.Money {
			one.Unit = "money"
		}
		out.Body.Figures = append(out.Body.Figures, one)
	}
	for _, f := range b.Findings {
		out.Body.Findings = append(out.Body.Findings, filedFinding{f.Key, f.Field, string(f.Severity), f.Message, f.Remark})
	}
	return &out
}

func (a API) fileFigures(ctx context.Context, actor account.Actor, in *filingChange) (*filingAnswer, error) {
	if err := a.Filings.May(ctx, actor, account.FileFigures, in.Return); err != nil {
		return nil, err
	}
	b, err := a.Filings.Open(ctx, actor, in.Return)
	if err != nil {
		return nil, err
	}
	values, wrong := filing.Read(b.Fields, func(key string) string { return in.Body.Values[key] })
	for _, name := range slices.Sorted(maps.Keys(in.Body.Values)) {
		if !slices.ContainsFunc(b.Fields, func(f filing.Field) bool { return f.Key == name }) {
			wrong.Add(name, "没有名称为“%s”的指标，或者不由这里填报。", name)
		}
	}
	for i := range wrong {
		wrong[i].Name = "values." + wrong[i].Name
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if len(values) == 0 && !in.Body.Nil && !in.Body.Submit {
		return nil, errs.New(errs.Invalid, "请写明 values；这一期没有发生的，写 nil 为 true。")
	}
	c := b.Shown()
	fill := filing.Content{Nil: in.Body.Nil, Values: values, Remarks: in.Body.Remarks, Source: in.Body.Source, Files: c.Files}
	if fill.Source == "" {
		fill.Source = c.Source
	}
	deeds := []filing.Deed{filing.Fill{Content: fill}}
	if in.Body.Submit {
		deeds = append(deeds, filing.Submit{})
	}
	if err := a.Filings.Do(ctx, actor, in.Return, deeds...); err != nil {
		return nil, err
	}
	if b, err = a.Filings.Open(ctx, actor, in.Return); err != nil {
		return nil, err
	}
	return answerFiling(b), nil
}
