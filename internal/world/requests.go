package world

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/personal"
)

// life is a request from its arrival to where it is on the day on which the
// county is looked at. Days are working days from that day, and lie behind it.
type life struct {
	organ     string // by name
	by        string // login of who registered it; "" for the portal
	channel   foi.Channel
	day       int           // it was registered
	on        calendar.Date // it arrived; zero for the same day
	confirmed bool          // with the applicant, on the day itself
	who       applicant
	text      string
	form, way string
	then      []step
}

// step is what somebody does with a request.
type step struct {
	day int
	by  string // login; "" for the applicant
	act func(days county, r foi.Request) foi.Deed
}

// applicant is somebody who asks, or a third party who is asked.
type applicant struct {
	kind   string // C1 … C6
	name   string
	credit string // of an organisation
	born   string // of a person, as in an ID number
	serial int    // of the ID number and the phone
}

func (a applicant) party(role foi.Role) foi.Party {
	p := foi.Party{Role: role, Kind: a.kind}
	if a.kind != "C1" {
		p.Organisation, p.CreditCode = a.name, a.credit
	}
	return p
}

func (a applicant) facts() foi.Facts {
	f := foi.Facts{
		personal.Name: a.name, personal.Phone: fmt.Sprintf("139%08d", 100+a.serial),
		personal.Address: fmt.Sprintf("青川旗城关镇幸福路%d号", a.serial),
	}
	if a.kind == "C1" {
		f[personal.IDNumber] = identity(Region + a.born + fmt.Sprintf("%03d", a.serial))
	} else {
		f[personal.Name] = "王经办"
	}
	return f
}

// identity adds the check character to the 17 digits of an ID number
// (GB 11643-1999: ISO 7064 MOD 11-2).
func identity(digits string) string {
	rest := 0
	for _, d := range digits {
		rest = (rest + int(d-'0')) * 2 % 11
	}
	return digits + string("0123456789X"[(12-rest)%11])
}

// requestDeeds are what happens to the n-th request, in the order of its days.
// One that would begin before the county does is left out.
func (w *World) requestDeeds(o Offices, days county, n int, l life) []deed {
	minute := time.Duration(n%40) * 2 * time.Minute
	if !days.morning(l.day).After(Begin.AddDate(0, 0, 1)) {
		return nil
	}
	var id string
	all := []deed{{days.morning(l.day).Add(minute), func(ctx context.Context) (err error) {
		id, err = w.receive(ctx, o, days, l)
		return err
	}}}
	for i, s := range l.then {
		at := days.morning(s.day).Add(minute + time.Duration(i+1)*17*time.Minute)
		all = append(all, deed{at, func(ctx context.Context) error {
			if err := w.step(ctx, o, days, id, s); err != nil {
				return fmt.Errorf("%s, step %d: %w", l.text, i+1, err)
			}
			return nil
		}})
		if s.day > -lastPost {
			continue
		}
		all = append(all, deed{at.Add(postHours * time.Hour), func(ctx context.Context) error {
			if err := w.post(ctx, o, l, id); err != nil {
				return fmt.Errorf("%s, letters of step %d: %w", l.text, i+1, err)
			}
			return nil
		}})
	}
	return all
}

// Letters go out in the afternoon of the day on which they are made. Those of the
// last days still wait.
const (
	postHours = 5
	lastPost  = 3
)

// post sends what waits of a request and says all that it must.
func (w *World) post(ctx context.Context, o Offices, l life, id string) error {
	if o.Letters == nil {
		return nil
	}
	papers, err := o.Letters.Store.Papers(ctx, id)
	if err != nil {
		return err
	}
	by := l.by
	if by == "" {
		by, _, _, _ = clerkOf(l.organ)
	}
	for _, p := range papers {
		if !p.Waits() || len(letter.Lacking(p)) > 0 {
			continue
		}
		way := foi.Post
		if l.way == "web" && p.Party == 1 {
			way = foi.Electronic
		}
		if err := o.Letters.Send(ctx, w.People[by].Actor(), id, p.ID, calendar.Date{}, way); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) receive(ctx context.Context, o Offices, days county, l life) (string, error) {
	in := foi.Intake{Organ: w.Organs[l.organ], Receive: foi.Receive{
		Channel: l.channel, On: days.day(l.day), Parties: []foi.Party{l.who.party(foi.IsApplicant)}, Ask: foi.Ask{Text: l.text, Form: l.form, Way: l.way},
	}, Facts: []foi.Facts{l.who.facts()}}
	if !l.on.IsZero() {
		in.Receive.On = l.on
	}
	if l.by == "" {
		r, err := o.Requests.Apply(ctx, in)
		return r.ID, err
	}
	if l.confirmed {
		in.Receive.Confirmed = in.Receive.On
	}
	r, err := o.Requests.Register(ctx, w.People[l.by].Actor(), in)
	return r.ID, err
}

func (w *World) step(ctx context.Context, o Offices, days county, id string, s step) error {
	r, err := o.Requests.Store.Request(ctx, id)
	if err != nil {
		return err
	}
	act, err := proven(ctx, o, s.act(days, r))
	if err != nil {
		return err
	}
	if s.by == "" {
		return o.Requests.ByApplicant(ctx, id, act)
	}
	actor := w.People[s.by].Actor()
	if ask, ok := act.(asking); ok {
		return o.Requests.Consult(ctx, actor, id, ask.Consult, ask.third.facts())
	}
	return o.Requests.Do(ctx, actor, id, w.named(act))
}

// asking is a letter to a third party, with who that is.
type asking struct {
	foi.Consult
	third applicant
}

// named puts keys in the place of names.
func (w *World) named(act foi.Deed) foi.Deed {
	switch act := act.(type) {
	case foi.AskSearch:
		act.Organ = w.Organs[act.Organ]
		return act
	case foi.Reassign:
		act.To = w.People[act.To].ID
		return act
	}
	return act
}

// clerkOf gives who handles the requests of an organ, and who passes replies.
func clerkOf(organ string) (clerk, head, reviewer, signer string) {
	if organ == natureName {
		return "ziran-jb", "ziran-fz", "", "ziran-fz"
	}
	return "jingban", "fuzeren", "baomi", "qianfa"
}

// The deeds, as a life tells them.

func (l life) do(day int, by string, act foi.Deed) life {
	return l.doing(day, by, func(county, foi.Request) foi.Deed { return act })
}

func (l life) doing(day int, by string, act func(days county, r foi.Request) foi.Deed) life {
	l.then = append(l.then[:len(l.then):len(l.then)], step{day, by, act})
	return l
}

// draft hands a reply to the head.
func (l life) draft(day int, items ...foi.Item) life {
	clerk, _, _, _ := clerkOf(l.organ)
	return l.do(day, clerk, foi.Submit{Decision: foi.Decision{Items: items}})
}

// pass lets the head approve, and the reviewer clear where there is one.
func (l life) pass(day int) life {
	_, head, reviewer, _ := clerkOf(l.organ)
	if reviewer == "" {
		return l.do(day, head, foi.Approve{})
	}
	return l.do(day, head, foi.Refer{}).do(day, reviewer, foi.Clear{})
}

func (l life) sign(day int) life {
	_, _, _, signer := clerkOf(l.organ)
	return l.do(day, signer, foi.Sign{})
}

// reply is a whole reply, drafted one day and posted three days later.
func (l life) reply(day int, items ...foi.Item) life {
	clerk, _, _, _ := clerkOf(l.organ)
	l = l.draft(day, items...).pass(day + 1).sign(day + 2)
	return l.doing(day+3, clerk, func(_ county, r foi.Request) foi.Deed {
		return foi.Serve{Way: foi.Post, Tracking: fmt.Sprintf("XA%08d15", 1000+len(r.History)*137+len([]rune(r.Ask.Text)))}
	})
}

// third asks a third party, which received the letter two days later.
func (l life) third(day int, who applicant, about string) life {
	clerk, _, _, _ := clerkOf(l.organ)
	l = l.doing(day, clerk, func(county, foi.Request) foi.Deed {
		return asking{foi.Consult{Kind: foi.ThirdParty, Third: who.party(foi.IsThirdParty), About: about}, who}
	})
	return l.doing(day+2, clerk, func(_ county, r foi.Request) foi.Deed {
		return foi.ReceiveQuestion{Ref: r.Consultations[len(r.Consultations)-1].Ref}
	})
}

// opinion is the third party's answer.
func (l life) opinion(day int, agrees bool, reasons string) life {
	clerk, _, _, _ := clerkOf(l.organ)
	return l.doing(day, clerk, func(_ county, r foi.Request) foi.Deed {
		return foi.GiveOpinion{Ref: r.Consultations[len(r.Consultations)-1].Ref, Agrees: agrees, Reasons: reasons}
	})
}

// searched lets somebody look, and find nothing or something.
func (l life) searched(day int, organ, by string, found bool, where string) life {
	clerk, _, _, _ := clerkOf(l.organ)
	return l.doing(day, clerk, func(days county, _ foi.Request) foi.Deed {
		return foi.AskSearch{Organ: organ, What: l.text, Until: days.day(day + 5)}
	}).doing(day+3, by, func(_ county, r foi.Request) foi.Deed {
		return foi.AnswerSearch{Ref: r.Searches[len(r.Searches)-1].Ref, Where: where, Found: found}
	})
}

// correct asks for a correction within so many days.
func (l life) correct(day, within int, items ...string) life {
	clerk, _, _, _ := clerkOf(l.organ)
	return l.doing(day, clerk, func(days county, _ foi.Request) foi.Deed {
		return foi.AskCorrection{Items: items, Until: days.day(day + within)}
	})
}

// item is one part of a reply: its kind, and what the law needs by name.
func item(kind string, facts ...string) foi.Item {
	i := foi.Item{Kind: kind, Facts: map[string]string{}}
	for n := 0; n+1 < len(facts); n += 2 {
		i.Facts[facts[n]] = facts[n+1]
	}
	return i
}

// part is a part of a reply that says which.
func part(about string, i foi.Item) foi.Item {
	i.About = about
	return i
}

// handler gives the work of an organ's requests to somebody.
func (l life) handledBy(day int, login string) life {
	_, head, _, _ := clerkOf(l.organ)
	return l.do(day, head, foi.Reassign{To: login})
}
