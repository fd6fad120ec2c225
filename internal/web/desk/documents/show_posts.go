package documents

import (
	"gongkai/internal/account"
	"gongkai/internal/publish"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// post is where the document stood from when to when.
type post struct {
	Channel, Page           string // its own page, where it goes by an interface
	Phase, Tone             string
	Place, Address          string
	Proof                   *attachment
	From, Until, Text, Note string
}

// ways are the ways into further channels, for who may go them.
type ways struct{ Send, Screen, Enter string }

// channelsRoot is where texts in channels have their pages.
const channelsRoot = "/desk/channels/"

func (v *view) posts(names map[string]string) []post {
	var all []post
	for _, p := range v.document.Posts {
		phase := p.Phase()
		one := post{
			Channel: choice.Word(v.say, string(p.Channel), publish.Channels()), Phase: choice.Word(v.say, string(phase), publish.Phases()), Tone: phaseTone(phase),
			Place: p.Place, Address: p.Address, From: course.ISO(p.From), Until: course.ISO(p.Until), Text: p.Text, Note: names[p.By],
		}
		if p.Channel == publish.Portal {
			one.Note = v.say.T("documents.post-portal")
		}
		if p.Sending != nil {
			one.Page, one.Place = channelsRoot+v.document.ID+"/posts/"+p.Ref, p.Sending.Title
			if p.Sending.Trouble != nil {
				one.Note = p.Sending.Trouble.Says
			}
		}
		if p.Proof != nil {
			one.Proof = &attachment{p.Proof.Name, path(v.document.ID) + "/files/" + p.Proof.Hash}
		}
		all = append(all, one)
	}
	return all
}

// ways gives the ways into further channels, while the document is public.
func (v *view) ways() *ways {
	d := v.document
	if d.Status != publish.Published || v.actor.May(account.PublishDocuments, d.Organ, v.tree) != nil {
		return nil
	}
	return &ways{channelsRoot + d.ID + "/send", channelsRoot + d.ID + "/send?channel=" + string(publish.Board), path(d.ID) + "/posted"}
}

func phaseTone(p publish.Phase) string {
	switch p {
	case publish.PhaseStanding:
		return "green"
	case publish.PhaseFailed:
		return "red"
	case publish.PhaseDrafted, publish.PhaseRecalling:
		return "amber"
	case publish.PhaseRecalled, publish.PhaseNever:
		return "grey"
	case publish.PhaseQueued, publish.PhaseGoing:
	}
	return "blue"
}
