package holiday

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Draft is a notice as a person types and corrects it.
type Draft struct {
	Number, Issued, Year, Region, Source string
	Holidays                             []DraftHoliday
}

// DraftHoliday is a holiday as it is typed: days such as
// “2027-01-01 至 2027-01-03、2027-01-05”.
type DraftHoliday struct{ Name, Off, Work string }

// DraftOf gives what a person sees of a notice.
func DraftOf(year int, region string, n calendar.Notice, source string) Draft {
	d := Draft{Number: n.Number, Issued: n.Issued.String(), Region: region, Source: source}
	if year != 0 {
		d.Year = strconv.Itoa(year)
	}
	for _, h := range n.Holidays {
		var off, work []string
		for _, s := range h.Off {
			off = append(off, sayDays(s))
		}
		for _, day := range h.Work {
			work = append(work, day.String())
		}
		d.Holidays = append(d.Holidays, DraftHoliday{h.Name, strings.Join(off, "、"), strings.Join(work, "、")})
	}
	return d
}

// Record checks what was typed and gives the notice. Errors are on the fields
// number, issued, year, region, and name-N, off-N, work-N of the N-th holiday.
func (d Draft) Record() (Record, error) {
	var f errs.Fields
	r := Record{Region: strings.TrimSpace(d.Region), Source: d.Source, Notice: calendar.Notice{
		Number: strings.TrimSpace(d.Number), NumberVerified: true, DaysVerified: true, Source: "the notice's text, looked at by the person who added it",
	}}
	if r.Notice.Number == "" {
		f.Add("number", "请填写发文字号，如“国办发明电〔2026〕7号”。")
	}
	var err error
	if r.Notice.Issued, err = calendar.ParseDate(strings.TrimSpace(d.Issued)); err != nil {
		f.Add("issued", "请填写成文日期，如 2026-11-04。")
	}
	if r.Year, err = strconv.Atoi(strings.TrimSpace(d.Year)); err != nil || r.Year < 1949 || r.Year >= calendar.LastYear {
		f.Add("year", "请填写放假安排的年份，如 2027。")
	}
	if len([]rune(r.Region)) > 30 {
		f.Add("region", "地区名称不超过30个字。")
	}
	names := map[string]int{}
	var lines []int // where each holiday stands in the form
	for i, typed := range d.Holidays {
		h := typed.read(&f, strconv.Itoa(i))
		if h == nil {
			continue
		}
		if other, twice := names[h.Name]; twice {
			f.Add("name-"+strconv.Itoa(i), "%s在第%d项已经写过，请合并为一项。", h.Name, other+1)
		}
		names[h.Name] = i
		r.Notice.Holidays, lines = append(r.Notice.Holidays, *h), append(lines, i)
	}
	if len(f) == 0 {
		d.within(&f, r.Year, lines, r.Notice.Holidays)
	}
	if len(r.Notice.Holidays) == 0 {
		f.Add("name-0", "请至少填写一个节日。")
	}
	return r, f.Err()
}

// within refuses days that a notice of a year cannot arrange, and days that are
// to be worked and lie in a holiday, its own or another.
func (d Draft) within(f *errs.Fields, year int, lines []int, holidays []calendar.Holiday) {
	for i, h := range holidays {
		line := strconv.Itoa(lines[i])
		for _, s := range h.Off {
			if !calendar.Arranges(year, s.From) || !calendar.Arranges(year, s.To) {
				f.Add("off-"+line, "%s不在%d年，请核对日期或者年份。", sayDays(s), year)
				break
			}
		}
		for _, day := range h.Work {
			switch name := offIn(holidays, day); {
			case !calendar.Arranges(year, day):
				f.Add("work-"+line, "%s 不在%d年，请核对日期或者年份。", day, year)
			case name != "":
				f.Add("work-"+line, "%s 在%s的假期里，不能又写上班。", day, name)
			case day.Weekday() != time.Saturday && day.Weekday() != time.Sunday:
				f.Add("work-"+line, "%s 是%s，本来就上班；调休上班只能在周末。", day, weekdayNames[day.Weekday()])
			default:
				continue
			}
			break
		}
	}
}

func sayDays(s calendar.Span) string {
	if s.From == s.To {
		return s.From.String()
	}
	return s.From.String() + " 至 " + s.To.String()
}

// read checks one holiday; nil for a line that was left empty.
func (h DraftHoliday) read(f *errs.Fields, i string) *calendar.Holiday {
	out := calendar.Holiday{Name: canonical(strings.TrimSpace(h.Name)), Off: []calendar.Span{}, Work: []calendar.Date{}}
	if out.Name == "" && strings.TrimSpace(h.Off+h.Work) == "" {
		return nil
	}
	if out.Name == "" {
		f.Add("name-"+i, "请填写节日的名称。")
	}
	var err error
	if out.Off, err = parseDays(h.Off); err != nil {
		f.Add("off-"+i, "%s", errs.Public(err))
	}
	work, err := parseDays(h.Work)
	if err != nil {
		f.Add("work-"+i, "%s", errs.Public(err))
	}
	out.Work = append(out.Work, daysOf(work)...)
	return &out
}

// parseDays reads days and rows of days.
func parseDays(text string) ([]calendar.Span, error) {
	spans := []calendar.Span{}
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune("、，,；;\n", c) }) {
		from, to, row := strings.Cut(part, "至")
		if from = strings.TrimSpace(from); from == "" && !row {
			continue
		}
		if to = strings.TrimSpace(to); !row {
			to = from
		}
		s := calendar.Span{}
		var err error
		if s.From, err = calendar.ParseDate(from); err != nil {
			return nil, err
		}
		if s.To, err = calendar.ParseDate(to); err != nil {
			return nil, err
		}
		if s.To.Before(s.From) || s.To.Sub(s.From) >= calendar.MaxSpanDays {
			return nil, errs.New(errs.Invalid, "“%s”不正确：后一个日期要晚于前一个，并且不超过%d天。", strings.TrimSpace(part), calendar.MaxSpanDays)
		}
		spans = append(spans, s)
	}
	return spans, nil
}

// Say writes the days of a holiday for people: 1月1日至3日（3天）.
func Say(spans []calendar.Span) string {
	var all []string
	for _, s := range spans {
		_, m, d := s.From.Civil()
		text := fmt.Sprintf("%d月%d日", m, d)
		if s.To != s.From {
			_, m2, d2 := s.To.Civil()
			text += "至"
			if m2 != m {
				text += fmt.Sprintf("%d月", m2)
			}
			text += fmt.Sprintf("%d日", d2)
		}
		all = append(all, text)
	}
	return strings.Join(all, "、")
}
