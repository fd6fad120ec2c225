package world

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/consult"
)

// hearing is a draft on which the county asks everybody, and what becomes of it. Days are
// working days from the day on which the county is looked at.
type hearing struct {
	organ, clerk, head string
	title              string
	kind               consult.Kind
	draft, explanation string
	opens, closes      int
	told               int // feedback; 0 for none
	said               []saying
	waits              bool // it is with the head still
}

// saying is an opinion and its answer.
type saying struct {
	after   int // working days after the first day
	channel consult.Channel
	giver   string
	name    string
	contact string
	text    string
	outcome consult.Outcome // "" while it is not answered
	gist    string
	reason  string
}

func hearings() []hearing {
	const bureau, nature, civil = serviceName, "青川旗自然资源局", "青川旗民政局"
	return []hearing{
		{
			organ: bureau, clerk: "jingban", head: "fuzeren", kind: consult.Normative, opens: -36, closes: -27, told: -18,
			title:       "关于《青川旗政务服务“好差评”管理办法（征求意见稿）》公开征求意见的公告",
			draft:       "第一条　为了规范政务服务“好差评”工作，提升服务质量，制定本办法。\n第二条　本办法适用于全旗各级政务服务大厅和便民服务站。\n第三条　群众可以在窗口评价器、扫码、网上、电话四种方式中自愿选择一种评价。\n第四条　收到差评的，承办单位应当在一个工作日内联系核实，五个工作日内整改并反馈。\n第五条　评价结果每季度通报一次。",
			explanation: "一、起草的背景。国务院办公厅要求建立政务服务“好差评”制度，我旗原有规定只适用于旗级大厅。\n二、主要内容。明确评价方式、差评核实整改的时限和结果通报。\n三、起草过程。已征求各苏木镇、街道和进驻部门的意见。",
			said: []saying{
				{1, consult.Online, "person", "王秀兰", "13900000101", "差评以后五个工作日太长，建议三个工作日反馈。", consult.Partly, "缩短差评整改反馈的时限", "电话核实的时限由一个工作日改为当日；整改涉及多个部门，仍为五个工作日。"},
				{2, "letter", "organisation", "青川旗老年人协会", "", "老年人不会扫码，窗口要保留纸质评价表。", consult.Adopted, "为不使用智能手机的群众保留纸质评价方式", ""},
				{3, consult.Online, "person", "", "", "请保留人工评价，不要只有二维码。", consult.Adopted, "为不使用智能手机的群众保留纸质评价方式", ""},
				{4, "meeting", "business", "", "", "座谈会：企业代表建议公布差评最多的事项名单。", consult.Declined, "公布差评最多的事项和窗口", "差评数量受办件量影响，直接排名不能反映服务质量；改为公布每百件差评率。"},
				{5, consult.Online, "other", "", "", "低息贷款，联系微信", "", "", ""},
			},
		},
		{
			organ: civil, clerk: "minzheng-jb", head: "minzheng-fz", kind: consult.Normative, opens: -17, closes: -6,
			title:       "关于《青川旗社区养老服务设施建设规划（征求意见稿）》公开征求意见的公告",
			draft:       "一、总体要求。到2028年，每个街道至少建成一处综合养老服务中心。\n二、主要任务。新建居住区配套建设养老服务用房；老旧小区通过购置、租赁等方式补足。\n三、保障措施。建设资金列入财政预算，运营单位每年接受一次评估。",
			explanation: "一、起草的必要性。全旗六十岁以上人口占比逐年上升，社区养老设施分布不均。\n二、起草的依据。《老年人权益保障法》和上级规划。\n三、主要内容。建设目标、任务分工和资金保障。",
			said: []saying{
				{1, "hall", "person", "巴图", "", "东滩社区没有电梯，二楼的养老用房老人上不去。", consult.Adopted, "养老服务用房应当在一层或者有电梯", ""},
				{2, consult.Online, "person", "", "", "日间照料中心的午餐能不能送上门？", "", "", ""},
				{4, consult.Online, "business", "青川康养服务公司", "kf@example.cn", "建议明确民办机构租用公有房屋的租金减免。", "", "", ""},
			},
		},
		{
			organ: bureau, clerk: "jingban", head: "fuzeren", kind: consult.Normative, opens: -4, closes: 9,
			title:       "关于《青川旗政务服务大厅延时服务管理办法（征求意见稿）》公开征求意见的公告",
			draft:       "第一条　为了方便群众和企业办事，规范周末不打烊、错时延时服务，制定本办法。\n第二条　旗政务服务大厅周六上午开放综合窗口，可以办理的事项另行公布。\n第三条　工作日中午和下班后实行预约服务。\n第四条　延时服务不收取费用。",
			explanation: "一、起草的背景。周末可以办理的事项由139项增加到1650项，需要统一服务的时间和标准。\n二、主要内容。开放时间、预约方式、人员调休和监督。",
			said: []saying{
				{1, consult.Online, "person", "", "", "周六下午也应当开放，很多人上午要上班。", "", "", ""},
				{2, consult.Online, "business", "", "", "希望企业开办的全部环节周末都能办，包括刻章和银行开户。", "", "", ""},
				{3, "phone", "person", "", "", "来电：苏木镇的便民服务站周末开不开？", "", "", ""},
			},
		},
		{
			organ: nature, clerk: "ziran-jb", head: "ziran-fz", kind: consult.Business, opens: -9, closes: 18,
			title:       "关于《青川旗临时用地管理规定（征求意见稿）》公开征求意见的公告",
			draft:       "第一条　为了规范临时用地的申请、审批和复垦，制定本规定。\n第二条　临时用地期限一般不超过二年。\n第三条　申请人应当编制土地复垦方案，预存复垦费用。",
			explanation: "一、起草的依据。《土地管理法》及其实施条例。\n二、主要内容。明确申请材料、审批时限和复垦责任，涉及采矿、建筑等企业的经营活动，按不少于30日征求意见。",
			said: []saying{
				{3, consult.Online, "business", "青川建筑安装公司", "bgs@example.cn", "复垦费用能不能用银行保函代替预存？", "", "", ""},
			},
		},
		{
			organ: bureau, clerk: "jingban2", head: "fuzeren", kind: consult.Decision, opens: 3, closes: 30, waits: true,
			title:       "关于旗政务服务大厅新址选址方案公开征求意见的公告",
			draft:       "拟将旗政务服务大厅迁至青川镇团结路东段，新址面积约八千平方米，设公交站点和停车场。现有大厅改为城关镇便民服务中心。",
			explanation: "一、决策的必要性。现有大厅面积不足，部分事项分散在三处办理。\n二、方案比选。对三处备选地块的交通、造价和工期作了比较。\n三、下一步。征求意见后组织专家论证和风险评估，提请旗政府常务会议审议。",
		},
	}
}

// lastYears is the consultation of the year before gongkai was in use: seven of the 19
// opinions of the model year stand on its ledger.
func lastYears() hearing {
	return hearing{
		organ: serviceName, clerk: "jingban", head: "fuzeren", kind: consult.Normative,
		title:       "关于《青川旗政务服务大厅“周末不打烊”实施方案（征求意见稿）》公开征求意见的公告",
		draft:       "一、周六上午开放综合受理窗口。\n二、首批139个事项周末可以办理，逐季扩大。\n三、设立预约电话和网上预约。",
		explanation: "一、起草的背景。群众反映工作日请假办事不便。\n二、主要内容。开放时间、事项范围和预约方式。",
		said: []saying{
			{1, "email", "person", "", "", "周六只开上午太短。", consult.Partly, "延长周六开放时间", "人员调休有限，先开放上午，试行后再评估。"},
			{1, "hall", "person", "", "", "希望不动产登记也能周末办。", consult.Adopted, "不动产登记纳入周末可办事项", ""},
			{2, "email", "business", "", "", "不动产抵押登记要能在周末办。", consult.Adopted, "不动产登记纳入周末可办事项", ""},
			{3, "letter", "organisation", "青川旗个体私营经济协会", "", "预约电话要有人接，最好能回拨。", consult.Adopted, "预约电话设专人接听并回拨", ""},
			{4, "phone", "person", "", "", "预约电话总是占线。", consult.Adopted, "预约电话设专人接听并回拨", ""},
			{6, "meeting", "business", "", "", "座谈会：建议公布每个周末的办件量。", consult.Adopted, "公布周末办件情况", ""},
			{8, "letter", "person", "", "", "建议周日也全天开放。", consult.Declined, "周日全天开放", "周日办件需求少，开放成本高。"},
		},
	}
}

// consultations gives what becomes of the county's consultations.
func (w *World) consultations(o Offices, days county) []deed {
	all := w.heldBefore(o)
	for n, h := range hearings() {
		all = append(all, w.hear(o, days, n, h)...)
	}
	return all
}

// consultation is a hearing on its way.
type consultation struct {
	o           Offices
	w           *World
	h           hearing
	id          string
	from, until calendar.Date
}

func (c *consultation) content(past bool) consult.Content {
	return consult.Content{
		Title: c.h.title, Kind: c.h.kind, From: c.from, Until: c.until, Past: past, Draft: consult.Paper{Text: c.h.draft}, Explanation: consult.Paper{Text: c.h.explanation},
		Email: "zqyj@example.cn", Address: "青川旗青川镇团结路，" + c.h.organ + "办公室（邮政编码015000）", Contact: c.h.organ + "办公室", Phone: "0478-0000012",
	}
}

// asked drafts it, and lets the head approve it unless it waits.
func (c *consultation) asked(ctx context.Context, past bool) (err error) {
	if c.id, err = c.o.Consults.Begin(ctx, c.w.People[c.h.clerk].Actor(), c.w.Organs[c.h.organ], c.content(past)); err != nil {
		return fmt.Errorf("%s: %w", c.h.title, err)
	}
	if err := c.does(ctx, c.h.clerk, consult.Submit{Excuse: "电话、邮箱和地址是本机关对外公布的办公联系方式。"}); err != nil || c.h.waits {
		return err
	}
	return c.does(ctx, c.h.head, consult.Approve{})
}

func (c *consultation) does(ctx context.Context, who string, deeds ...consult.Deed) error {
	for _, one := range deeds {
		if err := c.o.Consults.Do(ctx, c.w.People[who].Actor(), c.id, one); err != nil {
			return fmt.Errorf("%s: %s: %w", c.h.title, one.Event(), err)
		}
	}
	return nil
}

// says lets somebody give an opinion: online by themselves, else by way of the clerk.
func (c *consultation) says(ctx context.Context, s saying, on calendar.Date) error {
	g := consult.Given{Channel: s.channel, Giver: s.giver, Text: s.text, Name: s.name, Contact: s.contact, On: on}
	var err error
	if s.channel == consult.Online {
		_, err = c.o.Consults.Give(ctx, "192.0.2.7", c.id, g)
	} else {
		_, err = c.o.Consults.Enter(ctx, c.w.People[c.h.clerk].Actor(), c.id, []consult.Given{g})
	}
	if err != nil {
		return fmt.Errorf("%s: %s: %w", c.h.title, s.text, err)
	}
	return nil
}

// answered answers the opinions that have an answer; what has no content is set aside
// where feedback is to follow.
func (c *consultation) answered(ctx context.Context) error {
	ledger, err := c.o.Consults.Store.Ledger(ctx, c.id)
	if err != nil {
		return err
	}
	clerk := c.w.People[c.h.clerk].Actor()
	groups := map[consult.Answer][]string{}
	var order []consult.Answer
	for _, one := range ledger {
		for _, s := range c.h.said {
			if s.text != one.Text {
				continue
			}
			a := consult.Answer{Outcome: s.outcome, Gist: s.gist, Reason: s.reason}
			if groups[a] == nil {
				order = append(order, a)
			}
			groups[a] = append(groups[a], one.ID)
		}
	}
	for _, a := range order {
		switch {
		case a.Outcome != "":
			err = c.o.Consults.Reply(ctx, clerk, c.id, groups[a], a)
		case c.h.told != 0:
			err = c.o.Consults.SetAside(ctx, clerk, c.id, groups[a], "spam", "贷款广告，与草案无关。")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.h.title, err)
		}
	}
	return nil
}

// tells publishes the feedback.
func (c *consultation) tells(ctx context.Context, on calendar.Date) error {
	text := fmt.Sprintf("征求意见期间，%s通过网站、信函、电话和座谈会听取各方面意见，逐条研究。现将采纳情况反馈如下，感谢大家的参与。", c.h.organ)
	if err := c.does(ctx, c.h.clerk, consult.Write{Text: text}, consult.SubmitFeedback{Excuse: "其中没有个人信息，电话为本机关办公电话。"}); err != nil {
		return err
	}
	return c.does(ctx, c.h.head, consult.Publish{On: on})
}

// heldBefore are the deeds about last year's, which was brought in when the county began.
func (w *World) heldBefore(o Offices) []deed {
	c := &consultation{o: o, w: w, h: lastYears(), from: calendar.On(Begin.Year()-1, time.September, 1), until: calendar.On(Begin.Year()-1, time.September, 15)}
	return []deed{{Begin.AddDate(0, 0, 1).Add(40 * time.Minute), func(ctx context.Context) error {
		if err := c.asked(ctx, true); err != nil {
			return err
		}
		for _, s := range c.h.said {
			if err := c.says(ctx, s, c.from.Add(s.after)); err != nil {
				return err
			}
		}
		if err := c.answered(ctx); err != nil {
			return err
		}
		return c.tells(ctx, calendar.On(Begin.Year()-1, time.October, 10))
	}}}
}

// hear are the deeds about a consultation of the n-th place.
func (w *World) hear(o Offices, days county, n int, h hearing) []deed {
	minutes := time.Duration(13*n+3) * time.Minute
	c := &consultation{o: o, w: w, h: h, from: days.day(h.opens), until: days.day(h.closes)}
	if sort, _ := consult.SortOf(h.kind); sort.Days > 0 {
		c.until = c.from.Add(max(40, c.until.Sub(c.from)))
	}
	begun := days.morning(min(h.opens-1, -1)).Add(minutes)
	if !begun.After(Begin.AddDate(0, 0, 1)) {
		return nil
	}
	all := []deed{{begun, func(ctx context.Context) error { return c.asked(ctx, false) }}}
	for i, s := range h.said {
		all = append(all, deed{days.morning(h.opens + s.after).Add(minutes + time.Duration(i+1)*17*time.Minute), func(ctx context.Context) error {
			return c.says(ctx, s, calendar.Date{})
		}})
	}
	if h.closes < -1 {
		all = append(all, deed{days.morning(h.closes + 2).Add(minutes), c.answered})
	}
	if h.told != 0 {
		all = append(all, deed{days.morning(h.told).Add(minutes), func(ctx context.Context) error { return c.tells(ctx, calendar.Date{}) }})
	}
	return all
}
