package channels

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// showData is a text in a channel.
type showData struct {
	Document, DocumentPath string
	Phase, Tone            string
	Says                   string // what it means, and what comes next
	Trouble                string
	Stale                  bool
	Address                string // where everybody reads it
	Read                   string // what leads there
	Facts                  []fact
	Acts                   []action
	Again                  string // address that tries again; "" when there is nothing to try
	Article                article
	Timeline               []moment
}

type fact struct{ Label, Text string }

type action struct {
	Label, Path     string
	Primary, Danger bool
}

// moment is what happened.
type moment struct{ Time, Text, Who, Receipt, Tone string }

var showTemplate = web.Define[showData]("desk/channel_show")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.SeeDocuments)
	if err != nil {
		return err
	}
	x, say := s.post.Sending, s.say
	phase := s.post.Phase()
	data := showData{
		Document: s.document.Title, DocumentPath: documentPath(s.document.ID), Phase: in(say, phase.Words()), Tone: tone(phase), Says: p.says(s, phase),
		Stale: x.Stale(&s.document), Address: s.post.Address,
	}
	if data.Article, err = p.draw(s, x.Variant, max(1, min(x.Version, len(s.document.Versions)))); err != nil {
		return err
	}
	if !s.post.From.IsZero() {
		data.Article.On = onPhone(s.post.From)
	}
	if x.Trouble != nil {
		data.Trouble = x.Trouble.Says
	}
	if err := p.facts(s, &data); err != nil {
		return err
	}
	if x.Waits() && x.Worded != s.actor.ID && s.document.Status == publish.Published && s.actor.May(account.ClearDocuments, s.document.Organ, s.tree) == nil {
		data.Acts = append(data.Acts, action{Label: say.T("channels.review"), Path: path(s.document.ID, s.post.Ref) + "/review", Primary: true})
	}
	if s.actor.May(account.PublishDocuments, s.document.Organ, s.tree) == nil {
		p.acts(s, &data)
	}
	data.Read = s.word("channels.read", "channels.screen-read")
	if data.Timeline, err = p.timeline(s); err != nil {
		return err
	}
	return showTemplate.Show(p.Kit, w, r, in(say, s.post.Channel.Words())+"："+x.Title, data)
}

// says tells what a phase means.
func (p Pages) says(s *scene, phase publish.Phase) string {
	say := s.say
	switch phase {
	case publish.PhaseReview:
		return say.T("channels.says-review")
	case publish.PhaseQueued:
		return s.word("channels.says-queued", "channels.screen-says-queued")
	case publish.PhaseDrafted:
		return say.T("channels.says-drafted")
	case publish.PhaseGoing:
		return say.T("channels.says-publishing")
	case publish.PhaseStanding:
		return s.word("channels.says-published", "channels.screen-says-published")
	case publish.PhaseRecalling:
		return s.word("channels.says-recalling", "channels.screen-says-recalling")
	case publish.PhaseRecalled:
		return s.word("channels.says-recalled", "channels.screen-says-recalled")
	case publish.PhaseFailed:
		return say.T("channels.says-failed")
	case publish.PhaseNever:
		return s.word("channels.says-never", "channels.screen-says-never")
	}
	return ""
}

func (p Pages) facts(s *scene, data *showData) error {
	x := s.post.Sending
	ids, review := []string{s.post.By}, ""
	if x.Check != nil {
		ids = append(ids, x.Check.By)
	}
	names, err := p.Names.Names(s.r.Context(), ids)
	if err != nil {
		return err
	}
	say := s.say
	switch {
	case !x.Own:
		review = say.T("channels.review-none")
	case x.Check != nil && x.Check.Digest == x.Mark():
		review = say.T("channels.review-by", names[x.Check.By], x.Check.On.String())
	}
	account := s.account.Name
	if s.account.Open() {
		account += "（AppID …" + s.account.Tail + "）"
	}
	for _, f := range []fact{
		{say.T("channels.channel"), in(say, s.post.Channel.Words())},
		{say.T("channels.account"), account},
		{say.T("channels.from"), days(s.post.From)},
		{say.T("channels.until"), days(s.post.Until)},
		{say.T("channels.screen-last"), days(x.Last)},
		{say.T("channels.sent-by"), names[s.post.By]},
		{say.T("channels.secrecy"), review},
		{say.T("channels.of-version"), say.T("channels.nth-version", strconv.Itoa(s.post.Sending.Version))},
	} {
		if f.Text != "" {
			data.Facts = append(data.Facts, f)
		}
	}
	return nil
}

// acts are what can be done with it now.
func (p Pages) acts(s *scene, data *showData) {
	x, at, say := s.post.Sending, path(s.document.ID, s.post.Ref), s.say
	_, public := s.document.Shown()
	if x.Trouble != nil {
		data.Again = at + "/again"
	}
	if x.Want == publish.AsDraft && x.Trouble == nil && x.At != publish.AtEnd && x.At != publish.AtPublic && s.document.Status == publish.Published {
		data.Acts = append(data.Acts, action{Label: say.T("channels.let-out"), Path: at + "/publish", Primary: true})
	}
	if public && x.Changeable() && s.document.Status == publish.Published && s.ready() {
		data.Acts = append(data.Acts, action{Label: say.T("channels.reword"), Path: at + "/reword"})
	}
	if x.Want != publish.Away && x.At != publish.AtEnd {
		label := say.T("channels.drop")
		if !s.post.From.IsZero() {
			label = s.word("channels.recall", "channels.screen-recall")
		}
		data.Acts = append(data.Acts, action{Label: label, Path: at + "/recall", Danger: true})
	}
	if x.At == publish.AtEnd && public && s.ready() {
		data.Acts = append(data.Acts, action{Label: s.word("channels.send-anew", "channels.screen-send-anew"), Path: sendPath(s.document.ID, s.channel)})
	}
}

// timeline gives what happened to this text, the latest first.
func (p Pages) timeline(s *scene) ([]moment, error) {
	events, err := p.History.EventsOf(s.r.Context(), publish.Subject(s.document.ID))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := p.Names.Names(s.r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var all []moment
	for _, e := range slices.Backward(events) {
		var entry publish.Entry
		act, ok := publish.ActOf(e.Kind)
		if !ok || json.Unmarshal(e.Data, &entry) != nil || entry.Ref != s.post.Ref || !slices.Contains(ofTexts, e.Kind) {
			continue
		}
		m := moment{Time: e.At.Format("2006-01-02 15:04"), Text: in(s.say, publish.Word{Chinese: act.Chinese, English: act.Done}), Who: names[e.Actor], Receipt: "/log/receipt/" + e.ID}
		if e.Actor == event.System {
			m.Who = s.say.T("channels.by-system")
		}
		switch e.Kind {
		case publish.Carried:
			m.Text = choice.Word(s.say, entry.Code, publish.Legs())
		case publish.Arrived:
			m.Tone = "green"
		case publish.Stranded:
			m.Tone = "red"
		}
		all = append(all, m)
	}
	return all, nil
}

// ofTexts are what happens to texts.
var ofTexts = append(publish.ByInterface(), publish.Carried, publish.Arrived, publish.Stranded, publish.TakenBack, publish.RanOut)
