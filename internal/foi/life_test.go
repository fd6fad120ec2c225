package foi

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/personal"
)

// A life is a request in a test, with its calendar.
type life struct {
	testing.TB
	cal    *calendar.Calendar
	policy Policy
	r      Request
}

func born(tb testing.TB) *life {
	tb.Helper()
	cal, err := calendar.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return &life{TB: tb, cal: cal, r: Request{ID: "r", Organ: "bureau"}}
}

func day(tb testing.TB, s string) calendar.Date {
	tb.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

var (
	person = Party{Role: IsApplicant, Kind: "C1", Data: map[personal.Kind]string{personal.Name: "n", personal.IDNumber: "i", personal.Phone: "p"}}
	ask    = Ask{Text: "2024年度耕地保护责任考核结果", Form: "electronic", Way: "web"}
	third  = Party{Role: IsThirdParty, Kind: "C2", Organisation: "青川建材有限公司"}
)

// do does a deed on a day and fails the test if it is refused. An actor may be
// named; else it is the clerk.
func (l *life) do(on string, d Deed, actor ...string) Entry {
	l.Helper()
	e, err := l.try(on, d, actor...)
	if err != nil {
		l.Fatalf("%s %s: %v", on, d.Event(), err)
	}
	return e
}

func (l *life) try(on string, d Deed, actor ...string) (Entry, error) {
	l.Helper()
	before := l.r.Digest()
	e, err := l.r.Do(d, l.scene(on, actor...))
	if err != nil && l.r.Digest() != before {
		l.Errorf("%s was refused and changes the request", d.Event())
	}
	return e, err
}

func (l *life) scene(on string, actor ...string) Scene {
	l.Helper()
	return Scene{Actor: append(actor, "clerk")[0], Today: day(l, on), Calendar: l.cal, Policy: l.policy}
}

// refused tells that a deed is refused, with an article in the sentence.
func (l *life) refused(on string, d Deed, article string, actor ...string) {
	l.Helper()
	_, err := l.try(on, d, actor...)
	if err == nil {
		l.Errorf("%s %s is done", on, d.Event())
		return
	}
	if k := errs.KindOf(err); k != errs.Conflict && k != errs.Invalid || !strings.Contains(errs.Public(err), article) {
		l.Errorf("%s %s: %v; want %s in it", on, d.Event(), err, article)
	}
}

// received registers a request handed in on a day.
func received(tb testing.TB, on string) *life {
	tb.Helper()
	l := born(tb)
	l.do(on, Receive{Number: "1", Channel: InPerson, On: day(tb, on), Parties: []Party{person}, Ask: ask})
	return l
}

// decided brings a request in hand to its signed reply.
func (l *life) decided(on string, items ...Item) {
	l.Helper()
	l.do(on, Submit{Decision{Items: items}})
	l.do(on, Approve{}, "head")
	l.do(on, Sign{"公复〔2025〕1号"}, "signer")
}

// due tells the last day of the reply.
func (l *life) due(want string) {
	l.Helper()
	if got := l.r.Due.String(); got != want {
		l.Errorf("the reply is due on %s, want %s", got, want)
	}
}

func (l *life) excluded(today string, want int) {
	l.Helper()
	c, err := l.r.Clock(l.cal, day(l, today))
	if err != nil || c.Answer.Excluded != want {
		l.Errorf("%d days are not counted (%v), want %d", c.Answer.Excluded, err, want)
	}
}

var (
	given   = Item{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}
	absent  = Item{Kind: "D1a", Facts: map[string]string{"reasons": "经检索未查到"}}
	nowhere = Item{Kind: "D1b", Facts: map[string]string{"reasons": "属于自然资源局职责"}}
)
