package calendar

import (
	"errors"
	"slices"
	"time"

	"gongkai/internal/errs"
)

// ErrNoCalendar is in the chain of every error about a year without data.
var ErrNoCalendar = errors.New("no calendar for year")

// Kind is what sort of day a day is.
type Kind uint8

const (
	// Working is an ordinary working day.
	Working Kind = iota
	// Weekend is a Saturday or Sunday outside of a holiday.
	Weekend
	// Off is a day of a holiday as announced, weekends inside it included.
	Off
	// MakeUp is a weekend day that is worked (调休上班).
	MakeUp
)

// Works tells whether people work on such a day.
func (k Kind) Works() bool { return k == Working || k == MakeUp }

// Day is what the calendar knows about a day.
type Day struct {
	Date    Date
	Kind    Kind
	Holiday string // the festival of an Off or MakeUp day
	Cite    string // its notice's number
}

// Calendar holds the working days of an unbroken row of years. It does not
// change once made and may be used from many goroutines.
type Calendar struct {
	settings Settings
	first    Date
	years    []int

	kinds  []Kind   // of each day
	names  []uint16 // of each day: index into known
	known  []announced
	upTo   []int32 // working days from the first day up to and including this one
	nth    []int32 // position of the i-th working day
	region map[string]*Calendar
}

// New makes a calendar of years that follow each other without a gap.
func New(years []Year, s Settings) (*Calendar, error) {
	years = slices.SortedFunc(slices.Values(years), func(a, b Year) int { return a.Year - b.Year })
	if len(years) == 0 {
		return nil, errs.New(errs.Invalid, "没有任何一年的放假安排，无法计算工作日。")
	}
	c := &Calendar{settings: s, first: On(years[0].Year, time.January, 1), known: make([]announced, 1)}
	for i, y := range years {
		if i > 0 && y.Year != years[i-1].Year+1 {
			return nil, errs.New(errs.Invalid, "放假安排的年份不连续：%d年之后是%d年。", years[i-1].Year, y.Year)
		}
		if err := y.check(); err != nil {
			return nil, err
		}
		c.years = append(c.years, y.Year)
	}
	c.plainWeeks()
	for _, y := range years {
		for _, h := range y.inForce() {
			c.mark(h)
		}
	}
	c.count()
	return c, nil
}

func (c *Calendar) plainWeeks() {
	last := On(c.years[len(c.years)-1], time.December, 31)
	n := last.Sub(c.first) + 1
	c.kinds, c.names = make([]Kind, n), make([]uint16, n)
	for i := range c.kinds {
		if weekend(c.first.Add(i)) {
			c.kinds[i] = Weekend
		}
	}
}

// mark writes a holiday over the weeks; days outside of the data are left out.
func (c *Calendar) mark(h announced) {
	c.known = append(c.known, h)
	name := uint16(len(c.known) - 1)
	set := func(d Date, k Kind) {
		if i := d.Sub(c.first); i >= 0 && i < len(c.kinds) {
			c.kinds[i], c.names[i] = k, name
		}
	}
	for _, s := range h.Off {
		for d := s.From; !d.After(s.To); d = d.Add(1) {
			set(d, Off)
		}
	}
	for _, d := range h.Work {
		set(d, MakeUp)
	}
}

func (c *Calendar) count() {
	c.upTo, c.nth = make([]int32, len(c.kinds)), c.nth[:0]
	for i, k := range c.kinds {
		if k.Works() {
			c.nth = append(c.nth, int32(i))
		}
		c.upTo[i] = int32(len(c.nth))
	}
}

// Settings gives the conventions that the calendar counts by.
func (c *Calendar) Settings() Settings { return c.settings }

// WithSettings gives the same days with other conventions.
func (c *Calendar) WithSettings(s Settings) *Calendar {
	other := *c
	other.settings = s
	other.region = nil
	for name, r := range c.region {
		if other.region == nil {
			other.region = map[string]*Calendar{}
		}
		other.region[name] = r.WithSettings(s)
	}
	return &other
}

// Years gives the first and the last year with data.
func (c *Calendar) Years() (first, last int) { return c.years[0], c.years[len(c.years)-1] }

// Has tells whether the calendar knows the day.
func (c *Calendar) Has(d Date) bool {
	i := d.Sub(c.first)
	return !d.IsZero() && i >= 0 && i < len(c.kinds)
}

func (c *Calendar) at(d Date) (int, error) {
	if !c.Has(d) {
		return 0, c.missing(d)
	}
	return d.Sub(c.first), nil
}

func (c *Calendar) missing(d Date) error {
	if d.IsZero() {
		return errs.New(errs.Invalid, "没有给出日期。")
	}
	return c.missingYear(d.Year())
}

func (c *Calendar) missingYear(year int) error {
	first, last := c.Years()
	return errs.Wrap(ErrNoCalendar, errs.NotFound,
		"没有%d年的放假安排（现有%d至%d年），无法计算；请在国务院办公厅发布该年通知后补充数据。", year, first, last)
}

// Day tells what the calendar knows about a day.
func (c *Calendar) Day(d Date) (Day, error) {
	i, err := c.at(d)
	if err != nil {
		return Day{}, err
	}
	h := c.known[c.names[i]]
	return Day{d, c.kinds[i], h.Name, h.number}, nil
}

// IsWorkday tells whether people work on the day.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	i, err := c.at(d)
	if err != nil {
		return false, err
	}
	return c.kinds[i].Works(), nil
}

// AddWorkdays gives the n-th working day after d, d itself not counted; a
// negative n counts back from d, and n = 0 is d itself.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	i, err := c.at(d)
	if err != nil || n == 0 {
		return d, err
	}
	// Counting on starts behind d, counting back starts before it.
	at := int64(c.upTo[i]) + int64(n)
	if n > 0 || c.kinds[i].Works() {
		at--
	}
	first, last := c.Years()
	if at < 0 {
		return Date{}, c.missingYear(first - 1)
	}
	if at >= int64(len(c.nth)) {
		return Date{}, c.missingYear(last + 1)
	}
	return c.first.Add(int(c.nth[at])), nil
}

// WorkdaysBetween counts the working days after from up to and including to;
// negative if to lies before from.
func (c *Calendar) WorkdaysBetween(from, to Date) (int, error) {
	i, err := c.at(from)
	if err != nil {
		return 0, err
	}
	j, err := c.at(to)
	if err != nil {
		return 0, err
	}
	return int(c.upTo[j] - c.upTo[i]), nil
}

// NextWorkday gives d itself if it is a working day, else the first one after.
func (c *Calendar) NextWorkday(d Date) (Date, error) {
	works, err := c.IsWorkday(d)
	if err != nil || works {
		return d, err
	}
	return c.AddWorkdays(d, 1)
}

// LastWorkday gives d itself if it is a working day, else the last one before.
func (c *Calendar) LastWorkday(d Date) (Date, error) {
	works, err := c.IsWorkday(d)
	if err != nil || works {
		return d, err
	}
	return c.AddWorkdays(d, -1)
}
