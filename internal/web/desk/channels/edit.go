package channels

import (
	"cmp"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// editData is a wording while it is written, beside the article.
type editData struct {
	Document, Back string
	Intro          string
	Form           *web.Form // nil when nothing can be sent
	Why            string    // why not
	Article        article
}

var (
	editTemplate    = web.Define[editData]("desk/channel_edit")
	previewTemplate = web.Define[article]("desk/channel_preview")
)

// Sizes of covers.
const (
	maxCover  = 5 << 20
	maxUpload = maxCover + 1<<20
)

// The field of the cover, and where the covers are remembered that somebody brought.
const (
	coverField = "cover"
	keptKey    = "channels.covers"
)

func (p Pages) brought(r *http.Request) []string {
	return strings.Fields(p.Kit.Sessions.GetString(r.Context(), keptKey))
}

func (p Pages) askSend(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	return p.showEdit(w, s, p.first(s), "", nil, nil)
}

func (p Pages) askReword(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	return p.showEdit(w, s, s.post.Sending.Variant, "", nil, nil)
}

// first is the wording to begin with: the document's own.
func (p Pages) first(s *scene) publish.Variant {
	v := s.document.Words(s.channel)
	v.Author = s.account.Author
	return v
}

// why tells why nothing can be sent; "" when it can.
func (p Pages) why(s *scene) string {
	_, shown := s.document.Shown()
	switch {
	case !shown:
		return s.say.T("channels.not-public")
	case !s.ready():
		return s.say.T("channels.no-account")
	case s.post.Sending == nil && slices.ContainsFunc(s.document.Posts, func(x publish.Post) bool {
		return x.Channel == s.channel && x.Sending != nil && x.Sending.At != publish.AtEnd
	}):
		return s.word("channels.there-already", "channels.screen-there-already")
	case s.post.Sending != nil && !s.post.Sending.Changeable():
		return s.say.T("channels.not-changeable")
	}
	return ""
}

func (p Pages) showEdit(w http.ResponseWriter, s *scene, v publish.Variant, mode string, typed url.Values, wrong error) error {
	say := s.say
	data := editData{Document: s.document.Title, Back: documentPath(s.document.ID), Intro: s.word("channels.edit-intro", "channels.screen-intro"), Why: p.why(s)}
	title := s.word("channels.send", "channels.screen-send")
	if s.post.Sending != nil {
		title, data.Back = say.T("channels.reword"), path(s.document.ID, s.post.Ref)
	}
	status := http.StatusOK
	if data.Why == "" {
		f := p.form(s, v, mode)
		if typed != nil {
			f.Fill(typed)
		}
		if v.Cover != nil && typed != nil {
			f.Keep([]web.Kept{{Field: coverField, Value: v.Cover.Hash + "/" + v.Cover.Name, Name: v.Cover.Name}})
		}
		if wrong != nil {
			if status = web.Status(wrong); !f.Fail(wrong) {
				return wrong
			}
		}
		data.Form = &f
		var err error
		if data.Article, err = p.draw(s, v, len(s.document.Versions)); err != nil {
			return err
		}
	}
	return editTemplate.ShowStatus(p.Kit, w, s.r, status, title, data)
}

// form asks for a wording.
func (p Pages) form(s *scene, v publish.Variant, mode string) web.Form {
	say := s.say
	bounds, _ := publish.BoundsOf(s.channel)
	f := web.Form{
		Submit: say.T("channels.save"), Cancel: documentPath(s.document.ID), Upload: true, Preview: root + "/" + s.document.ID + "/preview?channel=" + string(s.channel), Prompt: say.T("channels.preview"),
	}
	add := func(field web.Field) { f.Fields = append(f.Fields, field) }
	add(web.Field{Name: "title", Label: say.T("channels.title"), Hint: say.T("channels.title-hint", bounds.Title), Value: v.Title, MaxLength: bounds.Title, Required: true})
	if bounds.Author > 0 {
		add(web.Field{Name: "author", Label: say.T("channels.author"), Hint: say.T("channels.author-hint"), Value: v.Author, MaxLength: bounds.Author, Narrow: true})
	}
	if bounds.Summary > 0 {
		add(web.Field{Kind: web.TextArea, Name: "summary", Label: say.T("channels.summary"), Hint: say.T("channels.summary-hint", bounds.Summary), Value: v.Summary, Rows: 3, MaxLength: bounds.Summary})
	}
	add(web.Field{Kind: web.TextArea, Name: "text", Label: say.T("channels.text"), Hint: s.word("channels.text-hint", "channels.screen-text-hint"), Value: v.Text, Rows: 14, MaxLength: bounds.Text})
	if s.channel.Outside() {
		cover := web.Field{Kind: web.File, Name: coverField, Label: say.T("channels.cover"), Hint: say.T("channels.cover-hint"), Accept: ".jpg,.jpeg,.png"}
		if v.Cover != nil {
			cover.Kept = []web.Kept{{Field: coverField, Value: v.Cover.Hash + "/" + v.Cover.Name, Name: v.Cover.Name}}
		}
		add(cover)
	}
	if shown := p.showable(s); len(shown) > 0 {
		var chosen []string
		for _, one := range v.Pictures {
			chosen = append(chosen, one.Hash)
		}
		add(web.Field{Kind: web.Checks, Name: "pictures", Label: s.word("channels.pictures", "channels.screen-pictures"), Hint: s.word("channels.pictures-hint", "channels.screen-pictures-hint"), Options: shown, Values: chosen})
	}
	if s.channel.Outside() {
		comments := ""
		if v.Comments {
			comments = "1"
		}
		add(web.Field{Kind: web.Check, Name: "comments", Label: say.T("channels.comments"), Hint: say.T("channels.comments-hint"), Value: comments})
	}
	if s.post.Sending != nil {
		f.Cancel = path(s.document.ID, s.post.Ref)
		return f
	}
	f.Submit = s.word("channels.send-it", "channels.screen-send-it")
	if s.channel.Outside() {
		add(web.Field{Kind: web.Radios, Name: "mode", Label: say.T("channels.mode"), Required: true, Value: cmp.Or(mode, "public"), Options: []web.Option{
			{Value: "public", Label: say.T("channels.mode-public"), Hint: say.T("channels.mode-public-hint")},
			{Value: "draft", Label: say.T("channels.mode-draft"), Hint: say.T("channels.mode-draft-hint")},
		}})
	} else {
		add(web.Field{Kind: web.Date, Name: "last", Label: say.T("channels.screen-last"), Hint: say.T("channels.screen-last-hint")})
	}
	return f
}

// showable gives the attachments that can be shown in the article.
func (p Pages) showable(s *scene) []web.Option {
	shown, _ := s.document.Shown()
	var all []web.Option
	for _, f := range shown.Files {
		switch strings.ToLower(filepath.Ext(f.Name)) {
		case ".jpg", ".jpeg", ".png":
			all = append(all, web.Option{Value: f.Hash, Label: f.Name})
		}
	}
	return all
}

// wording reads what was typed. A cover that came with the form is kept, so that it
// need not be chosen again when something else is wrong.
func (p Pages) wording(s *scene, values url.Values) (publish.Variant, error) {
	v := publish.Variant{Title: values.Get("title"), Author: values.Get("author"), Summary: values.Get("summary"), Text: values.Get("text"), Comments: values.Get("comments") != ""}
	shown, _ := s.document.Shown()
	for _, f := range shown.Files {
		if slices.Contains(values["pictures"], f.Hash) {
			v.Pictures = append(v.Pictures, f)
		}
	}
	known := p.brought(s.r)
	if x := s.post.Sending; x != nil && x.Cover != nil {
		known = append(known, x.Cover.Hash)
	}
	if hash, name, ok := strings.Cut(values.Get(web.KeptPrefix+coverField), "/"); ok && slices.Contains(known, hash) {
		v.Cover = &publish.File{Hash: hash, Name: name}
	}
	fresh, err := p.cover(s.r)
	if fresh != nil {
		v.Cover = fresh
	}
	return v, err
}

// cover keeps the cover that a form brought; nil for none.
func (p Pages) cover(r *http.Request) (*publish.File, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File[coverField]) == 0 || r.MultipartForm.File[coverField][0].Size == 0 {
		return nil, nil
	}
	head := r.MultipartForm.File[coverField][0]
	content, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	info, err := p.Files.Put(r.Context(), content, maxCover)
	var wrong errs.Fields
	switch {
	case errs.KindOf(err) == errs.TooLarge:
		wrong.Add(coverField, "封面图片太大，最多 %d MB。", maxCover>>20)
		return nil, wrong.Err()
	case err != nil:
		return nil, err
	case info.MediaType != "image/jpeg" && info.MediaType != "image/png":
		wrong.Add(coverField, "封面请用 JPG 或者 PNG 图片。")
		return nil, wrong.Err()
	}
	p.Kit.Sessions.Put(r.Context(), keptKey, strings.Join(append(p.brought(r), info.Hash), " "))
	return &publish.File{Hash: info.Hash, Name: filepath.Base(head.Filename)}, nil
}

func (p Pages) send(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	v, wrong := p.wording(s, values)
	in := publish.Send{Channel: s.channel, Variant: v, Draft: s.channel.Outside() && values.Get("mode") == "draft"}
	if wrong == nil && !s.channel.Outside() {
		in.Last, wrong = lastDay(values)
	}
	if wrong == nil {
		wrong = p.Office.Send(r.Context(), s.actor, s.document.ID, in)
	}
	if wrong != nil {
		if p.why(s) != "" {
			return wrong
		}
		return p.showEdit(w, s, v, values.Get("mode"), values, wrong)
	}
	d, err := p.Office.Desk.Document(r.Context(), s.actor, s.document.ID)
	if err != nil {
		return err
	}
	last := d.Posts[len(d.Posts)-1]
	return p.Kit.Done(w, r, path(d.ID, last.Ref), said(s.say, last, s.word("channels.sent", "channels.screen-sent")))
}

// lastDay reads the last day on screens; none for no end.
func lastDay(values url.Values) (calendar.Date, error) {
	typed := strings.TrimSpace(values.Get("last"))
	if typed == "" {
		return calendar.Date{}, nil
	}
	day, err := calendar.ParseDate(typed)
	if err != nil {
		return day, errs.InField("last", "最后一天“%s”不是日期，请写成 2026-12-31 的样子；一直播放的不用填。", typed)
	}
	return day, nil
}

func (p Pages) reword(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	v, wrong := p.wording(s, values)
	if wrong == nil {
		wrong = p.Office.Reword(r.Context(), s.actor, s.document.ID, publish.Reword{Ref: s.post.Ref, Variant: v})
	}
	if wrong != nil {
		if p.why(s) != "" {
			return wrong
		}
		return p.showEdit(w, s, v, "", values, wrong)
	}
	d, err := p.Office.Desk.Document(r.Context(), s.actor, s.document.ID)
	if err != nil {
		return err
	}
	now, _ := d.Post(s.post.Ref)
	return p.Kit.Done(w, r, path(s.document.ID, s.post.Ref), said(s.say, now, s.say.T("channels.reworded")))
}

// said tells that somebody must look first, where that is so.
func said(say *locale.Catalogue, p publish.Post, otherwise string) string {
	if p.Sending != nil && p.Sending.Waits() {
		return say.T("channels.to-review")
	}
	return otherwise
}

// preview shows the article with what is typed.
func (p Pages) preview(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if _, ok := s.document.Shown(); !ok {
		return errs.New(errs.Conflict, "%s", s.say.T("channels.not-public"))
	}
	v, err := p.wording(s, values)
	if err != nil {
		return err
	}
	drawn, err := p.draw(s, v, len(s.document.Versions))
	if err != nil {
		return err
	}
	return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("channels.preview"), drawn)
}
