package foi

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
)

// Whatever happens to a request: as long as it is open, something is on somebody's
// list, each thing once, and never past the last day of the reply.
func TestSomebodyAlwaysHasTheRequestOnTheirList(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(0, 1<<20)
		w := walker{cal: cal, pick: func(n int) int { return draw.Draw(t, "pick") % n }, taken: map[step]bool{}}
		w.today, w.r = calendar.On(2023, 1, 3).Add(w.pick(1000)), Request{ID: "r", Organ: "bureau"}
		for range 60 {
			w.today = w.today.Add([]int{0, 1, 3, 16, 30}[w.pick(5)])
			if w.today.After(lastDayOfData) {
				return
			}
			if err := w.step(); err != nil {
				t.Fatal(err)
			}
			if err := dutiesHold(&w); err != nil {
				t.Fatalf("%s on %s: %v\n%+v", w.r.Status, w.today, err, w.r.History)
			}
		}
	})
}

func dutiesHold(w *walker) error {
	r := &w.r
	all, err := r.Duties(w.cal, w.today)
	if err != nil {
		return err
	}
	if r.Status != New && r.Open() && len(all) == 0 {
		return fmt.Errorf("nobody has it on their list")
	}
	titles := map[string]bool{}
	for _, d := range all {
		title := d.Title(r.Number)
		if titles[title] {
			return fmt.Errorf("twice on a list: %s", title)
		}
		titles[title] = true
		if (d.Person == "") == (d.Role == "") || d.Organ == "" || len(d.By) == 0 {
			return fmt.Errorf("nobody's: %+v", d)
		}
		if d.Role != "" {
			continue
		}
		if d.Person != r.Handler {
			return fmt.Errorf("%s is with %s, the request with %s", title, d.Person, r.Handler)
		}
	}
	if !r.Tended() && len(all) > 0 {
		return fmt.Errorf("%d things to do about a request that nobody looks after", len(all))
	}
	return nil
}

func TestDuties(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	on := func(m, d int) calendar.Date { return calendar.On(2026, time.Month(m), d) }
	receive := Receive{Channel: InPerson, On: on(3, 2), Ask: ask, Parties: []Party{{Role: IsApplicant, Kind: "C2", Organisation: "某公司"}}}
	arrive := receive
	arrive.Channel = Web
	for name, c := range map[string]struct {
		deeds []Deed
		today calendar.Date
		want  map[string]string // name → last day
	}{
		"by the internet, to be confirmed the same day (条例§31)":      {[]Deed{arrive}, on(3, 2), map[string]string{"confirm": "2026-03-02"}},
		"nobody answered the telephone: tomorrow again":              {[]Deed{arrive, TryContact{On: on(3, 2)}}, on(3, 2), map[string]string{"confirm": "2026-03-03"}},
		"7 working days for the correction, 20 for the reply":        {[]Deed{receive}, on(3, 2), map[string]string{"correction": "2026-03-11", "reply": "2026-03-30"}},
		"the 7 days are over: a notice would be late":                {[]Deed{receive}, on(3, 12), map[string]string{"reply": "2026-03-30"}},
		"no correction by the day: acted on the working day after":   {[]Deed{receive, AskCorrection{Items: []string{"文号"}, Until: on(3, 20)}}, on(3, 2), map[string]string{"correction-lapse": "2026-03-23"}},
		"a draft with the head":                                      {[]Deed{receive, Submit{Decision{Items: []Item{{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}}}}}, on(3, 2), map[string]string{"review": "2026-03-30"}},
		"an extension to be decided before the limit ends":           {[]Deed{receive, ProposeExtension{Days: 20, Reason: "档案搬迁"}}, on(3, 2), map[string]string{"extension": "2026-03-30", "reply": "2026-03-30"}},
		"a search, with the section's day":                           {[]Deed{receive, AskSearch{Organ: "section", Until: on(3, 6)}}, on(3, 2), map[string]string{"search.s1": "2026-03-06", "reply": "2026-03-30"}},
		"asked a third party: the reply waits, the receipt is noted": {[]Deed{receive, Consult{Kind: ThirdParty, Third: third}}, on(3, 2), map[string]string{"question.c1": "2026-03-09"}},
		"reconsideration: 10 working days (行政复议法§48)":                {[]Deed{receive, FileDispute{Kind: Reconsideration, Body: "旗政府", On: on(3, 2)}}, on(3, 12), map[string]string{"reply": "2026-03-30", "answer.d1": "2026-03-16"}},
		"in the simple procedure 5 (行政复议法§54)":                       {[]Deed{receive, FileDispute{Kind: Reconsideration, Body: "旗政府", Simple: true, On: on(3, 2)}}, on(3, 12), map[string]string{"reply": "2026-03-30", "answer.d1": "2026-03-09"}},
		"a suit: 15 days (行政诉讼法§67)":                                 {[]Deed{receive, FileDispute{Kind: DirectSuit, Body: "旗法院", On: on(3, 2)}}, on(3, 12), map[string]string{"reply": "2026-03-30", "answer.d1": "2026-03-17"}},
		"a fee notice of which nobody knows whether it came":         {[]Deed{receive, DemandFee{Method: ByPieces, Rank: 41, Account: "专户"}}, on(3, 2), map[string]string{"fee-receipt": "2026-03-09"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{ID: "r", Organ: "bureau"}
			for _, d := range c.deeds {
				if rec, ok := d.(Receive); ok {
					rec.On = on(3, 2)
					d = rec
				}
				if _, err := r.Do(d, Scene{Actor: "a", Today: on(3, 2), Calendar: cal}); err != nil {
					t.Fatal(err)
				}
			}
			all, err := r.Duties(cal, c.today)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, d := range all {
				got[d.Name] = d.Due.String()
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
