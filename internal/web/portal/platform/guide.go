package platform

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// guideData is the guide (条例§12.2). It is put together from what is in force now:
// settings, contacts, the hierarchy, the law; nobody has to keep it up to date.
type guideData struct {
	view
	Name     string // of the organ
	Items    []law.Subject
	Pattern  string // of index numbers
	Days     int    // until publication
	Contact  org.Contact
	Channels []channel
	Forms    []web.NavLink
	Fees     []fees
	Above    *above // who supervises; nil for none
	Remedies []remedy
	List     string // path of the catalogue
}

// channel is a way to ask that is open.
type channel struct{ Text, Link, Label string }

// fees are the prices of one way to reckon (国办函〔2020〕109号).
type fees struct {
	Title string
	Rows  [][2]string // how many, at what price
	Cite  string
}

// remedy is how a reply is attacked.
type remedy struct{ Text, Cite string }

// above is the organ to which people turn about this one.
type above struct {
	Name    string
	Contact org.Contact
}

// serial is the running number in the pattern of index numbers.
var serial = regexp.MustCompile(`\{serial(:[0-9]+)?\}`)

var guideTemplate = web.Define[guideData]("portal/platform_guide")

func (p Platform) guide(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, GuidePath)
	if err != nil {
		return err
	}
	ctx, organ, say := r.Context(), v.organ, p.Kit.Say(r)
	web.Reads(ctx) // settings and contacts alone
	data := guideData{view: v, Name: organ.Name, List: v.Columns[2].Path, Fees: tariffs(say)}
	for _, id := range publish.LevelOf(organ).Subjects {
		if s, ok := law.SubjectByID(id); ok {
			data.Items = append(data.Items, s)
		}
	}
	if data.Pattern, err = p.Settings.Text(ctx, organ.ID, setting.IndexPattern); err != nil {
		return err
	}
	if data.Days, err = p.Settings.Int(ctx, organ.ID, setting.PublishDays); err != nil {
		return err
	}
	contacts, err := p.Organs.Contacts(ctx, []string{organ.ID, organ.Parent})
	if err != nil {
		return err
	}
	data.Contact = contacts[organ.ID]
	if data.Channels, err = p.channels(ctx, say, organ.ID, data.Contact); err != nil {
		return err
	}
	for _, format := range [][2]string{{"docx", "platform.guide-form-docx"}, {"pdf", "platform.guide-form-pdf"}} {
		of := url.Values{"format": {format[0]}}
		if v.Organ != "" {
			of.Set(publish.FilterOrgan, organ.ID)
		}
		data.Forms = append(data.Forms, web.NavLink{Path: FormPath + "?" + of.Encode(), Label: say.T(format[1])})
	}
	if parent, ok := v.tree.Node(organ.Parent); ok {
		data.Above = &above{parent.Name, contacts[parent.ID]}
	}
	if data.Remedies, err = p.remedies(ctx, say, organ.ID); err != nil {
		return err
	}
	data.Pattern = serial.ReplaceAllString(strings.NewReplacer("{code}", say.T("platform.code"), "{yyyy}", say.T("platform.years"), "{yyyymm}", say.T("platform.months")).Replace(data.Pattern), say.T("platform.serial"))
	data.Tags = column(say, say.T("platform.guide"), "信息公开指南")
	return guideTemplate.Show(p.Kit, w, r, say.T("platform.guide"), data)
}

// channels gives the ways to ask that an organ has opened. In person and post must
// always be taken (国办公开办函〔2017〕19号).
func (p Platform) channels(ctx context.Context, say *locale.Catalogue, organ string, c org.Contact) ([]channel, error) {
	opened, err := p.Settings.Choices(ctx, organ, setting.RequestChannels)
	all := []channel{{say.T("platform.guide-online"), applyPath, say.T("apply.begin")}}
	if c.Address != "" {
		here := c.Address
		if c.Hours != "" {
			here += say.T("platform.comma") + c.Hours
		}
		all = append(all, channel{Text: say.T("platform.guide-person", here)}, channel{Text: say.T("platform.guide-post", c.Address, c.Postcode)})
	}
	if c.Fax != "" && slices.Contains(opened, setting.ChannelFax) {
		all = append(all, channel{Text: say.T("platform.guide-fax", c.Fax)})
	}
	if c.Email != "" && slices.Contains(opened, setting.ChannelEmail) {
		all = append(all, channel{say.T("platform.guide-mail"), "mailto:" + c.Email, c.Email})
	}
	return all, err
}

// tariffs gives the prices as the law reckons them, so that the guide says what is
// charged.
func tariffs(say *locale.Catalogue) []fees {
	titles := map[foi.FeeMethod]string{foi.ByPieces: say.T("platform.guide-by-pieces"), foi.ByPages: say.T("platform.guide-by-pages")}
	var all []fees
	for _, t := range foi.Tariffs() {
		unit := t.Unit
		if say.Lang == locale.English {
			unit = t.UnitEN
		}
		one := fees{Title: titles[t.Method], Cite: t.Cite}
		last := foi.FeeBand{}
		for _, b := range t.Bands {
			many := say.T("platform.guide-band", b.From, b.To, unit)
			if b.To == 0 {
				many = say.T("platform.guide-band-open", b.From, unit)
			}
			price := say.T("platform.guide-no-fee")
			if b.Fen > 0 {
				price = say.T("platform.guide-price", unit, foi.Yuan(b.Fen))
			}
			one.Rows, last = append(one.Rows, [2]string{many, price}), b
		}
		if t.Every > 0 {
			one.Rows = append(one.Rows, [2]string{say.T("platform.guide-band-open", last.To+1, unit), say.T("platform.guide-growing", t.Every, unit, foi.Yuan(t.Add))})
		}
		all = append(all, one)
	}
	return all
}

// remedies says who reconsiders the replies of an organ and which court hears suits, by
// the law of today: of what was refused, and of other replies.
func (p Platform) remedies(ctx context.Context, say *locale.Catalogue, organ string) (all []remedy, err error) {
	court, err := p.Settings.Text(ctx, organ, setting.RequestCourt)
	if err != nil {
		return nil, err
	}
	const refusal, absence = "R3.3.6", "R3.4.1" // each stands for all outcomes with its remedies
	for _, of := range [][2]string{{refusal, "platform.guide-refused"}, {absence, "platform.guide-other"}} {
		if m, ok := foi.RemediesOf(foi.Decision{Outcome: of[0], SignedOn: calendar.On(p.Kit.Now().Date())}, organ, p.Registry, court, false); ok {
			all = append(all, remedy{say.T(of[1], m.Reviewer, m.Court), m.Cite})
		}
	}
	return all, nil
}
