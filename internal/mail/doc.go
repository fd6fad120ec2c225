// Package mail carries messages out of the house: e-mail by SMTP, and short
// messages to a gateway by webhook. It knows neither people nor what is said.
//
// An error of kind Invalid tells that it is no use to try again; anything else
// may pass.
package mail

import "time"

// Message is what goes out.
type Message struct {
	ID      string // of a repetition the same
	To      string
	Subject string
	Text    string
	At      time.Time
}

// timeout is how long one message may take.
const timeout = 30 * time.Second
