package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"gongkai/internal/errs"
)

// group is the single writer of SQLite. Changes wait in a queue; those that
// have come while the last commit was flushed share the next transaction, each
// in a savepoint of its own, so that one that fails takes nothing with it.
type group struct {
	db     *sql.DB
	queue  chan *waiting
	wrote  func()
	mu     sync.RWMutex // closing against sending
	closed bool
	done   chan struct{}
}

// waiting is a change in the queue.
type waiting struct {
	ctx    context.Context
	change func(context.Context, *Tx) error
	result chan error
}

// Most changes that wait, and that share a commit.
const (
	queueLength = 4096
	groupSize   = 256
)

var errClosed = errs.New(errs.Unavailable, "系统正在停止，刚才的操作没有保存，请稍后重试。")

func newGroup(db *sql.DB, wrote func()) *group {
	g := &group{db: db, queue: make(chan *waiting, queueLength), wrote: wrote, done: make(chan struct{})}
	go g.run()
	return g
}

// write queues a change and waits until it is durable or refused. Once it is
// queued its fate is always told, also to a caller who has lost patience.
func (g *group) write(ctx context.Context, change func(context.Context, *Tx) error) error {
	w := &waiting{ctx, change, make(chan error, 1)}
	if err := g.enqueue(ctx, w); err != nil {
		return err
	}
	return <-w.result
}

func (g *group) enqueue(ctx context.Context, w *waiting) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return errClosed
	}
	select {
	case g.queue <- w:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *group) close() {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		close(g.queue)
	}
	g.mu.Unlock()
	<-g.done
}

func (g *group) run() {
	defer close(g.done)
	for first := range g.queue {
		g.commit(g.collect(first))
	}
}

// collect takes what waits, without waiting for more.
func (g *group) collect(first *waiting) []*waiting {
	batch := []*waiting{first}
	for len(batch) < groupSize {
		select {
		case w, ok := <-g.queue:
			if !ok {
				return batch
			}
			batch = append(batch, w)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction and tells each change its fate.
func (g *group) commit(batch []*waiting) {
	fates := make([]error, len(batch))
	err := g.transact(batch, fates)
	for i, w := range batch {
		if err != nil && fates[i] == nil {
			fates[i] = err
		}
		w.result <- fates[i]
	}
	if err == nil {
		g.wrote()
	}
}

func (g *group) transact(batch []*waiting, fates []error) error {
	tx, err := g.db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, w := range batch {
		if fates[i] = w.ctx.Err(); fates[i] != nil {
			continue
		}
		if err := inSavepoint(tx, w, &fates[i]); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// inSavepoint runs one change. Its own error goes to fate; the error returned
// means that the transaction is lost (disk full and the like), and with it the
// whole batch. The change gets no deadline: SQLite answers an interrupted
// statement by rolling the whole transaction back, the neighbours' too.
func inSavepoint(tx *sql.Tx, w *waiting, fate *error) error {
	if _, err := tx.Exec("SAVEPOINT change"); err != nil {
		return err
	}
	if *fate = guarded(context.WithoutCancel(w.ctx), &Tx{Tx: tx, engine: SQLite}, w.change); *fate != nil {
		if _, err := tx.Exec("ROLLBACK TO change"); err != nil {
			return errors.Join(*fate, err)
		}
	}
	_, err := tx.Exec("RELEASE change")
	return err
}
