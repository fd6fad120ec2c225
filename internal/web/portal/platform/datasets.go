package platform

import (
	"net/http"

	"gongkai/internal/web"
)

// dataData are the data that programs of others read: what each has, in which forms, and
// what its fields mean.
type dataData struct {
	Tags tags
	Sets []dataset
}

// dataset is one of them.
type dataset struct {
	Title, Says string
	Files       []web.NavLink
	Feeds       []web.NavLink
	Fields      []dataField
}

// dataField is a field: its name in JSON and its heading in CSV.
type dataField struct{ Name, Heading string }

var dataTemplate = web.Define[dataData]("portal/platform_data")

func (p Platform) data(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context())
	say := p.Kit.Say(r)
	both := func(path string) []web.NavLink {
		return []web.NavLink{{Path: path + ".csv", Label: "CSV"}, {Path: path + ".json", Label: "JSON"}}
	}
	feeds := func(path string) []web.NavLink {
		return []web.NavLink{{Path: path, Label: "Atom"}, {Path: path + ".rss", Label: "RSS 2.0"}, {Path: path + ".json", Label: "JSON Feed 1.1"}}
	}
	catalogue := dataset{Title: say.T("platform.data-catalogue"), Says: say.T("platform.data-catalogue-text"), Files: both(DataPath), Feeds: feeds(FeedPath)}
	for i, name := range names {
		catalogue.Fields = append(catalogue.Fields, dataField{name, headings[i]})
	}
	sets := []dataset{catalogue}
	if p.Asked != nil {
		sets = append(sets, dataset{Title: say.T("platform.data-asked"), Says: say.T("platform.data-asked-text"), Files: both("/data/consultations"), Feeds: feeds(askedPath + "/feed")})
	}
	if p.Answers != nil {
		sets = append(sets, dataset{Title: say.T("apply.disclosed"), Says: say.T("platform.data-answers-text"), Feeds: feeds(answersPath + "/feed")})
	}
	if p.Reports != nil {
		sets = append(sets, dataset{Title: say.T("platform.data-reports"), Says: say.T("platform.data-reports-text"), Files: both(compareData)})
	}
	data := dataData{Tags: column(say, say.T("platform.data"), "数据开放"), Sets: sets}
	return dataTemplate.Show(p.Kit, w, r, say.T("platform.data"), data)
}
