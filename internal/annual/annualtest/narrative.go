package annualtest

import (
	"fmt"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
)

// narrative writes the six parts; its figures are those of the tables.
func narrative(t *rapid.T, r *annual.Report) []annual.Para {
	w := &writer{}
	w.add(0, annual.TitlePara, fmt.Sprintf("%s%d年政府信息公开工作年度报告", r.Organ, r.Year))
	w.add(0, annual.BodyPara, opening(r))
	for part, heading := range r.Form.Headings {
		w.add(part+1, annual.HeadingPara, heading)
		switch part + 1 {
		case 1:
			overview(t, w, r)
		case 2, 3, 4:
			if rapid.IntRange(0, 3).Draw(t, "sentence before table") == 0 {
				w.add(part+1, annual.BodyPara, "本机关相关情况见下表。")
			}
		case 5:
			problems(t, w)
		case 6:
			w.add(6, annual.BodyPara, "根据《政府信息公开信息处理费管理办法》规定，本年度未收取信息处理费。")
			w.add(6, annual.BodyPara, fmt.Sprintf("%d年度无其他需要报告的事项。", r.Year))
		}
	}
	w.add(6, annual.SignaturePara, r.Organ)
	w.add(6, annual.DatePara, fmt.Sprintf("%d年1月%d日", r.Year+1, rapid.IntRange(4, 31).Draw(t, "day")))
	return w.paras
}

type writer struct{ paras []annual.Para }

func (w *writer) add(part int, kind annual.PartKind, text string) {
	w.paras = append(w.paras, annual.Para{Part: part, Kind: kind, Text: text})
}

func opening(r *annual.Report) string {
	return fmt.Sprintf("本年度报告根据《中华人民共和国政府信息公开条例》和%s要求编制，由总体情况、主动公开政府信息情况、"+
		"收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。"+
		"所列数据的统计期限为%d年1月1日至%d年12月31日。", r.Form.Basis, r.Year, r.Year)
}

// overview is part one with its five aspects, with or without subheadings on
// lines of their own.
func overview(t *rapid.T, w *writer, r *annual.Report) {
	aspects := []struct{ name, text string }{
		{"主动公开", "围绕重点领域及时发布政策文件和办事指南，回应群众关切。" + publishing(t)},
		{"依申请公开", requests(r)},
		{"政府信息管理", "落实公文属性源头认定机制，定期清理行政规范性文件，更新政府信息公开指南和目录。"},
		{"政府信息公开平台建设", "规范门户网站“政府信息公开”专栏，优化检索功能，方便群众查阅。"},
		{"监督保障", "明确专人负责政府信息公开工作，组织业务培训，将公开工作纳入年度考核，接受社会评议，未发生责任追究情形。"},
	}
	alone := rapid.Bool().Draw(t, "subheadings alone")
	numbers := []string{"一", "二", "三", "四", "五"}
	for i, a := range aspects {
		if alone {
			w.add(1, annual.SubheadingPara, "（"+numbers[i]+"）"+a.name)
			w.add(1, annual.BodyPara, a.text)
		} else {
			w.add(1, annual.BodyPara, "（"+numbers[i]+"）"+a.name+"情况。"+a.text)
		}
	}
}

func publishing(t *rapid.T) string {
	n := rapid.IntRange(1, 3000).Draw(t, "published")
	return rapid.SampledFrom([]string{
		fmt.Sprintf("全年通过政务新媒体发布各类信息%d条。", n),
		fmt.Sprintf("门户网站全年更新信息%d条，开展“政府开放日”活动；举办政策解读新闻发布会。", n),
		fmt.Sprintf("全年公开政策解读材料%d篇，其中图解类占比逐年提高！", n),
	}).Draw(t, "publishing")
}

func requests(r *annual.Report) string {
	n := func(row string) int64 { return r.Get("table3", row, "C7").N }
	if n("R1")+n("R2") == 0 {
		return fmt.Sprintf("%d年，未收到政府信息公开申请。", r.Year)
	}
	return fmt.Sprintf("%d年，共收到政府信息公开申请%d件，上年结转%d件，办结%d件，结转下年度继续办理%d件。",
		r.Year, n("R1"), n("R2"), n("R3.7"), n("R4"))
}

func problems(t *rapid.T, w *writer) {
	w.add(5, annual.BodyPara, rapid.SampledFrom([]string{
		"存在的主要问题：一是政策解读形式较为单一；二是业务人员流动性大，答复规范性有待提升。",
		"存在的主要问题：一是基层公开标准化水平不均衡；二是公开内容与群众需求还有差距。",
	}).Draw(t, "problems"))
	w.add(5, annual.BodyPara, rapid.SampledFrom([]string{
		"改进情况：一是丰富图文、视频等解读形式，提高解读质量。二是开展答复文书规范化培训，上年度提出的问题已整改到位。",
		"改进情况：一是编制基层政务公开标准目录并动态更新。二是通过问卷了解需求，逐项改进，上年度提出的培训不足问题已解决。",
	}).Draw(t, "improvements"))
}
