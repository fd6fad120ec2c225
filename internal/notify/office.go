package notify

import (
	"context"
	"encoding/json"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Recipient is somebody who can be told something.
type Recipient struct {
	ID, Organ string
	Lang      string // "" for the site's
	Active    bool
}

// Telling is a notice with the messages that go out beside it.
type Telling struct {
	Notice   Notice
	Messages []Message
}

// Store keeps notices, choices and the outbox.
type Store interface {
	// Recipients gives people by key; who is not known is left out.
	Recipients(ctx context.Context, ids []string) (map[string]Recipient, error)
	// Tell keeps tellings. One whose Once the person has been told is dropped
	// with its messages; those that are kept are given.
	Tell(ctx context.Context, all []Telling) ([]Telling, error)
	// Read gives the events behind the last that was read, in the order of the
	// log, and where reading goes on.
	Read(ctx context.Context, most int) (events []event.Event, from, next int64, err error)
	// TellRead is Tell together with where reading goes on; Conflict when
	// somebody else has read on since.
	TellRead(ctx context.Context, all []Telling, from, next int64) ([]Telling, error)

	// Notices gives what a person was told, the latest first; of FilterUnread
	// only what is not read.
	Notices(ctx context.Context, person string, q paging.Query) (paging.Page[Notice], error)
	// Notice gives NotFound for another person's.
	Notice(ctx context.Context, person, id string) (Notice, error)
	// Unread counts, to a hundred.
	Unread(ctx context.Context, person string) (int, error)
	// MarkRead marks one, or all up to a moment for "".
	MarkRead(ctx context.Context, person, id string, at time.Time) error

	// Choices gives what somebody chose.
	Choices(ctx context.Context, person string) (map[Channel]Choice, error)
	Choose(ctx context.Context, person string, choices map[Channel]Choice, events []event.Event) error

	Outbox
	// Forget drops what was read or sent before a moment.
	Forget(ctx context.Context, before time.Time) (int, error)
}

// Outbox keeps messages until they are sent.
type Outbox interface {
	// Claim takes all messages that are due to one person by one channel; none
	// when nothing is due. Nobody else gets them before the lease ends.
	Claim(ctx context.Context, channels []Channel, now, lease time.Time) ([]Message, error)
	// Settle keeps how sending ended.
	Settle(ctx context.Context, all []Message, events []event.Event) error
	// NextDue tells when the next message is due; zero for none.
	NextDue(ctx context.Context, channels []Channel) (time.Time, error)
	Message(ctx context.Context, id string) (Message, error)
	// Messages gives the latest first, narrowed by FilterState and FilterChannel.
	Messages(ctx context.Context, q paging.Query) (paging.Page[Message], error)
	// Again puts failed messages back among those that wait; all of them for "".
	Again(ctx context.Context, id string, at time.Time, events func(id string) []event.Event) (int, error)
	Failed(ctx context.Context) (int, error)
}

// Filters of lists.
const (
	FilterUnread  = "unread" // yes
	FilterState   = "state"
	FilterChannel = "channel"
)

// Addresses knows where messages go to. An address is personal data.
type Addresses interface {
	// Has tells whether there is one; it reads nothing.
	Has(ctx context.Context, owner event.Subject, kind string) (bool, error)
	// Plain gives it for a purpose, which is recorded; "" when there is none.
	Plain(ctx context.Context, owner event.Subject, kind, purpose string) (string, error)
}

// Sender sends by a channel. An error of kind Invalid tells that it is no use to
// try again.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// Roots tells which organs are at the top: the outbox is the deployment's.
type Roots interface {
	Roots(ctx context.Context) ([]string, account.Hierarchy, error)
}

// Source tells what people are told of an event.
type Source func(ctx context.Context, e event.Event) ([]Notice, error)

// Office is what is done with notices and messages.
type Office struct {
	Store     Store
	Addresses Addresses
	Senders   map[Channel]Sender // those that the deployment has
	// Default gives how the people of an organ get messages who chose nothing.
	Default func(ctx context.Context, organ string, c Channel) (Choice, error)
	Sources []Source // beside the account's own
	Roots   Roots
	Clock   clock.Clock
	IDs     ident.Source
	Site    func(ctx context.Context) string // name of the site, in front of messages
	Base    string                           // how people reach the site; "" when that is not known
	// Wake lets messages be sent at a moment; nil where somebody looks anyway.
	Wake func(ctx context.Context, at time.Time) error
}

func (o *Office) pen(actor string) event.Pen {
	return event.Pen{Actor: actor, At: o.Clock.Now(), IDs: o.IDs}
}

func person(id string) event.Subject { return event.Subject{Type: "person", ID: id} }

func decode(data json.RawMessage, into any) error { return json.Unmarshal(data, into) }

// What happens to messages and choices.
const (
	chosen  event.Kind = "notify.chosen"
	given   event.Kind = "message.failed"
	retried event.Kind = "message.retried"
	tested  event.Kind = "message.tested"
)

// EventKinds gives the words for what happens to messages and choices.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: chosen, Chinese: "选择消息接收方式", English: "ways of messages chosen"},
		{Kind: given, Chinese: "消息发送失败", English: "message could not be sent"},
		{Kind: retried, Chinese: "重新发送消息", English: "message sent again"},
		{Kind: tested, Chinese: "测试消息发送", English: "test message sent"},
	}
}
