package gallery

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// WeChatPath is where one reads what the double of the official account has published.
const WeChatPath = "/demo/wechat"

// Article is an article that the double has published.
type Article struct {
	ID, Title, Author, Digest string
	HTML, Cover               string // as it was sent; key of the cover
	At                        time.Time
	Deleted                   bool
	Source                    string
}

// WeChat shows what the double of the official account has published. It is served by
// the demo only.
type WeChat struct {
	Kit       *web.Kit
	Published func() []Article
	Read      func(id string) (Article, bool)
	Picture   func(media string) ([]byte, bool)
}

// Routes gives the pages.
func (p WeChat) Routes() []web.Route {
	at := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: "GET", Path: WeChatPath + path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows}
	}
	return []web.Route{at("", p.list, wechatList), at("/{article}", p.article, wechatArticle), at("/pictures/{media}", p.picture)}
}

type wechatListData struct{ Articles []articleLine }

type articleLine struct{ Title, Digest, On, Path, Cover string }

type wechatArticleData struct {
	Title, Author, On, Source string
	Deleted                   bool
	Body                      template.HTML
}

var (
	wechatList    = web.Define[wechatListData]("gallery/wechat")
	wechatArticle = web.Define[wechatArticleData]("gallery/wechat_article")
)

func (p WeChat) list(w http.ResponseWriter, r *http.Request) error {
	var data wechatListData
	for _, a := range p.Published() {
		data.Articles = append(data.Articles, articleLine{a.Title, a.Digest, a.At.Format("2006-01-02 15:04"), WeChatPath + "/" + a.ID, WeChatPath + "/pictures/" + a.Cover})
	}
	return wechatList.Show(p.Kit, w, r, p.Kit.Say(r).T("gallery.wechat"), data)
}

// Styles are not the site's, and pictures lie with the double.
var (
	style   = regexp.MustCompile(` style="[^"]*"`)
	picture = regexp.MustCompile(`src="http://mmbiz\.example/([A-Z0-9]+)"`)
)

func (p WeChat) article(w http.ResponseWriter, r *http.Request) error {
	a, ok := p.Read(r.PathValue("article"))
	if !ok {
		return errs.New(errs.NotFound, "没有这篇文章。")
	}
	body := picture.ReplaceAllString(style.ReplaceAllString(a.HTML, ""), `src="`+WeChatPath+`/pictures/$1" alt=""`)
	data := wechatArticleData{Title: a.Title, Author: a.Author, On: a.At.Format("2006-01-02 15:04"), Source: a.Source, Deleted: a.Deleted}
	if !a.Deleted {
		data.Body = template.HTML(body) //nolint:gosec // package channel made it, with every text escaped
	}
	return wechatArticle.Show(p.Kit, w, r, a.Title, data)
}

func (p WeChat) picture(w http.ResponseWriter, r *http.Request) error {
	data, ok := p.Picture(r.PathValue("media"))
	kind := http.DetectContentType(data)
	if !ok || !strings.HasPrefix(kind, "image/") {
		return errs.New(errs.NotFound, "没有这张图片。")
	}
	w.Header().Set("Content-Type", kind)
	_, err := w.Write(data)
	return err
}
