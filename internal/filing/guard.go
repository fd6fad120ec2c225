package filing

import (
	"fmt"
	"slices"

	"gongkai/internal/procedure"
	"gongkai/internal/rule"
)

// The guards of the table.
var (
	periodOver = Guard{
		"填报期已经结束（最后一日可以填报）", "the period is over, or its last day has come", onForm,
		func(_ *Return, s *Scene) string {
			return procedure.Unless(!s.Today.Before(s.Period.Last()), "这一期到%s结束，数据还会变化，结束后再提交", s.Period.Last())
		},
	}
	noErrors = Guard{
		"每一格都已填写，没有错误", "every figure is there and none is wrong", onForm,
		func(r *Return, s *Scene) string {
			wrong := of(r.Draft.Examine(*s), rule.Error)
			if len(wrong) == 0 {
				return ""
			}
			return fmt.Sprintf("有%d处错误没有改正，第一处：%s", len(wrong), wrong[0].Message)
		},
	}
	remarked = Guard{
		"每个警告都有说明", "every warning has a remark", onForm,
		func(r *Return, s *Scene) string {
			open := slices.DeleteFunc(of(r.Draft.Examine(*s), rule.Warning), func(f Finding) bool { return f.Remark != "" })
			if len(open) == 0 {
				return ""
			}
			return fmt.Sprintf("有%d个警告没有说明原因，第一个：%s", len(open), open[0].Message)
		},
	}
	anotherPerson = Guard{
		"填报的人不能确认", "nobody confirms what they filed", onForm,
		func(r *Return, s *Scene) string {
			return procedure.Unless(!slices.Contains(r.Draft.Hands, s.Actor), "这份数据由您填报，应当由另一个人确认")
		},
	}
	isCorrection = Guard{
		"是对已确认数据的更正", "it corrects what was confirmed", onForm,
		func(r *Return, _ *Scene) string {
			return procedure.Unless(len(r.Versions) > 0, "这一期还没有确认过的数据，不能放弃填报；没有发生的请勾选零报告")
		},
	}
)
