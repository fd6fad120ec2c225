package release

import (
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
)

// MaxFile is the most bytes that a file may have, MaxFiles how many go out with a
// reply.
const (
	MaxFile  = 64 << 20
	MaxFiles = 100
)

// Store keeps files on their way out and what was found in them.
type Store interface {
	// Files gives those of a request, in the order in which they came.
	Files(ctx context.Context, request string) ([]File, error)
	// Checks gives what was found, by hash; what was never looked through is missing.
	Checks(ctx context.Context, hashes []string) (map[string]Check, error)
	KeepCheck(ctx context.Context, c Check) error
	Append(ctx context.Context, events ...event.Event) error
	// Change changes the files of a request as judge says; the request does not
	// change meanwhile. A file that judge leaves out is taken off the list.
	Change(ctx context.Context, pen event.Pen, request string, judge func(foi.Request, []File) ([]File, []event.Event, error)) error
}

// Content keeps the bytes of files.
type Content interface {
	Keep(ctx context.Context, r io.Reader, most int64) (hash string, err error)
	Read(hash string) ([]byte, error)
}

// Guard looks through files; see package guard.
type Guard interface {
	Scan(ctx context.Context, name string, data []byte) (*guard.Result, error)
	Spots(ctx context.Context, name string, data []byte) ([]guard.Spot, error)
	Redact(ctx context.Context, name string, data []byte, m guard.Marks) ([]byte, *guard.Result, []int, error)
	// Papers gives the pages of a PDF or picture, Paint one of them, from 1.
	Papers(ctx context.Context, data []byte) ([]doc.Paper, error)
	Paint(ctx context.Context, data []byte, page int) ([]byte, error)
	// Stamp tells its dictionary from another, and from what it was before.
	Stamp(ctx context.Context) (string, error)
}

// Office is what is done with files on their way out.
type Office struct {
	Store   Store
	Content Content
	Guard   Guard
	// Keeping gives the guard with the words that an organ keeps; nil: Guard for all.
	Keeping func(organ string) Guard
	Desk    *foi.Desk
	Clock   clock.Clock
	IDs     ident.Source
}

// GuardOf gives the guard of an organ.
func (o *Office) GuardOf(organ string) Guard {
	if o.Keeping != nil {
		return o.Keeping(organ)
	}
	return o.Guard
}

// Checked is a file with what was found in it.
type Checked struct {
	File
	Check    Check
	Findings []Finding
	Open     int
	Kind     open.Kind
	Maskable bool // pieces can be taken out by the program
	Drawn    bool // out of pictures of its pages: areas can be marked
}

// List gives the files that go out with the reply to a request.
func (o *Office) List(ctx context.Context, actor account.Actor, request string) (foi.Request, []Checked, error) {
	r, err := o.request(ctx, actor, request, account.SeeRequests)
	if err != nil {
		return r, nil, err
	}
	all, err := o.checked(ctx, request)
	return r, slices.DeleteFunc(all, func(c Checked) bool { return c.Show != nil }), err
}

func (o *Office) checked(ctx context.Context, request string) ([]Checked, error) {
	files, err := o.Store.Files(ctx, request)
	if err != nil {
		return nil, err
	}
	var hashes []string
	for _, f := range files {
		hashes = append(hashes, f.Hash)
	}
	checks, err := o.Store.Checks(ctx, hashes)
	if err != nil {
		return nil, err
	}
	var all []Checked
	for _, f := range files {
		c := Checked{File: f, Check: checks[f.Hash]}
		c.Findings, c.Open, c.Kind = f.Findings(c.Check), f.Open(c.Check), open.Kind(c.Check.Result.Format)
		c.Drawn = guard.Drawn(c.Kind)
		c.Maskable = c.Drawn || c.Kind == open.Word || c.Kind == open.Workbook || c.Kind == open.PlainText
		all = append(all, c)
	}
	return all, nil
}

// One gives one file of a request, be it for the applicant or for everybody.
func (o *Office) One(ctx context.Context, actor account.Actor, request, id string) (foi.Request, Checked, error) {
	r, err := o.request(ctx, actor, request, account.SeeRequests)
	if err != nil {
		return r, Checked{}, err
	}
	all, err := o.checked(ctx, request)
	if err != nil {
		return r, Checked{}, err
	}
	i := slices.IndexFunc(all, func(c Checked) bool { return c.ID == id })
	if i < 0 {
		return r, Checked{}, errs.New(errs.NotFound, "没有这个文件。")
	}
	return r, all[i], nil
}

func (o *Office) request(ctx context.Context, actor account.Actor, id string, acts ...account.Act) (foi.Request, error) {
	r, err := o.Desk.Request(ctx, actor, id)
	if err != nil {
		return r, err
	}
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return r, err
	}
	for _, act := range acts {
		if err = actor.May(act, r.Organ, tree); err == nil {
			return r, nil
		}
	}
	return r, err
}

// drafting tells with nil whether the files of a request may change: once the reply
// lies with the head, what is approved is what goes out.
func drafting(r foi.Request) error {
	if r.Status == foi.Handling || r.Status == foi.Lapsed {
		return nil
	}
	return errs.New(errs.Conflict, "该申请现在是“%s”，不能再改随答复提供的文件；已经送审的，请先退回（条例§45）。", r.Status.Words().Chinese)
}

// Add takes a file in and looks it through. What it is, its bytes tell.
func (o *Office) Add(ctx context.Context, actor account.Actor, request, name string, content io.Reader) (id string, err error) {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return "", err
	}
	if err := drafting(r); err != nil {
		return "", err
	}
	name = strings.TrimSpace(strings.ReplaceAll(name[strings.LastIndexAny(name, `/\`)+1:], "\n", " "))
	if name == "" || utf8.RuneCountInString(name) > 200 {
		return "", errs.InField("file", "请选择文件；文件名不超过200个字。")
	}
	hash, err := o.Content.Keep(ctx, content, MaxFile)
	if err != nil {
		return "", err
	}
	data, err := o.Content.Read(hash)
	if err != nil {
		return "", err
	}
	if len(data) == 0 || open.KindOf(data) == open.Unknown {
		return "", errs.AtField("file", open.Refusal(data))
	}
	f, err := o.looked(ctx, r, name, hash, actor.ID)
	if err != nil {
		return "", err
	}
	return f.ID, o.enter(ctx, actor, r.ID, f)
}

// change changes the files of a request while the reply is drafted.
func (o *Office) change(ctx context.Context, actor account.Actor, request string, what event.Kind, f File, judge func(foi.Request, []File) ([]File, error)) error {
	return o.Store.Change(ctx, o.pen(actor), request, func(r foi.Request, files []File) ([]File, []event.Event, error) {
		now := f
		if i := slices.IndexFunc(files, func(other File) bool { return other.ID == f.ID }); i >= 0 {
			now = files[i] // somebody may have passed it meanwhile
		}
		if err := now.changeable(r); err != nil {
			return nil, nil, err
		}
		files, err := judge(r, files)
		return files, []event.Event{o.happened(actor, r, what, f)}, err
	})
}

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func (o *Office) happened(actor account.Actor, r foi.Request, what event.Kind, f File) event.Event {
	return o.pen(actor).Write(r.Organ, foi.Subject(r.ID), what, map[string]string{"file": f.ID, "hash": f.Hash})
}

// Remove takes a file off the list. Its content stays inside.
func (o *Office) Remove(ctx context.Context, actor account.Actor, request, id string) error {
	if _, err := o.request(ctx, actor, request, account.HandleRequests); err != nil {
		return err
	}
	_, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	return o.change(ctx, actor, request, Removed, f.File, func(_ foi.Request, files []File) ([]File, error) {
		return slices.DeleteFunc(files, func(other File) bool { return other.ID == id }), nil
	})
}

// What happens to files on their way out.
const (
	Added   event.Kind = "request.file-added"
	Removed event.Kind = "request.file-removed"
	Masked  event.Kind = "request.file-masked"
	Waived  event.Kind = "request.file-waiver-asked"
	Agreed  event.Kind = "request.file-waiver-agreed"
	Denied  event.Kind = "request.file-waiver-denied"
	Opened  event.Kind = "request.file-original-opened"

	OriginalErased event.Kind = "request.file-original-erased"

	Offered    event.Kind = "request.file-show-prepared"
	ShowAsked  event.Kind = "request.file-show-asked"
	ShowPassed event.Kind = "request.file-shown"
	ShowDenied event.Kind = "request.file-show-denied"
	ShowTaken  event.Kind = "request.file-taken-back"
)

// EventKinds gives the words for what happens to files.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: Added, Chinese: "上传随答复提供的文件", English: "file to be released added"},
		{Kind: Removed, Chinese: "移除随答复提供的文件", English: "file to be released removed"},
		{Kind: Masked, Chinese: "对文件作去标识化处理", English: "pieces taken out of a file"},
		{Kind: Waived, Chinese: "提请放行文件检查发现的问题", English: "asked to let a finding pass"},
		{Kind: Agreed, Chinese: "同意放行", English: "finding let pass"},
		{Kind: OriginalErased, Chinese: "按期限删除随答复提供的文件的原件", English: "original of a released file erased on schedule"},
		{Kind: Opened, Chinese: "打开随答复提供的文件的原件", English: "original of a file to be released opened"},
		{Kind: Denied, Chinese: "不同意放行", English: "finding not let pass"},
		{Kind: Offered, Chinese: "准备公示文件", English: "file prepared for the disclosure log"},
		{Kind: ShowAsked, Chinese: "提请公示文件", English: "asked to show a file to everybody"},
		{Kind: ShowPassed, Chinese: "公示文件", English: "file shown to everybody"},
		{Kind: ShowDenied, Chinese: "不同意公示文件", English: "file not shown to everybody"},
		{Kind: ShowTaken, Chinese: "撤下公示的文件", English: "file taken out of the disclosure log"},
	}
}
