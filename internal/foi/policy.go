package foi

import (
	"context"

	"gongkai/internal/setting"
)

// Settings answers what holds in an organ.
type Settings interface {
	Bool(ctx context.Context, organ, name string) (bool, error)
	Int(ctx context.Context, organ, name string) (int, error)
	Text(ctx context.Context, organ, name string) (string, error)
}

// Rules reads the policy of an organ off the settings.
type Rules struct{ Settings Settings }

// RequestPolicy gives what an organ decides.
func (r Rules) RequestPolicy(ctx context.Context, organ string) (p Policy, err error) {
	if p.SecrecyAlways, err = r.Settings.Bool(ctx, organ, setting.RequestSecrecy); err != nil {
		return p, err
	}
	if p.Apart, err = r.Settings.Bool(ctx, organ, setting.RequestApart); err != nil {
		return p, err
	}
	if p.KeepYears, err = r.Settings.Int(ctx, organ, setting.RequestKeep); err != nil {
		return p, err
	}
	if p.RecordYears, err = r.Settings.Int(ctx, organ, setting.RequestRecords); err != nil {
		return p, err
	}
	if p.ShelfDays, err = r.Settings.Int(ctx, organ, setting.RequestShelf); err != nil {
		return p, err
	}
	if p.Prefixes, err = r.prefixesOf(ctx, organ); err != nil {
		return p, err
	}
	for name, to := range map[string]*string{setting.RequestPrefix: &p.NumberPrefix, setting.ReplyPrefix: &p.ReplyPrefix, setting.RequestCourt: &p.Court, setting.CalendarRegion: &p.Region} {
		if *to, err = r.Settings.Text(ctx, organ, name); err != nil {
			return p, err
		}
	}
	for name, c := range map[string]struct {
		other string
		into  *bool
	}{
		setting.ReportDisputes:   {setting.DisputesOnce, &p.Counting.Once},
		setting.ReportGround:     {setting.GroundFirst, &p.Counting.ByFirst},
		setting.ReportApplicants: {setting.ApplicantsEach, &p.Counting.Each},
		setting.ReportInstances:  {setting.InstancesEach, &p.Counting.Stages},
	} {
		value, err := r.Settings.Text(ctx, organ, name)
		if err != nil {
			return p, err
		}
		*c.into = value == c.other
	}
	return p, nil
}
