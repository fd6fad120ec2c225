package compile

import (
	"fmt"
	"slices"

	"gongkai/internal/procedure"
)

// The guards of the table.
var (
	noErrors = Guard{
		"检查没有错误", "the checker finds no error", "条例§50",
		func(r *Report, s *Scene) string {
			found := r.Draft.Examine(*s, r.Year).Errors()
			if len(found) == 0 {
				return ""
			}
			return fmt.Sprintf("检查有 %d 个错误没有改正，第一个：%s", len(found), found[0].Message)
		},
	}
	warningsAnswered = Guard{
		"每个警告都有说明", "every warning has a reason", onForm,
		func(r *Report, s *Scene) string {
			found := r.Draft.Examine(*s, r.Year).Open()
			if len(found) == 0 {
				return ""
			}
			return fmt.Sprintf("有 %d 个警告没有写明理由，第一个：%s", len(found), found[0].Message)
		},
	}
	notCompiler = Guard{
		"编写的人不能审核、签发", "nobody passes what they wrote", onForm,
		func(r *Report, s *Scene) string {
			return procedure.Unless(!slices.Contains(r.Draft.Hands, s.Actor), "这份报告由您编写，应当由另一个人办理")
		},
	}
	yearOver = Guard{
		"统计年度已经结束", "the year is over", onForm,
		func(r *Report, s *Scene) string {
			return procedure.Unless(s.Today.Year() > r.Year, "统计期限到%d年12月31日，还没有结束，不能签发", r.Year)
		},
	}
	notIssued = Guard{
		"这一版还没有转主动公开", "this version was not handed to publication", onReport,
		func(r *Report, _ *Scene) string {
			last, _ := r.Last()
			return procedure.Unless(last.Document == "", "这一版已经转为主动公开文件")
		},
	}
	notSent = Guard{
		"上级还没有收到这一版", "the superior does not have this version", onReport,
		func(r *Report, _ *Scene) string {
			last, _ := r.Last()
			return procedure.Unless(last.Submission() != Receipted, "这一版已经在%s报送", last.SentOn)
		},
	}
	isCorrection = Guard{
		"是对已签发报告的更正", "it corrects what was signed", onForm,
		func(r *Report, _ *Scene) string {
			return procedure.Unless(len(r.Versions) > 0, "第一版报告不能放弃，每年都要编制")
		},
	}
)
