package platform

import (
	"net/http"
	"regexp"
	"strings"

	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// guideData is the guide (条例§12.2). It is put together from what is in force now:
// settings, contacts, the hierarchy; nobody has to keep it up to date.
type guideData struct {
	view
	Name    string // of the organ
	Items   []law.Subject
	Pattern string // of index numbers
	Days    int    // until publication
	Contact org.Contact
	Above   *above // who supervises; nil for none
	Court   string
	List    string // path of the catalogue
}

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
	ctx, organ := r.Context(), v.organ
	web.Reads(ctx) // settings and contacts alone
	data := guideData{view: v, Name: organ.Name, List: v.Columns[2].Path}
	for _, id := range publish.LevelOf(organ).Subjects {
		if s, ok := law.SubjectByID(id); ok {
			data.Items = append(data.Items, s)
		}
	}
	if data.Pattern, err = p.Settings.Text(ctx, organ.ID, setting.IndexPattern); err != nil {
		return err
	}
	if data.Court, err = p.Settings.Text(ctx, organ.ID, setting.RequestCourt); err != nil {
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
	if parent, ok := v.tree.Node(organ.Parent); ok {
		data.Above = &above{parent.Name, contacts[parent.ID]}
	}
	say := p.Kit.Say(r)
	data.Pattern = serial.ReplaceAllString(strings.NewReplacer("{code}", say.T("platform.code"), "{yyyy}", say.T("platform.years"), "{yyyymm}", say.T("platform.months")).Replace(data.Pattern), say.T("platform.serial"))
	data.Tags = column(say, say.T("platform.guide"), "信息公开指南")
	return guideTemplate.Show(p.Kit, w, r, say.T("platform.guide"), data)
}
