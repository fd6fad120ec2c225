package setting

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
)

// What happens to settings.
const (
	WasChanged event.Kind = "setting.changed"
	WasReset   event.Kind = "setting.reset"
)

// EventKinds gives the words for what happens to settings.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: WasChanged, Chinese: "修改设置", English: "setting changed"},
		{Kind: WasReset, Chinese: "设置恢复为继承值", English: "setting reset to what is inherited"},
	}
}

// Office changes settings for people.
type Office struct {
	Book  *Book
	Store Store
	Trees org.Trees
	Clock clock.Clock
	IDs   ident.Source
	// Known gives, by name, what a setting of Text may name; of others anything goes.
	Known map[string]func(ctx context.Context) ([]string, error)
}

// Subject is what the events of a setting are about.
func Subject(organ, name string) event.Subject {
	if organ == Whole {
		return event.Subject{Type: "setting", ID: name}
	}
	return event.Subject{Type: "setting", ID: name + "@" + organ}
}

// may judges an act in an organ; for the whole deployment the actor must have
// the right in an organ that is below none. It gives the organ whose business it
// is.
func may(actor account.Actor, act account.Act, organ string, tree *org.Tree) (string, error) {
	if organ != Whole {
		return organ, actor.May(act, organ, tree)
	}
	err := actor.May(act, organ, tree)
	for _, root := range tree.Children("") {
		if err = actor.May(act, root.ID, tree); err == nil {
			return root.ID, nil
		}
	}
	return "", err
}

// May tells with nil whether the actor may do an act with the settings of an
// organ, or of the Whole.
func (o *Office) May(ctx context.Context, actor account.Actor, act account.Act, organ string) error {
	tree, err := o.Trees.Tree(ctx)
	if err == nil {
		_, err = may(actor, act, organ, tree)
	}
	return err
}

// List gives what holds in an organ, in the order of the table.
func (o *Office) List(ctx context.Context, actor account.Actor, organ string) ([]Value, error) {
	if err := o.see(ctx, actor, organ); err != nil {
		return nil, err
	}
	return o.Book.Values(ctx, organ)
}

// Value gives one setting of an organ.
func (o *Office) Value(ctx context.Context, actor account.Actor, organ, name string) (Value, error) {
	if err := o.see(ctx, actor, organ); err != nil {
		return Value{}, err
	}
	if _, ok := Find(name); !ok {
		return Value{}, errNoSetting
	}
	return o.Book.Value(ctx, organ, name)
}

var (
	errNoSetting = errs.New(errs.NotFound, "没有这项设置。")
	errNoOrgan   = errs.New(errs.NotFound, "没有这个机关。")
)

func (o *Office) see(ctx context.Context, actor account.Actor, organ string) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if _, err := may(actor, account.SeeSettings, organ, tree); err != nil {
		return err
	}
	if _, ok := tree.Node(organ); !ok && organ != Whole {
		return errNoOrgan
	}
	return nil
}

// Change sets a value for an organ, or for the Whole. The words are as typed;
// what is wrong with them is an error on the field "value".
func (o *Office) Change(ctx context.Context, actor account.Actor, organ, name string, typed ...string) error {
	return o.update(ctx, actor, organ, name, func(now Value, pen event.Pen, of string) (*Own, []event.Event, error) {
		value, err := now.Parse(typed...)
		if err != nil {
			return nil, nil, err
		}
		if err := o.known(ctx, now, value); err != nil {
			return nil, nil, err
		}
		if organ != Whole && now.Laxer(value, now.Inherited) {
			return nil, nil, now.wrong("上级的规定是“%s”，本机关只能更严，不能更宽。", now.Say(now.Inherited, false))
		}
		if now.Own != nil && now.Own.Value == value {
			return nil, nil, now.wrong("与现在的值相同，没有修改。")
		}
		before := now.Inherited
		if now.Own != nil {
			before = now.Own.Value
		}
		own := &Own{organ, name, value, pen.Actor, pen.At}
		e := pen.Write(of, Subject(organ, name), WasChanged, Change{before, value})
		e.State = State(own)
		return own, []event.Event{e}, nil
	})
}

// known refuses a value that names something that there is not.
func (o *Office) known(ctx context.Context, of Value, value string) error {
	known := o.Known[of.Name]
	if known == nil || value == "" {
		return nil
	}
	all, err := known(ctx)
	if err != nil || slices.Contains(all, value) {
		return err
	}
	if len(all) == 0 {
		return of.wrong("没有“%s”，现在一个也没有；请先在“工作日历”录入该地区的放假通知。", value)
	}
	return of.wrong("没有“%s”，现有的是%s；请填其中一个，或者先在“工作日历”录入该地区的放假通知。", value, strings.Join(all, "、"))
}

// Reset takes an organ's own value away, so that it inherits again.
func (o *Office) Reset(ctx context.Context, actor account.Actor, organ, name string) error {
	return o.update(ctx, actor, organ, name, func(now Value, pen event.Pen, of string) (*Own, []event.Event, error) {
		if now.Own == nil {
			return nil, nil, errs.New(errs.Conflict, "这里没有单独设置“%s”，不需要恢复。", now.Title.Chinese)
		}
		e := pen.Write(of, Subject(organ, name), WasReset, Change{now.Own.Value, now.Inherited})
		e.State = State(nil)
		return nil, []event.Event{e}, nil
	})
}

// Change is the data of the events of a setting.
type Change struct {
	Before string `json:"before"`
	Value  string `json:"value"`
}

type judgement func(now Value, pen event.Pen, of string) (*Own, []event.Event, error)

// update judges with what holds at that moment: no other change comes between.
func (o *Office) update(ctx context.Context, actor account.Actor, organ, name string, judge judgement) error {
	d, ok := Find(name)
	if !ok {
		return errNoSetting
	}
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	of, err := may(actor, d.Act, organ, tree)
	if err != nil {
		return err
	}
	if organ != Whole {
		if _, ok := tree.Node(organ); !ok {
			return errNoOrgan
		}
		if d.Scope == Deployment {
			return errs.New(errs.Invalid, "“%s”只能为整个系统设置，不能为单个机关设置。", d.Title.Chinese)
		}
	}
	pen := event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
	err = o.Store.Update(ctx, organ, name, func(all []Own) (*Own, []event.Event, error) {
		return judge(arrange(all).resolve(d, organ, tree), pen, of)
	})
	if err == nil {
		o.Book.Forget()
	}
	return err
}
