package notify

import (
	"strings"
	"time"

	"gongkai/internal/event"
)

// State is how far a message has come.
type State string

// The states.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed" // given up; a person may try again
)

// States gives the states in the order of a message's life.
func States() []State { return []State{Waiting, Sent, Failed} }

// Message is a notice on its way out by a channel.
type Message struct {
	ID        string
	Person    string
	Channel   Channel
	Title     string
	Link      string
	Urgent    bool
	State     State
	NotBefore time.Time
	Attempts  int
	Error     string // Chinese sentence about the last attempt
	CreatedAt time.Time
	SentAt    time.Time
}

// Attempts is how often a message is tried.
const Attempts = 8

// pause is how long a message rests after so many attempts that failed: 1, 2, 4
// … minutes, at most an hour.
func pause(attempts int) time.Duration {
	return min(time.Minute<<max(0, min(attempts-1, 6)), time.Hour)
}

// failed judges an attempt that failed.
func (m *Message) failed(sentence string, final bool, c Choice, at time.Time) {
	m.Attempts++
	m.Error = sentence
	if final || m.Attempts >= Attempts {
		m.State = Failed
		return
	}
	m.NotBefore = c.awake(m.Urgent, at.Add(pause(m.Attempts)))
}

// Letter is what goes out: all messages that are due to one person by one
// channel.
type Letter struct {
	ID      string // of the same messages always the same: a gateway can tell a repetition
	To      string
	Subject string
	Text    string
	At      time.Time
}

// compose makes a letter of messages.
func compose(messages []Message, site, base, to string, english bool, at time.Time) Letter {
	l := Letter{To: to, At: at, Subject: messages[0].Title}
	var ids []string
	var body strings.Builder
	for _, m := range messages {
		ids = append(ids, m.ID)
		body.WriteString(m.Title + "\n")
		if base != "" && m.Link != "" {
			body.WriteString(base + m.Link + "\n")
		}
	}
	l.ID = event.Digest(ids)[:32]
	if len(messages) > 1 {
		l.Subject = several(len(messages), english)
	}
	l.Subject = "【" + site + "】" + l.Subject
	l.Text = body.String() + "\n" + farewell(english)
	if messages[0].Channel == SMS {
		l.Text = short(messages, l.Subject, base)
	}
	return l
}

// short is the text of an SMS: what it is about, and where to look.
func short(messages []Message, subject, base string) string {
	text := subject
	if len(messages) > 1 {
		text += "：" + messages[0].Title + "…"
	}
	switch {
	case base == "":
	case len(messages) == 1 && messages[0].Link != "":
		text += " " + base + messages[0].Link
	default:
		text += " " + base + "/desk/notices"
	}
	return text
}
