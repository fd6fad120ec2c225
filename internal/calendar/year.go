package calendar

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"sync"
	"time"

	"gongkai/internal/errs"
)

// Year is the announced arrangement of one year.
type Year struct {
	Year    int      `json:"year"`
	Version int      `json:"version"` // counts corrections of the data
	Notices []Notice `json:"notices"` // in the order of their issue
}

// Notice is one announcement. A later notice replaces a holiday of the same
// name in an earlier one; that is how a year is changed while it runs.
type Notice struct {
	Number         string    `json:"number"`
	Issued         Date      `json:"issued"`
	NumberVerified bool      `json:"numberVerified"` // the number was read in the notice itself
	DaysVerified   bool      `json:"daysVerified"`   // the days were read in the notice itself
	Source         string    `json:"source"`
	Note           string    `json:"note,omitempty"`
	Holidays       []Holiday `json:"holidays"`
}

// Holiday is one festival: the days off, with the weekends that lie inside, and
// the weekend days worked in exchange.
type Holiday struct {
	Name string `json:"name"`
	Off  []Span `json:"off"`
	Work []Date `json:"work"`
}

// Span is a row of days, both ends included.
type Span struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Limits of a year file.
const (
	MaxYearBytes = 1 << 20
	MaxNotices   = 50
	MaxHolidays  = 100 // in one notice
	MaxSpanDays  = 60
)

//go:embed data/*.json
var yearFiles embed.FS

// Built reads the years that are part of the program, in order.
func Built() ([]Year, error) {
	names, err := fs.Glob(yearFiles, "data/*.json")
	if err != nil {
		return nil, err
	}
	var years []Year
	for _, name := range names {
		data, err := fs.ReadFile(yearFiles, name)
		if err != nil {
			return nil, err
		}
		y, err := ReadYear(bytes.NewReader(data))
		if err != nil {
			return nil, errs.Wrap(err, errs.Corrupt, "程序内置的放假安排%s有误。", name)
		}
		years = append(years, y)
	}
	return years, nil
}

var builtIn = sync.OnceValues(func() (*Calendar, error) {
	years, err := Built()
	if err != nil {
		return nil, err
	}
	return New(years, DefaultSettings())
})

// Default gives the calendar of the built-in years with the default settings.
func Default() (*Calendar, error) { return builtIn() }

// ReadYear reads one year's arrangement from JSON and checks it: known fields
// only, at most MaxYearBytes, make-up days on weekends, no day both off and
// worked.
func ReadYear(r io.Reader) (Year, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxYearBytes+1))
	if err != nil {
		return Year{}, errs.Wrap(err, errs.Corrupt, "放假安排文件读不出来，请检查文件。")
	}
	if len(data) > MaxYearBytes {
		return Year{}, errs.New(errs.TooLarge, "放假安排文件超过 1 MiB，请检查是否选错了文件。")
	}
	var y Year
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&y); err != nil {
		return Year{}, errs.Wrap(err, errs.Corrupt, "放假安排文件不是规定的 JSON 格式：%s", reason(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Year{}, errs.New(errs.Corrupt, "放假安排文件在内容之后还有多余的文字，请删去。")
	}
	return y, y.check()
}

func reason(err error) string {
	var public *errs.Error
	if errors.As(err, &public) {
		return public.Public
	}
	return "请检查字段名、日期和括号。"
}

func (y Year) check() error {
	if y.Year < 1949 || y.Year > LastYear-1 {
		return errs.New(errs.Invalid, "放假安排的年份 %d 不正确。", y.Year)
	}
	if len(y.Notices) == 0 || len(y.Notices) > MaxNotices {
		return errs.New(errs.Invalid, "%d年的放假安排应有 1 至 %d 份通知，现有 %d 份。", y.Year, MaxNotices, len(y.Notices))
	}
	for _, n := range y.Notices {
		if n.Number == "" {
			return errs.New(errs.Invalid, "%d年的放假安排缺少通知文号。", y.Year)
		}
		if len(n.Holidays) == 0 || len(n.Holidays) > MaxHolidays {
			return errs.New(errs.Invalid, "通知%s应有 1 至 %d 个节日。", n.Number, MaxHolidays)
		}
		for _, h := range n.Holidays {
			if err := h.check(n.Number, y.Year); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h Holiday) check(number string, year int) error {
	if h.Name == "" {
		return errs.New(errs.Invalid, "通知%s中有节日没有名称。", number)
	}
	for _, s := range h.Off {
		if s.From.IsZero() || s.To.Before(s.From) || s.To.Sub(s.From) >= MaxSpanDays || !Arranges(year, s.From) || !Arranges(year, s.To) {
			return errs.New(errs.Invalid, "通知%s的%s放假日期“%s 至 %s”不正确。", number, h.Name, s.From, s.To)
		}
	}
	for _, d := range h.Work {
		if d.IsZero() || !Arranges(year, d) {
			return errs.New(errs.Invalid, "通知%s的%s调休上班日“%s”不正确。", number, h.Name, d)
		}
		if !weekend(d) {
			return errs.New(errs.Invalid, "通知%s的%s调休上班日 %s 不是周末。", number, h.Name, d)
		}
		for _, s := range h.Off {
			if s.holds(d) {
				return errs.New(errs.Invalid, "通知%s的%s中 %s 既放假又上班。", number, h.Name, d)
			}
		}
	}
	return nil
}

// Arranges tells whether a notice of a year can speak about a day: the year
// itself, and the weeks around it that its first and last holidays reach into.
func Arranges(year int, d Date) bool {
	return Span{On(year-1, time.December, 1), On(year+1, time.January, 31)}.holds(d)
}

func (s Span) holds(d Date) bool { return !d.Before(s.From) && !d.After(s.To) }

func weekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// inForce gives the holidays after later notices have replaced earlier ones,
// each with the number of the notice it comes from.
func (y Year) inForce() []announced {
	var all []announced
	for _, n := range y.Notices {
		for _, h := range n.Holidays {
			a := announced{h, n.Number}
			replaced := false
			for i := range all {
				if all[i].Name == h.Name {
					all[i], replaced = a, true
				}
			}
			if !replaced {
				all = append(all, a)
			}
		}
	}
	return all
}

type announced struct {
	Holiday
	number string
}
