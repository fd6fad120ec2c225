package calendar

import "gongkai/internal/errs"

// CheckExtension tells whether a reply may be put off by more working days
// (条例§33.2): decided on or before the deadline, which already leaves out the
// pauses, once, and by no more than Settings.MaxExtension. before is what was
// granted earlier.
func (c *Calendar) CheckExtension(deadline, decided Date, before, more int) error {
	switch {
	case decided.IsZero() || deadline.IsZero():
		return errs.New(errs.Invalid, "没有给出答复期限届满日或者决定延期之日。")
	case decided.After(deadline):
		return errs.New(errs.Invalid, "决定延期之日 %s 已过答复期限届满日 %s，不能再延期（条例§33.2）。", decided, deadline)
	case before > 0:
		return errs.New(errs.Invalid, "答复期限已经延长过 %d 个工作日，不能第二次延期（条例§33.2）。", before)
	case more < 1:
		return errs.New(errs.Invalid, "延长的期限至少为 1 个工作日。")
	case more > c.settings.MaxExtension:
		return errs.New(errs.Invalid, "延长的期限最长不得超过 %d 个工作日（条例§33.2），现为 %d 个。", c.settings.MaxExtension, more)
	}
	return nil
}
