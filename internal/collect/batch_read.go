package collect

import (
	"context"
	"errors"
	"io"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/org"
)

// fileAttempts is how many attempts one file may cost; then it is left out.
const fileAttempts = 3

// ReadBatch is the job: it reads the files of a batch that are not settled yet. Each is
// settled in the change that keeps it, so that none is taken in twice, however often the
// job is begun again.
func (d *Desk) ReadBatch(ctx context.Context, j *job.Active) error {
	var payload struct{ Batch string }
	if err := j.Read(&payload); err != nil {
		return err
	}
	b, err := d.Store.Batch(ctx, payload.Batch)
	if errs.KindOf(err) == errs.NotFound || err == nil && b.Read {
		return nil
	}
	if err != nil {
		return err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	trouble, err := d.against(ctx, b, tree)
	if err != nil {
		return err
	}
	if trouble == "" {
		err = d.readSent(ctx, j, b, tree)
		if errors.Is(err, ErrOvertaken) {
			return nil // another attempt has it
		}
		if k := errs.KindOf(err); err != nil && k == errs.NotFound {
			trouble, err = "上传的文件已经过期清除，没有读完；请重新上传还没有处理的文件。", nil
		}
		if err != nil {
			return err
		}
	}
	if err := d.Store.EndBatch(ctx, b.ID, trouble); err != nil {
		return err
	}
	return d.wake(ctx)
}

// against says why a batch is not read now, though it was brought.
func (d *Desk) against(ctx context.Context, b Batch, tree *org.Tree) (string, error) {
	person, err := d.People.Person(ctx, b.Person)
	if err != nil {
		return "", err
	}
	if !person.Active {
		return "上传文件的人已经停用，没有继续读取。", nil
	}
	if err := person.Actor().May(account.CollectReports, b.Keeper, tree); err != nil {
		return errs.Public(err), nil
	}
	return "", nil
}

// readSent goes through the files in their order, packages opened.
func (d *Desk) readSent(ctx context.Context, j *job.Active, b Batch, tree *org.Tree) error {
	if len(b.Settled) > MaxFiles {
		return nil // the one too many is told already
	}
	n := 0
	for _, sent := range b.Sent {
		data, err := d.bytes(sent.Hash)
		if err != nil {
			return err
		}
		inside, refused := Unpack(Paper{sent.Name, data})
		if refused != nil {
			inside = []Paper{{Name: sent.Name}}
		}
		for _, p := range inside {
			n++
			if n <= len(b.Settled) {
				continue
			}
			if n > MaxFiles {
				return d.Store.StepBatch(ctx, Step{b.ID, n - 1, Fate{Name: p.Name, Why: "一次最多接收" + itoa(MaxFiles) + "个文件，这份和后面的没有接收，请分几次上传。"}})
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := d.settleOne(ctx, j, b, n-1, p, refused, tree); err != nil {
				return err
			}
			j.Progress(n, b.Total)
		}
	}
	return nil
}

// settleOne takes a file in, or says why not.
func (d *Desk) settleOne(ctx context.Context, j *job.Active, b Batch, at int, p Paper, refused error, tree *org.Tree) error {
	step := &Step{Batch: b.ID, At: at}
	if refused == nil {
		o, err := d.receive(ctx, b.Person, b.Keeper, "", 0, p, tree, step)
		switch {
		case err == nil && o.Err == nil:
			return nil // kept with the step
		case err == nil:
			refused = o.Err
		case errors.Is(err, ErrOvertaken) || ctx.Err() != nil || j.Attempts < fileAttempts:
			return err
		default:
			refused = errs.Wrap(err, errs.Internal, "这份文件几次都没有读成，已经跳过；请换一种格式重新报送。")
		}
	}
	step.Settled = Fate{Name: p.Name, Why: errs.Public(refused)}
	return d.Store.StepBatch(ctx, *step)
}

func (d *Desk) bytes(hash string) ([]byte, error) {
	f, err := d.Files.Open(hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(f)
}
