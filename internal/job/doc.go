// Package job is what the program does by itself: a queue of jobs that outlives
// the process, and schedules that put jobs into it at their time.
//
// Several processes may share a queue. Who works on a job holds a lease, which is
// renewed while the handler runs and lapses when the process dies; the job is
// then done again. So a handler may run twice and must be able to: what it does
// the second time changes nothing, or goes on where the first stopped.
//
// A handler that fails is tried again after growing pauses, at most Attempts
// times; then the job is failed and stays in sight until a person tries it again
// or cancels it. A payload holds keys and figures, never personal data.
//
// Start at Queue and Runner.
package job
