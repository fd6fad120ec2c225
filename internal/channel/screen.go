package channel

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
)

// ScreenPath is where the screens of an organ are, without the organ.
const ScreenPath = "/board"

// MaxOnScreen is how many texts of an organ stand on its screens at a time: with more of
// them nobody who waits in the hall sees one twice. A convention.
const MaxOnScreen = 60

// ScreenAddress is what a screen of an organ opens.
func (o *Office) ScreenAddress(organ string) string { return o.Base + ScreenPath + "/" + organ }

// Screen gives what stands on the screens of an organ today, what came last first.
// Everybody may see it.
func (o *Office) Screen(ctx context.Context, organ string) ([]publish.Slide, error) {
	all, err := o.Store.OnScreens(ctx, organ, MaxOnScreen)
	if err != nil {
		return nil, err
	}
	var slides []publish.Slide
	for i := range all {
		slides = append(slides, all[i].Slides(o.today())...)
	}
	return slides, nil
}

// WithScreens gives the organs that have a text on their screens.
func (o *Office) WithScreens(ctx context.Context) ([]string, error) { return o.Store.WithScreens(ctx) }

func (o *Office) today() calendar.Date { return calendar.On(o.Clock.Now().Date()) }

// room tells with nil whether another text finds room on the screens of an organ.
func (o *Office) room(ctx context.Context, organ string) error {
	slides, err := o.Screen(ctx, organ)
	if err == nil && len(slides) >= MaxOnScreen {
		err = errs.New(errs.Conflict, "本机关的电子屏上已有%d份，轮播一遍时间太长；请先从发布渠道台账撤下不再需要的。", MaxOnScreen)
	}
	return err
}

// onScreen puts a text on the screens or takes it off: they show what the ledger says.
func (o *Office) onScreen(organ string, x publish.Sending) publish.Carry {
	if x.Want == publish.Away {
		return publish.Carry{Kind: publish.TakenBack, To: publish.AtEnd}
	}
	return publish.Carry{Kind: publish.Arrived, To: publish.AtPublic, Address: o.ScreenAddress(organ)}
}
