package channel

import (
	"context"
	"errors"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/publish"
)

// How long a channel is waited for.
const (
	polls     = 6                // looks at a publication while a job runs
	pollEvery = 5 * time.Second  // between them
	settled   = 10 * time.Minute // after which a draft that is still there was not submitted
	lost      = time.Hour        // after which somebody must look at what cannot be found
)

// maxSteps ends a run in which two sides undo each other's work.
const maxSteps = 40

// errLater says that the channel is not done yet: the job is tried again.
var errLater = errs.New(errs.Unavailable, "公众平台还在处理，稍后自动继续查询。")

// errAgain says that a person did something meanwhile: look again what is wanted.
var errAgain = errors.New("the text was changed meanwhile")

// Carry does with a text what is to be done, step after step, until what is there is
// what the office wants. last says that the job will not be tried again by itself:
// then a person must know.
func (o *Office) Carry(ctx context.Context, e Errand, last bool) error {
	for range maxSteps {
		d, err := o.Desk.Store.Document(ctx, e.Document)
		if err != nil {
			return err
		}
		p, ok := d.Post(e.Ref)
		if !ok || p.Sending == nil || p.Sending.Next() == publish.Rests {
			return nil
		}
		if !p.Channel.Outside() {
			if err := o.enter(ctx, e, o.onScreen(d.Organ, *p.Sending)); err != nil {
				return err
			}
			continue
		}
		run := carrier{o: o, d: d, p: p, x: *p.Sending}
		move, err := run.step(ctx)
		if errors.Is(err, errAgain) {
			continue
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if move, ok = run.stranded(err, last); !ok {
				return err
			}
		}
		if err := o.enter(ctx, e, move); err != nil {
			return err
		}
	}
	return errLater
}

// enter keeps a move. One that no longer fits met a person's act: the next round looks
// again.
func (o *Office) enter(ctx context.Context, e Errand, move publish.Carry) error {
	move.Ref = e.Ref
	err := o.Desk.Carry(ctx, e.Document, move)
	if kind := errs.KindOf(err); kind == errs.Conflict || kind == errs.Invalid {
		return nil
	}
	return err
}

// carrier carries one text.
type carrier struct {
	o       *Office
	d       publish.Document
	p       publish.Post
	x       publish.Sending
	account Account
	line    Line
}

// step does what is next, and gives what came of it.
func (c *carrier) step(ctx context.Context) (publish.Carry, error) {
	var err error
	if c.account, c.line, err = c.o.line(ctx, c.d.Organ, c.p.Channel); err != nil {
		if c.x.At == publish.AtOffice && c.x.Want == publish.Away {
			return publish.Carry{Kind: publish.TakenBack, To: publish.AtEnd}, nil // nothing is over there
		}
		return publish.Carry{}, err
	}
	switch c.x.Next() {
	case publish.PutDraft:
		return c.put(ctx)
	case publish.Redraft:
		return c.replace(ctx, c.x.Draft)
	case publish.Submission:
		return c.submit(ctx)
	case publish.LookAfter:
		return c.lookAfter(ctx)
	case publish.Ask:
		return c.ask(ctx)
	case publish.TakeBack:
		return c.gone(c.line.Recall(ctx, c.x.Article))
	case publish.Discard:
		return c.discard(ctx)
	case publish.GiveUp:
		return c.giveUp(ctx)
	case publish.Rests:
	}
	return publish.Carry{}, errLater
}

func (c *carrier) source() string { return c.o.Source(c.d.ID, c.p.Ref) }

// put makes a draft. One that an earlier run made and could not tell of is taken.
func (c *carrier) put(ctx context.Context) (publish.Carry, error) {
	draft, err := c.line.FindDraft(ctx, c.source())
	if err != nil {
		return publish.Carry{}, err
	}
	if draft != "" {
		return c.replace(ctx, draft)
	}
	err = c.written(ctx, func(a Article) (err error) {
		draft, err = c.line.Put(ctx, a)
		return err
	})
	return publish.Carry{Kind: publish.Carried, To: publish.AtDrafts, Draft: draft, Holds: c.x.Wording()}, err
}

// replace changes the words of a draft. When it is gone somebody deleted it over there,
// or published it.
func (c *carrier) replace(ctx context.Context, draft string) (publish.Carry, error) {
	there, err := c.line.Holds(ctx, draft)
	if err != nil {
		return publish.Carry{}, err
	}
	if !there {
		return c.vanished(ctx, publish.Carry{Kind: publish.Carried, To: publish.AtOffice})
	}
	err = c.written(ctx, func(a Article) error { return c.line.Replace(ctx, draft, a) })
	return publish.Carry{Kind: publish.Carried, To: publish.AtDrafts, Draft: draft, Holds: c.x.Wording()}, err
}

// written writes the article. A picture that was uploaded once and is no longer there
// is uploaded anew.
func (c *carrier) written(ctx context.Context, write func(Article) error) error {
	for again := false; ; again = true {
		a, err := c.article(ctx)
		if err != nil {
			return err
		}
		if err = write(a); !missing(err) || again {
			return err
		}
		if err := c.o.Store.ForgetMedia(ctx, c.account.ID); err != nil {
			return err
		}
	}
}

// submit notes that the draft is about to be submitted, and submits it. When the
// answer is lost the note stays, and the next run looks what became of it.
func (c *carrier) submit(ctx context.Context) (publish.Carry, error) {
	e := Errand{c.d.ID, c.p.Ref}
	err := c.o.Desk.Carry(ctx, e.Document, publish.Carry{Ref: e.Ref, Kind: publish.Carried, To: publish.AtDoor})
	if kind := errs.KindOf(err); kind == errs.Conflict || kind == errs.Invalid {
		return publish.Carry{}, errAgain
	}
	if err != nil {
		return publish.Carry{}, err
	}
	c.x.At = publish.AtDoor
	ticket, err := c.line.Submit(ctx, c.x.Draft)
	if missing(err) {
		return c.vanished(ctx, publish.Carry{Kind: publish.Carried, To: publish.AtOffice})
	}
	if p, ok := problemOf(err); ok && p.Passing {
		if err := c.o.enter(ctx, e, publish.Carry{Kind: publish.Carried, To: publish.AtDrafts}); err != nil {
			return publish.Carry{}, err
		}
		c.x.At = publish.AtDrafts
	}
	return publish.Carry{Kind: publish.Carried, To: publish.AtChannel, Ticket: ticket}, err
}

// lookAfter finds out what became of a submission whose answer nobody heard. A draft
// leaves the drafts when it is published; while the channel works it may be in both
// places or neither, so that only after a while what is seen can be believed.
func (c *carrier) lookAfter(ctx context.Context) (publish.Carry, error) {
	found, err := c.line.FindPublished(ctx, c.source())
	if err != nil {
		return publish.Carry{}, err
	}
	if found.State == Published {
		return arrived(found), nil
	}
	there, err := c.line.Holds(ctx, c.x.Draft)
	waited := c.o.Clock.Now().Sub(c.x.Since)
	switch {
	case err != nil:
		return publish.Carry{}, err
	case there && waited >= settled:
		return publish.Carry{Kind: publish.Carried, To: publish.AtDrafts}, nil
	case !there && waited >= lost:
		return publish.Carry{}, &Problem{Says: "提交以后连接中断，草稿不在草稿箱，也没有在已发布的文章中找到；请登录公众平台查明文章是否已经发布，然后点“重新送出”继续查询，或者撤回。"}
	}
	return publish.Carry{}, errLater
}

// ask asks how far the channel is, a few times.
func (c *carrier) ask(ctx context.Context) (publish.Carry, error) {
	for n := 1; ; n++ {
		got, err := c.line.Progress(ctx, c.x.Ticket)
		if err != nil {
			return publish.Carry{}, err
		}
		switch got.State {
		case Published:
			return arrived(got), nil
		case Refused:
			return c.refused(got, publish.AtDrafts), nil
		case Removed:
			return c.refused(got, publish.AtOffice), nil
		case Working, Unknown:
		}
		if n == polls {
			return publish.Carry{}, errLater
		}
		if err := c.o.Pause(ctx, pollEvery); err != nil {
			return publish.Carry{}, err
		}
	}
}

func arrived(p Progress) publish.Carry {
	return publish.Carry{Kind: publish.Arrived, To: publish.AtPublic, Article: p.Article, Address: p.Address}
}

// refused tells that the channel did not publish it: a person must know, unless it is
// to be gone anyway.
func (c *carrier) refused(p Progress, to publish.Leg) publish.Carry {
	if c.x.Want == publish.Away {
		return publish.Carry{Kind: publish.Carried, To: publish.AtDrafts}
	}
	return publish.Carry{Kind: publish.Stranded, To: to, Trouble: publish.Trouble{Code: p.Code, Says: p.Says}}
}

// discard deletes a draft that nobody wants any more.
func (c *carrier) discard(ctx context.Context) (publish.Carry, error) {
	there, err := c.line.Holds(ctx, c.x.Draft)
	if err != nil {
		return publish.Carry{}, err
	}
	if !there {
		return c.vanished(ctx, publish.Carry{Kind: publish.TakenBack, To: publish.AtEnd})
	}
	return c.gone(c.line.Discard(ctx, c.x.Draft))
}

// giveUp ends a text that was never sent, with a draft that an earlier run may have
// left.
func (c *carrier) giveUp(ctx context.Context) (publish.Carry, error) {
	draft, err := c.line.FindDraft(ctx, c.source())
	if err != nil {
		return publish.Carry{}, err
	}
	if draft != "" {
		return c.gone(c.line.Discard(ctx, draft))
	}
	return c.gone(nil)
}

// gone tells that it is no longer there; what was gone before is gone too.
func (c *carrier) gone(err error) (publish.Carry, error) {
	if missing(err) {
		err = nil
	}
	return publish.Carry{Kind: publish.TakenBack, To: publish.AtEnd}, err
}

// vanished tells what it means that a draft is not there: somebody published it over
// there, or what is told otherwise.
func (c *carrier) vanished(ctx context.Context, otherwise publish.Carry) (publish.Carry, error) {
	found, err := c.line.FindPublished(ctx, c.source())
	if err == nil && found.State == Published {
		return arrived(found), nil
	}
	return otherwise, err
}

// stranded tells a person what the program cannot mend: what the channel says for
// good, and what did not go well in the last of all attempts. False for what is tried
// again.
func (c *carrier) stranded(err error, last bool) (publish.Carry, bool) {
	move := publish.Carry{Kind: publish.Stranded, To: c.x.At}
	p, answered := problemOf(err)
	switch {
	case answered && (!p.Passing || last):
		move.Trouble = publish.Trouble{Code: p.Code, Says: p.Says}
		if c.x.At == publish.AtDoor && p.Code != 0 {
			move.To = publish.AtDrafts // the channel said no: nothing was submitted
		}
	case errs.KindOf(err) == errs.Conflict || errs.KindOf(err) == errs.Corrupt || errs.KindOf(err) == errs.NotFound:
		move.Trouble = publish.Trouble{Says: errs.Public(err)}
	case last:
		move.Trouble = publish.Trouble{Says: "多次没有连上公众平台；请系统管理员检查服务器能否访问它的接口，然后点“重新送出”。"}
		if errs.KindOf(err) == errs.Unavailable {
			move.Trouble.Says = "等了很久公众平台还没有办完；请登录公众平台查看，然后点“重新送出”继续查询。"
		}
	default:
		return move, false
	}
	return move, true
}

// article makes what the channel takes out of the text, with its pictures uploaded.
func (c *carrier) article(ctx context.Context) (Article, error) {
	shown := c.d.Versions[c.x.Version-1]
	cover := c.account.Cover
	if c.x.Cover != nil {
		cover = *c.x.Cover
	}
	key, err := c.media(ctx, "cover", cover, c.line.Upload)
	if err != nil {
		return Article{}, err
	}
	var addresses []string
	for _, f := range c.x.Pictures {
		address, err := c.media(ctx, "picture", f, c.line.Embed)
		if err != nil {
			return Article{}, err
		}
		addresses = append(addresses, address)
	}
	a := Article{Title: c.x.Title, Author: c.x.Author, Summary: c.x.Summary, Source: c.source(), Cover: key, Comments: c.x.Comments}
	foot, err := c.o.foot(ctx, c.d, shown)
	a.HTML = HTML(c.x.Reading(&c.d), len(addresses), func(i int) string { return addresses[i] }, foot)
	return a, err
}

// foot names the organ as it is called now.
func (o *Office) foot(ctx context.Context, d publish.Document, v publish.Version) ([]string, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	return Foot(tree.Name(d.Organ), d, v), nil
}

// media gives what a file is called over there, and uploads it when it is new.
func (c *carrier) media(ctx context.Context, kind string, f publish.File, upload func(context.Context, string, []byte) (string, error)) (string, error) {
	known, err := c.o.Store.Media(ctx, c.account.ID, kind, f.Hash)
	if err != nil || known != "" {
		return known, err
	}
	data, err := c.o.Files.Read(f.Hash)
	if err != nil {
		return "", err
	}
	if known, err = upload(ctx, f.Name, data); err != nil {
		return "", err
	}
	return known, c.o.Store.KeepMedia(ctx, c.account.ID, kind, f.Hash, known)
}

// Busy goes through the texts with which the program has something to do.
func (o *Office) Busy(ctx context.Context, queue func(Errand) error) (n int, err error) {
	const atOnce = 200
	var after Errand
	for {
		some, err := o.Store.Busy(ctx, after.Document, after.Ref, atOnce)
		if err != nil {
			return n, err
		}
		for _, after = range some {
			if err := queue(after); err != nil {
				return n, err
			}
			n++
		}
		if len(some) < atOnce {
			return n, nil
		}
	}
}
