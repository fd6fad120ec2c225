package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"gongkai/internal/channel"
)

// Account is an official account.
type Account struct {
	Service     Service
	App, Secret string
}

// Limits of pictures that the platform documents.
const (
	maxCover   = 10 << 20
	maxPicture = 1 << 20
)

// Try asks for a token and how many drafts there are.
func (a *Account) Try(ctx context.Context) error {
	return a.call(ctx, "/cgi-bin/draft/batchget", nil, jsonBody(map[string]int{"offset": 0, "count": 1, "no_content": 1}), nil)
}

// Upload keeps a picture for covers (material/add_material).
func (a *Account) Upload(ctx context.Context, name string, data []byte) (string, error) {
	if len(data) > maxCover {
		return "", &channel.Problem{Code: 40006, Says: fmt.Sprintf("封面图片“%s”超过10MB，请换一张小一些的。", name)}
	}
	kept, ok := pictureName(data, "cover")
	if !ok {
		return "", &channel.Problem{Code: 40005, Says: fmt.Sprintf("封面“%s”不是 jpg、png、gif、bmp 图片，请换一张。", name)}
	}
	var got struct {
		Media string `json:"media_id"`
	}
	err := a.call(ctx, "/cgi-bin/material/add_material", url.Values{"type": {"image"}}, fileBody(kept, data), &got)
	return got.Media, err
}

// Embed keeps a picture for texts (media/uploadimg).
func (a *Account) Embed(ctx context.Context, name string, data []byte) (string, error) {
	kept, ok := pictureName(data, "picture")
	switch {
	case !ok || kept == "picture.gif" || kept == "picture.bmp":
		return "", &channel.Problem{Code: 40005, Says: fmt.Sprintf("文中的图片“%s”不是 jpg、png，公众号不接受；请去掉它。", name)}
	case len(data) >= maxPicture:
		return "", &channel.Problem{Code: 40009, Says: fmt.Sprintf("文中的图片“%s”超过1MB，公众号不接受；请去掉它，或者先压缩附件。", name)}
	}
	var got struct {
		URL string `json:"url"`
	}
	err := a.call(ctx, "/cgi-bin/media/uploadimg", nil, fileBody(kept, data), &got)
	return got.URL, err
}

// pictureName names a picture by its bytes: the platform goes by the ending, and the
// names of files are nobody's business there.
func pictureName(data []byte, name string) (string, bool) {
	for ending, begin := range map[string][]byte{"jpg": {0xff, 0xd8, 0xff}, "png": []byte("\x89PNG\r\n\x1a\n"), "gif": []byte("GIF8"), "bmp": []byte("BM")} {
		if bytes.HasPrefix(data, begin) {
			return name + "." + ending, true
		}
	}
	return "", false
}

// article is an article as the platform writes it.
type article struct {
	Title    string `json:"title"`
	Author   string `json:"author,omitempty"`
	Digest   string `json:"digest,omitempty"`
	Content  string `json:"content,omitempty"`
	Source   string `json:"content_source_url"`
	Thumb    string `json:"thumb_media_id"`
	Comments int    `json:"need_open_comment"`
	URL      string `json:"url,omitempty"`
	Deleted  bool   `json:"is_deleted,omitempty"`
}

func written(a channel.Article) article {
	one := article{Title: a.Title, Author: a.Author, Digest: a.Summary, Content: a.HTML, Source: a.Source, Thumb: a.Cover}
	if a.Comments {
		one.Comments = 1
	}
	return one
}

// Put makes a draft (draft/add).
func (a *Account) Put(ctx context.Context, text channel.Article) (string, error) {
	var got struct {
		Media string `json:"media_id"`
	}
	err := a.call(ctx, "/cgi-bin/draft/add", nil, jsonBody(map[string]any{"articles": []article{written(text)}}), &got)
	return got.Media, err
}

// Replace changes a draft (draft/update).
func (a *Account) Replace(ctx context.Context, draft string, text channel.Article) error {
	return a.call(ctx, "/cgi-bin/draft/update", nil, jsonBody(map[string]any{"media_id": draft, "index": 0, "articles": written(text)}), nil)
}

// Discard deletes a draft (draft/delete).
func (a *Account) Discard(ctx context.Context, draft string) error {
	return a.call(ctx, "/cgi-bin/draft/delete", nil, jsonBody(map[string]string{"media_id": draft}), nil)
}

// Holds tells whether a draft is still there (draft/get).
func (a *Account) Holds(ctx context.Context, draft string) (bool, error) {
	err := a.call(ctx, "/cgi-bin/draft/get", nil, jsonBody(map[string]string{"media_id": draft}), nil)
	if gone(err) {
		return false, nil
	}
	return err == nil, err
}

// looked is how many of the newest are looked through for one of ours.
const looked = 20

// listed is an item of a list of drafts or publications.
type listed struct {
	Media   string `json:"media_id"`
	Article string `json:"article_id"`
	Content struct {
		News []article `json:"news_item"`
	} `json:"content"`
}

func (a *Account) newest(ctx context.Context, path string) ([]listed, error) {
	var got struct {
		Items []listed `json:"item"`
	}
	err := a.call(ctx, path, nil, jsonBody(map[string]int{"offset": 0, "count": looked, "no_content": 1}), &got)
	return got.Items, err
}

// FindDraft gives the newest draft with its original at an address (draft/batchget).
func (a *Account) FindDraft(ctx context.Context, source string) (string, error) {
	all, err := a.newest(ctx, "/cgi-bin/draft/batchget")
	for _, one := range all {
		for _, n := range one.Content.News {
			if n.Source == source {
				return one.Media, nil
			}
		}
	}
	return "", err
}

// FindPublished gives what was published with its original at an address
// (freepublish/batchget).
func (a *Account) FindPublished(ctx context.Context, source string) (channel.Progress, error) {
	all, err := a.newest(ctx, "/cgi-bin/freepublish/batchget")
	for _, one := range all {
		for _, n := range one.Content.News {
			if n.Source == source && !n.Deleted {
				return channel.Progress{State: channel.Published, Article: one.Article, Address: n.URL}, nil
			}
		}
	}
	return channel.Progress{}, err
}

// Submit hands a draft in for publication (freepublish/submit).
func (a *Account) Submit(ctx context.Context, draft string) (string, error) {
	var got struct {
		Publish json.Number `json:"publish_id"`
	}
	err := a.call(ctx, "/cgi-bin/freepublish/submit", nil, jsonBody(map[string]string{"media_id": draft}), &got)
	if err == nil && got.Publish == "" {
		err = fmt.Errorf("wechat freepublish/submit: no publish_id in the answer")
	}
	return got.Publish.String(), err
}

// Progress asks how far a publication is (freepublish/get).
func (a *Account) Progress(ctx context.Context, ticket string) (channel.Progress, error) {
	var got struct {
		Status  int    `json:"publish_status"`
		Article string `json:"article_id"`
		Detail  struct {
			Items []struct {
				URL string `json:"article_url"`
			} `json:"item"`
		} `json:"article_detail"`
	}
	if err := a.call(ctx, "/cgi-bin/freepublish/get", nil, jsonBody(map[string]string{"publish_id": ticket}), &got); err != nil {
		return channel.Progress{}, err
	}
	p := channel.Progress{Code: got.Status, Article: got.Article}
	switch got.Status {
	case 0:
		if len(got.Detail.Items) == 0 || got.Article == "" {
			return p, fmt.Errorf("wechat freepublish/get: published without an article")
		}
		p.State, p.Address = channel.Published, got.Detail.Items[0].URL
	case 1:
		p.State = channel.Working
	case 2:
		p.State, p.Says = channel.Refused, "公众平台的原创审核没有通过，文章没有发布；请登录公众平台查看原因，修改后重新送出。"
	case 3:
		p.State, p.Says = channel.Refused, "公众平台没有发布成功；请登录公众平台查看草稿，修改后重新送出。"
	case 4:
		p.State, p.Says = channel.Refused, "公众平台审核不通过，文章没有发布；请按平台的提示修改标题或者正文，再重新送出。"
	case 5:
		p.State, p.Says = channel.Removed, "文章发布以后在公众平台上被删除；需要再发布的请重新送出，不需要的请撤回。"
	case 6:
		p.State, p.Says = channel.Removed, "文章发布以后被公众平台封禁；请登录公众平台查看原因，修改后重新送出。"
	default:
		return p, fmt.Errorf("wechat freepublish/get: status %s is not documented", strconv.Itoa(got.Status))
	}
	return p, nil
}

// Recall deletes what is published (freepublish/delete).
func (a *Account) Recall(ctx context.Context, articleID string) error {
	return a.call(ctx, "/cgi-bin/freepublish/delete", nil, jsonBody(map[string]any{"article_id": articleID, "index": 0}), nil)
}
