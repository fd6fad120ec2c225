package channel

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// Store keeps accounts and what was uploaded with them, and reads the ledger.
type Store interface {
	// Account gives NotFound when there is none.
	Account(ctx context.Context, id string) (Account, error)
	Accounts(ctx context.Context, places []account.Place) ([]Account, error)
	AllAccounts(ctx context.Context) ([]Account, error)
	// SetAccount keeps an account; forget takes away what was uploaded with it.
	SetAccount(ctx context.Context, a Account, forget bool, events ...event.Event) error
	// ResealAccount changes how an account is sealed, if it still is as it was.
	ResealAccount(ctx context.Context, id string, before, after []byte) error

	// Media gives what a file is called over there; "" when it was not uploaded.
	Media(ctx context.Context, account, kind, hash string) (string, error)
	KeepMedia(ctx context.Context, account, kind, hash, media string) error
	ForgetMedia(ctx context.Context, account string) error

	// Ledger gives the lines of some places.
	Ledger(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[Row], error)
	// Years counts what began to stand in each channel, by year.
	Years(ctx context.Context, places []account.Place) ([]Count, error)
	// Busy gives texts with which the program has something to do, after a place.
	Busy(ctx context.Context, afterDocument, afterRef string, most int) ([]Errand, error)
	// OnScreens gives the documents of an organ with a text on its screens, what came
	// last first.
	OnScreens(ctx context.Context, organ string, most int) ([]publish.Document, error)
	// WithScreens gives the organs that have a text on their screens.
	WithScreens(ctx context.Context) ([]string, error)
	Append(ctx context.Context, events ...event.Event) error
}

// Sealer is what the office wants of the key file.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
	Blind(kind, text string) string
	Stale(sealed []byte) bool
}

// Files reads kept files.
type Files interface {
	Read(hash string) ([]byte, error)
}

// Office is what is done with channels.
type Office struct {
	Desk  *publish.Desk
	Store Store
	Lines func(c publish.Channel, k Keys) (Line, error) // opens the interface of a channel
	Files Files
	Seals Sealer
	Trees org.Trees
	Clock clock.Clock
	IDs   ident.Source
	Base  string // how people reach the site, without a slash at the end
	// Pause waits while a channel works.
	Pause func(ctx context.Context, d time.Duration) error
}

func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act, organ string) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(act, organ, tree)
}

func (o *Office) pen(actor string) event.Pen {
	return event.Pen{Actor: actor, At: o.Clock.Now(), IDs: o.IDs}
}

// Send sends a document into a channel. What is worded anew passes the release guard
// as the document did.
func (o *Office) Send(ctx context.Context, actor account.Actor, document string, in publish.Send) error {
	d, err := o.public(ctx, actor, document)
	if err != nil {
		return err
	}
	if in.Channel.Outside() {
		_, _, err = o.line(ctx, d.Organ, in.Channel)
	} else {
		err = o.room(ctx, d.Organ)
	}
	if err != nil {
		return err
	}
	if err := o.look(ctx, d, in.Channel, in.Variant); err != nil {
		return err
	}
	return o.Desk.Do(ctx, actor, document, in)
}

// Ready gives the channels into which texts of an organ can be brought now.
func (o *Office) Ready(ctx context.Context, organ string) (all []publish.Channel, err error) {
	if o.Base == "" {
		return nil, nil // an article leads to nowhere
	}
	a, err := o.Store.Account(ctx, AccountID(organ, publish.WeChat))
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return nil, err
	}
	if a.Open() {
		all = append(all, publish.WeChat)
	}
	err = o.room(ctx, organ)
	if errs.KindOf(err) == errs.Conflict {
		return all, nil
	}
	return append(all, publish.Board), err
}

// Reword changes the words of what is not published yet.
func (o *Office) Reword(ctx context.Context, actor account.Actor, document string, in publish.Reword) error {
	d, err := o.public(ctx, actor, document)
	if err != nil {
		return err
	}
	p, _ := d.Post(in.Ref)
	if err := o.look(ctx, d, p.Channel, in.Variant); err != nil {
		return err
	}
	return o.Desk.Do(ctx, actor, document, in)
}

// public gives a document of which somebody may send what everybody reads.
func (o *Office) public(ctx context.Context, actor account.Actor, document string) (publish.Document, error) {
	d, err := o.Desk.Document(ctx, actor, document)
	if err != nil {
		return d, err
	}
	if err := o.may(ctx, actor, account.PublishDocuments, d.Organ); err != nil {
		return d, err
	}
	if _, ok := d.Shown(); !ok {
		return d, errs.New(errs.Conflict, "文件还没有在网站公开，不能送其他渠道（条例§23）。")
	}
	if o.Base == "" {
		return d, errs.New(errs.Conflict, "还没有配置公众访问的网址（base-url），“阅读原文”和二维码没有去处；请系统管理员配置后再送。")
	}
	return d, nil
}

// look lets the release guard look at a wording, and measures the article.
func (o *Office) look(ctx context.Context, d publish.Document, c publish.Channel, v publish.Variant) error {
	if c.Outside() {
		if err := o.measure(ctx, d, v); err != nil {
			return err
		}
	}
	if o.Desk.Gate == nil {
		return errs.New(errs.Unavailable, "放行检查没有启用，不能送出；请联系系统管理员（条例§15）。")
	}
	words := strings.Join([]string{v.Title, v.Author, v.Summary, publish.Plain(v.Text)}, "\n")
	if err := o.pass(ctx, d.Organ, "text", "渠道文稿", words, ""); err != nil {
		return err
	}
	if v.Cover != nil {
		return o.pass(ctx, d.Organ, "cover", v.Cover.Name, "", v.Cover.Hash)
	}
	return nil
}

// measure says when an article would be longer than the channel takes.
func (o *Office) measure(ctx context.Context, d publish.Document, v publish.Variant) error {
	x := publish.Sending{Variant: v, Version: len(d.Versions)}
	shown, _ := d.Shown()
	foot, err := o.foot(ctx, d, shown)
	if err != nil {
		return err
	}
	page := HTML(x.Reading(&d), len(v.Pictures), func(int) string { return strings.Repeat("x", longAddress) }, foot)
	if n := len([]rune(page)); n >= MaxHTML {
		return field("text", "正文排成文章以后有%d个字符，公众号要求少于%d；请写一个较短的文本，并请读者点“阅读原文”看全文。", n, MaxHTML)
	}
	return nil
}

// pass says what the guard found that must not go out.
func (o *Office) pass(ctx context.Context, organ, name, what, text, hash string) error {
	found, err := o.Desk.Gate.Look(ctx, organ, what, text, hash)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Blocks {
			return field(name, "放行检查发现问题，没有送出：%s（%s）。请修改后再送（条例§15）。", strings.TrimRight(f.Says, "。"), f.Place)
		}
	}
	return nil
}

func field(name, format string, args ...any) error {
	var f errs.Fields
	f.Add(name, format, args...)
	return f.Err()
}
