package accession

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/arrival"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/job"
	"gongkai/internal/org"
	"gongkai/internal/publish"
)

// Confirmed is that somebody let a list become documents.
const Confirmed event.Kind = "accession.confirmed"

// EventKinds gives the words for it.
func EventKinds() []event.Meaning {
	return []event.Meaning{{Kind: Confirmed, Chinese: "确认导入旧站目录", English: "catalogue of an old site taken in"}}
}

// Store keeps lists on their way.
type Store interface {
	arrival.Store[Batch]
	// Add keeps a list together with the job that looks at it.
	Add(ctx context.Context, b Batch, j job.Job) error
	// Batch gives NotFound when there is none.
	Batch(ctx context.Context, id string) (Batch, error)
	// Latest gives the latest lists that somebody brought.
	Latest(ctx context.Context, person string, most int) ([]Batch, error)
	// Forget drops those that came before a moment and that no job keeps.
	Forget(ctx context.Context, before time.Time) error
}

// Files keeps what is sent in.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Reader reads what is sent in.
type Reader interface {
	// Sheet reads a list: xlsx, csv.
	Sheet(ctx context.Context, name string, data []byte) (*doc.Doc, error)
	// Read reads a document in official form.
	Read(ctx context.Context, name string, data []byte) (*doc.Doc, error)
}

// Office takes lists in.
type Office struct {
	Store  Store
	Desk   *publish.Desk
	Trees  org.Trees
	Queue  job.Queue
	Files  Files
	Reader Reader
	// People knows who brought a list, and what they may do now.
	People interface {
		Person(ctx context.Context, id string) (account.Person, error)
	}
	Clock clock.Clock
	IDs   ident.Source
}

// maxContent is how many bytes what is known of a list may have.
const maxContent = 1 << 30

func (o Office) save(ctx context.Context, c Content) (hash string, err error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	info, err := o.Files.Put(ctx, bytes.NewReader(text), maxContent)
	return info.Hash, err
}

func (o Office) load(hash string) (c Content, err error) {
	data, err := o.bytes(hash)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	return c, err
}

func (o Office) bytes(hash string) ([]byte, error) {
	f, err := o.Files.Open(hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(f)
}

// mayBring tells with nil whether the actor may draft where a list goes.
func (o Office) mayBring(ctx context.Context, actor account.Actor, section string) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(account.DraftDocuments, section, tree)
}

// Bringing is a list as it comes: its file and what came with it are kept already.
type Bringing struct {
	Organ, Section string
	Name, List     string // of the list: its file name, and the hash
	Sent           []publish.File
}

// Bring takes a list in, to be looked at.
func (o Office) Bring(ctx context.Context, actor account.Actor, in Bringing) (id string, err error) {
	if in.Section == "" {
		in.Section = in.Organ
	}
	if err := o.mayBring(ctx, actor, in.Section); err != nil {
		return "", err
	}
	b := Batch{Ticket: arrival.Ticket{ID: o.IDs.New(), Organ: in.Organ, Person: actor.ID, State: arrival.Looking, At: o.Clock.Now()}, Section: in.Section}
	if b.Content, err = o.save(ctx, Content{Name: in.Name, List: in.List, Sent: in.Sent}); err != nil {
		return "", err
	}
	j, err := o.desk().Begin(&b)
	if err != nil {
		return "", err
	}
	return b.ID, o.Store.Add(ctx, b, j)
}

// desk is what passes lists on.
func (o Office) desk() arrival.Desk[Batch, *Batch] {
	return arrival.Desk[Batch, *Batch]{Store: o.Store, Queue: o.Queue, Noun: "清单", Name: "batch", Look: LookKind, Keep: KeepKind, Person: o.People.Person, Load: o.Store.Batch}
}

// Standing is a list as its page shows it.
type Standing struct {
	Batch
	Known Content
	Job   job.Job // that has it; zero when none does
}

// Show gives a list to who brought it. To others it is not there.
func (o Office) Show(ctx context.Context, actor account.Actor, id string) (s Standing, err error) {
	if s.Batch, err = o.Store.Batch(ctx, id); err != nil {
		return s, err
	}
	if s.Person != actor.ID {
		return s, errs.New(errs.NotFound, "没有这次导入，可能已经过期清除。")
	}
	if err := o.mayBring(ctx, actor, s.Section); err != nil {
		return s, err
	}
	if s.Known, err = o.load(s.Content); err != nil {
		return s, err
	}
	s.Job, err = o.desk().Job(ctx, s.Ticket)
	return s, err
}

// Latest gives the latest lists that the actor brought.
func (o Office) Latest(ctx context.Context, actor account.Actor) ([]Batch, error) {
	const most = 5
	return o.Store.Latest(ctx, actor.ID, most)
}

// Look lets a list be looked at again, with what its columns mean.
func (o Office) Look(ctx context.Context, actor account.Actor, id string, m publish.Mapping) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State != arrival.Looked || s.Known.Found.Trouble != "" {
		return o.desk().Refusal(s.State)
	}
	s.Known.Mapping, s.Known.Found = m, Found{}
	return o.pass(ctx, s, arrival.Looking)
}

// Confirm lets the documents be kept with whose lines nothing is wrong; the others
// are left out.
func (o Office) Confirm(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State != arrival.Looked {
		return o.desk().Refusal(s.State)
	}
	if !s.Known.Found.Usable() {
		return errs.New(errs.Conflict, "清单里没有可以导入的行；请更正以后重新检查。")
	}
	f := s.Known.Found
	happened := event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}.Write(s.Organ, Subject(id), Confirmed, map[string]int{"lines": f.Count, "refused": f.Bad})
	return o.pass(ctx, s, arrival.Keeping, happened)
}

// Subject names a list in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "accession", ID: id} }

// pass gives a list that was looked at to a job.
func (o Office) pass(ctx context.Context, s Standing, to arrival.State, happened ...event.Event) (err error) {
	if s.Content, err = o.save(ctx, s.Known); err != nil {
		return err
	}
	return o.desk().Pass(ctx, s.Batch, to, happened...)
}

// Again lets a job be tried anew that was given up.
func (o Office) Again(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	return o.desk().Again(ctx, s.Batch, s.Job)
}

// GiveUp throws a list away; what it became already stays.
func (o Office) GiveUp(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	return o.desk().GiveUp(ctx, s.Ticket, s.Job)
}

// keepFor is how long a list waits for who brought it. Its files are no record's and
// lie for two days.
const keepFor = 40 * time.Hour

// Forget drops lists whose time is over.
func (o Office) Forget(ctx context.Context) error {
	return o.Store.Forget(ctx, o.Clock.Now().Add(-keepFor))
}
