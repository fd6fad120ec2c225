package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// StepKind is what one step of an explanation says.
type StepKind string

// The kinds of steps, in about the order in which they occur.
const (
	StepStart     StepKind = "start"        // the first day, not counted
	StepCounted   StepKind = "counted"      // working days counted; plain weekends inside are not
	StepWeekend   StepKind = "weekend"      // nothing but a weekend
	StepHoliday   StepKind = "holiday"      // days off of a festival
	StepMakeUp    StepKind = "make-up"      // weekend days worked, counted
	StepPause     StepKind = "pause"        // working days taken out
	StepParallel  StepKind = "parallel"     // days added because pauses are added up
	StepIdlePause StepKind = "idle-pause"   // a pause that came too late to matter
	StepExtension StepKind = "extension"    // the reply is put off
	StepRun       StepKind = "run"          // calendar days or months
	StepRollOver  StepKind = "roll-over"    // the last day is a day of rest
	StepNoRoll    StepKind = "no-roll-over" // the last day looks like one, or the law has a fixed date
	StepYear      StepKind = "year"         // the reported year
	StepDeadline  StepKind = "deadline"
	StepEffect    StepKind = "effect" // what follows when the limit has run out
)

// Step is one line of the answer to “why this day”.
type Step struct {
	Kind  StepKind
	From  Date // both ends included
	To    Date
	Count int    // days: working days counted or taken out, days off, days run; see Kind
	Cite  string // the article or the notice

	rest   int32 // plain weekend days inside
	total  int32 // working days counted so far, or months run
	exact  bool  // the month has the corresponding day
	unit   Unit
	zh, en string // names and fixed sentences
}

// Chinese says the step in one sentence without its dates and citation.
func (s *Step) Chinese() string { return string(s.AppendChinese(nil)) }

// AppendChinese writes the Chinese sentence at the end of b.
func (s *Step) AppendChinese(b []byte) []byte {
	switch s.Kind {
	case StepStart:
		return say(b, s.zh, "，当日不计入，期限自次日起算")
	case StepCounted:
		if s.rest > 0 {
			return say(b, "计入 ", s.Count, " 个工作日（其间周末 ", int(s.rest), " 天不计），累计 ", int(s.total), " 个")
		}
		return say(b, "计入 ", s.Count, " 个工作日，累计 ", int(s.total), " 个")
	case StepWeekend:
		return say(b, "周末 ", s.Count, " 天，不计入")
	case StepHoliday:
		return say(b, s.zh, "放假 ", s.Count, " 天，不计入")
	case StepMakeUp:
		return say(b, s.zh, "调休上班，计入 ", s.Count, " 个工作日，累计 ", int(s.total), " 个")
	case StepPause:
		return say(b, "征求第三方或者其他机关意见的时间，剔除 ", s.Count, " 个工作日，不计入期限")
	case StepParallel:
		return say(b, "同时征求多方意见，各次时间累加，另剔除 ", s.Count, " 个工作日")
	case StepIdlePause:
		return say(b, "发函之日已是期限最后一日，征求意见的时间不再顺延期限")
	case StepExtension:
		return say(b, "原期限于此日届满；经政府信息公开工作机构负责人同意并告知申请人，延长 ", s.Count, " 个工作日")
	case StepRun:
		return s.chineseRun(b)
	case StepRollOver:
		return say(b, "期限最后一日适逢", s.zh, "，顺延至休假日结束后的第一日")
	case StepYear:
		return say(b, "报告年度为 ", s.From.Year(), " 年")
	case StepDeadline:
		if s.Count > 0 {
			return say(b, "第 ", s.Count, " 个工作日，期限届满")
		}
		return say(b, "期限届满之日")
	default:
		return say(b, s.zh)
	}
}

func (s *Step) chineseRun(b []byte) []byte {
	switch {
	case s.unit == CalendarDays:
		return say(b, "按日历日连续计算 ", s.Count, " 日，第 ", s.Count, " 日为 ", s.To)
	case s.exact:
		return say(b, "按月计算 ", int(s.total), " 个月，到期月的对应日为 ", s.To)
	default:
		return say(b, "按月计算 ", int(s.total), " 个月，到期月没有对应日，以该月末日 ", s.To, " 为最后一日")
	}
}

// say writes words, numbers and dates one behind the other. It is fmt.Append
// without its cost: a batch says millions of these sentences.
func say(b []byte, parts ...any) []byte {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			b = append(b, p...)
		case int:
			b = strconv.AppendInt(b, int64(p), 10)
		case Date:
			b = p.Append(b)
		}
	}
	return b
}

// English says the step in one sentence without its dates and citation.
func (s *Step) English() string {
	switch s.Kind {
	case StepStart:
		return fmt.Sprintf("%s: this day is not counted, the limit runs from the next", s.en)
	case StepCounted:
		if s.rest > 0 {
			return fmt.Sprintf("%s counted (%s of weekend not), %d so far", plural(s.Count, "working day"), plural(int(s.rest), "day"), s.total)
		}
		return fmt.Sprintf("%s counted, %d so far", plural(s.Count, "working day"), s.total)
	case StepWeekend:
		return fmt.Sprintf("weekend, %s not counted", plural(s.Count, "day"))
	case StepHoliday:
		return fmt.Sprintf("%s, %s not counted", festival(s.zh), plural(s.Count, "day"))
	case StepMakeUp:
		return fmt.Sprintf("make-up day of %s, %s counted, %d so far", festival(s.zh), plural(s.Count, "working day"), s.total)
	case StepPause:
		return fmt.Sprintf("consulting third parties or other organs: %s taken out", plural(s.Count, "working day"))
	case StepParallel:
		return fmt.Sprintf("parallel consultations added up: %s more taken out", plural(s.Count, "working day"))
	case StepIdlePause:
		return "the letter was sent on the last day: the consultation no longer moves the limit"
	case StepExtension:
		return fmt.Sprintf("the limit would end here; extended by %s with the consent of the working body's head", plural(s.Count, "working day"))
	case StepRun:
		return s.englishRun()
	case StepRollOver:
		return "the last day is a day of rest: it rolls over to the first day after"
	case StepYear:
		return fmt.Sprintf("report on %d", s.From.Year())
	case StepDeadline:
		if s.Count > 0 {
			return fmt.Sprintf("working day %d: the limit ends", s.Count)
		}
		return "the limit ends"
	default:
		return s.en
	}
}

// festival names a holiday in English; one that is not national keeps its name.
func festival(name string) string {
	return strings.NewReplacer(
		"、", " and ", "元旦", "New Year", "春节", "Spring Festival", "清明节", "Qingming", "劳动节", "Labour Day",
		"端午节", "Dragon Boat Festival", "中秋节", "Mid-Autumn Festival", "国庆节", "National Day",
	).Replace(name)
}

func (s *Step) englishRun() string {
	switch {
	case s.unit == CalendarDays:
		return fmt.Sprintf("%s without a break, ending on %s", plural(s.Count, "calendar day"), s.To)
	case s.exact:
		return fmt.Sprintf("%s, ending on the corresponding day %s", plural(int(s.total), "month"), s.To)
	default:
		return fmt.Sprintf("%s; the month has no corresponding day, so it ends on its last day %s", plural(int(s.total), "month"), s.To)
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// WeekdayChinese names a day of the week: 周一 … 周日.
func WeekdayChinese(w time.Weekday) string {
	return [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[w%7]
}
