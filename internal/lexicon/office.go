package lexicon

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// Store keeps words.
type Store interface {
	// List gives the words of some places and of some organs beside them.
	List(ctx context.Context, places []account.Place, organs []string, q paging.Query) (paging.Page[Entry], error)
	// Entry gives NotFound when there is none.
	Entry(ctx context.Context, id string) (Entry, error)
	// Of gives all words of some organs.
	Of(ctx context.Context, organs []string) ([]Entry, error)
	// Revision tells how often any word was changed.
	Revision(ctx context.Context) (int64, error)
	// Change changes the words of an organ as judge says, who gets them all.
	Change(ctx context.Context, organ string, judge func(have []Entry) (Change, error)) error
}

// Change is what is kept.
type Change struct {
	Put    []Entry // new ones, and old ones as they are now
	Drop   []string
	Events []event.Event
}

// Filters of the list.
const (
	FilterOrgan    = "organ"
	FilterSeverity = "severity"
)

// Office is what is done with the dictionary.
type Office struct {
	Store Store
	Trees org.Trees
	Clock clock.Clock
	IDs   ident.Source
}

// List gives the words that somebody may see: their organs', and those that hold there
// because an organ above keeps them.
func (o *Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Entry], error) {
	places := actor.Where(account.SeeWords)
	if len(places) == 0 {
		return paging.Page[Entry]{}, actor.May(account.SeeWords, "", &org.Tree{})
	}
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return paging.Page[Entry]{}, err
	}
	var above []string
	for _, p := range places {
		above = append(above, lineOf(tree, p.Organ)...)
	}
	slices.Sort(above)
	return o.Store.List(ctx, places, slices.Compact(above), q)
}

// lineOf gives an organ and all above it, the nearest first.
func lineOf(tree *org.Tree, organ string) []string {
	var all []string
	for n, ok := tree.Node(organ); ok; n, ok = tree.Node(n.Parent) {
		all = append(all, n.ID)
	}
	return all
}

// Entry gives a word to somebody who may change it.
func (o *Office) Entry(ctx context.Context, actor account.Actor, id string) (Entry, error) {
	e, err := o.Store.Entry(ctx, id)
	if err != nil {
		return e, err
	}
	return e, o.may(ctx, actor, e.Organ)
}

func (o *Office) may(ctx context.Context, actor account.Actor, organ string) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if _, ok := tree.Node(organ); !ok {
		return errs.New(errs.NotFound, "没有这个机关。")
	}
	return actor.May(account.EditWords, organ, tree)
}

// Add keeps a new word.
func (o *Office) Add(ctx context.Context, actor account.Actor, organ string, w guard.Word) error {
	if err := o.may(ctx, actor, organ); err != nil {
		return err
	}
	w = tidy(w)
	if err := Check(w); err != nil {
		return err
	}
	return o.Store.Change(ctx, organ, func(have []Entry) (Change, error) {
		switch {
		case find(have, w.Word) >= 0:
			return Change{}, known(w.Word)
		case len(have) >= MaxEntries:
			return Change{}, errs.New(errs.TooLarge, "词库已有%d个词，不能再增加；请先清理不用的词。", len(have))
		}
		e, pen := o.write(actor, o.IDs.New(), organ, w), o.pen(actor)
		return Change{Put: []Entry{e}, Events: []event.Event{pen.Write(organ, Subject(e.ID), Added, severityOf(w))}}, nil
	})
}

// Alter changes a word.
func (o *Office) Alter(ctx context.Context, actor account.Actor, id string, w guard.Word) error {
	e, err := o.Entry(ctx, actor, id)
	if err != nil {
		return err
	}
	w = tidy(w)
	if err := Check(w); err != nil {
		return err
	}
	return o.Store.Change(ctx, e.Organ, func(have []Entry) (Change, error) {
		at := slices.IndexFunc(have, func(h Entry) bool { return h.ID == id })
		if at < 0 {
			return Change{}, gone()
		}
		if other := find(have, w.Word); other >= 0 && other != at {
			return Change{}, known(w.Word)
		}
		if have[at].Word == w {
			return Change{}, nil
		}
		return Change{Put: []Entry{o.write(actor, id, e.Organ, w)}, Events: []event.Event{o.pen(actor).Write(e.Organ, Subject(id), Changed, severityOf(w))}}, nil
	})
}

// Remove takes a word out.
func (o *Office) Remove(ctx context.Context, actor account.Actor, id string) error {
	e, err := o.Entry(ctx, actor, id)
	if err != nil {
		return err
	}
	return o.Store.Change(ctx, e.Organ, func(have []Entry) (Change, error) {
		if !slices.ContainsFunc(have, func(h Entry) bool { return h.ID == id }) {
			return Change{}, gone()
		}
		return Change{Drop: []string{id}, Events: []event.Event{o.pen(actor).Write(e.Organ, Subject(id), Removed, severityOf(e.Word))}}, nil
	})
}

// Taken is what an import does: words that are new, and those that are changed.
type Taken struct{ New, Changed, Same int }

// Import takes a list in, all of it or nothing: new words are added, those that are
// there become as the list has them, others stay.
func (o *Office) Import(ctx context.Context, actor account.Actor, organ string, words []guard.Word) (t Taken, err error) {
	if err := o.may(ctx, actor, organ); err != nil {
		return t, err
	}
	seen := map[string]bool{}
	for i := range words {
		words[i] = tidy(words[i])
		if err := Check(words[i]); err != nil {
			return t, errs.New(errs.Invalid, "词语“%s”：%s", words[i].Word, errs.FieldsOf(err)[0].Public)
		}
		if seen[words[i].Word] {
			return t, errs.New(errs.Invalid, "词语“%s”在表里出现了两次，请核对。", words[i].Word)
		}
		seen[words[i].Word] = true
	}
	err = o.Store.Change(ctx, organ, func(have []Entry) (Change, error) {
		t = Taken{}
		at := map[string]Entry{}
		for _, h := range have {
			at[h.Word.Word] = h
		}
		var c Change
		for _, w := range words {
			old, there := at[w.Word]
			switch {
			case !there:
				t.New++
				c.Put = append(c.Put, o.write(actor, o.IDs.New(), organ, w))
			case old.Word == w:
				t.Same++
			default:
				t.Changed++
				c.Put = append(c.Put, o.write(actor, old.ID, organ, w))
			}
		}
		if len(have)+t.New > MaxEntries {
			return c, errs.New(errs.TooLarge, "导入后词库有%d个词，超过%d个。", len(have)+t.New, MaxEntries)
		}
		if len(c.Put) > 0 {
			c.Events = []event.Event{o.pen(actor).Write(organ, event.Subject{Type: "organ", ID: organ}, Imported, map[string]int{"new": t.New, "changed": t.Changed})}
		}
		return c, nil
	})
	return t, err
}

func tidy(w guard.Word) guard.Word {
	w.Word, w.Instead, w.Note = strings.TrimSpace(w.Word), strings.TrimSpace(w.Instead), strings.TrimRight(strings.TrimSpace(w.Note), "。")
	return w
}

func (o *Office) write(actor account.Actor, id, organ string, w guard.Word) Entry {
	return Entry{ID: id, Organ: organ, Word: w, By: actor.ID, At: o.Clock.Now()}
}

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func severityOf(w guard.Word) map[string]string {
	return map[string]string{"severity": string(w.Severity)}
}

func find(have []Entry, word string) int {
	return slices.IndexFunc(have, func(h Entry) bool { return h.Word.Word == word })
}

func known(word string) error {
	sentence := "“" + word + "”已经在本机关的词库里。"
	return &errs.Error{Kind: errs.Conflict, Public: sentence, Fields: errs.Fields{{Name: "word", Public: sentence}}}
}

func gone() error { return errs.New(errs.NotFound, "这个词已经不在词库里。") }
