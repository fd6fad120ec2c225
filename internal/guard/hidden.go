package guard

import (
	"fmt"
	"strings"

	"gongkai/internal/doc/inside"
	"gongkai/internal/rule"
)

// unseen is what the guard says about a kind of layer.
type unseen struct {
	kind     inside.Kind
	severity rule.Severity
	says     string // Chinese; %s is the layer's name where it has one
	unit     string // what is counted
}

// hiddenRule is a rule about layers that a reader does not see.
type hiddenRule struct {
	id, title, titleEN string
	fix                string
	kinds              []unseen
}

// hiddenContent is the table of what lies in files unseen. The norm is the same
// for all: what is released is examined first, all of it (条例§17.1).
var hiddenContent = []hiddenRule{
	{"G20", "不得有隐藏的工作表", "No hidden worksheet", "请删除隐藏的工作表，或者只把要公开的工作表另存为新文件。", []unseen{
		{inside.HiddenSheet, rule.Error, "工作表“%s”被隐藏", "行"},
		{inside.VeryHiddenSheet, rule.Error, "工作表“%s”被深度隐藏，Excel 的菜单里也看不到", "行"},
	}},
	{"G21", "不得有隐藏、筛选掉的行和列", "No hidden or filtered rows and columns", "请删除隐藏的行、列，取消筛选后只保留要公开的行。", []unseen{
		{inside.HiddenRow, rule.Error, "工作表“%s”有隐藏的行", "行"},
		{inside.FilteredRow, rule.Error, "工作表“%s”有筛选掉的行", "行"},
		{inside.HiddenColumn, rule.Error, "工作表“%s”有隐藏的列", "行"},
	}},
	{"G22", "不得留有数据缓存和数据连接", "No pivot or external caches, no connections", "请把数据透视表、外部引用粘贴为数值，断开数据连接后另存。", []unseen{
		{inside.PivotCache, rule.Error, "数据透视表带有源数据（%s）的完整副本", "条记录"},
		{inside.ExternalCache, rule.Error, "留有所引用的其他工作簿的数据（%s）", "行"},
		{inside.OrphanText, rule.Warning, "文件里还存着已经不显示的单元格文字", "条"},
		{inside.Connection, rule.Warning, "留有%s", ""},
	}},
	{"G23", "不得有批注", "No comments or annotations", "请删除全部批注后再公开。", []unseen{
		{inside.Comment, rule.Error, "有批注（%s）", "条"},
		{inside.Annotation, rule.Error, "有注释（%s）", "条"},
	}},
	{"G24", "不得留有修订痕迹", "No tracked changes", "请接受或者拒绝全部修订后再公开。", []unseen{{inside.Tracked, rule.Error, "留有修订痕迹（%s）", "处"}}},
	{"G25", "不得有看不见的文字", "No invisible text", "请删除隐藏的、白色的文字。", []unseen{
		{inside.HiddenText, rule.Error, "有设为隐藏的内容（%s）", "处"},
		{inside.PaleText, rule.Error, "有与底色相同或者字号极小的文字（%s）", "处"},
		{inside.Unseen, rule.Error, "有看不见的文字（%s）", "处"},
	}},
	{"G26", "不得用色块、图片遮盖或者裁剪的办法隐去内容", "Nothing hidden by boxes, pictures or cropping", "遮盖不等于删除：请删去原内容，图片请在裁剪后重新保存。", []unseen{
		{inside.Covered, rule.Error, "有被%s遮盖的内容", "处"},
		{inside.Cropped, rule.Warning, "图片经过裁剪，被裁掉的部分仍在文件中", "处"},
	}},
	{"G27", "文件属性中不得有人名、单位内部路径等信息", "No names or local paths among the properties", "请用“检查文档”删除文件属性和个人信息后再公开。", []unseen{
		{inside.Property, rule.Warning, "文件属性“%s”有内容", ""},
		{inside.LocalPath, rule.Warning, "留有内部的文件路径（%s）", "处"},
		{inside.PictureData, rule.Warning, "图片属性“%s”有内容", ""},
	}},
	{"G28", "不得有嵌入的对象和附件", "No embedded objects or attachments", "请删除嵌入的对象和附件，需要公开的另作附件发布。", []unseen{
		{inside.Embedded, rule.Error, "有嵌入的对象（%s）", "个"},
		{inside.Attachment, rule.Error, "有附件“%s”", ""},
	}},
	{"G29", "不得有宏和脚本", "No macros or scripts", "请另存为不带宏的格式（docx、xlsx、pptx），删除脚本。", []unseen{
		{inside.Macro, rule.Error, "带有宏（%s）", ""},
		{inside.Script, rule.Error, "带有脚本或者动作（%s）", "个"},
	}},
	{"G30", "不得留有隐藏的名称、变量和附加数据", "No hidden names, variables or added data", "请删除定义的名称、文档变量和附加的数据。", []unseen{
		{inside.DefinedName, rule.Warning, "定义的名称“%s”隐藏着内容", ""},
		{inside.Variable, rule.Warning, "留有%s", ""},
		{inside.CustomXML, rule.Warning, "留有其他程序附加的数据（%s）", ""},
		{inside.Glossary, rule.Info, "留有%s", ""},
		{inside.FormField, rule.Warning, "表单域里填有内容（%s）", ""},
	}},
	{"G31", "不得有与正文不一致的备选内容", "No alternate content that differs", "请用办公软件打开后另存，去掉备选内容。", []unseen{{inside.Alternate, rule.Error, "有只在其他程序里才显示的内容（%s）", ""}}},
	{"G32", "演示文稿不得有备注、隐藏的幻灯片和页外的内容", "No notes, hidden slides or off-slide shapes", "请删除备注、隐藏的幻灯片和页面以外的内容。", []unseen{
		{inside.SpeakerNote, rule.Error, "幻灯片有备注（%s）", ""},
		{inside.HiddenSlide, rule.Error, "有隐藏的幻灯片（%s）", ""},
		{inside.OffSlide, rule.Error, "幻灯片页面以外有内容（%s）", ""},
	}},
	{"G33", "PDF 的图层、文字层须核对", "Layers of a PDF are looked at", "请打开全部图层核对；不需要的图层请合并后重新导出。", []unseen{
		{inside.OptionalLayer, rule.Warning, "有%s", ""},
		{inside.OCRLayer, rule.Info, "扫描页带有文字识别的文字层（%s），已一并检查", ""},
	}},
	{"G34", "不得保留此前的版本", "No earlier versions", "请重新导出 PDF（不要在原文件上追加保存）。", []unseen{{inside.EarlierVersion, rule.Error, "文件里保留着%s", ""}}},
	{"G35", "网页中不得有隐藏的内容", "No hidden content in pages", "请删除网页代码中的注释和隐藏的内容。", []unseen{
		{inside.PageComment, rule.Info, "网页代码中有注释（%s）", ""},
		{inside.HiddenElement, rule.Warning, "网页中有隐藏的内容（%s）", ""},
	}},
	{"G36", "图片不得带有拍摄地点", "No place where a photo was taken", "请去除图片的拍摄信息（EXIF）后再公开。", []unseen{{inside.Position, rule.Error, "图片带有拍摄地点（%s）", ""}}},
	{"G37", "不得带有缩略图", "No thumbnails", "缩略图可能是修改前的画面，请去除后再公开。", []unseen{{inside.Thumbnail, rule.Warning, "带有缩略图（%s）", ""}}},
	{"G51", "内容须全部检查到", "Nothing is left unread", "请拆分或者精简后再检查。", []unseen{{inside.Left, rule.Error, "没有检查完：%s", ""}}},
	{"G52", "图片中的文字须人工核对", "Text in pictures is looked at by a person", "图片中的文字、人像、签名没有识别，请人工核对。", []unseen{{inside.PictureText, rule.Info, "有图片，其中的文字没有识别（%s）", "张"}}},
	{"G53", "旧版格式须另存后检查", "Old formats are saved anew", "请另存为 docx、xlsx 后检查和公开：旧版文件里的隐藏内容不能全部读出。", []unseen{{inside.Converted, rule.Warning, "旧版文件经转换后检查（%s）", ""}}},
}

func hiddenRules() (all []Rule) {
	for _, h := range hiddenContent {
		gravest := h.kinds[0].severity
		all = append(all, Rule{
			ID: h.id, Title: h.title, TitleEN: h.titleEN, Severity: gravest, Cite: "条例§17.1；个人信息保护法§51", Check: h.check,
		})
	}
	return all
}

func (h hiddenRule) check(s *Subject, v *rule.Verdict) {
	for _, k := range h.kinds {
		said := 0
		for _, group := range gather(s.layers, k.kind) {
			if said++; said > mostSingles {
				break
			}
			h.say(k, group, v)
		}
	}
}

// gather puts layers of a kind together that have the same name and sheet or
// page, so that a hundred comments by one person make one finding.
func gather(layers []layer, kind inside.Kind) (all []layer) {
	type key struct {
		name, sheet string
		page        int
	}
	index := map[key]int{}
	for _, l := range layers {
		if l.Kind != kind {
			continue
		}
		k := key{l.Name, l.Place.Sheet, l.Place.Page}
		i, ok := index[k]
		if !ok {
			index[k] = len(all)
			own := *l.Layer
			own.Count = max(own.Count, 1)
			all = append(all, layer{&own, l.passages})
			continue
		}
		all[i].Count += max(l.Count, 1)
		all[i].passages = append(all[i].passages[:len(all[i].passages):len(all[i].passages)], l.passages...)
	}
	return all
}

// say makes the finding about a layer. Personal data in it make it grave.
func (h hiddenRule) say(k unseen, l layer, v *rule.Verdict) {
	message := k.says
	if strings.Contains(message, "%s") {
		message = fmt.Sprintf(message, hush(strings.TrimSuffix(l.Name, "。")))
	}
	message = strings.ReplaceAll(message, "（）", "")
	if k.unit != "" && l.Count > 0 {
		message += fmt.Sprintf("，共 %d %s", l.Count, k.unit)
	}
	severity := k.severity
	if k.kind == inside.Property && !graveProperties[l.Name] {
		severity = rule.Info
	}
	if k.kind == inside.EarlierVersion && len(l.passages) == 0 {
		severity = rule.Warning // the text is the same, as where a signature was added
	}
	if tally := l.tallyOf(); tally != "" {
		message += "；其中有" + tally
		severity = rule.Error
	}
	v.Find(rule.Finding{Severity: severity, Place: l.Place, Message: message + "。", Actual: l.excerpt(), Fix: h.fix})
}

// graveProperties are those that name people and their organs; a title or
// keywords are said and block nothing.
var graveProperties = map[string]bool{
	"creator": true, "lastModifiedBy": true, "Author": true, "LastAuthor": true, "Manager": true, "Company": true, "作者": true, "说明作者": true,
	"批注或者修订人": true, "相机主人": true, "单位": true, "经理": true, "参与人": true, "HyperlinkBase": true,
}
