package double

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// call is a call as it came.
type call struct {
	query  url.Values
	body   map[string]any
	file   *upload
	broken bool
	status int // how a publication is to end
}

type upload struct {
	name string
	data []byte
}

func (c call) text(name string) string {
	s, _ := c.body[name].(string)
	return s
}

func (c call) number(name string) int {
	n, _ := c.body[name].(float64)
	return int(n)
}

func fileOf(data []byte, boundary string) *upload {
	part, err := multipart.NewReader(bytes.NewReader(data), boundary).NextPart()
	if err != nil || part.FormName() != "media" {
		return &upload{}
	}
	content, err := io.ReadAll(part)
	if err != nil {
		return &upload{}
	}
	return &upload{part.FileName(), content}
}

// handlers are the calls by their paths.
var handlers = map[string]func(*WeChat, call) map[string]any{
	"material/add_material": (*WeChat).addMaterial,
	"media/uploadimg":       (*WeChat).uploadImage,
	"draft/add":             (*WeChat).addDraft,
	"draft/update":          (*WeChat).updateDraft,
	"draft/delete":          (*WeChat).deleteDraft,
	"draft/get":             (*WeChat).getDraft,
	"draft/batchget":        (*WeChat).listDrafts,
	"freepublish/submit":    (*WeChat).submit,
	"freepublish/get":       (*WeChat).progress,
	"freepublish/delete":    (*WeChat).deleteArticle,
	"freepublish/batchget":  (*WeChat).listPublished,
}

func (w *WeChat) addMaterial(c call) map[string]any {
	switch {
	case c.file == nil || len(c.file.data) == 0:
		return refuse(41005)
	case c.query.Get("type") != "image":
		return refuse(40004)
	case !endsWith(c.file.name, "jpg", "jpeg", "png", "gif", "bmp"):
		return refuse(40005)
	case len(c.file.data) > 10<<20:
		return refuse(40006)
	}
	media := "MEDIA" + w.number()
	w.state.Media[media] = c.file.data
	return map[string]any{"media_id": media, "url": "http://mmbiz.example/" + media}
}

func (w *WeChat) uploadImage(c call) map[string]any {
	switch {
	case c.file == nil || len(c.file.data) == 0:
		return refuse(41005)
	case !endsWith(c.file.name, "jpg", "jpeg", "png"):
		return refuse(40005)
	case len(c.file.data) >= 1<<20:
		return refuse(40009)
	}
	media := "IMG" + w.number()
	w.state.Media[media] = c.file.data
	return map[string]any{"url": "http://mmbiz.example/" + media}
}

func endsWith(name string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(strings.ToLower(name), "."+e) })
}

// news reads an article and measures it.
func (w *WeChat) news(value any) (News, int) {
	var n News
	raw, err := json.Marshal(value)
	if err != nil || json.Unmarshal(raw, &n) != nil {
		return n, 47001
	}
	_, there := w.state.Media[n.Thumb]
	switch {
	case !there:
		return n, 40007
	case n.Title == "" || utf8.RuneCountInString(n.Title) > 64:
		return n, 45003
	case utf8.RuneCountInString(n.Author) > 16:
		return n, 45110
	case utf8.RuneCountInString(n.Digest) > 120:
		return n, 45004
	case n.Content == "":
		return n, 44003
	case utf8.RuneCountInString(n.Content) >= 20000 || len(n.Content) >= 1<<20:
		return n, 45002
	case strings.Contains(n.Content, "<script"):
		return n, 45166
	}
	return n, 0
}

func (w *WeChat) draft(media string) int {
	return slices.IndexFunc(w.state.Drafts, func(d Draft) bool { return d.Media == media })
}

func (w *WeChat) addDraft(c call) map[string]any {
	all, _ := c.body["articles"].([]any)
	if len(all) != 1 {
		return refuse(45008)
	}
	n, code := w.news(all[0])
	if code != 0 {
		return refuse(code)
	}
	d := Draft{"DRAFT" + w.number(), n}
	w.state.Drafts = append([]Draft{d}, w.state.Drafts...)
	return map[string]any{"media_id": d.Media}
}

func (w *WeChat) updateDraft(c call) map[string]any {
	i := w.draft(c.text("media_id"))
	if i < 0 {
		return refuse(40007)
	}
	n, code := w.news(c.body["articles"])
	if code != 0 {
		return refuse(code)
	}
	w.state.Drafts[i].News = n
	return refuse(0)
}

func (w *WeChat) deleteDraft(c call) map[string]any {
	i := w.draft(c.text("media_id"))
	if i < 0 {
		return refuse(40007)
	}
	w.state.Drafts = slices.Delete(w.state.Drafts, i, i+1)
	return refuse(0)
}

func (w *WeChat) getDraft(c call) map[string]any {
	i := w.draft(c.text("media_id"))
	if i < 0 {
		return refuse(40007)
	}
	return map[string]any{"news_item": []News{w.state.Drafts[i].News}}
}

func (w *WeChat) listDrafts(c call) map[string]any {
	var items []any
	for _, d := range part(w.state.Drafts, c) {
		d.News.Content = ""
		items = append(items, map[string]any{"media_id": d.Media, "content": map[string]any{"news_item": []News{d.News}}})
	}
	return map[string]any{"total_count": len(w.state.Drafts), "item_count": len(items), "item": items}
}

func part[T any](all []T, c call) []T {
	from := min(max(0, c.number("offset")), len(all))
	return slices.Clone(all[from:min(from+min(20, c.number("count")), len(all))])
}

func (w *WeChat) submit(c call) map[string]any {
	if w.draft(c.text("media_id")) < 0 {
		return refuse(40007)
	}
	ticket := w.number()
	p := publication{Draft: c.text("media_id"), Left: w.Takes, Status: c.status}
	if p.Left == 0 {
		p.Left = -1
		w.done(ticket, &p)
	}
	w.state.Jobs[ticket] = p
	return map[string]any{"errcode": 0, "errmsg": "ok", "publish_id": json.Number(ticket), "msg_data_id": json.Number(ticket)}
}

func (w *WeChat) progress(c call) map[string]any {
	ticket := fmt.Sprint(c.body["publish_id"])
	p, ok := w.state.Jobs[ticket]
	switch {
	case !ok:
		return refuse(53600)
	case p.Article == "" && p.Left >= 0:
		return map[string]any{"publish_id": ticket, "publish_status": 1, "fail_idx": []int{}}
	case p.Article == "":
		return map[string]any{"publish_id": ticket, "publish_status": p.Status, "fail_idx": []int{1}}
	}
	a := slices.IndexFunc(w.state.Published, func(a Article) bool { return a.ID == p.Article })
	status := 0
	if w.state.Published[a].News.Deleted {
		status = 5
	}
	return map[string]any{
		"publish_id": ticket, "publish_status": status, "article_id": p.Article, "fail_idx": []int{},
		"article_detail": map[string]any{"count": 1, "item": []any{map[string]any{"idx": 1, "article_url": w.state.Published[a].News.URL}}},
	}
}

func (w *WeChat) deleteArticle(c call) map[string]any {
	i := slices.IndexFunc(w.state.Published, func(a Article) bool { return a.ID == c.text("article_id") && !a.News.Deleted })
	if i < 0 {
		return refuse(53600)
	}
	w.state.Published[i].News.Deleted = true
	return refuse(0)
}

func (w *WeChat) listPublished(c call) map[string]any {
	var items []any
	for _, a := range part(w.state.Published, c) {
		a.News.Content = ""
		items = append(items, map[string]any{"article_id": a.ID, "content": map[string]any{"news_item": []News{a.News}}, "update_time": a.At.Unix()})
	}
	return map[string]any{"total_count": len(w.state.Published), "item_count": len(items), "item": items}
}
