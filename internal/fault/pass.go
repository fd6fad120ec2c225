package fault

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/work"
)

// Pass is a fault on its way from one organ to another of the same tree (转办). The
// visitor's clock goes on: they have marked it on one site.
type Pass struct {
	From, To string // organs
	Reason   string // for the house
	On       calendar.Date
	By       string
}

// MaxReason is how long a reason is, in characters.
const MaxReason = 300

// MostPasses is how often a fault may go on: what is sent around more often is for
// whoever stands above.
const MostPasses = 5

// Receivers gives the organs to which a fault of an organ can go: those of its tree
// that answer in their own name.
func Receivers(tree *org.Tree, organ string) []org.Node {
	root := organ
	for n, ok := tree.Node(organ); ok; n, ok = tree.Node(n.Parent) {
		root = n.ID
	}
	var all []org.Node
	for _, n := range tree.Subtree(root) {
		if n.ID != organ && !n.Ended && n.Nature != org.Internal {
			all = append(all, n)
		}
	}
	return all
}

// Pass gives a fault to another organ, which goes on with what is left of the time.
func (o *Office) Pass(ctx context.Context, actor account.Actor, id, to, reason string) error {
	f, err := o.may(ctx, actor, account.AnswerFaults, id)
	if err != nil {
		return err
	}
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var wrong errs.Fields
	known := false
	for _, n := range Receivers(tree, f.Organ) {
		known = known || n.ID == to
	}
	if !known {
		wrong.Add("to", "请选择转给哪个机关；只能转给同一个网站的其他机关。")
	}
	if n := len([]rune(reason)); n < 2 || n > MaxReason {
		wrong.Add("reason", "请写明为什么转办，如“该栏目由旗发展和改革委员会维护”，2至%d个字；接收的机关会看到。", MaxReason)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	p := Pass{From: f.Organ, To: to, Reason: reason, On: o.Today(), By: actor.ID}
	pen := event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
	todo := f.opening(to)
	todo.Due = f.Due
	return o.Store.Pass(ctx, f, p, pen, []event.Event{pen.Write(f.Organ, Subject(f.ID), passed, map[string]any{"from": p.From, "to": to, "due": f.Due})}, todo)
}

// opening is the work about a fault in an organ, without its last day.
func (f Fault) opening(organ string) work.Opening {
	return work.Opening{
		Organ: organ, Task: work.Monitor, Subject: Subject(f.ID), Title: "网站找错：" + Wording(f.Kind, Kinds()).Chinese, Note: f.Page, Link: "/desk/faults/" + f.ID,
		For: work.Holder{Role: account.Clerk},
	}
}

// Way gives how a fault went from organ to organ, to those who see it.
func (o *Office) Way(ctx context.Context, f Fault) ([]Pass, error) { return o.Store.Passes(ctx, f.ID) }

// Tree gives the organs.
func (o *Office) Tree(ctx context.Context) (*org.Tree, error) { return o.Trees.Tree(ctx) }
