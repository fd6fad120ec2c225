package notify

import (
	"fmt"
	"time"

	"gongkai/internal/errs"
)

// Channel is a way by which messages go out. The pages themselves are no
// channel: what one is told is always there.
type Channel string

// The channels.
const (
	Mail Channel = "mail"
	SMS  Channel = "sms"
)

// Channels gives them in the order in which they are shown.
func Channels() []Channel { return []Channel{Mail, SMS} }

// Clock is a time of day in minutes from midnight.
type Clock int

// ParseClock reads 22:00.
func ParseClock(text string) (Clock, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, errs.New(errs.Invalid, "时间“%s”不正确：请写成 22:00 这样的形式。", text)
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

// String gives 22:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// of gives this time of day on the day of a moment.
func (c Clock) of(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), int(c)/60, int(c)%60, 0, 0, t.Location())
}

// next gives the first such moment that is not before another.
func (c Clock) next(t time.Time) time.Time {
	at := c.of(t)
	if at.Before(t) {
		at = c.of(t.AddDate(0, 0, 1))
	}
	return at
}

// Choice is how somebody wants to get messages by a channel.
type Choice struct {
	Enabled bool
	// From these to this time of day nothing is sent, over midnight where the
	// first is the later; none where both are the same.
	QuietFrom, QuietUntil Clock
	Daily                 bool // as a digest once a day, at Digest
	Digest                Clock
	Wake                  bool // what is urgent also in the quiet hours
}

// Quiet tells whether a moment lies in the quiet hours. Their end does not.
func (c Choice) Quiet(t time.Time) bool {
	now := Clock(t.Hour()*60 + t.Minute())
	if c.QuietFrom <= c.QuietUntil {
		return c.QuietFrom <= now && now < c.QuietUntil
	}
	return c.QuietFrom <= now || now < c.QuietUntil
}

// When tells the first moment, not before another, at which a message may go
// out. Times are in the zone of the moment.
func (c Choice) When(urgent bool, t time.Time) time.Time {
	if c.Daily && !urgent {
		t = c.Digest.next(t)
	}
	return c.awake(urgent, t)
}

// awake puts a moment off to the end of the quiet hours.
func (c Choice) awake(urgent bool, t time.Time) time.Time {
	if urgent && c.Wake || !c.Quiet(t) {
		return t
	}
	return c.QuietUntil.next(t)
}

// minAwake is how many minutes of the day must not be quiet: in less, a message
// that fails once would wait for days.
const minAwake = 60

// awakeFor gives how many minutes of the day are not quiet.
func (c Choice) awakeFor() int {
	const day = 24 * 60
	quiet := int(c.QuietUntil - c.QuietFrom)
	if quiet < 0 {
		quiet += day
	}
	return day - quiet
}
