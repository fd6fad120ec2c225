package publish

import (
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Variant is a document as it is worded for a channel.
type Variant struct {
	Title    string `json:"title"`
	Author   string `json:"author,omitempty"`
	Summary  string `json:"summary,omitempty"`
	Text     string `json:"text,omitempty"`     // as body.go has it; "" for the document's own
	Cover    *File  `json:"cover,omitempty"`    // nil for the usual one of the account
	Pictures []File `json:"pictures,omitempty"` // attachments of the document that are shown below the text
	Comments bool   `json:"comments,omitempty"` // readers may leave messages
}

// maxVariant is how long the text of an article may be, in characters. What it becomes
// in the channel's form is measured again before it is sent.
const maxVariant = 18000

// Bounds are what a channel takes at most, in characters; what is 0 it does not have.
type Bounds struct{ Title, Author, Summary, Text int }

// BoundsOf gives the bounds of a channel into which the program brings texts; false for
// one that only people keep. Those of WeChat are of its “新增草稿” (draft/add); what its
// editors show is a little less for the author, and the interface says so then. Those of
// screens are a convention: a title of three lines, and a text that a person who waits
// in the hall reads to its end.
func BoundsOf(c Channel) (Bounds, bool) {
	switch c {
	case WeChat:
		return Bounds{Title: 64, Author: 16, Summary: 120, Text: maxVariant}, true
	case Board:
		return Bounds{Title: 80, Text: 3000}, true
	default:
		return Bounds{}, false
	}
}

// Words gives a document as a channel takes it without further words: what does not fit
// is cut.
func (d *Document) Words(c Channel) Variant {
	shown, _ := d.Shown()
	b, _ := BoundsOf(c)
	return Variant{Title: cut(shown.Title, b.Title), Summary: cut(shown.Summary, b.Summary)}
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// checked gives the wording as it is kept, or says what does not fit.
func (v Variant) checked(d *Document, c Channel) (Variant, error) {
	b, ok := BoundsOf(c)
	if !ok {
		return v, errs.InField("channel", "这个渠道不能由系统送出，请人工发布后登记。")
	}
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	v.Title, v.Author, v.Summary, v.Text = line(v.Title), line(v.Author), line(v.Summary), Tidy(v.Text)
	v.Cover, v.Pictures = copyOf(v.Cover), slices.Clone(v.Pictures)
	if !c.Outside() {
		v.Author, v.Summary, v.Cover, v.Comments = "", "", nil, false // a screen has no place for them
	}
	shown, _ := d.Shown()
	read := v.Text
	if read == "" {
		read = Plain(shown.Text)
	}
	switch {
	case v.Title == "":
		return v, errs.InField("title", "请填写文章标题。")
	case len([]rune(v.Title)) > b.Title:
		return v, errs.InField("title", "文章标题有%d个字，这个渠道最多%d个字，请缩短。", len([]rune(v.Title)), b.Title)
	case len([]rune(v.Author)) > b.Author:
		return v, errs.InField("author", "作者最多%d个字，请写机关简称。", b.Author)
	case len([]rune(v.Summary)) > b.Summary:
		return v, errs.InField("summary", "摘要有%d个字，这个渠道最多%d个字，请缩短。", len([]rune(v.Summary)), b.Summary)
	case len([]rune(read)) > b.Text:
		return v, errs.InField("text", "正文有%d个字，这个渠道最多%d个字；请写一个较短的文本，并请读者到网站阅读全文。", len([]rune(read)), b.Text)
	}
	for _, f := range v.Pictures {
		if !slices.Contains(shown.Files, f) {
			return v, errs.InField("pictures", "图片“%s”不是已公开的附件；文中的图片只能从附件中选择，因为它们经过了保密审查。", f.Name)
		}
	}
	return v, nil
}

// Wording tells one wording from another.
func (s Sending) Wording() string {
	return event.Digest(struct {
		Variant
		Version int
	}{s.Variant, s.Version})
}

// Reading gives what is read there: the wording's own text, or that of a version.
func (s Sending) Reading(d *Document) string {
	if s.Text != "" || s.Version < 1 || s.Version > len(d.Versions) {
		return s.Text
	}
	return d.Versions[s.Version-1].Text
}

// Stale tells whether the document was corrected since.
func (s Sending) Stale(d *Document) bool {
	return s.Version < len(d.Versions) && s.At != AtEnd
}
