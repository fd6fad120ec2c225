package world

import (
	"context"
	"time"

	"gongkai/internal/fault"
)

// mistake is what a visitor found wrong on the site, and what became of it.
type mistake struct {
	day, closed int // working days from the day on which the county is looked at; closed 0 while it is open
	fault.Report
	outcome fault.Outcome
	answer  string
}

func mistakes() []mistake {
	return []mistake{
		{-90, -62, fault.Report{Page: "/open/guide", Kind: "outdated", Text: "指南里的办公时间还是夏季的，现在应当是冬季时间。"}, "corrected", "办公时间已经更新。因核对各单位时间，办理超过了期限，抱歉。"},
		{-33, -32, fault.Report{Page: "/open?kind=fee", Kind: "link", Text: "收费目录清单的附件点开是空白的。", Contact: "13900000077"}, "corrected", "附件已经重新上传，可以打开。"},
		{-20, -18, fault.Report{Page: "/deadline", Kind: "wrong", Text: "10月10日是星期六，页面显示是工作日，是不是错了？"}, "right", "10月10日是国庆节调休的上班日，依据国务院办公厅放假通知，页面没有错误。"},
		{-6, 0, fault.Report{Page: "/open?kind=notice", Kind: "wording", Text: "“河湾镇东滩片区”公告第二段“公倾”应为“公顷”。", Contact: "wang@example.cn"}, "", ""},
		{-1, 0, fault.Report{Page: "/organs", Kind: "function", Text: "手机上看机关名录，电话不能直接点击拨打。"}, "", ""},
	}
}

// faultDeeds are what happens about a mistake.
func (w *World) faultDeeds(o Offices, days county, n int, m mistake) []deed {
	at := days.morning(m.day).Add(time.Duration(n) * 11 * time.Minute)
	if !at.After(Begin.AddDate(0, 0, 1)) {
		return nil
	}
	var id string
	all := []deed{{at, func(ctx context.Context) error {
		f, err := o.Faults.Report(ctx, "192.0.2.7", m.Report)
		id = f.ID
		return err
	}}}
	if m.closed != 0 {
		all = append(all, deed{days.morning(m.closed).Add(2 * time.Hour), func(ctx context.Context) error {
			return o.Faults.Close(ctx, w.People["jingban"].Actor(), id, m.outcome, m.answer)
		}})
	}
	return all
}
