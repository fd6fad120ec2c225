package holiday

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/calendar"
)

// dayForm is a day as notices write it: 2026年1月1日（周四）, 1月1日, 3日（周六）.
var dayForm = regexp.MustCompile(`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^（）]*)）)?`)

var (
	weekdayForm = regexp.MustCompile(`(?:周|星期|礼拜)([一二三四五六日天])`)
	countForm   = regexp.MustCompile(`(?:共|放假|假期为?)(\d{1,2})天`)
)

// joints between two days make them the ends of a row of days.
var joints = map[string]bool{"至": true, "到": true, "—": true, "——": true, "–": true, "-": true, "－": true, "~": true, "～": true, "起至": true}

// holiday reads the sentences about one holiday.
func (r *Reading) holiday(name, text string) {
	h := reader{Reading: r, out: calendar.Holiday{Name: name, Off: []calendar.Span{}, Work: []calendar.Date{}}}
	for sentence := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == '。' || c == '；' || c == ';' }) {
		h.sentence(sentence)
	}
	if len(h.out.Off) == 0 && len(h.out.Work) == 0 {
		r.doubt(name, "没有读到放假的日期，请填写。")
	}
	if h.count > 0 {
		if n := len(daysOf(h.out.Off)); n != h.count {
			r.doubt(name, "通知写明共%d天，读到的是%d天，请核对。", h.count, n)
		}
	}
	r.Notice.Holidays = append(r.Notice.Holidays, h.out)
}

// reader reads the sentences of one holiday. A year or month that was written
// holds for the days behind it.
type reader struct {
	*Reading
	out         calendar.Holiday
	count       int // days as the notice counts them; 0 when it does not
	year, month int
	waiting     []calendar.Span // days that wait for their verb
}

func (h *reader) sentence(s string) {
	switch {
	case !dayForm.MatchString(s):
		if strings.Contains(s, "放假") && strings.ContainsAny(s, "0123456789") || strings.Contains(s, "上班") {
			h.doubt(h.out.Name, "这一句没有读懂，请核对：“%s”。", clip(s))
		}
		h.counted(s)
		return
	case strings.Contains(s, "鼓励"), strings.Contains(s, "建议"):
		h.doubt(h.out.Name, "“%s”只是鼓励休息，没有算作放假。", clip(s))
		return
	case strings.Contains(s, "延长"):
		h.doubt(h.out.Name, "这一句延长了原来的假期，请按原通知补全放假的第一天：“%s”。", clip(s))
	}
	h.year, h.month, h.waiting = 0, 0, nil
	for _, clause := range clauses(s) {
		h.counted(clause)
		h.clause(clause)
	}
	if len(h.waiting) > 0 {
		h.doubt(h.out.Name, "这一句里的日期不知道是放假还是上班，没有采用：“%s”。", clip(s))
	}
}

func (h *reader) counted(s string) {
	if m := countForm.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		h.count += n
	}
}

// clause reads a part of a sentence: days, and whether they are off or worked.
func (h *reader) clause(s string) {
	spans, rest := h.days(s)
	h.waiting = append(h.waiting, spans...)
	switch {
	case strings.Contains(rest, "起正常上班"), strings.Contains(rest, "起上班"):
		h.waiting = nil // work goes on as always
	case strings.Contains(rest, "上班"), strings.Contains(rest, "补班"):
		h.out.Work = append(h.out.Work, daysOf(h.waiting)...)
		h.waiting = nil
	case strings.Contains(rest, "放假"), strings.Contains(rest, "休息"), strings.Contains(rest, "公休"), strings.Contains(rest, "延长"):
		h.out.Off = append(h.out.Off, h.waiting...)
		h.waiting = nil
	}
}

// days finds the days of a clause, and gives what else it says.
func (h *reader) days(s string) (spans []calendar.Span, rest string) {
	found := dayForm.FindAllStringSubmatchIndex(s, -1)
	var b strings.Builder
	end, open := 0, false
	for _, at := range found {
		between := s[end:at[0]]
		if !joints[between] {
			b.WriteString(between)
		}
		end = at[1]
		d, ok := h.day(submatch(s, at, 1), submatch(s, at, 2), submatch(s, at, 3), submatch(s, at, 4))
		switch {
		case h.Year == 0 && h.year == 0:
			h.doubt(h.out.Name, "“%s”不知道是哪一年，没有采用。", s[at[0]:at[1]])
			open = false
			continue
		case !ok:
			h.doubt(h.out.Name, "“%s”不是日历上的日子。", s[at[0]:at[1]])
			open = false
			continue
		case joints[between] && open:
			last := &spans[len(spans)-1]
			if last.To = d; d.Before(last.From) { // 12月31日至1月2日
				last.From = yearBefore(last.From)
			}
		default:
			spans = append(spans, calendar.Span{From: d, To: d})
		}
		open = true
	}
	b.WriteString(s[end:])
	return spans, b.String()
}

func yearBefore(d calendar.Date) calendar.Date {
	y, m, day := d.Civil()
	return calendar.On(y-1, m, day)
}

// day gives a day out of its parts, and compares the weekday word with it. A
// December day of New Year that names no year is in the year before when the
// weekday says so.
func (h *reader) day(year, month, day, note string) (calendar.Date, bool) {
	if year != "" {
		h.year, _ = strconv.Atoi(year)
	}
	if month != "" {
		h.month, _ = strconv.Atoi(month)
	}
	n, _ := strconv.Atoi(day)
	y := h.year
	if y == 0 {
		y = h.Year
	}
	d, ok := onDay(y, h.month, n)
	if !ok {
		return d, false
	}
	m := weekdayForm.FindStringSubmatch(note)
	if h.year == 0 && h.month == int(time.December) && strings.Contains(h.out.Name, "元旦") {
		if before := yearBefore(d); m == nil || before.Weekday() == weekdays[m[1]] {
			d = before
		}
	}
	if m != nil && d.Weekday() != weekdays[m[1]] {
		h.doubt(h.out.Name, "通知写 %s 是星期%s，日历上是%s，请核对日期。", d, m[1], weekdayNames[d.Weekday()])
	}
	return d, true
}

var weekdays = map[string]time.Weekday{
	"一": time.Monday, "二": time.Tuesday, "三": time.Wednesday, "四": time.Thursday, "五": time.Friday, "六": time.Saturday, "日": time.Sunday, "天": time.Sunday,
}

// clauses parts a sentence at its commas, those in parentheses excepted.
func clauses(s string) []string {
	var all []string
	depth, start := 0, 0
	for i, c := range s {
		switch c {
		case '（':
			depth++
		case '）':
			depth = max(0, depth-1)
		case '，', ',':
			if depth == 0 {
				all, start = append(all, s[start:i]), i+len(string(c))
			}
		}
	}
	return append(all, s[start:])
}

func clip(s string) string {
	const most = 60
	if c := []rune(s); len(c) > most {
		return string(c[:most]) + "……"
	}
	return s
}
