package world

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// civilName is a third bureau that publishes.
const civilName = "青川旗民政局"

// paper is a document from its draft to where it is on the day on which the county is
// looked at. Days are working days from that day, and lie behind it.
type paper struct {
	publish.Paper
	organ, section string // by name; section "" for the organ itself
	day            int    // it was drafted
	formed         int    // 成文日期; 0 for the day of the signature
	converted      bool   // made from a request that the organ has disclosed
	explains       string // number of the document that it interprets
	linked         int    // day on which the two were linked
	origin         publish.Origin
	files          []attachment
	then           []act
}

// act is what somebody does with a document.
type act struct {
	day int
	by  string // login
	do  func(days county, d publish.Document) publish.Deed

	fails *publish.Trouble // the platform says no; nil when it goes well
}

// chain is who passes the documents of an organ.
type chain struct{ drafter, chief, reviewer, head, signer, clerk string }

func (p paper) chain() chain {
	switch {
	case p.organ == natureName:
		return chain{"ziran-jb", "", "ziran-bm", "ziran-fz", "ziran-fz", "ziran-jb"}
	case p.organ == civilName:
		return chain{"minzheng-jb", "", "minzheng-qf", "minzheng-fz", "minzheng-qf", "minzheng-jb"}
	case p.organ == "城关镇人民政府":
		return chain{drafter: "chengguan", clerk: "chengguan"}
	case p.section != "":
		return chain{"lianluo", "guzhang", "baomi", "fuzeren", "qianfa", "jingban"}
	}
	return chain{"jingban2", "", "baomi", "fuzeren", "qianfa", "jingban"}
}

// paperDeeds are what happens to the n-th document, in the order of its days. One
// that would begin before the county does is left out.
func (w *World) paperDeeds(o Offices, days county, n int, p paper) []deed {
	minute := time.Duration(n%50)*3*time.Minute + time.Hour
	if !days.morning(p.day).After(Begin.AddDate(0, 0, 1)) {
		return nil
	}
	var id string
	all := []deed{{days.morning(p.day).Add(minute), func(ctx context.Context) (err error) {
		id, err = w.draftPaper(ctx, o, days, p)
		return err
	}}}
	for i, a := range p.then {
		all = append(all, deed{days.morning(a.day).Add(minute + time.Duration(i+1)*7*time.Minute), func(ctx context.Context) error {
			d, err := o.Documents.Store.Document(ctx, id)
			if err != nil {
				return err
			}
			if err := w.does(ctx, o, w.People[a.by].Actor(), id, a.do(days, d), a.fails); err != nil {
				return fmt.Errorf("%s, step %d: %w", p.Title, i+1, err)
			}
			return nil
		}})
	}
	if p.explains != "" {
		all = append(all, deed{days.morning(p.linked).Add(minute), func(ctx context.Context) error { return w.link(ctx, o, p, id) }})
	}
	return all
}

// link links an interpretation with its document.
func (w *World) link(ctx context.Context, o Offices, p paper, id string) error {
	clerk := w.People[p.chain().clerk].Actor()
	found, err := o.Documents.List(ctx, clerk, paging.Query{Words: p.explains})
	if err != nil || len(found.Rows) == 0 {
		return err
	}
	return o.Documents.Do(ctx, clerk, id, publish.AddLink{Link: publish.Link{Kind: publish.Explains, To: found.Rows[0].ID}})
}

func (w *World) draftPaper(ctx context.Context, o Offices, days county, p paper) (string, error) {
	actor := w.People[p.chain().drafter].Actor()
	in := publish.Intake{Organ: w.Organs[p.organ], Compose: publish.Compose{Paper: p.Paper, Origin: p.origin}}
	var err error
	if in.Files, err = p.keepFiles(ctx, o); err != nil {
		return "", fmt.Errorf("%s: %w", p.Title, err)
	}
	if p.section != "" {
		in.Section = w.Organs[p.section]
	}
	if p.formed != 0 {
		in.FormedOn = days.day(p.formed)
	}
	if p.converted {
		found, err := o.Requests.List(ctx, actor, paging.Query{Filters: map[string]string{foi.FilterOutcome: "R3.1", foi.FilterOrgan: in.Organ}})
		if err != nil {
			return "", err
		}
		if len(found.Rows) > 0 {
			in.Origin.Request = found.Rows[0].ID
		}
	}
	d, err := o.Documents.Draft(ctx, actor, in)
	if err != nil {
		return "", fmt.Errorf("%s: %w", p.Title, err)
	}
	return d.ID, nil
}

// The acts, as a document's life tells them.

func (p paper) explaining(day int, number string) paper {
	p.explains, p.linked = number, day
	return p
}

func (p paper) does(day int, by string, d publish.Deed) paper {
	return p.doing(day, by, func(county, publish.Document) publish.Deed { return d })
}

func (p paper) doing(day int, by string, do func(county, publish.Document) publish.Deed) paper {
	p.then = append(p.then[:len(p.then):len(p.then)], act{day: day, by: by, do: do})
	return p
}

// submit hands the draft on; where a section drafted it, its head passes it too.
func (p paper) submit(day int) paper {
	return p.does(day, p.chain().drafter, publish.Submit{Seen: true})
}

func (p paper) pass(day int) paper {
	if c := p.chain(); c.chief != "" {
		return p.does(day, c.chief, publish.Pass{})
	}
	return p
}

func (p paper) cleared(day int) paper {
	return p.doing(day, p.chain().reviewer, func(_ county, d publish.Document) publish.Deed {
		verdict := publish.MayOpen
		if d.Attribute.Openness != publish.Open {
			verdict = publish.MustKeep
		}
		var c publish.Clear
		for _, part := range d.Parts() {
			c.Items = append(c.Items, publish.Answer{Part: part.Name, Verdict: verdict})
		}
		return c
	})
}

func (p paper) checked(day int) paper { return p.does(day, p.chain().head, publish.Check{}) }

func (p paper) signed(day int) paper {
	return p.submit(day-2).pass(day-2).cleared(day-1).checked(day-1).does(day, p.chain().signer, publish.Sign{})
}

// issued takes it through the house and publishes it.
func (p paper) issued(day int) paper {
	return p.signed(day-1).does(day, p.chain().clerk, publish.Issue{})
}

func (p paper) posted(day int, channel publish.Channel, place string) paper {
	return p.does(day, p.chain().clerk, publish.AddPost{Channel: channel, Place: place})
}

// sent sends it to the official account, under its own title.
func (p paper) sent(day int, in publish.Send) paper {
	in.Channel = publish.WeChat
	if in.Title == "" {
		in.Title = p.Title
	}
	return p.does(day, p.chain().clerk, in)
}

// screened puts it on the screens of the hall, under a title and with a text of its own;
// days tells for how many days, 0 for no end.
func (p paper) screened(day int, title, text string, days int) paper {
	return p.doing(day, p.chain().clerk, func(c county, _ publish.Document) publish.Deed {
		in := publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: title, Text: text}}
		if days > 0 {
			in.Last = c.day(day + days)
		}
		return in
	})
}

// failed sends it when the platform says no: it waits for the clerk to try again.
func (p paper) failed(day int, why publish.Trouble) paper {
	p = p.sent(day, publish.Send{})
	p.then[len(p.then)-1].fails = &why
	return p
}

func (p paper) numbered(number string) paper {
	p.Number = number
	return p
}

func (p paper) on(formed int) paper {
	p.formed = formed
	return p
}

func (p paper) in(organ string) paper {
	p.organ = organ
	return p
}

func (p paper) from(section string) paper {
	p.section = section
	return p
}

func (p paper) about(subject string) paper {
	p.Subject = subject
	return p
}

func (p paper) attribute(a publish.Attribute) paper {
	p.Attribute = a
	return p
}

// text begins a document of the service bureau, drafted on a day.
func text(day int, kind publish.Kind, title, body string, keywords ...string) paper {
	info, _ := kind.Info()
	return paper{organ: serviceName, day: day, Paper: publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: kind, Subject: info.Subject, Keywords: keywords, Theme: "综合政务"}, Text: body},
		Attribute: publish.Attribute{Openness: publish.Open},
	}}
}
