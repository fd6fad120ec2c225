// Package calendar counts the days that the law counts: statutory working days,
// calendar days and months, with pauses, extension and roll-over, and it can
// say for every deadline why it is that day.
//
// Working days cannot be computed. Each autumn the General Office of the State
// Council announces the next year's holidays, moves weekends, and now and then
// changes a year that has begun. So the calendar is data: one file a year under
// data/, each holiday with the number of its notice and whether number and days
// were checked against the notice's text. A year without data is an error that
// says so (ErrNoCalendar), never a guess. Data of further years can be read
// with ReadYear, holidays of one region are laid over with Region.
//
// Start reading at limit.go, the table of time limits (条例§26, 条例§30,
// 条例§33 …), then reckon.go, which applies it. A pause is walked day by day: a
// working day between the day after the letter was sent and the day the answer
// came is not counted (条例§33.3). Where the law is silent the convention is a
// field of Settings.
//
// What it refuses to do: to know what day it is today, to decide what counts as
// the day of receipt (条例§31), and to say anything about hours.
package calendar
