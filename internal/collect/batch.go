package collect

import (
	"bytes"
	"context"
	"errors"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
)

// Batch is what somebody brought at once: files that a job reads one after the other.
type Batch struct {
	ID      string
	Keeper  string // organ that receives
	Person  string
	Read    bool   // nothing more will be done
	Job     string // that reads it, or read it last
	Mark    string // of the files: the same ones brought again are no other batch
	Sent    []File // as they came, packages among them
	Total   int    // files in them
	Settled []Fate
	Trouble string // why it was broken off; "" when it was not
	At      time.Time
}

// Fate is what became of a file of a batch.
type Fate struct {
	Name     string `json:"name"`
	Received string `json:"received,omitempty"` // key; "" where it was refused
	Organ    string `json:"organ,omitempty"`
	Year     int    `json:"year,omitempty"`
	Version  int    `json:"version,omitempty"`
	Doubts   int    `json:"doubts,omitempty"`
	Why      string `json:"why,omitempty"` // why it was refused, or waits
}

// Refused tells whether the file was not taken in.
func (f Fate) Refused() bool { return f.Received == "" }

// Step moves a batch on by one file, once.
type Step struct {
	Batch   string
	At      int // files settled before it
	Settled Fate
}

// ErrOvertaken is given for a step that another attempt has made.
var ErrOvertaken = errors.New("another attempt has settled the file")

// BatchStore keeps batches.
type BatchStore interface {
	// AddBatch keeps a batch with the job that reads it. Where the same files are being
	// read, or were brought after a moment, the key of that batch is given and nothing kept.
	AddBatch(ctx context.Context, b Batch, j job.Job, since time.Time, events []event.Event) (id string, err error)
	Batch(ctx context.Context, id string) (Batch, error)
	// LatestBatches gives the latest that somebody brought.
	LatestBatches(ctx context.Context, person string, most int) ([]Batch, error)
	// StepBatch moves one on by a file that was refused; ErrOvertaken where it was.
	StepBatch(ctx context.Context, s Step) error
	// EndBatch ends one that is being read.
	EndBatch(ctx context.Context, id, trouble string) error
	// AgainBatch gives one that is being read to another job.
	AgainBatch(ctx context.Context, id string, j job.Job) error
	// ForgetBatches drops what was brought before a moment.
	ForgetBatches(ctx context.Context, before time.Time) error
}

// ReadKind is the job that reads a batch.
const ReadKind job.Kind = "collect.read"

// Times of batches.
const (
	sameAgain = 10 * time.Minute    // a button pressed twice
	keepBatch = 30 * 24 * time.Hour // what became of the files can be looked up
)

// Bring keeps files to be read by a job.
func (d *Desk) Bring(ctx context.Context, actor account.Actor, keeper string, papers []Paper) (id string, err error) {
	if err := d.mayCollect(ctx, actor, keeper); err != nil {
		return "", err
	}
	now := d.Clock.Now()
	b := Batch{ID: d.IDs.New(), Keeper: keeper, Person: actor.ID, At: now}
	for _, p := range papers {
		info, err := d.Files.Put(ctx, bytes.NewReader(p.Data), int64(len(p.Data)))
		if err != nil {
			return "", err
		}
		b.Sent = append(b.Sent, File{info.Hash, p.Name})
		b.Total += countIn(p)
	}
	b.Total = min(b.Total, MaxFiles+1) // the one too many is told
	b.Mark = event.Digest([]any{keeper, actor.ID, b.Sent})
	j, err := d.Queue.Make(ReadKind, map[string]string{"batch": b.ID}, job.Options{})
	if err != nil {
		return "", err
	}
	b.Job = j.ID
	e := d.pen(actor.ID).Write(keeper, event.Subject{Type: "received-batch", ID: b.ID}, Brought, map[string]any{"files": b.Total})
	return d.Store.AddBatch(ctx, b, j, now.Add(-sameAgain), e1(e))
}

func (d *Desk) mayCollect(ctx context.Context, actor account.Actor, keeper string) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(account.CollectReports, keeper, tree)
}

// Progress is a batch as its page shows it.
type Progress struct {
	Batch
	Work job.Job // that reads it
}

// Progress gives a batch to whoever collects for its keeper.
func (d *Desk) Progress(ctx context.Context, actor account.Actor, id string) (p Progress, err error) {
	if p.Batch, err = d.Store.Batch(ctx, id); err != nil {
		return p, err
	}
	if err := d.mayCollect(ctx, actor, p.Keeper); err != nil || p.Read {
		return p, err
	}
	p.Work, err = d.Queue.Store.Job(ctx, p.Job)
	if errs.KindOf(err) == errs.NotFound {
		err = nil
	}
	return p, err
}

// LatestBatches gives the latest that the actor brought.
func (d *Desk) LatestBatches(ctx context.Context, actor account.Actor) ([]Batch, error) {
	const most = 5
	return d.Store.LatestBatches(ctx, actor.ID, most)
}

// ReadAgain lets a batch go on whose job was given up.
func (d *Desk) ReadAgain(ctx context.Context, actor account.Actor, id string) error {
	p, err := d.Progress(ctx, actor, id)
	if err != nil {
		return err
	}
	if p.Read || p.Work.Unfinished() {
		return errs.New(errs.Conflict, "这批文件已经读完，或者正在读取，不用重新开始。")
	}
	j, err := d.Queue.Make(ReadKind, map[string]string{"batch": id}, job.Options{})
	if err != nil {
		return err
	}
	return d.Store.AgainBatch(ctx, id, j)
}

// ForgetBatches drops what is known of old ones. The reports stay.
func (d *Desk) ForgetBatches(ctx context.Context) error {
	return d.Store.ForgetBatches(ctx, d.Clock.Now().Add(-keepBatch))
}
