package world

import (
	"bytes"
	"context"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/doc/docx"
	"gongkai/internal/org"
)

// Organs of the county whose reports are not as they should be.
const (
	healthName  = "青川旗卫生健康委员会" // does not add up
	farmName    = "青川旗农牧局"     // a figure that cannot be read
	marketName  = "青川旗市场监督管理局" // rules that a bureau cannot make, and a wrong total
	absentName  = "青川旗能源局"     // sends nothing
	townName    = "城关镇人民政府"    // late
	reportYear  = 2025
	waterBureau = "青川旗水利局"
)

// spoiled is what is wrong with the files of some organs.
func spoiled() map[string]func(*annual.Report) {
	return map[string]func(*annual.Report){
		healthName: func(r *annual.Report) {
			r.Set("table3", "R3.7", "C7", annual.Int(r.Get("table3", "R3.7", "C7").N+3))
		},
		farmName: func(r *annual.Report) {
			r.Set("table3", "R1", "C1", annual.Value{State: annual.Mark, Raw: "1 2"})
		},
		marketName: func(r *annual.Report) {
			r.Set("table2", "regulations", "made", annual.Int(2))
			r.Set("table4", "review", "C5", annual.Int(7))
		},
		natureName:  func(r *annual.Report) { r.Paras = shortcomings(waterBureau, r.Paras) },
		waterBureau: func(r *annual.Report) { r.Paras = shortcomings(waterBureau, r.Paras) },
	}
}

// shortcomings is part five as one bureau wrote it, and another copied it.
func shortcomings(organ string, paras []annual.Para) []annual.Para {
	for i, p := range paras {
		if p.Part == 5 && p.Kind == annual.BodyPara {
			paras[i].Text = "存在的问题：一是水库移民补偿、河道采砂审批等群众关心的信息公开不够及时；二是政策解读以文字为主，图解和视频较少；三是基层工作人员对公开范围把握不准。改进情况：一是建立公开事项月报制度，逐项核对公开时限；二是对重点政策配发图解和短视频解读；三是每季度组织一次业务培训，以案例讲解区分处理的要求。"
		}
	}
	return paras
}

// reported is the report of an organ as it sends it.
func reported(organ string, n int) *annual.Report {
	y := year{year: reportYear, posts: 40 + 7*n%90, laws: n % 4}
	if n%3 == 0 {
		y.received, y.disclosed, y.partly = 3+n%5, 2+n%5, 1
	}
	if organ == serviceName {
		y = modelYears()[len(modelYears())-1]
	}
	r := y.report(organ)
	for i, p := range r.Paras {
		if p.Part == 0 && p.Kind == annual.BodyPara {
			r.Paras[i].Text += "本报告电子版可以从青川旗人民政府网站（https://www.example.cn）下载；如有疑问，请与" + organ + "办公室联系（地址：青川旗青川镇，电话：0478-0000011）。"
		}
		if p.Part == 5 && p.Kind == annual.BodyPara {
			r.Paras[i].Text = "存在的问题：" + organ + "的政策解读形式比较单一，便民服务点的查阅条件有待改善。改进情况：" + organ + "增加问答和图示解读，在办事大厅配置查阅终端，每季度组织一次培训。"
		}
	}
	if touch := spoiled()[organ]; touch != nil {
		touch(r)
	}
	return r
}

func paperOf(r *annual.Report) (collect.Paper, error) {
	var b bytes.Buffer
	form := write.Document(r)
	err := docx.Write(&b, form)
	return collect.Paper{Name: form.Title + ".docx", Data: b.Bytes()}, err
}

// collects lets the county government gather the reports of its organs: most come as
// files in January, one is compiled here, one is late, one does not come; what is wrong is
// put to the organs, and they answer. Nothing of it has happened before March.
func (w *World) collects(o Offices, days county) []deed {
	watcher := w.People["zhuguan"].Actor()
	on := func(month time.Month, day, hour int) time.Time {
		return time.Date(reportYear+1, month, day, hour, 20, 0, 0, clock.Shanghai)
	}
	if o.Now.Before(on(time.March, 1, 0)) {
		return nil
	}
	receive := func(ctx context.Context, names ...string) error {
		var papers []collect.Paper
		for _, name := range names {
			p, err := paperOf(reported(name, len(name)+int(name[len(name)-4])))
			if err != nil {
				return err
			}
			papers = append(papers, p)
		}
		all, err := o.Collect.Receive(ctx, watcher, w.Organs[countyName], papers)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Err != nil {
				return one.Err
			}
		}
		return nil
	}
	// Reports of years past, that figures may be followed over the years.
	former := func(ctx context.Context) error {
		var papers []collect.Paper
		for _, y := range modelYears() {
			if y.year < 2021 || y.year == reportYear {
				continue
			}
			p, err := paperOf(y.report(serviceName))
			if err != nil {
				return err
			}
			papers = append(papers, p)
		}
		before, err := paperOf(year{year: reportYear - 1, received: 9, disclosed: 6, partly: 1, rest: 2, posts: 88, laws: 3}.report(natureName))
		if err != nil {
			return err
		}
		_, err = o.Collect.Receive(ctx, watcher, w.Organs[countyName], append(papers, before))
		return err
	}
	check := func(ctx context.Context) error {
		_, err := o.Collect.Check(ctx, func(int) {})
		return err
	}
	var january []string
	for _, b := range bodies() {
		switch b.name {
		case absentName, townName, civilName:
		default:
			if b.nature != org.Internal {
				january = append(january, b.name)
			}
		}
	}
	return append(w.compiled(o, on), []deed{
		{on(time.January, 6, 9), func(ctx context.Context) error { _, err := o.Collect.Tend(ctx); return err }},
		{on(time.January, 20, 10), former},
		{on(time.January, 26, 10), func(ctx context.Context) error { return receive(ctx, january...) }},
		{on(time.February, 9, 15), func(ctx context.Context) error { return receive(ctx, townName) }},
		{on(time.February, 10, 9), check},
		{on(time.February, 10, 10), func(ctx context.Context) error { return w.notify(ctx, o, watcher, townName, 8) }},
		{on(time.February, 12, 11), func(ctx context.Context) error {
			return w.answer(ctx, o, "chengguan", townName, "因人员调整，报告晚了九天，已补报并公布；今后由专人负责，提前准备。")
		}},
		{on(time.February, 13, 10), func(ctx context.Context) error { return w.settleNotice(ctx, o, watcher, townName) }},
		{days.morning(-6), func(ctx context.Context) error { return w.notify(ctx, o, watcher, natureName, 14) }},
		{days.morning(-4), func(ctx context.Context) error { return w.notify(ctx, o, watcher, healthName, 14) }},
		{days.morning(-1), func(ctx context.Context) error {
			return w.answer(ctx, o, "ziran-jb", natureName, "第五部分参考了水利局的文字，没有结合本局实际，正在重写，下周报送更正后的报告。")
		}},
	}...)
}

func (w *World) notify(ctx context.Context, o Offices, watcher account.Actor, organ string, days int) error {
	if _, err := o.Collect.Check(ctx, func(int) {}); err != nil {
		return err
	}
	_, err := o.Collect.IssueNotice(ctx, watcher, w.Organs[organ], reportYear, collect.Issue{Due: o.Collect.Today().Add(days)})
	return err
}

func (w *World) noticeTo(ctx context.Context, o Offices, organ string) (string, error) {
	all, err := o.Collect.Store.NoticesOf(ctx, w.Organs[organ], reportYear)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0].ID, nil
}

func (w *World) answer(ctx context.Context, o Offices, login, organ, text string) error {
	id, err := w.noticeTo(ctx, o, organ)
	if err != nil {
		return err
	}
	return o.Collect.AnswerNotice(ctx, w.People[login].Actor(), id, text, nil)
}

func (w *World) settleNotice(ctx context.Context, o Offices, watcher account.Actor, organ string) error {
	id, err := w.noticeTo(ctx, o, organ)
	if err != nil {
		return err
	}
	return o.Collect.DoNotice(ctx, watcher, id, collect.Close{Why: "逾期原因属实，报告内容核对无误。"})
}

// compiled is the report that one bureau compiles and signs here.
func (w *World) compiled(o Offices, on func(time.Month, int, int) time.Time) []deed {
	organ, clerk := w.Organs[civilName], w.People["minzheng-jb"].Actor()
	does := func(actor account.Actor, d compile.Deed) func(context.Context) error {
		return func(ctx context.Context) error { return o.Reports.Do(ctx, actor, organ, reportYear, d) }
	}
	content := compile.Content{
		Text: map[compile.Section]string{
			compile.General:      "2025年，我局按照全旗政务公开工作要求，稳步推进社会救助、养老服务等领域的信息公开。",
			compile.Proactive:    "公开城乡低保、特困供养等资金发放情况，配发政策解读。",
			compile.Management:   "起草公文时确定公开属性，公开前逐项进行保密审查。",
			compile.Platform:     "以旗政府网站为主要平台，及时更新社会救助专栏。",
			compile.Supervision:  "每季度检查公开内容，开展培训，纳入绩效考核。",
			compile.Problems:     "救助政策的解读形式比较单一；苏木镇公示栏更新不够及时。",
			compile.Improvements: "增加问答和图解；每月核对公示栏，逐项销号。",
			compile.Other:        "本年度没有收取信息处理费。",
		},
		Filed: map[string]compile.Filed{},
	}
	for _, ref := range compile.FiledCells(annual.FormFor(reportYear)) {
		content.Filed[ref.String()] = compile.Filed{Source: "办公室年度统计"}
	}
	return []deed{
		{on(time.January, 12, 9), does(clerk, compile.Start{})},
		{on(time.January, 12, 10), does(clerk, compile.Write{Content: content})},
		{on(time.January, 13, 9), func(ctx context.Context) error { return w.reasons(ctx, o, clerk, organ) }},
		{on(time.January, 13, 10), does(clerk, compile.Submit{})},
		{on(time.January, 14, 9), does(w.People["minzheng-fz"].Actor(), compile.Pass{})},
		{on(time.January, 14, 15), does(w.People["minzheng-qf"].Actor(), compile.Sign{})},
		{on(time.January, 15, 9), does(clerk, compile.Send{Way: compile.Within})},
	}
}

// reasons answers what the checker still warns of.
func (w *World) reasons(ctx context.Context, o Offices, clerk account.Actor, organ string) error {
	b, err := o.Reports.Open(ctx, clerk, organ, reportYear)
	if err != nil {
		return err
	}
	given := compile.Content{Reasons: map[string]string{}}
	for _, f := range b.Examined.Open() {
		given.Reasons[f.Key] = "已核对，情况属实。"
	}
	return o.Reports.Do(ctx, clerk, organ, reportYear, compile.Write{Content: given})
}
