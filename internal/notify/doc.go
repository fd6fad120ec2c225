// Package notify is who is told what, and when not.
//
// What happened is read from the events, in the order of the log (watch.go):
// work that was handed out, a role that was granted. What is due is told every
// working morning. Each telling is a Notice, which the person sees on the pages,
// always; of one thing nobody is told twice (Notice.Once).
//
// Beside it a Message goes out by each channel that the person wants: at once,
// or once a day as a digest, and never in the quiet hours (choice.go). What is
// urgent does not wait for the digest, but for the end of the quiet hours, unless
// the person chose otherwise. Messages wait in the outbox; a job sends them, all
// that are due to one person together, and tries again after growing pauses
// (deliver.go). What could not be sent stays in sight of the system administrator
// (outbox.go). A message is sent at least once: when the machine dies between
// sending and noting it, it goes out again with the same id.
//
// A message holds a title and a link, nothing of third persons. Addresses are
// personal data: each use is an event.
//
// Start at Office and Choice.
package notify
