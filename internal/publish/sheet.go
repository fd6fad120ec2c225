package publish

import (
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
)

// Column is a column of a list of documents that is taken in.
type Column struct {
	Name     string
	Heading  string   // as the template has it
	English  string   // the same for the page
	Aliases  []string // other headings under which catalogues keep it
	Required bool
	Hint     string
}

// Columns gives the columns in the order of the template.
func Columns() []Column {
	return []Column{
		{"title", "标题", "title", []string{"名称", "文件名称", "信息名称", "文件标题", "信息标题"}, true, ""},
		{"number", "文号", "number", []string{"发文字号", "文件编号", "发文号"}, false, "如 青政办发〔2026〕12号。"},
		{"formed", "成文日期", "formed on", []string{"生成日期", "发文日期", "制发日期"}, true, "如 2026-03-05。"},
		{"kind", "种类", "kind", []string{"文种", "文件类型", "信息类别", "体裁", "体裁分类"}, true, "规章、行政规范性文件、其他文件、公示公告、预决算、人事信息……"},
		{"subject", "公开事项", "subject", []string{"法定主动公开内容", "公开内容", "信息分类", "组配分类"}, false, "条例第二十条的序号，如（七），或者事项的文字；不填的按种类确定。"},
		{"theme", "主题分类", "theme", []string{"主题", "主题类别"}, false, ""},
		{"openness", "公开属性", "openness", []string{"公开方式", "公开类别", "公开形式"}, true, "主动公开、依申请公开、不予公开。"},
		{"ground", "不予公开的情形", "ground", []string{"不公开情形", "不予公开情形"}, false, "条例第十四条至第十六条的情形。"},
		{"basis", "不予公开的依据", "basis", []string{"法律依据", "依据"}, false, ""},
		{"reasons", "不公开的理由", "reasons", []string{"理由", "不予公开理由", "不公开理由"}, false, ""},
		{"to", "主送机关", "addressee", []string{"主送"}, false, ""},
		{"summary", "内容概述", "summary", []string{"摘要", "概述", "内容摘要"}, false, ""},
		{"keywords", "关键词", "keywords", []string{"主题词"}, false, "用“；”隔开。"},
		{"text", "正文", "text", []string{"内容", "信息内容"}, false, "短的正文可以直接填写；长的写 txt 文件的名字，如 正文/0001.txt。"},
		{"source", "正文文件", "file of the text", []string{"正文文件名", "文件"}, false, "docx 等文件的名字，与表一起上传；标题、文号、日期没有填写的从中读出。"},
		{"files", "附件", "attachments", []string{"附件文件名", "附件名称"}, false, "文件的名字，用“；”或者换行隔开，与表一起上传；不同文件夹里有同名文件的，写上文件夹。"},
		{"index", "原索引号", "former index", []string{"索引号"}, false, "在旧网站上的索引号；发布时沿用。"},
		{"posted", "原发布日期", "published before on", []string{"发布日期", "公开日期", "发布时间"}, false, ""},
		{"address", "原网址", "former address", []string{"链接", "网址", "URL"}, false, ""},
		{"force", "有效性", "validity", []string{"效力状态", "效力", "时效性", "有效状态"}, false, "有效、已修改、废止、失效。"},
		{"ended", "有效性变更日期", "validity changed on", []string{"废止日期", "失效日期"}, false, ""},
	}
}

// Compose makes a draft out of a line. What is wrong with it comes back beside the
// columns; the rest is checked when it is drafted.
func (l Line) Compose(b Bundle) (c Compose, problems []Problem, unsaid []string) {
	r := lineReader{line: l, bundle: b}
	c = r.compose()
	return c, r.problems, r.unsaid
}

type lineReader struct {
	line     Line
	bundle   Bundle
	problems []Problem
	unsaid   []string // columns of which nothing is said, because another one is wrong
}

func (r *lineReader) wrong(column, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.line.Number, column, errs.New(errs.Invalid, format, args...).Public})
}

func (r *lineReader) cell(name string) string { return r.line.Cells[name] }

func (r *lineReader) compose() Compose {
	var c Compose
	c.Title, c.Number, c.To, c.Summary = r.cell("title"), r.cell("number"), r.cell("to"), r.cell("summary")
	c.FormedOn, c.Theme, c.Text = r.day("formed"), r.cell("theme"), r.text()
	c.Keywords = parts(r.cell("keywords"))
	c.Kind = r.kind()
	c.Subject = r.subject(c.Kind)
	c.Attribute = r.attribute()
	c.Origin = Origin{Index: r.cell("index"), PostedOn: r.day("posted"), Address: r.cell("address"), Force: r.force(), ForceOn: r.day("ended")}
	if c.Origin.Force.Ended() && c.Origin.ForceOn.IsZero() {
		r.wrong("ended", "已经废止、失效的，请填写日期。")
	}
	r.source(&c)
	if c.FormedOn.IsZero() && r.cell("formed") == "" {
		r.wrong("formed", "请填写成文日期；它也可以从正文文件中读出。")
	}
	for _, name := range r.bundle.Names(r.cell("files")) {
		if at, ok := r.file("files", "附件", name); ok {
			f, _ := r.bundle.File(at)
			c.Files = append(c.Files, f)
		}
	}
	return c
}

// file finds the one file that a cell names.
func (r *lineReader) file(column, what, name string) (at string, ok bool) {
	all := r.bundle.Find(name)
	switch {
	case len(all) == 0:
		r.wrong(column, "没有上传%s“%s”；请把它放进压缩包，或者改正清单里的文件名。", what, name)
	case len(all) > 1:
		r.wrong(column, "有%d个文件都叫“%s”；请在清单里写上文件夹，如“%s”。", len(all), name, all[0])
	case r.bundle.Unfit[all[0]] != "":
		r.wrong(column, "%s“%s”没有收下：%s", what, name, r.bundle.Unfit[all[0]])
	default:
		return all[0], true
	}
	return "", false
}

// text reads the text of a line: the cell itself, or the file that it names, which is
// how a long one leaves an export.
func (r *lineReader) text() string {
	cell := r.cell("text")
	if !LongText(cell) && (len(cell) > MaxPath || len(r.bundle.Find(cell)) == 0) {
		return Tidy(cell)
	}
	at, ok := r.file("text", "正文", cell)
	if !ok {
		return ""
	}
	text, ok := r.bundle.Plain[at]
	if !ok {
		r.wrong("text", "“%s”不是 UTF-8 的文本文件；docx 等文件的名字请写在“正文文件”一列。", cell)
	}
	return Tidy(text)
}

// source reads the text out of a file; it fills in what the list leaves empty, and
// says where the two differ.
func (r *lineReader) source(c *Compose) {
	name := r.cell("source")
	if name == "" {
		return
	}
	at, ok := r.file("source", "正文文件", name)
	if !ok {
		return
	}
	d, ok := r.bundle.Texts[at]
	if !ok {
		r.wrong("source", "正文文件“%s”读不出来；请用 docx、xlsx、pdf、html 或者 txt 格式重新上传。", name)
		return
	}
	read := ReadOfficial(d)
	c.Text = read.Text
	if c.Grade = read.Grade; c.Grade.Secret() {
		r.wrong("source", "“%s”标有密级，不得录入本系统。", name)
	}
	for _, f := range []struct {
		column, read string
		to           *string
	}{{"title", read.Title, &c.Title}, {"number", read.Number, &c.Number}, {"to", read.To, &c.To}} {
		switch {
		case *f.to == "":
			*f.to = f.read
		case f.read != "" && f.column != "to" && f.read != *f.to:
			r.wrong(f.column, "表里是“%s”，正文文件里是“%s”，请核对。", *f.to, f.read)
		}
	}
	switch {
	case c.FormedOn.IsZero():
		c.FormedOn = read.FormedOn
	case !read.FormedOn.IsZero() && read.FormedOn != c.FormedOn:
		r.wrong("formed", "表里是%s，正文文件里是%s，请核对。", c.FormedOn, read.FormedOn)
	}
}

// parts cuts a cell at its separators.
func parts(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == '；' || c == ';' || c == '\n' || c == '、' })
}

func (r *lineReader) day(name string) calendar.Date {
	if trim(r.cell(name)) == "" {
		return calendar.Date{}
	}
	d, ok := DayIn(r.cell(name))
	if !ok {
		r.wrong(name, "“%s”不是日期，请写成 2026-03-05。", r.cell(name))
	}
	return d
}

func (r *lineReader) kind() Kind {
	text := r.cell("kind")
	if text == "" {
		r.wrong("kind", "请填写种类，从模板的列表中选择。")
		return ""
	}
	for _, k := range Kinds() {
		if k.Chinese == text || string(k.Kind) == text || text == "规范性文件" && k.Kind == NormativeDoc {
			return k.Kind
		}
	}
	r.wrong("kind", "“%s”不是文件的种类；请从模板的列表中选择。", text)
	return ""
}

// subject reads the item of 条例§20 or 条例§21: its number, its key or its words.
func (r *lineReader) subject(k Kind) string {
	text := strings.Trim(r.cell("subject"), "()（） ")
	if text == "" {
		info, ok := k.Info()
		if !ok { // the kind is told already
			r.unsaid = append(r.unsaid, "subject")
		}
		return info.Subject
	}
	for _, level := range []law.Level{law.CityOrCounty, law.Township} {
		for i, s := range law.Subjects(level) {
			if s.ID == text || s.Text == text || i < 15 && (strings.Trim(s.Label, "（）") == text || strconv.Itoa(i+1) == text) {
				return s.ID
			}
		}
	}
	r.wrong("subject", "“%s”不是条例第二十条、第二十一条的事项。", r.cell("subject"))
	return ""
}

func (r *lineReader) attribute() Attribute {
	a := Attribute{Basis: r.cell("basis"), Reasons: r.cell("reasons")}
	text := r.cell("openness")
	for _, o := range Opennesses() {
		if o.Chinese == text {
			a.Openness = Openness(o.Value)
		}
	}
	switch {
	case text == "":
		r.wrong("openness", "请填写公开属性：主动公开、依申请公开或者不予公开（%s）。", onSource)
	case a.Openness == Unset:
		r.wrong("openness", "公开属性“%s”不是主动公开、依申请公开、不予公开之一。", text)
	}
	ground := r.cell("ground")
	for _, g := range Grounds() {
		if ground != "" && (g.Value == ground || strings.HasPrefix(g.Chinese, ground)) {
			a.Ground = g.Value
		}
	}
	if ground != "" && a.Ground == "" {
		r.wrong("ground", "“%s”不是条例第十四条至第十六条的情形。", ground)
	}
	return a
}

func (r *lineReader) force() Force {
	text := r.cell("force")
	for _, f := range Forces() {
		if f.Chinese == text || "已"+f.Chinese == text || f.Chinese == "已"+text || text == "现行有效" && f.Value == string(InForce) {
			return Force(f.Value)
		}
	}
	if text != "" {
		r.wrong("force", "有效性“%s”不是有效、已修改、废止、失效之一。", text)
	}
	return ""
}
