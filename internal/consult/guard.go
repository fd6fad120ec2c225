package consult

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/procedure"
)

// Found is what the release guard has to say of something that would be public. It is
// said masked.
type Found struct {
	Part, Rule, Says, Place string
	Blocks                  bool
}

// The guards of the table.
var (
	complete = Guard{
		"有征求意见稿、起草说明、期限、提出意见的方式和联系方式，期限不短于规定或者写明理由", "draft, explanation, ways and contact are there, and the period is long enough or its reasons are given", onDecision,
		func(c *Consultation, s *Scene) string { return c.Content.missing(s) },
	}
	notOver = Guard{
		"开始日期不早于今天（补录的已经截止）", "it does not open in the past, unless it was held elsewhere", onDecision,
		func(c *Consultation, s *Scene) string {
			if c.Content.Past {
				return procedure.Unless(c.Content.Until.Before(s.Today), "补录的是已经结束的意见征集，截止日期%s还没有过", c.Content.Until)
			}
			return procedure.Unless(!c.Content.From.Before(s.Today), "开始日期%s已经过去，请改为今天或者以后；已经在其他地方办完的，请选“补录”", c.Content.From)
		},
	}
	anotherPerson = Guard{
		"起草的人不能审核", "nobody approves what they wrote", onDecision,
		func(c *Consultation, s *Scene) string {
			return procedure.Unless(!slices.Contains(c.Hands, s.Actor), "这份意见征集由您起草或者修改，应当由另一个人审核")
		},
	}
	anotherAnswers = Guard{
		"起草反馈的人不能审核", "nobody approves the feedback that they wrote", onBusiness,
		func(c *Consultation, s *Scene) string {
			return procedure.Unless(c.Draft == nil || !slices.Contains(c.Draft.Hands, s.Actor), "这份反馈由您起草或者提交，应当由另一个人审核")
		},
	}
	nothingNew = Guard{
		"放行检查没有问题，或者提交的人说明了理由", "the release guard finds nothing, or reasons were given", "条例§15",
		func(c *Consultation, s *Scene) string {
			excuse := c.Excuse
			if c.Draft != nil {
				excuse = c.Draft.Excuse
			}
			return procedure.Unless(excuse != "" || len(holding(s.Found)) == 0, "放行检查有问题：%s；请退回修改", firstOf(holding(s.Found)))
		},
	}
	notOpenYet = Guard{
		"还没有开始", "it is not open yet", onDecision,
		func(c *Consultation, s *Scene) string {
			return procedure.Unless(s.Today.Before(c.Content.From), "已经在%s开始征求意见，不能再修改；可以延长期限，或者停止征求意见并说明", c.Content.From)
		},
	}
	over = Guard{
		"已经截止", "its last day has passed", onStudy,
		func(c *Consultation, s *Scene) string {
			return procedure.Unless(s.Today.After(c.Content.Until), "%s才截止", c.Content.Until)
		},
	}
	nothingTold = Guard{
		"还没有公布反馈", "no feedback is public", onStudy,
		func(c *Consultation, _ *Scene) string {
			return procedure.Unless(len(c.Feedback) == 0, "反馈已经公布")
		},
	}
	allAnswered = Guard{
		"每条计入的意见都已经办理", "every opinion that counts is answered", onStudy,
		func(_ *Consultation, s *Scene) string {
			n := Sum(s.Ledger).Unanswered
			return procedure.Unless(n == 0, "还有%d条意见没有办理", n)
		},
	}
	written = Guard{
		"已经起草反馈", "the feedback is written", onBusiness,
		func(c *Consultation, _ *Scene) string {
			return procedure.Unless(c.Draft != nil && c.Draft.Text != "", "还没有起草反馈")
		},
	}
)

// holding gives what keeps something in the house.
func holding(all []Found) []Found {
	return slices.DeleteFunc(slices.Clone(all), func(f Found) bool { return !f.Blocks })
}

// firstOf says what was found first, and how many.
func firstOf(all []Found) string {
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprintf("%d处，第一处在%s：%s", len(all), all[0].Part, strings.TrimRight(all[0].Says, "。"))
}
