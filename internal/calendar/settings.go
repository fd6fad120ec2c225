package calendar

// Settings are the conventions where the law leaves room. Each default says
// where it comes from.
type Settings struct {
	// MaxExtension is the most working days by which a reply may be put off
	// (条例§33.2). That there is only one extension is practice, not text.
	MaxExtension int
	// PauseCountsSendingDay excludes the day the letter was sent as well. By
	// default that day still counts: something was done for the applicant.
	PauseCountsSendingDay bool
	// PauseLeavesAnswerDay counts the day the answer came. By default it is
	// excluded: the office cannot work with an answer that it has not yet got.
	PauseLeavesAnswerDay bool
	// AddParallelPauses adds up pauses that run at the same time. By default
	// their union is excluded: a day cannot be waited through twice.
	AddParallelPauses bool
	// RollMakeUpDay rolls a last day on a make-up Saturday or Sunday over to the
	// next working day. By default it does not roll: people work on that day.
	RollMakeUpDay bool
	// BeforeExcludesDay reads “1月31日前” of 条例§49 as ending on 30 January. By
	// default the named day is still in time, as the practice has it.
	BeforeExcludesDay bool
	// RemindDays are the working days left at which an office is reminded of the
	// annual report.
	RemindDays []int
}

// DefaultSettings gives the conventions of the product.
func DefaultSettings() Settings {
	return Settings{MaxExtension: 20, RemindDays: []int{15, 7, 3, 1}}
}
