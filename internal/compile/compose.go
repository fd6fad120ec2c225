package compile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
)

// placeholder names a figure in a text: {{requests.received}}.
var placeholder = regexp.MustCompile(`\{\{\s*([a-z0-9.\-]*)\s*\}\}`)

// Piece is a part of a text: as it was written, or a token with the figure it names.
type Piece struct {
	Text   string // as it is printed; of a token that names nothing, as it was written
	Token  bool
	Name   string // that the token gives
	Figure Figure
	Known  bool // there is such a figure
}

// Pieces gives a text with its tokens apart.
func (f Figures) Pieces(text string) []Piece {
	var all []Piece
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			all = append(all, Piece{Text: text[at:m[0]]})
		}
		one := Piece{Text: text[m[0]:m[1]], Token: true, Name: text[m[2]:m[3]]}
		if one.Figure, one.Known = f.Find(one.Name); one.Known {
			one.Text = one.Figure.Text()
		}
		all, at = append(all, one), m[1]
	}
	if at < len(text) {
		all = append(all, Piece{Text: text[at:]})
	}
	return all
}

// Fill puts the figures into a text. unknown are the names of which there is no
// figure; they stay as they are.
func (f Figures) Fill(text string) (filled string, unknown []string) {
	var out strings.Builder
	for _, p := range f.Pieces(text) {
		out.WriteString(p.Text)
		if p.Token && !p.Known {
			unknown = append(unknown, p.Name)
		}
	}
	return out.String(), unknown
}

// Compose makes the report as it would be printed on a day: the tables out of the
// records and what was filed, the text with its figures. Nothing is mended,
// and nothing rounded but money, to the decimals of the organ; a cell that nobody has
// filled is empty, for the checker to find.
func (c Content) Compose(organ string, year int, f Figures, on calendar.Date) *annual.Report {
	r := &annual.Report{Organ: organ, Year: year, Form: annual.FormFor(year), Cells: map[annual.Ref]annual.Value{}}
	for _, ref := range r.Refs() {
		v, ok := f.Cells[ref]
		if filed, has := c.Filed[ref.String()]; has && !ok { // where no section filed it
			v, ok = annual.Int(filed.Value), true
			if ref.Column == "amount" {
				v.Raw = annual.FormatTenThousandYuan(filed.Value)
			}
		}
		if !ok {
			v = annual.Value{State: annual.Empty}
		}
		r.Cells[ref] = f.asPrinted(ref, v)
	}
	para := func(part int, kind annual.PartKind, text string) {
		r.Paras = append(r.Paras, annual.Para{Part: part, Kind: kind, Text: text})
	}
	para(0, annual.TitlePara, organ+strconv.Itoa(year)+"年")
	para(0, annual.TitlePara, "政府信息公开工作年度报告")
	part := 0
	for _, p := range Sections() {
		for ; part < p.Part; part++ {
			para(part+1, annual.HeadingPara, r.Form.Headings[part])
		}
		text, _ := f.Fill(strings.TrimSpace(c.Text[p.Section]))
		if text == "" {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			if i == 0 {
				line = p.Lead + line
			}
			para(p.Part, annual.BodyPara, line)
		}
		if p.Section == Improvements && len(c.Became) > 0 {
			para(p.Part, annual.BodyPara, became(c.Became))
		}
	}
	para(6, annual.SignaturePara, organ)
	y, m, d := on.Civil()
	para(6, annual.DatePara, fmt.Sprintf("%d年%d月%d日", y, m, d))
	return r
}

// Begin gives the first text of a report: what the form wants said, with the figures
// as placeholders. What only people know is left to them.
func Begin(organ string, year int, form *annual.Form, contact Contact) map[Section]string {
	reach := ""
	if contact.Site != "" {
		reach = "本年度报告电子版可以从" + contact.Site + "下载。"
	}
	if ask := strings.TrimPrefix(say("，地址：", contact.Address)+say("，电话：", contact.Phone), "，"); ask != "" {
		reach += "如对本年度报告有疑问，请与" + organ + "联系（" + ask + "）。"
	}
	return map[Section]string{
		Opening: fmt.Sprintf("本年度报告根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（%s）要求编制。"+
			"报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。"+
			"所列数据的统计期限为%d年1月1日至%d年12月31日。%s", form.Basis, year, year, reach),
		OnRequest: fmt.Sprintf("%d年，新收政府信息公开申请{{requests.received}}件，上年结转{{requests.carried-in}}件；办结{{requests.concluded}}件，其中予以公开{{requests.granted}}件、部分公开{{requests.granted-in-part}}件；结转下年度继续办理{{requests.carried-over}}件。", year),
		Other:     "依照《政府信息公开信息处理费管理办法》，本年度收取信息处理费{{fees.received}}万元。",
	}
}

func say(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + text
}
