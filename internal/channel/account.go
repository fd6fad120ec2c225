package channel

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/publish"
)

// Account is an organ's account in a channel. App id and secret are sealed and never
// shown again; Tail tells accounts apart.
type Account struct {
	ID      string // organ:channel
	Organ   string
	Channel publish.Channel
	Name    string // as readers know it
	Tail    string // of the app id
	Mark    string // keyed hash of what is sealed; "" when there is nothing
	Sealed  []byte
	Author  string // usual author of articles
	Cover   publish.File
	SetBy   string
	SetAt   time.Time
}

// Open tells whether articles can be sent with it.
func (a Account) Open() bool { return a.Mark != "" }

// Digest is what verify compares with the log. What is sealed is sealed anew when keys
// change, so the keyed hash stands for it.
func (a Account) Digest() string {
	a.Sealed = nil
	return event.Digest(a)
}

// Keys are what a channel knows an account by.
type Keys struct {
	App    string `json:"app"`
	Secret string `json:"secret"`
}

// What happens to accounts.
const (
	accountSet   event.Kind = "channel.account-set"
	accountEnded event.Kind = "channel.account-ended"
	accountTried event.Kind = "channel.account-tried"
)

// EventKinds gives the words for what happens to accounts of channels.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: accountSet, Chinese: "设置渠道账号", English: "account of a channel set"},
		{Kind: accountEnded, Chinese: "停用渠道账号", English: "account of a channel taken away"},
		{Kind: accountTried, Chinese: "检查渠道账号", English: "account of a channel tried"},
	}
}

// SubjectType is what accounts are called in the log.
const SubjectType = "channel-account"

func subject(id string) event.Subject { return event.Subject{Type: SubjectType, ID: id} }

// AccountID gives the key of an organ's account in a channel.
func AccountID(organ string, c publish.Channel) string { return organ + ":" + string(c) }

func place(id string) string { return "channel/" + id }

// Setting is an account as the system administrator sets it. Keys that are empty stay
// as they are.
type Setting struct {
	Organ   string
	Channel publish.Channel
	Name    string
	Author  string
	Keys    Keys
	Cover   *publish.File // nil leaves the one that is there
}

// maxName is how long the name of an account may be, in characters.
const maxName = 60

// Set keeps an account. A new app id forgets what was uploaded to the old one.
func (o *Office) Set(ctx context.Context, actor account.Actor, in Setting) error {
	if err := o.may(ctx, actor, account.EditSettings, in.Organ); err != nil {
		return err
	}
	bounds, ok := publish.BoundsOf(in.Channel)
	if !ok || !in.Channel.Outside() {
		return errs.New(errs.Invalid, "这个渠道没有可以登记的接口账号。")
	}
	id := AccountID(in.Organ, in.Channel)
	was, err := o.Store.Account(ctx, id)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return err
	}
	a := Account{ID: id, Organ: in.Organ, Channel: in.Channel, Name: strings.TrimSpace(in.Name), Author: strings.TrimSpace(in.Author), SetBy: actor.ID, SetAt: o.Clock.Now()}
	a.Tail, a.Mark, a.Sealed, a.Cover = was.Tail, was.Mark, was.Sealed, was.Cover
	if in.Cover != nil {
		a.Cover = *in.Cover
	}
	in.Keys.App, in.Keys.Secret = strings.TrimSpace(in.Keys.App), strings.TrimSpace(in.Keys.Secret)
	var f errs.Fields
	switch {
	case a.Name == "":
		f.Add("name", "请填写公众号的名称。")
	case len([]rune(a.Name)) > maxName:
		f.Add("name", "名称最多%d个字。", maxName)
	}
	if len([]rune(a.Author)) > bounds.Author {
		f.Add("author", "作者最多%d个字，请写机关简称。", bounds.Author)
	}
	checkKeys(&f, was.Open(), in.Keys)
	if a.Cover.Hash == "" {
		f.Add("cover", "请上传一张默认封面图片；没有封面，公众号不接受文章。")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if in.Keys.App != "" {
		if err := o.sealKeys(&a, in.Keys); err != nil {
			return err
		}
	}
	e := o.pen(actor.ID).Write(a.Organ, subject(id), accountSet, map[string]string{"channel": string(a.Channel), "tail": a.Tail})
	e.State = a.Digest()
	return o.Store.SetAccount(ctx, a, a.Mark != was.Mark, e)
}

// checkKeys wants both keys, or neither where there are some.
func checkKeys(f *errs.Fields, has bool, k Keys) {
	switch {
	case k.App == "" && k.Secret == "" && has:
	case k.App == "":
		f.Add("app", "请填写开发者ID（AppID），在公众平台“设置与开发→开发接口管理”中查看。")
	case len(k.App) > 64 || strings.ContainsAny(k.App, " \t"):
		f.Add("app", "开发者ID（AppID）不正确，它以 wx 开头，中间没有空格。")
	case k.Secret == "":
		f.Add("secret", "请填写开发者密码（AppSecret）；忘记了可以在公众平台重置。")
	case len(k.Secret) > 128 || strings.ContainsAny(k.Secret, " \t"):
		f.Add("secret", "开发者密码（AppSecret）不正确，中间没有空格。")
	}
}

// sealKeys seals app id and secret into an account.
func (o *Office) sealKeys(a *Account, k Keys) error {
	plain, err := json.Marshal(k)
	if err != nil {
		return err
	}
	a.Tail = k.App[max(0, len(k.App)-4):]
	a.Mark = o.Seals.Blind("channel", k.App+"\x00"+k.Secret)
	a.Sealed, err = o.Seals.Seal(place(a.ID), plain)
	return err
}

// End takes an account away: its keys are forgotten, and nothing more is sent with it.
func (o *Office) End(ctx context.Context, actor account.Actor, organ string, c publish.Channel) error {
	if err := o.may(ctx, actor, account.EditSettings, organ); err != nil {
		return err
	}
	a, err := o.Store.Account(ctx, AccountID(organ, c))
	if err != nil {
		return err
	}
	if !a.Open() {
		return errs.New(errs.Conflict, "这个账号已经停用。")
	}
	a.Mark, a.Tail, a.Sealed, a.SetBy, a.SetAt = "", "", nil, actor.ID, o.Clock.Now()
	e := o.pen(actor.ID).Write(organ, subject(a.ID), accountEnded, map[string]string{"channel": string(c)})
	e.State = a.Digest()
	return o.Store.SetAccount(ctx, a, true, e)
}

// Try asks the channel whether it lets an account in.
func (o *Office) Try(ctx context.Context, actor account.Actor, organ string, c publish.Channel) error {
	if err := o.may(ctx, actor, account.EditSettings, organ); err != nil {
		return err
	}
	a, line, err := o.line(ctx, organ, c)
	if err != nil {
		return err
	}
	tried := line.Try(ctx)
	outcome := "ok"
	if tried != nil {
		outcome = "failed"
	}
	if err := o.Store.Append(ctx, o.pen(actor.ID).Write(organ, subject(a.ID), accountTried, map[string]string{"outcome": outcome})); err != nil {
		return err
	}
	if p, ok := problemOf(tried); ok {
		return errs.Wrap(tried, errs.Conflict, "%s", p.Says)
	}
	if tried != nil {
		return errs.Wrap(tried, errs.Unavailable, "没有连上公众平台；请检查服务器能否访问它的接口地址，稍后再试。")
	}
	return nil
}

// Account gives an organ's account to somebody who may see settings or documents
// there, without what is sealed.
func (o *Office) Account(ctx context.Context, actor account.Actor, organ string, c publish.Channel) (Account, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Account{}, err
	}
	if err := actor.May(account.SeeSettings, organ, tree); err != nil && actor.May(account.SeeDocuments, organ, tree) != nil {
		return Account{}, err
	}
	a, err := o.Store.Account(ctx, AccountID(organ, c))
	a.Sealed = nil
	return a, err
}

// Accounts gives the accounts in the organs whose settings somebody may see.
func (o *Office) Accounts(ctx context.Context, actor account.Actor) ([]Account, error) {
	places := actor.Where(account.SeeSettings)
	if len(places) == 0 {
		return nil, errs.New(errs.Forbidden, "您没有查看渠道账号的权限。")
	}
	all, err := o.Store.Accounts(ctx, places)
	for i := range all {
		all[i].Sealed = nil
	}
	return all, err
}

// line opens the line of an organ's account.
func (o *Office) line(ctx context.Context, organ string, c publish.Channel) (Account, Line, error) {
	a, err := o.Store.Account(ctx, AccountID(organ, c))
	if errs.KindOf(err) == errs.NotFound || err == nil && !a.Open() {
		return a, nil, errs.New(errs.Conflict, "本机关还没有登记%s的接口账号；请系统管理员在“渠道账号”中登记。", c.Words().Chinese)
	}
	if err != nil {
		return a, nil, err
	}
	plain, err := o.Seals.Open(place(a.ID), a.Sealed)
	if err != nil {
		return a, nil, err
	}
	var k Keys
	if err := json.Unmarshal(plain, &k); err != nil {
		return a, nil, err
	}
	line, err := o.Lines(c, k)
	return a, line, err
}

// Reseal seals accounts anew with the active key, and gives their number.
func (o *Office) Reseal(ctx context.Context) (n int, err error) {
	all, err := o.Store.AllAccounts(ctx)
	for _, a := range all {
		if a.Sealed == nil || !o.Seals.Stale(a.Sealed) {
			continue
		}
		plain, err := o.Seals.Open(place(a.ID), a.Sealed)
		if err != nil {
			return n, err
		}
		fresh, err := o.Seals.Seal(place(a.ID), plain)
		if err != nil {
			return n, err
		}
		if err := o.Store.ResealAccount(ctx, a.ID, a.Sealed, fresh); err != nil {
			return n, err
		}
		n++
	}
	return n, err
}

// Sealed goes through what is sealed.
func (o *Office) Sealed(ctx context.Context, look func(place string, sealed []byte) error) error {
	all, err := o.Store.AllAccounts(ctx)
	for _, a := range all {
		if a.Sealed == nil {
			continue
		}
		if err := look(place(a.ID), a.Sealed); err != nil {
			return err
		}
	}
	return err
}
