package channel

import (
	"fmt"
	"html"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/publish"
)

// Article is what a channel takes.
type Article struct {
	Title, Author, Summary string
	HTML                   string
	Source                 string // address of the original; tells our articles apart
	Cover                  string // key of the uploaded picture
	Comments               bool
}

// MaxHTML is what an article stays below, in characters (draft/add).
const MaxHTML = 20000

const (
	longAddress = 200 // of an embedded picture, at most
)

// The article's look. A channel strips styles and scripts, and keeps these.
const (
	paraStyle  = `style="margin:0 0 1em;line-height:1.8;text-align:justify;text-indent:2em"`
	headStyle  = `style="margin:1.4em 0 .6em;font-size:17px;font-weight:bold;color:#8c1515"`
	rightStyle = `style="margin:.2em 0;text-align:right"`
	cellStyle  = `style="border:1px solid #bbb;padding:4px 6px"`
	footStyle  = `style="margin:.2em 0;font-size:14px;color:#666"`
)

// HTML sets a text as the channel shows it, with pictures below it and a foot that
// says what the document is.
func HTML(text string, pictures int, address func(i int) string, foot []string) string {
	var b strings.Builder
	for _, block := range publish.Parse(text).Blocks {
		if block.Table != nil {
			table(&b, block.Table)
			continue
		}
		words := html.EscapeString(block.Para.Text)
		switch block.Para.Style {
		case doc.Heading1, doc.Heading2, doc.Heading3:
			b.WriteString("<h3 " + headStyle + ">" + words + "</h3>")
		case doc.Signature, doc.Date:
			b.WriteString("<p " + rightStyle + ">" + words + "</p>")
		default:
			b.WriteString("<p " + paraStyle + ">" + words + "</p>")
		}
	}
	for i := range pictures {
		b.WriteString(`<p><img src="` + html.EscapeString(address(i)) + `"></p>`)
	}
	for _, line := range foot {
		b.WriteString("<p " + footStyle + ">" + html.EscapeString(line) + "</p>")
	}
	return b.String()
}

func table(b *strings.Builder, t *doc.Table) {
	b.WriteString(`<table style="border-collapse:collapse;width:100%">`)
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for _, c := range row.Cells {
			tag := "td"
			if c.Header {
				tag = "th"
			}
			b.WriteString("<" + tag + " " + cellStyle + ">" + strings.ReplaceAll(html.EscapeString(c.Text), "\n", "<br>") + "</" + tag + ">")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
}

// Foot says what the document is: whoever reads it elsewhere finds the original.
func Foot(organ string, d publish.Document, v publish.Version) []string {
	all := []string{"发布机关：" + organ}
	if v.Number != "" {
		all = append(all, "发文字号："+v.Number)
	}
	if !v.FormedOn.IsZero() {
		year, month, day := v.FormedOn.Civil()
		all = append(all, "成文日期："+fmt.Sprintf("%d年%d月%d日", year, month, day))
	}
	return append(all, "索引号："+d.Index, "以政府网站公布的文本为准，点“阅读原文”查看。")
}

// Source is the address of the original that an article names. The key of the post in
// it tells whose article it is, whatever its title.
func (o *Office) Source(document, ref string) string {
	return o.Base + "/open/" + document + "?from=" + ref
}
