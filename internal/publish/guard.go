package publish

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/procedure"
)

// Guard is something that must be so before a row applies.
type Guard = procedure.Guard[*Document, *Scene]

// The guards of the table.
var (
	attributeChosen = Guard{
		"已经认定公开属性", "the openness attribute is chosen", onSource,
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Attribute.Openness != Unset, "还没有认定公开属性（主动公开、依申请公开、不予公开），不予办理；请起草人选择，不公开的写明理由")
		},
	}
	somethingSaid = Guard{
		"有正文或者附件", "there is a text or an attachment", "条例§24",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Text != "" || len(d.Files) > 0 || d.Grade.Secret(), "文件既没有正文，也没有附件")
		},
	}
	notDrafter = Guard{
		"起草和修改的人不能审核、审查、签发", "nobody passes their own draft", "条例§17.1",
		func(d *Document, s *Scene) string {
			return procedure.Unless(!slices.Contains(d.Draft.Hands, s.Actor), "这份文件由您起草或者修改过，应当由另一个人办理")
		},
	}
	notChecker = Guard{
		"机关规定审核人、签发人分开的，审核人不能签发", "check and signature are apart where the organ says so", "条例§17.1",
		func(d *Document, s *Scene) string {
			return procedure.Unless(!s.Policy.Apart || d.Draft.CheckedBy != s.Actor, "本机关规定审核和签发由不同的人办理，这份文件由您审核")
		},
	}
	notReferred = Guard{
		"没有等待上级确定的问题", "no question is with a higher authority", "条例§17.3",
		func(d *Document, _ *Scene) string {
			switch r := d.Draft.Referral; {
			case r == nil || !r.AnsweredOn.IsZero() && r.May:
				return ""
			case r.AnsweredOn.IsZero():
				return "已经报请" + r.Body + "确定，还没有答复"
			default:
				return r.Body + "确定不得公开；请退回，由起草人改为不予公开"
			}
		},
	}
	referred = Guard{
		"已经报请上级确定", "it was referred", "条例§17.3",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Draft.Referral != nil && d.Draft.Referral.AnsweredOn.IsZero(), "没有等待确定的问题")
		},
	}
	consentAsked = Guard{
		"有等待答复的会签、协商、批准", "a consent is awaited", "条例§11",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(slices.ContainsFunc(d.Consents, func(c Consent) bool { return c.AnsweredOn.IsZero() }), "没有等待答复的机关")
		},
	}
	consentRefused = Guard{
		"有机关不同意", "an organ objects", "条例§11",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(slices.ContainsFunc(d.Consents, func(c Consent) bool { return !c.AnsweredOn.IsZero() && !c.Agrees && c.Settled == "" }), "没有不同意的意见")
		},
	}
	consentsGiven = Guard{
		"会签、协商、批准都有结果", "every consent is given or settled", "条例§11",
		func(d *Document, _ *Scene) string {
			for _, c := range d.Consents {
				switch {
				case c.Stands() || d.overtaken(c):
				case c.AnsweredOn.IsZero():
					return c.Organ + "还没有答复"
				case c.Kind == Approver:
					return c.Organ + "没有批准，不得公开"
				default:
					return c.Organ + "不同意；请再次协商，或者由负责人决定"
				}
			}
			return ""
		},
	}
	cleared = Guard{
		"各项内容都通过了保密审查，审查后没有改动", "every part was cleared as it is", onOrder,
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Draft.Clearance.covers(d), "没有逐项保密审查的记录，或者审查以后内容有改动；请退回重新审查")
		},
	}
	attributePublic = Guard{
		"公开属性是主动公开", "the attribute is public", "条例§13.2",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Attribute.Openness == Open && !d.Grade.Secret(), "公开属性不是主动公开")
		},
	}
	scanned = Guard{
		"各项内容都经过放行检查", "the guard has seen every part", "条例§15",
		func(d *Document, _ *Scene) string {
			var names []string
			for _, p := range d.Unscanned() {
				names = append(names, p.Words().Chinese)
			}
			return procedure.Unless(len(names) == 0, "还没有做放行检查：%s", strings.Join(names, "、"))
		},
	}
	nothingFound = Guard{
		"放行检查没有未处理的问题", "no finding is open", "条例§15",
		func(d *Document, _ *Scene) string {
			found := d.Holding()
			if len(found) == 0 {
				return ""
			}
			return fmt.Sprintf("放行检查有 %d 个问题没有处理，第一个：%s；请一键去标识化，或者退回修改，或者由两个人说明理由并确认", len(found), strings.TrimRight(found[0].Says, "。"))
		},
	}
	somethingFound = Guard{
		"放行检查有问题", "there is a finding", "条例§15",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(len(d.Holding()) > 0, "放行检查没有阻止公开的问题")
		},
	}
	somethingMaskable = Guard{
		"放行检查没有通过的内容可以由系统处理", "a part that is kept can be masked by the program", "条例§15",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(len(d.ToMask()) > 0, "放行检查没有可以由系统处理的问题")
		},
	}
	excusePending = Guard{
		"有等待确认的理由", "reasons wait for a second person", "条例§15",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(slices.ContainsFunc(d.Holding(), func(f Found) bool { return f.Excuse != nil }), "没有等待确认的理由")
		},
	}
	isPosted = Guard{
		"还在其他渠道发布", "it stands in another channel", "条例§23",
		func(d *Document, _ *Scene) string {
			return procedure.Unless(slices.ContainsFunc(d.Posts, Post.ByHand), "没有在人工登记的渠道发布")
		},
	}
	isChangeable = sends("有还没有发布的渠道文稿", "a wording is not published yet", "条例§23", Sending.Changeable)
	liesInDrafts = sends("有只存为草稿的渠道文稿", "a draft lies in a channel", "条例§23", func(x Sending) bool { return x.Want == AsDraft && x.At != AtEnd && x.At != AtPublic })
	isUnreviewed = sends("有等待保密审查的渠道文稿", "a wording waits for the secrecy reviewer", onOrder, Sending.Waits)
	isTroubled   = sends("有没有办成的渠道文稿", "something failed in a channel", "条例§23", func(x Sending) bool { return x.Trouble != nil })
	isSent       = sends("有送往渠道的文稿", "it was sent to a channel", "条例§6.2", func(x Sending) bool { return x.Want != Away && x.At != AtEnd })
	isCarried    = sends("有正在办理的渠道文稿", "a text is on its way", "条例§23", func(x Sending) bool { return x.Trouble == nil && x.At != AtEnd })
	isSubmitted  = sends("有要发布的渠道文稿", "a text is to be published", "条例§23", func(x Sending) bool {
		return x.Trouble == nil && (x.At == AtOffice && !x.Waits() || x.At == AtDrafts || x.At == AtDoor || x.At == AtChannel)
	})
	isUnwanted = sends("有要撤回的渠道文稿", "a text is to be taken back", "条例§6.2", func(x Sending) bool {
		return x.Trouble == nil && x.Want == Away && (x.At == AtOffice || x.At == AtDrafts || x.At == AtPublic)
	})
	hasRunOut = Guard{
		"电子屏上有最后一天已过的文稿", "the last day of a text on a screen has passed", "条例§23",
		func(d *Document, s *Scene) string {
			return procedure.Unless(slices.ContainsFunc(d.Posts, func(p Post) bool { return p.over(s.Today) }), "电子屏上没有最后一天已过的文稿")
		},
	}
	isLinked = Guard{
		"有关联的文件", "it is linked", onSource,
		func(d *Document, _ *Scene) string { return procedure.Unless(len(d.Links) > 0, "没有关联的文件") },
	}
	notSuspender = Guard{
		"撤下的人不能自己决定恢复或者撤回", "whoever took it down does not decide", "条例§6.2",
		func(d *Document, s *Scene) string {
			return procedure.Unless(d.Down.By != s.Actor, "文件由您撤下，应当由另一个人决定")
		},
	}
	holds = Guard{
		"还没有废止、失效", "it has not ended", onReview,
		func(d *Document, _ *Scene) string {
			return procedure.Unless(!d.Validity.State.Ended(), "文件已经%s", d.Validity.State.Words().Chinese)
		},
	}
	isNormative = Guard{
		"是规章或者行政规范性文件", "it is normative", onReview,
		func(d *Document, _ *Scene) string {
			return procedure.Unless(d.Kind.Normative(), "只有规章、行政规范性文件需要清理")
		},
	}
	forceCome = Guard{
		"决定的日期已经到", "the day that was decided has come", onReview,
		func(d *Document, s *Scene) string {
			return procedure.Unless(d.Coming != nil && !d.Coming.On.After(s.Today), "没有到期的有效性变更")
		},
	}
	termOver = Guard{
		"有效期已经届满", "its term is over", onReview,
		func(d *Document, s *Scene) string {
			return procedure.Unless(d.termOver(s.Today), "有效期还没有届满")
		},
	}
)

// sends is a guard that asks for a text on its way into a channel.
func sends(chinese, english, cite string, fits func(Sending) bool) Guard {
	return Guard{chinese, english, cite, func(d *Document, _ *Scene) string {
		return procedure.Unless(slices.ContainsFunc(d.Posts, func(p Post) bool { return p.Sending != nil && fits(*p.Sending) }), "没有%s", strings.TrimPrefix(chinese, "有"))
	}}
}

// overtaken tells whether the same organ agreed to a later question.
func (d *Document) overtaken(old Consent) bool {
	later := false
	for _, c := range d.Consents {
		switch {
		case c.Ref == old.Ref:
			later = true
		case later && c.Organ == old.Organ && c.Kind == old.Kind && c.Stands():
			return true
		}
	}
	return false
}
