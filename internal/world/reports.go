package world

import (
	"fmt"
	"io"
	"strconv"

	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/annual/write"
	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/xlsx"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
)

// year is what an organ reported of a year, as far as its figures are not nothing.
type year struct {
	year                   int
	received, into         int // requests, and those of the year before
	disclosed, partly      int
	published, ended       int // complaints; withdrawn
	rest                   int // into the next year
	upheld                 int // reconsiderations
	normative, posts, laws int
}

// modelYears are those of the service bureau, whose last year is that of the model report:
// no request, none carried in, and no normative document in any year.
func modelYears() []year {
	all := pastYears()
	for i := range all {
		all[i].normative, all[i].laws = 0, 0
	}
	before := &all[len(all)-2]
	before.disclosed, before.rest = before.disclosed+before.rest, 0
	all[len(all)-1] = year{year: before.year + 1, posts: 228}
	return all
}

// yearsOf gives the years past of an organ.
func yearsOf(organ string) []year {
	if organ == serviceName {
		return modelYears()
	}
	return pastYears()
}

// pastYears are those of the other bureaus. What one year leaves the next begins with.
func pastYears() []year {
	return []year{
		{year: 2020, received: 9, disclosed: 6, partly: 1, published: 1, ended: 1, normative: 1, posts: 96, laws: 4},
		{year: 2021, received: 12, disclosed: 8, partly: 1, published: 1, ended: 1, rest: 1, normative: 2, posts: 121, laws: 6},
		{year: 2022, received: 15, into: 1, disclosed: 10, partly: 2, published: 2, ended: 1, rest: 1, upheld: 1, normative: 1, posts: 158, laws: 7},
		{year: 2023, received: 17, into: 1, disclosed: 11, partly: 3, published: 2, ended: 1, rest: 1, normative: 1, posts: 228, laws: 8},
		{year: 2024, received: 21, into: 1, disclosed: 14, partly: 3, published: 2, ended: 1, rest: 2, upheld: 1, normative: 2, posts: 243, laws: 9},
		{year: 2025, received: 24, into: 2, disclosed: 17, partly: 4, published: 2, ended: 1, rest: 2, normative: 2, posts: 256, laws: 11},
	}
}

// report gives the annual report in the form of its year (国办公开办函〔2021〕30号).
func (y year) report(organ string) *annual.Report {
	const person, all = "C1", "R3.1"
	t3 := foi.Table3{
		{Row: "R1", Column: person}: y.received - y.partly, {Row: "R1", Column: "C2"}: y.partly, {Row: "R2", Column: person}: y.into,
		{Row: all, Column: person}: y.disclosed, {Row: "R3.2", Column: "C2"}: y.partly, {Row: "R3.5.1", Column: person}: y.published, {Row: "R3.6.3", Column: person}: y.ended,
		{Row: "R4", Column: person}: y.rest,
	}
	r := compute.Report(organ, y.year, t3, foi.Table4{{Kind: foi.Reconsideration, Result: foi.Upheld}: y.upheld})
	for _, ref := range r.Refs() {
		if _, known := r.Cells[ref]; !known {
			r.Cells[ref] = annual.Int(0)
		}
	}
	for _, column := range []string{"made", "inForce", "newlyMade", "newlyDisclosed", "totalDisclosed"} {
		ref := annual.Ref{Table: "table2", Row: "normativeDocuments", Column: column}
		if _, there := r.Cells[ref]; there {
			n := y.normative
			if column == "inForce" || column == "totalDisclosed" {
				n = y.laws
			}
			r.Cells[ref] = annual.Int(int64(n))
		}
	}
	r.Paras = y.paras(organ)
	return r
}

func (y year) paras(organ string) []annual.Para {
	var all []annual.Para
	add := func(part int, text string) {
		all = append(all, annual.Para{Part: part, Kind: annual.BodyPara, Text: text})
	}
	n := strconv.Itoa(y.year)
	add(0, "本报告根据《中华人民共和国政府信息公开条例》和年度报告格式的要求编制。所列数据的统计期限自"+n+"年1月1日起至"+n+"年12月31日止。")
	add(1, fmt.Sprintf("（一）主动公开。%s年，本机关通过政府网站和微信公众号主动公开政府信息%d条，制发行政规范性文件%d件，配发政策解读%d篇。", n, y.posts, y.normative, y.normative))
	add(1, fmt.Sprintf("（二）依申请公开。%s年，新收政府信息公开申请%d件，上年结转%d件，均依法办理，结转下年度%d件。", n, y.received, y.into, y.rest))
	add(1, "（三）政府信息管理。公文在起草时确定公开属性，公开前逐项进行保密审查；公开后有更正的，附公开说明。")
	add(1, "（四）平台建设。按照统一规范设置公开指南、公开制度、法定主动公开内容、公开年报四个栏目，历年年度报告集中展示。")
	add(1, "（五）监督保障。每季度对公开内容进行检查，对发现的问题限期整改；组织公开工作培训2次。")
	add(5, "存在的问题：政策解读形式比较单一，基层便民服务点的公开查阅条件有待改善。改进情况：增加问答和图示解读，在苏木镇便民服务中心配置查阅终端。")
	add(6, "本年度没有收取信息处理费。")
	all = append(all, annual.Para{Part: 6, Kind: annual.SignaturePara, Text: organ}, annual.Para{Part: 6, Kind: annual.DatePara, Text: strconv.Itoa(y.year+1) + "年1月14日"})
	return all
}

// reportText is the report as the text of a document: what the record says is left out.
func reportText(d *doc.Doc) string {
	var rest doc.Doc
	for _, b := range d.Blocks {
		if b.Para == nil || b.Para.Style != doc.Title {
			rest.Blocks = append(rest.Blocks, b)
		}
	}
	return publish.Print(&rest)
}

// annualPapers are the reports of the organs with an office of their own: that of the
// last year is made here, the others come from the old site.
func annualPapers() []paper {
	var all []paper
	for _, o := range []struct {
		organ string
		first int
		share int // of the bureau's figures, in hundredths
	}{{serviceName, 2020, 100}, {natureName, 2022, 150}, {civilName, 2023, 60}} {
		for i, y := range yearsOf(o.organ) {
			if y.year < o.first || o.organ == civilName && y.year == reportYear { // which it compiles here
				continue
			}
			y.posts = y.posts * o.share / 100
			all = append(all, annualPaper(o.organ, y, -196+i))
		}
	}
	return all
}

func annualPaper(organ string, y year, day int) paper {
	r := y.report(organ)
	form := write.Document(r)
	p := text(day, publish.AnnualReport, fmt.Sprintf("%s%d年政府信息公开工作年度报告", organ, y.year), reportText(form), "年度报告", "政府信息公开").in(organ)
	p.FormedOn = calendar.On(y.year+1, 1, 14)
	p.Summary = fmt.Sprintf("新收政府信息公开申请%d件，主动公开政府信息%d条。", y.received, y.posts)
	if y.year < Begin.Year()-1 {
		p.origin = publish.Origin{PostedOn: calendar.On(y.year+1, 1, 20), Address: fmt.Sprintf("https://www.example.cn/nb/%d.html", y.year)}
	} else {
		p.day = -213
		p = p.issued(-206)
		return p.attached("年度报告.docx", func(w io.Writer) error { return docx.Write(w, form) }).attached("年度报告（表格）.xlsx", func(w io.Writer) error { return xlsx.Write(w, form) })
	}
	return p.issued(day + 6)
}
