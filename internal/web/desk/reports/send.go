package reports

import (
	"net/http"
	"net/url"

	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// sendFields are how a report goes to the superior: only the ways that are open.
func sendFields(say *locale.Catalogue, b compile.Bench) []web.Field {
	ways := web.Field{Kind: web.Radios, Name: "way", Label: say.T("reports.send-way"), Required: true}
	s := b.Scene
	hints := map[compile.Way]string{
		compile.Within: say.T("reports.send-within", s.Superior.Name), compile.ByPost: say.T("reports.send-signed", s.Superior.Address), compile.ByHand: say.T("reports.send-hand"),
	}
	for _, w := range s.Ways() {
		ways.Options = append(ways.Options, web.Option{Value: string(w), Label: in(say, w.Words()), Hint: hints[w]})
	}
	ways.Value = ways.Options[0].Value
	if last, _ := b.Report.Last(); last.Submission() == compile.SentOff {
		ways.Value = string(compile.ByHand)
	}
	return []web.Field{
		ways,
		{Name: "to", Label: say.T("reports.sent-to"), Hint: say.T("reports.sent-to-hint"), Value: s.Superior.Name, MaxLength: 100},
		{Kind: web.Date, Name: "on", Label: say.T("reports.send-on"), Hint: say.T("reports.send-hand-only"), Value: s.Today.String()},
		{Name: "receipt", Label: say.T("reports.receipt"), Hint: say.T("reports.receipt-hint"), MaxLength: 60, Narrow: true},
	}
}

// send reads the form.
func send(v url.Values) compile.Deed {
	on, err := calendar.ParseDate(v.Get("on"))
	if err != nil {
		on = calendar.Date{}
	}
	return compile.Send{Way: compile.Way(v.Get("way")), To: v.Get("to"), On: on, Receipt: v.Get("receipt")}
}

// submission is how a version went to the superior, as the page of the report tells it.
type submission struct {
	Word, Tone  string
	On, To, Way string
	Receipt     string
	Failure     string
	Tries       []try
}

// try is one go at the superior's system.
type try struct{ Word, Tone, At, Answer string }

func (v view) submission(version compile.Version, n int, deliveries []collect.Delivery) submission {
	s := version.Submission()
	one := submission{
		Word: in(v.say, s.Words()), Tone: map[compile.Submission]string{compile.SentOff: "amber", compile.Receipted: "green", compile.NotSent: "red"}[s],
		On: iso(version.SentOn), To: version.SentTo, Way: in(v.say, version.SentWay.Words()), Receipt: version.Receipt, Failure: version.Failure,
	}
	for _, d := range deliveries {
		if d.Version != n {
			continue
		}
		one.Tries = append(one.Tries, try{
			in(v.say, d.State.Words()), map[collect.DeliveryState]string{collect.Arrived: "green", collect.Refused: "red", collect.UnderWay: "amber"}[d.State],
			d.At.Format("2006-01-02 15:04"), d.Answer,
		})
	}
	return one
}

// deliveries gives how the versions went to the superior's system.
func (v view) deliveries(r *http.Request) ([]collect.Delivery, error) {
	return v.p.Collected.Deliveries(r.Context(), web.Actor(r), v.b.Report.Organ, v.b.Report.Year)
}
