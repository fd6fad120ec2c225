package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Words by which page furniture is known. They matter only together with other
// signs, see chrome.
var (
	// chromeNames are parts of ids and classes.
	chromeNames = map[string]bool{
		"nav": true, "navbar": true, "navigation": true, "menu": true, "crumb": true, "crumbs": true, "breadcrumb": true,
		"breadcrumbs": true, "position": true, "location": true, "share": true, "bdsharebuttonbox": true, "foot": true,
		"footer": true, "bottom": true, "copyright": true, "sidebar": true, "aside": true, "prev": true, "next": true,
		"prevnext": true, "related": true, "print": true, "toolbar": true, "tools": true, "search": true, "login": true,
		"logo": true, "banner": true, "qrcode": true, "ewm": true, "header": true, "head": true, "top": true, "links": true,
		"pager": true, "pagination": true, "fontsize": true,
	}
	// chromeStarts begin lines such as 上一篇：….
	chromeStarts = []string{
		"上一篇", "下一篇", "上一条", "下一条", "【打印", "打印本页", "[打印", "打印", "【关闭", "关闭窗口", "关闭本页", "[关闭", "分享到", "分享：", "扫一扫",
		"当前位置", "您现在的位置", "您的位置", "您当前的位置", "你的位置", "返回顶部", "【字体", "字体：", "字号：", "相关阅读", "相关链接", "相关稿件", "相关新闻",
		"责任编辑", "首页", "网站首页", "无障碍", "收藏本站", "设为首页", "用微信扫", "手机扫",
	}
	// footerWords stand in the footer of every government site.
	footerWords = []string{"ICP备", "公网安备", "网站标识码", "版权所有", "网站地图"}
)

// chrome tells whether a block is furniture of the page. Outside the main
// element one strong sign is enough; inside it two are needed. Tables of data
// and the title are never furniture.
func (r *reader) chrome(n *html.Node, outside bool) bool {
	w := r.weigh(n)
	if w.tables > 0 {
		return false
	}
	switch n.DataAtom {
	case atom.Nav, atom.Aside:
		return true
	}
	named := hasChromeName(n)
	if !outside && !named && w.link == 0 {
		return false
	}
	linked := w.link*10 > w.text*6
	small := w.nodes <= smallElement
	starts := small && w.text <= 80 && startsAsChrome(n)
	if !outside {
		return linked && named && w.text <= 200 || starts && (named || w.link*10 > w.text*4)
	}
	if linked {
		return true
	}
	if r.isTitle(n, w) {
		return false
	}
	pageLevel := n.DataAtom == atom.Header || n.DataAtom == atom.Footer
	return pageLevel || named || starts && (w.link > 0 || w.text <= 12) || small && w.text <= 400 && hasFooterWord(n)
}

// isTitle tells whether an element holds the headline of the document: an h1,
// or what the page's title begins with.
func (r *reader) isTitle(n *html.Node, w weight) bool {
	if w.title {
		return true
	}
	if w.text < 6 || w.text > 100 {
		return false
	}
	text := strings.TrimSpace(collapsed(n))
	return utf8.RuneCountInString(text) >= 6 && strings.Contains(r.doc.Title, text)
}

func hasChromeName(n *html.Node) bool {
	return isChromeName(attr(n, "id")) || isChromeName(attr(n, "class"))
}

func isChromeName(names string) bool {
	if names == "" {
		return false
	}
	parts := strings.FieldsFunc(strings.ToLower(names), func(c rune) bool {
		return c == ' ' || c == '-' || c == '_' || '0' <= c && c <= '9'
	})
	for _, p := range parts {
		if chromeNames[p] {
			return true
		}
	}
	return false
}

func startsAsChrome(n *html.Node) bool {
	text := strings.TrimLeft(collapsed(n), " \u00a0\u3000")
	for _, s := range chromeStarts {
		if strings.HasPrefix(text, s) {
			return true
		}
	}
	return false
}

func hasFooterWord(n *html.Node) bool {
	text := collapsed(n)
	for _, s := range footerWords {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}
