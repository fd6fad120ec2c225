package job

import (
	"encoding/json"
	"time"
)

// Kind is what sort of work a job is; it names the handler.
type Kind string

// State is how far a job is.
type State string

// The states. Waiting and Running are unfinished.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// States gives the states in the order of a job's life.
func States() []State { return []State{Waiting, Running, Done, Failed, Cancelled} }

// Job is a piece of work.
type Job struct {
	ID          string
	Kind        Kind
	Payload     json.RawMessage
	Single      string // of unfinished jobs only one has this name; "" for any number
	State       State
	RunAt       time.Time // not before
	Attempts    int       // begun so far
	Lease       string    // of the attempt that runs; "" when none does
	LeasedUntil time.Time
	Done, Total int    // progress; Total 0 when it is not known
	Error       string // Chinese sentence about the last attempt; "" when it went well
	CreatedAt   time.Time
	FinishedAt  time.Time
}

// Unfinished tells whether the job is still to be done.
func (j Job) Unfinished() bool { return j.State == Waiting || j.State == Running }

// Attempts is how often a job is tried.
const Attempts = 8

// pause is how long a job rests after so many attempts that failed: 1, 2, 4 …
// minutes, at most an hour.
func pause(attempts int) time.Duration {
	return min(time.Minute<<max(0, min(attempts-1, 6)), time.Hour)
}

// end puts the job into its last state.
func (j *Job) end(state State, at time.Time) {
	j.State, j.Lease, j.LeasedUntil, j.FinishedAt = state, "", time.Time{}, at
}

// wait puts the job back among those that wait.
func (j *Job) wait(until time.Time) {
	j.State, j.Lease, j.LeasedUntil, j.RunAt, j.FinishedAt = Waiting, "", time.Time{}, until, time.Time{}
}

// failed judges an attempt that failed: another after a pause, or none.
func (j *Job) failed(sentence string, at time.Time) {
	j.Error = sentence
	if j.Attempts >= Attempts {
		j.end(Failed, at)
		return
	}
	j.wait(at.Add(pause(j.Attempts)))
}

// Meaning gives the words for a kind of job.
type Meaning struct {
	Kind             Kind
	Chinese, English string
}
