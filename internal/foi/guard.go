package foi

import (
	"errors"
	"fmt"
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/procedure"
)

// Guard is something that must be so before a row applies.
type Guard = procedure.Guard[*Request, *Scene]

// The guards of the table.
var (
	nothingAsked = Guard{
		"征求意见已经全部结束", "no consultation is open", "条例§33.3",
		func(r *Request, s *Scene) string {
			for _, c := range r.Consultations {
				if c.Standing(s.Calendar, s.Today) == Pending {
					return fmt.Sprintf("%s还没有答复，征求意见尚未结束；请登记意见、等期限届满，或者撤回征求意见", c.Whom())
				}
			}
			return ""
		},
	}
	somebodyAsked = Guard{
		"已经征求过意见", "somebody was consulted", "条例§32",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(len(r.Consultations) > 0, "本件没有征求过意见")
		},
	}
	searchOpen = Guard{
		"有未反馈的查找", "a search is open", "条例§36.4",
		func(r *Request, _ *Scene) string {
			for _, q := range r.Searches {
				if q.AnsweredOn.IsZero() {
					return ""
				}
			}
			return "没有等待反馈的查找"
		},
	}
	correctionOnce = Guard{
		"补正只能告知一次", "correction is asked for once", "条例§30",
		func(r *Request, _ *Scene) string {
			if r.Correction == nil {
				return ""
			}
			return fmt.Sprintf("已于%s告知过补正，应当一次性告知，不能再次要求；仍不明确的，可以答复“补正后申请内容仍不明确”", r.Correction.AskedOn)
		},
	}
	correctionOver = Guard{
		"补正期限已经届满", "the period for correction is over", "条例§30",
		func(r *Request, s *Scene) string {
			return procedure.Unless(s.Today.After(r.Correction.Until), "补正期限到%s才届满，在此之前不能视为放弃申请", r.Correction.Until)
		},
	}
	extensionOnce = Guard{
		"只能延期一次", "one extension", "条例§33.2",
		func(r *Request, _ *Scene) string {
			switch e := r.Extension; {
			case e == nil:
				return ""
			case e.ApprovedOn.IsZero():
				return fmt.Sprintf("已经提请延期 %d 个工作日，等待批准", e.Days)
			default:
				return fmt.Sprintf("答复期限已经延长过 %d 个工作日，不能第二次延期", e.Days)
			}
		},
	}
	extensionProposed = Guard{
		"已经提请延期", "an extension is proposed", "条例§33.2",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Extension != nil && r.Extension.ApprovedOn.IsZero(), "没有等待批准的延期")
		},
	}
	notProposer = Guard{
		"提请延期的人不能自己批准", "nobody approves their own proposal", "条例§33.2",
		func(r *Request, s *Scene) string {
			return procedure.Unless(r.Extension.ProposedBy != s.Actor, "延期由您提请，应当由另一位负责人批准")
		},
	}
	inTime = Guard{
		"答复期限尚未届满", "the limit of the reply has not ended", "条例§33.2",
		func(r *Request, s *Scene) string {
			last, err := r.lastDay(s.Calendar)
			if err != nil && !errors.Is(err, calendar.ErrNoCalendar) {
				return "无法计算答复期限"
			}
			return procedure.Unless(last.IsZero() || !s.Today.After(last), "答复期限已于%s届满", last)
		},
	}
	reasonsOnce = Guard{
		"只要求一次说明理由", "reasons are asked for once", "条例§35",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Reasons == nil, "已经要求申请人说明理由")
		},
	}
	reasonsAsked = Guard{
		"已经要求说明理由", "reasons were asked for", "条例§35",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Reasons != nil && r.Reasons.GivenOn.IsZero(), "没有等待申请人说明的理由")
		},
	}
	reasonsHeard = Guard{
		"申请人已经说明理由", "the applicant has given reasons", "条例§35",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Reasons != nil && !r.Reasons.GivenOn.IsZero(), "申请数量、频次明显超过合理范围，并且申请人已经说明合理理由的，才能确定延迟答复的期限")
		},
	}
	feeOnce = Guard{
		"只收费一次，按件、按量择一", "one fee, by one method", "国办函〔2020〕109号§3",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Fee == nil || !r.Fee.CancelledOn.IsZero(), "本件已经发出过收费通知，按件、按量只能择一计收一次")
		},
	}
	noticeReceived = Guard{
		"申请人已经收到收费通知", "the fee notice was received", onFees,
		func(r *Request, _ *Scene) string {
			return procedure.Unless(!r.Fee.ReceivedOn.IsZero(), "请先登记申请人收到收费通知的日期，缴费期限自次日起算")
		},
	}
	paymentOver = Guard{
		"缴费期限已经届满", "the period of payment is over", onFees,
		func(r *Request, s *Scene) string {
			if r.Fee.ReceivedOn.IsZero() {
				return "还没有登记申请人收到收费通知的日期，缴费期限没有起算"
			}
			a, err := r.Fee.Limit(s.Calendar)
			if err != nil {
				return "无法计算缴费期限"
			}
			return procedure.Unless(s.Today.After(a.Deadline), "缴费期限到%s才届满，在此之前不能视为放弃申请", a.Deadline)
		},
	}
	notDrafter = Guard{
		"起草人不能审核、审查、签发自己起草的答复", "nobody passes their own draft", "条例§45",
		func(r *Request, s *Scene) string {
			return procedure.Unless(r.Draft.By != s.Actor, "这份答复由您起草，应当由另一个人办理")
		},
	}
	notApprover = Guard{
		"机关规定审核人、签发人分开的，审核人不能签发", "approval and signature are apart where the organ says so", "条例§45",
		func(r *Request, s *Scene) string {
			return procedure.Unless(!s.Policy.Apart || r.Draft.ApprovedBy != s.Actor, "本机关规定审核和签发由不同的人办理，这份答复由您审核")
		},
	}
	secrecyByChoice = Guard{
		"机关规定逐件保密审查的，应当先送审查", "secrecy review comes first where the organ says so", "条例§17",
		func(_ *Request, s *Scene) string {
			return procedure.Unless(!s.Policy.SecrecyAlways, "本机关规定每一份答复都要保密审查；请送保密审查")
		},
	}
	endProposed = Guard{
		"已经提请终止", "the end is proposed", onOther,
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Ending != nil, "没有提请终止办理")
		},
	}
	notEnder = Guard{
		"提请终止的人不能自己决定", "nobody decides on their own proposal", onOther,
		func(r *Request, s *Scene) string {
			return procedure.Unless(r.Ending.ProposedBy != s.Actor, "终止办理由您提请，应当由另一个人决定")
		},
	}
	servedBefore = Guard{
		"答复已经送达过", "the reply was served", onService,
		func(r *Request, _ *Scene) string {
			return procedure.Unless(len(r.Services) > 0, "本件没有送达过答复")
		},
	}
	nothingPending = Guard{
		"没有未审结的复议诉讼", "no reconsideration or suit is pending", "条例§45",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(!r.pending(), "还有复议或者诉讼没有审结，不能归档")
		},
	}
	proposalSettled = Guard{
		"没有等待审核的主动公开建议", "no proposal of publication waits", "条例§44.2",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(!r.proposalWaits(), "还有主动公开的建议没有审核，不能归档")
		},
	}
	disputePending = Guard{
		"有未审结的复议诉讼", "a reconsideration or suit is pending", "条例§51",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.pending(), "没有尚未审结的复议或者诉讼")
		},
	}
	judged = Guard{
		"有可以上诉的一审判决", "a judgment of first instance can be appealed", "行政诉讼法§85",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(slices.ContainsFunc(r.Disputes, Dispute.Appealable), "没有可以登记上诉的一审判决")
		},
	}
	ordered = Guard{
		"复议或者诉讼的结果要求重新答复", "a reconsideration or judgment orders another reply", "条例§51",
		func(r *Request, _ *Scene) string {
			_, ok := r.order()
			return procedure.Unless(ok, "没有责令重新答复的复议决定或者判决")
		},
	}
	disclosed = Guard{
		"信息已经公开或者部分公开", "something was disclosed", "条例§44",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Outcome == "R3.1" || r.Outcome == "R3.2", "本件没有公开任何信息")
		},
	}
	proposalOpen = Guard{
		"有等待审核的主动公开建议", "a proposal of publication waits", "条例§44.2",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.proposalWaits(), "没有等待审核的主动公开建议")
		},
	}
	isShown = Guard{
		"正在公示", "it is shown", "条例§15",
		func(r *Request, _ *Scene) string {
			return procedure.Unless(r.Visibility == Public, "本件没有公示")
		},
	}
)
