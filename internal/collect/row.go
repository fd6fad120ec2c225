package collect

import (
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
)

// Stage is how far the report of an organ is, as lists tell it.
type Stage string

// The stages, beside those in which it is compiled.
const (
	Nothing   Stage = "none"
	Compiled  Stage = "compiling"
	Reviewed  Stage = "reviewing"
	ToSign    Stage = "signing"
	Signed    Stage = "frozen"
	Published Stage = "published"
	FromFile  Stage = "file"
	FromAPI   Stage = "api"
)

// Stages gives all stages, in words, in their order.
func Stages() []struct {
	Stage Stage
	Word
} {
	return []struct {
		Stage Stage
		Word
	}{
		{Nothing, compile.New.Words()},
		{Compiled, compile.Compiling.Words()},
		{Reviewed, compile.Reviewing.Words()},
		{ToSign, compile.Signing.Words()},
		{Signed, compile.Frozen.Words()},
		{Published, Word{"已公布", "published"}},
		{FromFile, ByFile.Words()},
		{FromAPI, ByAPI.Words()},
	}
}

// Words gives the words for a stage.
func (s Stage) Words() Word {
	for _, one := range Stages() {
		if one.Stage == s {
			return one.Word
		}
	}
	return Word{}
}

// Row is an organ in the list of a year.
type Row struct {
	Organ, Name                            string
	Year                                   int
	Stage                                  Stage
	Received                               string // key of what was received and counts
	SignedOn, PublishedOn, SentOn, Arrived calendar.Date
	Due                                    calendar.Date // zero until it was reckoned
	Checked                                bool          // what was found is of the report as it is now
	Errors, Warnings, Doubts               int
	Notice                                 string // key of the open notice; "" for none
	NoticeStatus                           NoticeStatus
	NoticeDue                              calendar.Date
}

// Missing tells whether nothing came until the last day.
func (r Row) Missing(today calendar.Date) bool {
	return r.Arrived.IsZero() && !r.Due.IsZero() && today.After(r.Due)
}

// Late tells whether the report came after the last day.
func (r Row) Late() bool { return !r.Arrived.IsZero() && !r.Due.IsZero() && r.Arrived.After(r.Due) }

// Filters of the list.
const (
	FilterYear   = "year"
	FilterStage  = "status"
	FilterTime   = "time"   // late, missing
	FilterFound  = "found"  // errors, warnings, doubts, clean
	FilterNotice = "notice" // open, overdue, answered
	FilterUnder  = "under"  // key of an organ: at and below it
)
