package world

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/work"
)

// errand is work that somebody hands out. Days are working days from the day on
// which the county is looked at: given lies behind it, due on either side.
type errand struct {
	by, organ string // login, name
	to        string // login, or the role after a @
	task      work.Task
	title     string
	note      string
	given     int
	due       int
	done      int    // days ago; 0 for open
	closing   string // "" for withdrawn, when it is done
	fixed     bool   // the last day is a certain day
}

// errands are what the county has to do: for everybody something, in every
// state.
func errands() []errand {
	const bureau, nature, civil, town = serviceName, "青川旗自然资源局", "青川旗民政局", "城关镇人民政府"
	return []errand{
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Request, title: "核实2026年第37号申请所涉信息是否存在", note: "向审批管理股、大厅管理股书面查找，三年内的都要查，查找过程留痕。", given: 9, due: -2},
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Request, title: "起草2026年第41号申请的答复书", note: "部分内容涉及第三方，先看征求意见的回函。", given: 6, due: 1},
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Publish, title: "更新政府信息公开指南的联系方式和受理时间", given: 4, due: 3},
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Report, title: "收集年度报告各项数据的初稿", note: "上年结转要与去年报告的“结转下年度继续办理”一致。", given: 3, due: 12},
		{by: "fuzeren", organ: bureau, to: "@clerk", task: work.Consult, title: "汇总“一件事”办事指南征求意见的反馈", given: 2, due: 4},
		{by: "fuzeren", organ: bureau, to: "@clerk", task: work.Publish, title: "发布第三季度政务服务“好差评”通报", given: 1, due: 8},
		{by: "fuzeren", organ: bureau, to: "jingban2", task: work.Monitor, title: "整改“政策解读”栏目超过三个月未更新", note: "上级抽查通报的问题，整改后截图留存。", given: 12, due: -4},
		{by: "fuzeren", organ: bureau, to: "jingban2", task: work.Publish, title: "公开2026年部门预算执行情况说明", given: 5, due: 2, fixed: true},
		{by: "fuzeren", organ: bureau, to: "baomi", task: work.Publish, title: "审查拟公开的行政许可结果清单（11月）", given: 2, due: 1},
		{by: "fuzeren", organ: bureau, to: "baomi", task: work.Duty, title: "修订公开前保密审查登记表", given: 4, due: 9},
		{by: "zhuguan", organ: bureau, to: "qianfa", task: work.Request, title: "签发2026年第35号申请的答复", given: 2, due: 0},
		{by: "zhuguan", organ: bureau, to: "qianfa", task: work.Duty, title: "审定明年政务公开培训计划", given: 3, due: 10},
		{by: "zhuguan", organ: bureau, to: "fuzeren", task: work.Report, title: "报送年度报告编制工作方案", note: "写明分工、时间节点和数据来源。", given: 8, due: -1},
		{by: "zhuguan", organ: bureau, to: "fuzeren", task: work.Monitor, title: "答复政府网站找错留言2条", given: 2, due: 1},
		{by: "zhuguan", organ: bureau, to: "fuzeren", task: work.Duty, title: "调整政务公开工作领导小组成员名单", given: 3, due: 6},
		{by: "fuzeren", organ: bureau, to: "dating", task: work.Rating, title: "回访3件“不满意”评价", note: "先电话核实，再写明整改措施。", given: 4, due: 2},
		{by: "fuzeren", organ: bureau, to: "dating", task: work.Hall, title: "核对周末延时服务窗口公示牌", given: 3, due: 5},
		{by: "zhuguan", organ: "审批管理股", to: "lianluo", task: work.Request, title: "查找申请人所要的审批材料目录", given: 3, due: 1},
		{by: "zhuguan", organ: "审批管理股", to: "lianluo", task: work.Report, title: "报送行政许可和政务服务事项数据", given: 2, due: 11},
		{by: "zhuguan", organ: countyName, to: "zhuguan", task: work.Report, title: "印发年度报告编制和报送的通知", given: 5, due: 3},
		{by: "ziran-fz", organ: nature, to: "ziran-jb", task: work.Request, title: "征求宗地图利害关系人意见", note: "挂号信寄出后登记单号。", given: 7, due: -1},
		{by: "ziran-fz", organ: nature, to: "ziran-jb", task: work.Publish, title: "公开征收土地公告和补偿方案", given: 4, due: 2},
		{by: "zhuguan", organ: nature, to: "ziran-fz", task: work.Report, title: "核对不动产登记数据口径", given: 3, due: 7},
		{by: "minzheng-fz", organ: civil, to: "minzheng-jb", task: work.Publish, title: "公开三季度城乡低保资金发放情况", note: "不公开个人的身份证号、银行卡号和住址门牌。", given: 6, due: 3},
		{by: "minzheng-fz", organ: civil, to: "minzheng-jb", task: work.Consult, title: "回复养老服务设施规划的网上意见", given: 2, due: 5},
		{by: "zhuguan", organ: civil, to: "minzheng-fz", task: work.Duty, title: "上报政务公开联络员调整情况", given: 1, due: 4},
		{by: "zhuguan", organ: town, to: "chengguan", task: work.Publish, title: "补齐村务公开目录中的空白项", given: 10, due: -3},
		{by: "zhuguan", organ: town, to: "chengguan", task: work.Report, title: "报送乡镇年度报告基础数据", given: 2, due: 9},

		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Request, title: "送达2026年第33号申请的答复书", given: 16, due: -8, done: 10, closing: "已邮寄送达，挂号信回执存档。"},
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Publish, title: "公开10月行政许可结果", given: 18, due: -10, done: 12, closing: "已在网站发布，索引号已编。"},
		{by: "fuzeren", organ: bureau, to: "jingban2", task: work.Request, title: "告知第34号申请人补正", given: 15, due: -9, done: 8, closing: "补正告知书已送达，比要求晚了一天。"},
		{by: "fuzeren", organ: bureau, to: "dating", task: work.Hall, title: "更换二楼窗口分布图", given: 14, due: -6, done: 7, closing: "已更换，照片存档。"},
		{by: "zhuguan", organ: bureau, to: "fuzeren", task: work.Duty, title: "组织一次依申请公开业务培训", given: 19, due: -5, done: 6, closing: "11月培训一次，32人参加，签到表存档。"},
		{by: "ziran-fz", organ: nature, to: "ziran-jb", task: work.Publish, title: "发布采矿权出让公告", given: 13, due: -5, done: 6, closing: "已发布。"},
		{by: "minzheng-fz", organ: civil, to: "minzheng-jb", task: work.Request, title: "答复第12号申请", given: 17, due: -6, done: 9, closing: "已答复并送达。"},
		{by: "zhuguan", organ: town, to: "chengguan", task: work.Publish, title: "公开惠农补贴发放名册（隐去个人号码）", given: 15, due: -4, done: 5, closing: "已公开，发放名册只到村组和金额。"},
		{by: "fuzeren", organ: bureau, to: "jingban", task: work.Other, title: "整理旧栏目迁移清单", given: 11, due: 6, done: 9},
	}
}

// deed is something that happens to an errand.
type deed struct {
	at time.Time
	do func(ctx context.Context) error
}

// seen is how many working days back the county's people have read what they
// were told.
const seen = 2

// work lets the county live up to the day on which it is looked at: errands are
// handed out and done, requests come in and are replied to.
func (w *World) work(ctx context.Context, o Offices, c *clock.Manual) error {
	if o.Work == nil || o.Requests == nil {
		return nil
	}
	now := o.Now
	if earliest := Begin.AddDate(0, 2, 0); now.Before(earliest) {
		now = earliest
	}
	cal, err := o.Work.Calendars.Calendar(ctx)
	if err != nil {
		return err
	}
	days := county{cal, calendar.On(now.Year(), now.Month(), now.Day())}
	var deeds []deed
	for n, e := range errands() {
		deeds = append(deeds, w.deeds(o, c, days, n, e)...)
	}
	for n, l := range lives() {
		deeds = append(deeds, w.requestDeeds(o, days, n, l)...)
	}
	if o.Documents != nil {
		for n, p := range papers() {
			deeds = append(deeds, w.paperDeeds(o, days, n, p)...)
		}
	}
	if o.Faults != nil {
		for n, m := range mistakes() {
			deeds = append(deeds, w.faultDeeds(o, days, n, m)...)
		}
	}
	if o.Filings != nil {
		deeds = append(deeds, w.filings(o, now)...)
	}
	if o.Consults != nil {
		deeds = append(deeds, w.consultations(o, days)...)
	}
	if o.Collect != nil && o.Reports != nil {
		deeds = append(deeds, w.collects(o, days)...)
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	read, told := days.morning(-seen), false
	for _, d := range deeds {
		if !told && d.at.After(read) {
			if err := w.read(ctx, o, c, read); err != nil {
				return err
			}
			told = true
		}
		c.Set(d.at)
		if err := d.do(ctx); err != nil {
			return err
		}
	}
	c.Set(now)
	return nil
}

// read lets everybody read what they were told so far.
func (w *World) read(ctx context.Context, o Offices, c *clock.Manual, at time.Time) error {
	if o.Told == nil {
		return nil
	}
	c.Set(at)
	if err := o.Told(ctx); err != nil {
		return err
	}
	for _, p := range w.People {
		if err := o.Notices.ReadAll(ctx, p.Actor()); err != nil {
			return err
		}
	}
	return nil
}

// deeds are what happens to the n-th errand.
func (w *World) deeds(o Offices, c *clock.Manual, days county, n int, e errand) []deed {
	var made work.Item
	at := days.morning(-e.given).Add(time.Duration(n) * 7 * time.Minute)
	give := deed{at, func(ctx context.Context) (err error) {
		draft := work.Draft{Organ: w.Organs[e.organ], Task: e.task, Title: e.title, Note: e.note, For: w.holder(e.to)}
		if draft.Due = days.day(e.due); !e.fixed && days.knows(e.given, e.due) {
			draft.Due, draft.Workdays = calendar.Date{}, e.given+e.due
		}
		if made, err = o.Work.Assign(ctx, w.People[e.by].Actor(), draft); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		return nil
	}}
	if e.done == 0 {
		return []deed{give}
	}
	return []deed{give, {days.morning(-e.done).Add(6 * time.Hour), func(ctx context.Context) error {
		if e.closing == "" {
			return o.Work.Withdraw(ctx, w.People[e.by].Actor(), made.ID, "栏目改版推迟，这项工作不需要了。")
		}
		return o.Work.Finish(ctx, w.People[e.to].Actor(), made.ID, e.closing)
	}}}
}

func (w *World) holder(to string) work.Holder {
	if role, ok := strings.CutPrefix(to, "@"); ok {
		return work.Holder{Role: account.Role(role)}
	}
	return work.Holder{Person: w.People[to].ID}
}

// county counts working days from the day on which the county is looked at.
type county struct {
	cal   *calendar.Calendar
	today calendar.Date
}

// knows tells whether the calendar knows the days of an errand.
func (d county) knows(given, due int) bool {
	first, err := d.cal.AddWorkdays(d.today, -given)
	_, later := d.cal.AddWorkdays(d.today, max(due, 0))
	works, _ := d.cal.IsWorkday(d.today)
	return err == nil && later == nil && d.cal.Has(first) && works
}

// day gives a working day; where the calendar ends, weeks are taken for plain.
func (d county) day(n int) calendar.Date {
	if day, err := d.cal.AddWorkdays(d.today, n); err == nil && n != 0 {
		return day
	}
	step, day := cmp.Compare(n, 0), d.today
	for left := n; left != 0; {
		if day = day.Add(step); day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			left -= step
		}
	}
	if n == 0 && (day.Weekday() == time.Saturday || day.Weekday() == time.Sunday) {
		return d.day(1)
	}
	return day
}

// morning gives half past eight of a working day.
func (d county) morning(n int) time.Time {
	year, month, day := d.day(n).Civil()
	return time.Date(year, month, day, 8, 30, 0, 0, clock.Shanghai)
}
