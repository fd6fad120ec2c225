package publish

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/setting"
)

// Policy is what an organ decides where the law leaves room.
type Policy struct {
	Days     int  // of the limit of publication; at most those of 条例§26
	Step     int  // working days of each step
	Apart    bool // who checks does not sign
	Reassess int  // months between looks at what is withheld
	Review   int  // … at normative documents
	// KeepYears is how long the original of a part is kept that was masked.
	KeepYears int
	Index     setting.Pattern
	Code      string    // of the organ, in index numbers
	Region    string    // whose days of rest count; "" for those of the whole country
	Channels  []Channel // that people bring documents to
}

// step gives how many working days a step may take.
func (p Policy) step() int {
	if p.Step == 0 {
		return 3
	}
	return p.Step
}

// Settings answers what holds in an organ.
type Settings interface {
	Bool(ctx context.Context, organ, name string) (bool, error)
	Int(ctx context.Context, organ, name string) (int, error)
	Text(ctx context.Context, organ, name string) (string, error)
	Choices(ctx context.Context, organ, name string) ([]string, error)
}

// Rules reads the policy of an organ off the settings.
type Rules struct{ Settings Settings }

// PublishPolicy gives what an organ decides.
func (r Rules) PublishPolicy(ctx context.Context, organ string) (p Policy, err error) {
	for name, to := range map[string]*int{
		setting.PublishDays: &p.Days, setting.PublishStep: &p.Step, setting.PublishReassess: &p.Reassess, setting.PublishReview: &p.Review, setting.RequestRecords: &p.KeepYears,
	} {
		if *to, err = r.Settings.Int(ctx, organ, name); err != nil {
			return p, err
		}
	}
	if p.Apart, err = r.Settings.Bool(ctx, organ, setting.PublishApart); err != nil {
		return p, err
	}
	if p.Code, err = r.Settings.Text(ctx, organ, setting.IndexCode); err != nil {
		return p, err
	}
	kept, err := r.Settings.Choices(ctx, organ, setting.PublishChannels)
	if err != nil {
		return p, err
	}
	for _, c := range kept {
		p.Channels = append(p.Channels, Channel(c))
	}
	if p.Region, err = r.Settings.Text(ctx, organ, setting.CalendarRegion); err != nil {
		return p, err
	}
	pattern, err := r.Settings.Text(ctx, organ, setting.IndexPattern)
	if err != nil {
		return p, err
	}
	p.Index, err = setting.ParsePattern(pattern)
	return p, err
}

// number writes the n-th index number of a year.
func (p Policy) number(s Scene, n int64) (string, error) {
	if p.Index.NeedsCode() && p.Code == "" {
		return "", errs.New(errs.Conflict, "本机关还没有用于索引号的机构代码，不能发布；请系统管理员在设置“索引号中的机构代码”中填写（条例§12.3）。")
	}
	year, month, _ := s.Today.Civil()
	return p.Index.Number(p.Code, year, int(month), n), nil
}
