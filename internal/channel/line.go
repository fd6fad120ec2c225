package channel

import (
	"context"
	"errors"
	"fmt"
)

// Line is the interface of a channel, opened with an account. An answer of the channel
// that is no success is a Problem; any other error means that nobody knows what the
// channel has done.
type Line interface {
	// Upload keeps a picture for covers and gives its key.
	Upload(ctx context.Context, name string, data []byte) (key string, err error)
	// Embed keeps a picture for texts and gives its address.
	Embed(ctx context.Context, name string, data []byte) (address string, err error)

	// Put makes a draft and gives its key; Replace changes it, Discard deletes it.
	Put(ctx context.Context, a Article) (draft string, err error)
	Replace(ctx context.Context, draft string, a Article) error
	Discard(ctx context.Context, draft string) error
	// Holds tells whether a draft is still there.
	Holds(ctx context.Context, draft string) (bool, error)
	// FindDraft gives the newest draft whose original is at an address; "" for none.
	FindDraft(ctx context.Context, source string) (draft string, err error)

	// Submit hands a draft in for publication and gives a ticket: the channel takes
	// its time. Progress asks how far it is.
	Submit(ctx context.Context, draft string) (ticket string, err error)
	Progress(ctx context.Context, ticket string) (Progress, error)
	// FindPublished gives what was published lately with its original at an address.
	FindPublished(ctx context.Context, source string) (Progress, error)
	// Recall deletes what is published.
	Recall(ctx context.Context, article string) error
	// Try asks whether the account is let in.
	Try(ctx context.Context) error
}

// Progress is how far a publication is.
type Progress struct {
	State            ProgressState
	Article, Address string // when it is published
	Says             string // why it is not, as a Chinese sentence
	Code             int
}

// ProgressState is where a publication is.
type ProgressState string

// The states.
const (
	Unknown   ProgressState = "" // nothing was found
	Working   ProgressState = "working"
	Published ProgressState = "published"
	Refused   ProgressState = "refused" // the draft is still there
	Removed   ProgressState = "removed" // it was published, and is gone again
)

// Problem is an answer of a channel that is no success.
type Problem struct {
	Code    int
	Says    string // Chinese: what is wrong, and what to do
	Missing bool   // what was named is not there
	Passing bool   // it may go well later without anybody doing anything
}

// Error gives the text for the log.
func (p *Problem) Error() string { return fmt.Sprintf("channel: %d: %s", p.Code, p.Says) }

func problemOf(err error) (*Problem, bool) {
	var p *Problem
	return p, errors.As(err, &p)
}

func missing(err error) bool {
	p, ok := problemOf(err)
	return ok && p.Missing
}
