package admin

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

var organFormTemplate = web.Define[web.Form]("admin/organ_new")

func (p Organs) newForm(r *http.Request) (web.Form, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	tree, err := p.Office.Book.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	parents := choice.Organs(tree, actor.Where(account.EditOrgans))
	region := ""
	if len(parents) > 0 {
		n, _ := tree.Node(parents[0].Value)
		region = n.Region
	}
	fields := []web.Field{
		{Name: "name", Label: say.T("organ.name"), Hint: say.T("organ.name-hint"), Required: true, MaxLength: 80},
		{Name: "short", Label: say.T("organ.short"), MaxLength: 40},
		{Kind: web.Select, Name: "parent", Label: say.T("organ.parent"), Options: parents, Required: true, Value: r.URL.Query().Get("parent")},
	}
	fields = append(fields, p.factFields(r, org.Facts{Nature: org.Administrative, Level: org.County, Region: region})...)
	fields = append(fields, p.contactFields(r, org.Contact{})...)
	fields = append(fields, p.whenFields(r)...)
	return web.Form{Submit: say.T("organ.create"), Cancel: "/admin/organs", Fields: fields}, nil
}

func (p Organs) factFields(r *http.Request, f org.Facts) []web.Field {
	say, vertical := p.Kit.Say(r), ""
	if f.Vertical {
		vertical = "1"
	}
	return []web.Field{
		{Kind: web.Select, Name: "nature", Label: say.T("organ.nature"), Options: natureOptions(say), Required: true, Value: string(f.Nature), Hint: say.T("organ.nature-hint")},
		{Kind: web.Select, Name: "level", Label: say.T("organ.level"), Options: levelOptions(say), Required: true, Value: string(f.Level)},
		{Name: "region", Label: say.T("organ.region"), Hint: say.T("organ.region-hint"), Required: true, Narrow: true, InputMode: "numeric", MaxLength: 6, Value: f.Region},
		{Name: "credit_code", Label: say.T("organ.credit-code"), Hint: say.T("organ.credit-code-hint"), Narrow: true, MaxLength: 18, Value: f.CreditCode},
		{Kind: web.Check, Name: "vertical", Label: say.T("organ.vertical"), Hint: say.T("organ.vertical-hint"), Value: vertical},
	}
}

func readFacts(v url.Values) org.Facts {
	return org.Facts{
		Nature: org.Nature(v.Get("nature")), Level: org.Level(v.Get("level")), Region: v.Get("region"), CreditCode: v.Get("credit_code"), Vertical: v.Get("vertical") != "",
	}
}

func (p Organs) contactFields(r *http.Request, c org.Contact) []web.Field {
	say := p.Kit.Say(r)
	return []web.Field{
		{Kind: web.Section, Name: "contact", Label: say.T("organ.contact"), Hint: say.T("organ.contact-hint")},
		{Name: "office", Label: say.T("organ.office"), Value: c.Office},
		{Name: "address", Label: say.T("organ.address"), Value: c.Address},
		{Name: "postcode", Label: say.T("organ.postcode"), Value: c.Postcode, Narrow: true, InputMode: "numeric", MaxLength: 6},
		{Kind: web.Tel, Name: "phone", Label: say.T("organ.phone"), Value: c.Phone, Narrow: true},
		{Kind: web.Tel, Name: "fax", Label: say.T("organ.fax"), Value: c.Fax, Narrow: true},
		{Kind: web.Email, Name: "email", Label: say.T("organ.email"), Value: c.Email},
		{Name: "hours", Label: say.T("organ.hours"), Hint: say.T("organ.hours-hint"), Value: c.Hours},
		{Name: "website", Label: say.T("organ.website"), Value: c.Website},
	}
}

func readContact(v url.Values) org.Contact {
	return org.Contact{
		Office: v.Get("office"), Address: v.Get("address"), Postcode: v.Get("postcode"), Phone: v.Get("phone"),
		Fax: v.Get("fax"), Email: v.Get("email"), Hours: v.Get("hours"), Website: v.Get("website"),
	}
}

// whenFields ask from which day a change holds, and why.
func (p Organs) whenFields(r *http.Request) []web.Field {
	say := p.Kit.Say(r)
	return []web.Field{
		{Kind: web.Date, Name: "from", Label: say.T("organ.from"), Hint: say.T("organ.from-hint"), Required: true, Narrow: true, Value: p.Office.Today().String()},
		{Name: "reason", Label: say.T("organ.reason"), Hint: say.T("organ.reason-hint"), MaxLength: 200},
	}
}

// readWhen reads them; a day that is none stays zero, which the office refuses.
func readWhen(v url.Values) org.When {
	from, _ := calendar.ParseDate(v.Get("from"))
	return org.When{From: from, Reason: v.Get("reason")}
}

func (p Organs) askNew(w http.ResponseWriter, r *http.Request) error {
	form, err := p.newForm(r)
	if err != nil {
		return err
	}
	return organFormTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("organ.new"), form)
}

func (p Organs) create(w http.ResponseWriter, r *http.Request) error {
	form, err := p.newForm(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	facts, when := readFacts(values), readWhen(values)
	id, err := p.Office.Create(r.Context(), web.Actor(r), org.Version{
		From: when.From, Reason: when.Reason, Name: values.Get("name"), Short: values.Get("short"), Parent: values.Get("parent"), Nature: facts.Nature,
		Level: facts.Level, Region: facts.Region, CreditCode: facts.CreditCode, Vertical: facts.Vertical, Contact: readContact(values),
	})
	say := p.Kit.Say(r)
	if err != nil {
		form.Fill(values)
		if form.Fail(err) {
			return organFormTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("organ.new"), form)
		}
		return err
	}
	return p.Kit.Done(w, r, "/admin/organs/"+id, say.T("organ.created"))
}
